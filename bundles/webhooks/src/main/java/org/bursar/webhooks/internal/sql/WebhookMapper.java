package org.bursar.webhooks.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.WebhookDeliveryId;
import org.bursar.kernel.WebhookEndpointId;
import org.bursar.webhooks.DeliveryStatus;
import org.bursar.webhooks.EndpointStatus;
import org.jspecify.annotations.Nullable;

/** Statements over addresses, events and deliveries. */
public interface WebhookMapper {
    String ENDPOINT = """
            select endpoint_id, url, description, events, notify_email, status, reason, previous_until, failures,
                   failing_since, created_at, updated_at, version
              from webhooks.endpoint
             where tenant_id = #{tenant}
            """;

    String DELIVERY = """
            select d.delivery_id, d.endpoint_id, d.event_id, e.type, d.status, d.attempts, d.answer, d.failure,
                   d.next_attempt_at, d.sent_at, d.created_at
              from webhooks.delivery d
              join webhooks.event e on e.tenant_id = #{tenant} and e.event_id = d.event_id
             where d.tenant_id = #{tenant}
            """;

    @Insert("""
            insert into webhooks.endpoint (tenant_id, endpoint_id, url, description, events, notify_email, status, secret,
                failures, created_by, created_at, updated_at, version)
            values (#{tenant}, #{id}, #{url}, #{description}, #{events}, #{email}, #{status}, #{secret}, 0, #{by}, #{now},
                #{now}, 1)
            """)
    int insert(
            TenantId tenant,
            WebhookEndpointId id,
            String url,
            @Nullable String description,
            String events,
            @Nullable String email,
            EndpointStatus status,
            byte[] secret,
            String by,
            Instant now);

    @Select(ENDPOINT + " and endpoint_id = #{id}")
    Optional<EndpointRow> find(TenantId tenant, WebhookEndpointId id);

    @Select(ENDPOINT + " and endpoint_id = #{id} for update")
    Optional<EndpointRow> lock(TenantId tenant, WebhookEndpointId id);

    @Select(ENDPOINT + """
               and (#{after}::uuid is null or endpoint_id > #{after}::uuid)
             order by endpoint_id limit #{limit}
            """)
    List<EndpointRow> page(TenantId tenant, @Nullable WebhookEndpointId after, int limit);

    @Select(ENDPOINT + " and status = 'ENABLED'")
    List<EndpointRow> enabled(TenantId tenant);

    @Select("select count(*) from webhooks.endpoint where tenant_id = #{tenant}")
    int count(TenantId tenant);

    /** Who adds an address to others waits for who adds another, so that there are never too many. */
    @Select("""
            select endpoint_id from webhooks.endpoint
             where tenant_id = #{tenant}
             order by endpoint_id
               for update
            """)
    List<WebhookEndpointId> oneAtATime(TenantId tenant);

    @Update("""
            update webhooks.endpoint
               set url = #{url}, description = #{description}, events = #{events}, notify_email = #{email},
                   failures = case when #{fresh} then 0 else failures end,
                   failing_since = case when #{fresh} then null else failing_since end,
                   paused_until = case when #{fresh} then null else paused_until end,
                   reason = case when #{status} = 'FAILED' then reason end,
                   status = #{status}, updated_at = #{now}, version = version + 1
             where tenant_id = #{tenant} and endpoint_id = #{id}
            """)
    int update(
            TenantId tenant,
            WebhookEndpointId id,
            String url,
            @Nullable String description,
            String events,
            @Nullable String email,
            EndpointStatus status,
            boolean fresh,
            Instant now);

    @Update("""
            update webhooks.endpoint
               set previous_secret = secret, previous_until = #{until}, secret = #{secret}, updated_at = #{now},
                   version = version + 1
             where tenant_id = #{tenant} and endpoint_id = #{id}
            """)
    int rotate(TenantId tenant, WebhookEndpointId id, byte[] secret, Instant until, Instant now);

    @Delete("delete from webhooks.endpoint where tenant_id = #{tenant} and endpoint_id = #{id}")
    int delete(TenantId tenant, WebhookEndpointId id);

    @Insert("""
            insert into webhooks.event (tenant_id, event_id, type, customer_id, payload, created_at)
            values (#{tenant}, #{id}, #{type}, #{customer}, #{payload}, #{now})
            """)
    int event(TenantId tenant, UUID id, String type, @Nullable CustomerId customer, String payload, Instant now);

    @Insert("""
            insert into webhooks.delivery (tenant_id, delivery_id, endpoint_id, event_id, status, attempts, queued_at,
                next_attempt_at, created_at, updated_at)
            values (#{tenant}, #{id}, #{endpoint}, #{event}, 'QUEUED', 0, #{now}, #{now}, #{now}, #{now})
            """)
    int deliver(TenantId tenant, WebhookDeliveryId id, WebhookEndpointId endpoint, UUID event, Instant now);

    /** Addresses for which something is due and which are not left alone. */
    @Select("""
            select e.endpoint_id from webhooks.endpoint e
             where e.tenant_id = #{tenant} and e.status = 'ENABLED' and (e.paused_until is null or e.paused_until <= #{now})
               and exists (
                 select 1 from webhooks.delivery d
                  where d.tenant_id = #{tenant} and d.endpoint_id = e.endpoint_id and d.status = 'QUEUED'
                    and d.next_attempt_at <= #{now})
            """)
    List<WebhookEndpointId> due(TenantId tenant, Instant now);

    /** Takes the delivery that is due the longest and moves its next attempt beyond the time that sending it can take. */
    @Select(affectData = true, value = """
            update webhooks.delivery d
               set attempts = attempts + 1, next_attempt_at = #{leaseEnd}, updated_at = #{now}
              from webhooks.endpoint e, webhooks.event v
             where d.tenant_id = #{tenant}
               and d.delivery_id = (
                 select delivery_id from webhooks.delivery
                  where tenant_id = #{tenant} and endpoint_id = #{endpoint} and status = 'QUEUED'
                    and next_attempt_at <= #{now}
                  order by next_attempt_at, delivery_id limit 1
                    for update skip locked)
               and e.tenant_id = #{tenant} and e.endpoint_id = d.endpoint_id and e.status = 'ENABLED'
               and (e.paused_until is null or e.paused_until <= #{now})
               and v.tenant_id = #{tenant} and v.event_id = d.event_id
            returning d.delivery_id, d.event_id, e.url, e.secret, e.previous_secret, e.previous_until, v.payload, d.attempts,
                      d.queued_at
            """)
    Optional<DueRow> lease(TenantId tenant, WebhookEndpointId endpoint, Instant now, Instant leaseEnd);

    @Update("""
            update webhooks.delivery
               set status = 'SENT', sent_at = #{now}, next_attempt_at = null, answer = #{answer}, failure = null,
                   updated_at = #{now}
             where tenant_id = #{tenant} and delivery_id = #{id}
            """)
    int sent(TenantId tenant, WebhookDeliveryId id, int answer, Instant now);

    /** Of two attempts at once only the later one decides when the next is. */
    @Update("""
            update webhooks.delivery
               set status = #{status}, next_attempt_at = #{next}, answer = #{answer}, failure = #{failure},
                   updated_at = #{now}
             where tenant_id = #{tenant} and delivery_id = #{id} and status = 'QUEUED' and attempts = #{attempts}
            """)
    int failed(
            TenantId tenant,
            WebhookDeliveryId id,
            int attempts,
            DeliveryStatus status,
            @Nullable Instant next,
            @Nullable Integer answer,
            String failure,
            Instant now);

    @Update("""
            update webhooks.endpoint set failures = 0, failing_since = null, paused_until = null
             where tenant_id = #{tenant} and endpoint_id = #{endpoint} and failures > 0
            """)
    int healthy(TenantId tenant, WebhookEndpointId endpoint);

    @Update("""
            update webhooks.endpoint
               set failures = #{failures}, failing_since = coalesce(failing_since, #{now}), paused_until = #{until}
             where tenant_id = #{tenant} and endpoint_id = #{endpoint}
            """)
    int failing(TenantId tenant, WebhookEndpointId endpoint, int failures, Instant now, Instant until);

    @Update("""
            update webhooks.endpoint set status = 'FAILED', reason = #{reason}, updated_at = #{now}, version = version + 1
             where tenant_id = #{tenant} and endpoint_id = #{endpoint} and status = 'ENABLED'
            """)
    int turnOff(TenantId tenant, WebhookEndpointId endpoint, String reason, Instant now);

    /** What still waits for an address that is turned off is given up; it can be replayed. */
    @Update("""
            update webhooks.delivery
               set status = 'FAILED', next_attempt_at = null, failure = #{failure}, updated_at = #{now}
             where tenant_id = #{tenant} and endpoint_id = #{endpoint} and status = 'QUEUED'
            """)
    int giveUp(TenantId tenant, WebhookEndpointId endpoint, String failure, Instant now);

    @Select(DELIVERY + " and d.delivery_id = #{id}")
    Optional<DeliveryRow> delivery(TenantId tenant, WebhookDeliveryId id);

    @Select("""
            select v.payload from webhooks.delivery d
              join webhooks.event v on v.tenant_id = #{tenant} and v.event_id = d.event_id
             where d.tenant_id = #{tenant} and d.delivery_id = #{id}
            """)
    Optional<String> payload(TenantId tenant, WebhookDeliveryId id);

    @Select(DELIVERY + """
               and (#{endpoint}::uuid is null or d.endpoint_id = #{endpoint}::uuid)
               and (#{status}::text is null or d.status = #{status}::text)
               and (#{before}::uuid is null or d.delivery_id < #{before}::uuid)
             order by d.delivery_id desc limit #{limit}
            """)
    List<DeliveryRow> deliveries(
            TenantId tenant,
            @Nullable WebhookEndpointId endpoint,
            @Nullable DeliveryStatus status,
            @Nullable WebhookDeliveryId before,
            int limit);

    @Update("""
            update webhooks.delivery
               set status = 'QUEUED', attempts = 0, queued_at = #{now}, next_attempt_at = #{now}, failure = null,
                   updated_at = #{now}
             where tenant_id = #{tenant} and delivery_id = #{id}
            """)
    int replay(TenantId tenant, WebhookDeliveryId id, Instant now);

    @Delete("""
            delete from webhooks.event
             where tenant_id = #{tenant}
               and event_id in (
                 select v.event_id from webhooks.event v
                  where v.tenant_id = #{tenant} and v.created_at < #{before}
                    and not exists (
                      select 1 from webhooks.delivery d
                       where d.tenant_id = #{tenant} and d.event_id = v.event_id and d.status = 'QUEUED')
                  order by v.created_at limit #{limit})
            """)
    int removeOld(TenantId tenant, Instant before, int limit);
}
