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
    /**
     * Adds to the sums of hours and of their days, in the order of their keys, so that two reports cannot wait for each other. An
     * hour belongs to one day, so the days are sums of what is added to the hours.
     */
    String SUMS = """
            added as (
              select s.customer_id, s.hour, s.meter_id, s.events, s.quantity, s.charge, s.cost
                from unnest(#{s.customers}, #{s.hours}, #{s.meters}, #{s.events}, #{s.quantities}, #{s.charges}, #{s.costs})
                     s(customer_id, hour, meter_id, events, quantity, charge, cost)),
            hours as (
              insert into metering.usage_hour (tenant_id, customer_id, hour, meter_id, events, quantity, charge, cost)
              select #{tenant}, customer_id, hour, meter_id, events, quantity, charge, cost
                from added
               order by customer_id, hour, meter_id
                  on conflict (tenant_id, customer_id, hour, meter_id) do update
                 set events = usage_hour.events + excluded.events, quantity = usage_hour.quantity + excluded.quantity,
                     charge = usage_hour.charge + excluded.charge, cost = usage_hour.cost + excluded.cost)
            insert into metering.usage_customer_day (tenant_id, customer_id, day, meter_id, events, quantity, charge, cost)
            select #{tenant}, customer_id, (hour at time zone 'UTC')::date, meter_id, sum(events), sum(quantity), sum(charge),
                   sum(cost)
              from added
             group by customer_id, (hour at time zone 'UTC')::date, meter_id
             order by customer_id, (hour at time zone 'UTC')::date, meter_id
                on conflict (tenant_id, customer_id, day, meter_id) do update
               set events = usage_customer_day.events + excluded.events,
                   quantity = usage_customer_day.quantity + excluded.quantity,
                   charge = usage_customer_day.charge + excluded.charge, cost = usage_customer_day.cost + excluded.cost
            """;

    /**
     * Enters keys under each of the first days, unless they were entered under another one; answers what was not there. It waits
     * for others that are entering the same keys, in the order of keys, so that two reports cannot wait for each other. The other
     * days are looked at before that wait: nobody enters a key under one of them alone at this moment.
     */
    @Select(value = """
                    insert into metering.event_seen (tenant_id, event_key, day, customer_id, event_id, event_time)
                    select #{tenant}, k.event_key, d.day, k.customer_id, k.event_id, k.event_time
                      from (select unnest(#{keys}) as event_key, unnest(#{customers}) as customer_id,
                                   unnest(#{eventIds}) as event_id, unnest(#{times}) as event_time) k
                     cross join unnest(#{days}::date[]) d(day)
                     where k.event_key <> all (array(
                             select event_key
                               from metering.event_seen
                              where tenant_id = #{tenant} and event_key = any (#{keys})
                                and (day >= #{from} and day < #{first} or day > #{last} and day <= #{to})))
                     order by k.event_key, d.day
                        on conflict (tenant_id, event_key, day) do nothing
                    returning event_key, day
                    """, affectData = true)
    List<SeenRow> enter(
            TenantId tenant,
            UUID[] keys,
            UUID[] customers,
            UUID[] eventIds,
            Instant[] times,
            String[] days,
            LocalDate from,
            LocalDate first,
            LocalDate last,
            LocalDate to);

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

    /**
     * Stores events and adds them to the sums. Arrays are taken apart in a list of columns, row by row; among tables each would be
     * written out first.
     */
    @Insert("""
            with stored as (
              insert into metering.usage_event
                (tenant_id, customer_id, meter_id, event_id, event_time, source, source_id, quantity, charge, cost, attributes,
                 posting_key, received_at, plan_id, plan_number, cycle_from, quantity_before, charged_before, cost_per_unit)
              select #{tenant}, e.customer_id, e.meter_id, e.event_id, e.event_time, e.source, e.source_id, e.quantity,
                     e.charge, e.cost, e.attributes::jsonb, e.posting_key, #{now}, e.plan_id, e.plan_number, e.cycle_from,
                     e.quantity_before, e.charged_before, e.cost_per_unit
                from (select unnest(#{e.customers}) as customer_id, unnest(#{e.meters}) as meter_id,
                             unnest(#{e.eventIds}) as event_id, unnest(#{e.times}) as event_time,
                             unnest(#{e.sources}) as source, unnest(#{e.sourceIds}) as source_id,
                             unnest(#{e.quantities}) as quantity, unnest(#{e.charges}) as charge, unnest(#{e.costs}) as cost,
                             unnest(#{e.attributes}) as attributes, unnest(#{e.postingKeys}) as posting_key,
                             unnest(#{e.plans}) as plan_id, unnest(#{e.planNumbers}) as plan_number,
                             unnest(#{e.cycleFroms}) as cycle_from, unnest(#{e.quantitiesBefore}) as quantity_before,
                             unnest(#{e.chargedBefore}) as charged_before, unnest(#{e.costsPerUnit}) as cost_per_unit) e),
            """ + SUMS)
    int store(TenantId tenant, EventColumns e, SumColumns s, Instant now);

    /** Adds to the sums alone. */
    @Insert("with " + SUMS)
    int add(TenantId tenant, SumColumns s);

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

    /** Weeks, counted from the first day, of the one meter of each customer that was charged the most in them. */
    @Select("""
            with week as (
              select customer_id, meter_id, (day - #{first}::date) / 7 as week, sum(events) as events, sum(quantity) as quantity,
                     sum(charge) as charge
                from metering.usage_customer_day
               where tenant_id = #{tenant} and customer_id = any (#{customers}) and day >= #{first} and day <= #{last}
               group by customer_id, meter_id, week),
            main as (
              select distinct on (customer_id) customer_id, meter_id
                from week
               group by customer_id, meter_id
               order by customer_id, sum(charge) desc, sum(events) desc, meter_id)
            select w.customer_id, w.meter_id, w.week, w.quantity
              from week w
              join main m on m.customer_id = w.customer_id and m.meter_id = w.meter_id
             order by w.customer_id, w.week
            """)
    List<WeekRow> weeks(TenantId tenant, UUID[] customers, LocalDate first, LocalDate last);

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
