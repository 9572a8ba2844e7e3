package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.TenantId;
import org.bursar.purchases.ReceivedWebhook.State;
import org.bursar.purchases.WaitingWebhooks;
import org.jspecify.annotations.Nullable;

/** Statements over what providers sent. */
public interface InboxMapper {
    String SHOWN = """
            select inbox_id, gateway_id, state, event_id, event_type, received_at, deliveries, attempts, purchase_id, note
              from purchases.inbox
             where tenant_id = #{tenant}
            """;

    /** How many of a gateway's wait, counted up to a limit. */
    @Select("""
            select count(*) from (
              select 1 from purchases.inbox
               where tenant_id = #{tenant} and gateway_id = #{gateway} and next_try_at is not null
               limit #{limit}) waiting
            """)
    int waiting(TenantId tenant, String gateway, int limit);

    /** A gateway's that wait, and since when. */
    @Select("""
            select count(*) as count, min(received_at) as oldest from purchases.inbox
             where tenant_id = #{tenant} and gateway_id = #{gateway} and next_try_at is not null
            """)
    WaitingWebhooks waitingOf(TenantId tenant, String gateway);

    /**
     * Stores what came; nothing when the same body is there already.
     *
     * @param attempts 1 when it is read at once, 0 otherwise
     * @param nextTry when it is read, or read again if whoever reads it at once has died
     */
    @Insert("""
            insert into purchases.inbox (tenant_id, inbox_id, gateway_id, body_hash, body, head, received_at, deliveries,
                last_delivery_at, state, event_id, event_type, hints, attempts, next_try_at)
            values (#{tenant}, #{row.inboxId}, #{row.gatewayId}, #{row.bodyHash}, #{row.body}, #{row.head}, #{row.receivedAt}, 1,
                #{row.receivedAt}, #{row.state}, #{row.eventId}, #{row.eventType}, #{row.hints}::jsonb, #{attempts}, #{nextTry})
            on conflict do nothing
            """)
    int insert(TenantId tenant, @Param("row") NewInboxRow row, int attempts, Instant nextTry);

    @Select("""
            select inbox_id, state from purchases.inbox
             where tenant_id = #{tenant} and gateway_id = #{gateway} and body_hash = #{hash}
               for update
            """)
    Optional<InboxKey> known(TenantId tenant, String gateway, byte[] hash);

    @Update("""
            update purchases.inbox set deliveries = deliveries + 1, last_delivery_at = #{now}
             where tenant_id = #{tenant} and inbox_id = #{id}
            """)
    int deliveredAgain(TenantId tenant, UUID id, Instant now);

    /** One that was rejected comes again: signed anew, or the secret was mended meanwhile. */
    @Update("""
            update purchases.inbox
               set deliveries = deliveries + 1, last_delivery_at = #{now}, received_at = #{now}, head = #{head}, state = 'STORED',
                   note = null, next_try_at = #{now}, ended_at = null
             where tenant_id = #{tenant} and inbox_id = #{id} and state = 'REJECTED'
            """)
    int sentAnew(TenantId tenant, UUID id, byte[] head, Instant now);

    /** Somebody asks for another look, whatever became of it. */
    @Update("""
            update purchases.inbox
               set state = 'STORED', event_id = null, hints = null, note = null, next_try_at = #{now}, ended_at = null, attempts = 0
             where tenant_id = #{tenant} and inbox_id = #{id}
            """)
    int again(TenantId tenant, UUID id, Instant now);

    /** Those that are due, beside those of some gateways. */
    @Select("""
            select inbox_id, gateway_id from purchases.inbox
             where tenant_id = #{tenant} and next_try_at <= #{now} and gateway_id <> all (#{without})
             order by next_try_at
             limit #{limit}
            """)
    List<DueInboxRow> due(TenantId tenant, Instant now, String[] without, int limit);

    /** Takes one that is due. The next try is announced before this one is made: if it dies, that one comes. */
    @Select(affectData = true, value = """
            update purchases.inbox set attempts = attempts + 1, next_try_at = #{until}
             where tenant_id = #{tenant} and inbox_id = #{id} and next_try_at <= #{now}
            returning inbox_id, gateway_id, state, body, head, received_at, event_id, event_type, hints::text as hints, attempts
            """)
    Optional<InboxRow> take(TenantId tenant, UUID id, Instant now, Instant until);

    @Update("""
            update purchases.inbox set next_try_at = #{at}, note = #{note}
             where tenant_id = #{tenant} and inbox_id = #{id} and state in ('STORED', 'VERIFIED')
            """)
    int later(TenantId tenant, UUID id, Instant at, @Nullable String note);

    /** Whether the same event came in another body. */
    @Select("""
            select exists (
              select 1 from purchases.inbox
               where tenant_id = #{tenant} and gateway_id = #{gateway} and event_id = #{event} and inbox_id <> #{id})
            """)
    boolean knownEvent(TenantId tenant, String gateway, String event, UUID id);

    @Update("""
            update purchases.inbox
               set state = 'VERIFIED', event_id = #{event}, event_type = #{type}, hints = #{hints}::jsonb, note = #{note}
             where tenant_id = #{tenant} and inbox_id = #{id} and state = 'STORED'
            """)
    int verified(TenantId tenant, UUID id, String event, String type, String hints, @Nullable String note);

    /** One is genuine, and everything that it points at is known: it is over with that. */
    @Update("""
            update purchases.inbox
               set state = 'DONE', event_id = #{event}, event_type = #{type}, hints = #{hints}::jsonb, note = #{note},
                   next_try_at = null, ended_at = #{now}, purchase_id = coalesce(#{purchase}::uuid, purchase_id)
             where tenant_id = #{tenant} and inbox_id = #{id} and state = 'STORED'
            """)
    int done(
            TenantId tenant,
            UUID id,
            String event,
            String type,
            String hints,
            @Nullable String note,
            @Nullable PurchaseId purchase,
            Instant now);

    /** It is over. What was found out is kept, the event's id only of one that counts. */
    @Update("""
            update purchases.inbox
               set state = #{state}, next_try_at = null, ended_at = #{now}, note = #{note},
                   event_id = case when #{state} = 'DONE' then event_id end,
                   purchase_id = coalesce(#{purchase}::uuid, purchase_id)
             where tenant_id = #{tenant} and inbox_id = #{id} and state in ('STORED', 'VERIFIED')
            """)
    int end(TenantId tenant, UUID id, State state, @Nullable String note, @Nullable PurchaseId purchase, Instant now);

    @Select(SHOWN + " and inbox_id = #{id}")
    Optional<ShownInboxRow> find(TenantId tenant, UUID id);

    @Select(SHOWN + """
               and (received_at, inbox_id) < (#{before}, #{beforeId})
               and (#{gateway}::text is null or gateway_id = #{gateway}::text)
               and (#{state}::text is null or state = #{state}::text)
             order by received_at desc, inbox_id desc
             limit #{limit}
            """)
    List<ShownInboxRow> newest(
            TenantId tenant, @Nullable String gateway, @Nullable State state, Instant before, UUID beforeId, int limit);

    /** Removes some of those that came before a time. */
    @Delete("""
            delete from purchases.inbox
             where tenant_id = #{tenant} and inbox_id in (
               select inbox_id from purchases.inbox
                where tenant_id = #{tenant} and received_at < #{until}
                order by received_at
                limit #{limit})
            """)
    int forget(TenantId tenant, Instant until, int limit);

    /** Removes some of a gateway's rejected ones, beside the newest. */
    @Delete("""
            delete from purchases.inbox
             where tenant_id = #{tenant} and inbox_id in (
               select inbox_id from purchases.inbox
                where tenant_id = #{tenant} and gateway_id = #{gateway} and state = 'REJECTED'
                order by received_at desc
               offset #{kept} limit #{limit})
            """)
    int forgetRejected(TenantId tenant, String gateway, int kept, int limit);

    /** The gateways of which something was rejected. */
    @Select("""
            select distinct gateway_id from purchases.inbox where tenant_id = #{tenant} and state = 'REJECTED'
            """)
    List<String> rejecting(TenantId tenant);

    /** Removes what came about a customer's purchases. */
    @Delete("""
            delete from purchases.inbox
             where tenant_id = #{tenant} and purchase_id in (
               select purchase_id from purchases.purchase where tenant_id = #{tenant} and customer_id = #{customer})
            """)
    int erase(TenantId tenant, CustomerId customer);
}
