package org.bursar.metering.internal.sql;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UsageEventId;
import org.jspecify.annotations.Nullable;

/** Events, what was seen of them, and their sums. */
public interface UsageMapper {
    /** Which keys were entered under other days than those under which they are to be entered now; under these the entering tells. */
    @Select("""
            select distinct event_key
              from metering.event_seen
             where tenant_id = #{tenant} and event_key = any (#{keys})
               and (day >= #{from} and day < #{first} or day > #{last} and day <= #{to})
            """)
    List<UUID> seen(TenantId tenant, UUID[] keys, LocalDate from, LocalDate first, LocalDate last, LocalDate to);

    /**
     * Enters keys under each of these days; answers what was not there. It waits for others that are entering the same keys, in
     * the order of keys, so that two reports cannot wait for each other.
     */
    @Select(value = """
                    insert into metering.event_seen (tenant_id, event_key, day, customer_id, event_id, event_time)
                    select #{tenant}, k.event_key, d.day, k.customer_id, k.event_id, k.event_time
                      from unnest(#{keys}, #{customers}, #{eventIds}, #{times}::timestamptz[])
                           k(event_key, customer_id, event_id, event_time)
                     cross join unnest(#{days}::date[]) d(day)
                     order by k.event_key, d.day
                        on conflict (tenant_id, event_key, day) do nothing
                    returning event_key, day
                    """, affectData = true)
    List<SeenRow> enter(TenantId tenant, UUID[] keys, UUID[] customers, UUID[] eventIds, String[] times, String[] days);

    /**
     * What was charged for events that were seen. The limit, of a row by its whole key, keeps the planner from beginning at the
     * events: of which it would read all that the tenant has.
     */
    @Select("""
            select s.event_key, e.charge
              from metering.event_seen s
             cross join lateral (
               select charge
                 from metering.usage_event
                where tenant_id = #{tenant} and customer_id = s.customer_id and event_time = s.event_time
                  and event_id = s.event_id
                limit 1) e
             where s.tenant_id = #{tenant} and s.event_key = any (#{keys}) and s.day >= #{from} and s.day <= #{to}
            """)
    List<ChargeRow> charges(TenantId tenant, UUID[] keys, LocalDate from, LocalDate to);

    @Insert("""
            insert into metering.usage_event
              (tenant_id, customer_id, meter_id, event_id, event_time, source, source_id, quantity, charge, cost, attributes,
               posting_key, received_at, plan_id, plan_number, cycle_from, quantity_before, charged_before, cost_per_unit)
            select #{tenant}, e.customer_id, e.meter_id, e.event_id, e.event_time, e.source, e.source_id, e.quantity,
                   e.charge, e.cost, e.attributes::jsonb, e.posting_key, #{now}, e.plan_id, e.plan_number, e.cycle_from,
                   e.quantity_before, e.charged_before, e.cost_per_unit
              from unnest(#{e.customers}, #{e.meters}, #{e.eventIds}, #{e.times}::timestamptz[], #{e.sources},
                     #{e.sourceIds}, #{e.quantities}, #{e.charges}, #{e.costs}, #{e.attributes}, #{e.postingKeys},
                     #{e.plans}, #{e.planNumbers}, #{e.cycleFroms}::timestamptz[], #{e.quantitiesBefore}, #{e.chargedBefore},
                     #{e.costsPerUnit})
                   e(customer_id, meter_id, event_id, event_time, source, source_id, quantity, charge, cost, attributes,
                     posting_key, plan_id, plan_number, cycle_from, quantity_before, charged_before, cost_per_unit)
            """)
    int insert(TenantId tenant, EventColumns e, Instant now);

    /** In the order of the key, so that two reports cannot wait for each other. */
    @Insert("""
            insert into metering.usage_hour (tenant_id, customer_id, hour, meter_id, events, quantity, charge, cost)
            select #{tenant}, s.customer_id, s.hour, s.meter_id, s.events, s.quantity, s.charge, s.cost
              from unnest(#{s.customers}, #{s.buckets}::timestamptz[], #{s.meters}, #{s.events}, #{s.quantities},
                     #{s.charges}, #{s.costs})
                   s(customer_id, hour, meter_id, events, quantity, charge, cost)
             order by s.customer_id, s.hour, s.meter_id
                on conflict (tenant_id, customer_id, hour, meter_id) do update
               set events = usage_hour.events + excluded.events, quantity = usage_hour.quantity + excluded.quantity,
                   charge = usage_hour.charge + excluded.charge, cost = usage_hour.cost + excluded.cost
            """)
    int addHours(TenantId tenant, SumColumns s);

    /** In the order of the key, so that two reports cannot wait for each other. */
    @Insert("""
            insert into metering.usage_customer_day (tenant_id, customer_id, day, meter_id, events, quantity, charge, cost)
            select #{tenant}, s.customer_id, s.day, s.meter_id, s.events, s.quantity, s.charge, s.cost
              from unnest(#{s.customers}, #{s.buckets}::date[], #{s.meters}, #{s.events}, #{s.quantities},
                     #{s.charges}, #{s.costs})
                   s(customer_id, day, meter_id, events, quantity, charge, cost)
             order by s.customer_id, s.day, s.meter_id
                on conflict (tenant_id, customer_id, day, meter_id) do update
               set events = usage_customer_day.events + excluded.events,
                   quantity = usage_customer_day.quantity + excluded.quantity,
                   charge = usage_customer_day.charge + excluded.charge, cost = usage_customer_day.cost + excluded.cost
            """)
    int addDays(TenantId tenant, SumColumns s);

    /**
     * Days before one of a meter's, which is a value and not null even for the first page: so one plan, whose index leads there,
     * serves every page. The same holds for events.
     */
    @Select("""
            select day, meter_id, events, quantity, charge, cost
              from metering.usage_customer_day
             where tenant_id = #{tenant} and customer_id = #{customer} and day >= #{from}
               and (day, meter_id) < (#{beforeDay}, #{beforeMeter})
               and (#{meter}::uuid is null or meter_id = #{meter}::uuid)
             order by day desc, meter_id desc
             limit #{limit}
            """)
    List<DayRow> days(
            TenantId tenant,
            CustomerId customer,
            LocalDate from,
            @Nullable MeterId meter,
            LocalDate beforeDay,
            UUID beforeMeter,
            int limit);

    /** That no event is later than the time is said once more for the sake of partitions, which rows of values do not choose. */
    @Select("""
            select event_id, source, source_id, meter_id, event_time, quantity, charge, cost, attributes::text as attributes,
                   received_at
              from metering.usage_event
             where tenant_id = #{tenant} and customer_id = #{customer} and event_time >= #{from}
               and event_time <= #{beforeTime} and (event_time, event_id) < (#{beforeTime}, #{beforeId})
               and (#{meter}::uuid is null or meter_id = #{meter}::uuid)
             order by event_time desc, event_id desc
             limit #{limit}
            """)
    List<EventRow> events(
            TenantId tenant,
            CustomerId customer,
            Instant from,
            @Nullable MeterId meter,
            Instant beforeTime,
            UUID beforeId,
            int limit);

    /** One event, looked for among those of a span of time: no index knows its id alone. */
    @Select("""
            select event_id, meter_id, event_time, quantity, charge, cost, received_at, plan_id, plan_number, cycle_from,
                   quantity_before, charged_before, cost_per_unit
              from metering.usage_event
             where tenant_id = #{tenant} and customer_id = #{customer} and event_time >= #{from} and event_time < #{to}
               and event_id = #{id}
            """)
    Optional<RatedEventRow> event(TenantId tenant, CustomerId customer, UsageEventId id, Instant from, Instant to);

    @Update("""
            update metering.usage_event
               set attributes = null
             where tenant_id = #{tenant} and customer_id = #{customer} and attributes is not null
            """)
    int forgetAttributes(TenantId tenant, CustomerId customer);
}
