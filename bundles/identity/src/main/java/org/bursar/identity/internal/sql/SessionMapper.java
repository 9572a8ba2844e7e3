package org.bursar.identity.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.identity.internal.AccessLevel;
import org.bursar.identity.internal.LinkPurpose;
import org.bursar.identity.internal.Role;
import org.bursar.identity.internal.UserStatus;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.SessionId;
import org.bursar.kernel.TenantId;
import org.bursar.kernel.UserId;
import org.jspecify.annotations.Nullable;

/** Sessions, one-time links, requests for a reset, and the counters of failed sign-ins. */
public interface SessionMapper {
    @Insert("""
            insert into identity.session (tenant_id, token_hash, user_id, customer_id, created_at, expires_at, ends_at,
              session_id, agent, address)
            values (#{tenant}, #{hash}, #{user}, #{customer}, #{now}, #{expiresAt}, #{endsAt}, #{session}, #{agent}, #{address})
            """)
    int insert(
            TenantId tenant,
            byte[] hash,
            UserId user,
            @Nullable CustomerId customer,
            Instant now,
            Instant expiresAt,
            Instant endsAt,
            SessionId session,
            @Nullable String agent,
            String address);

    /** A user's own before one of them, the latest first, as their ids are in the order of time. */
    @Select("""
            select session_id, token_hash, created_at, expires_at, agent, address
            from identity.session
            where tenant_id = #{tenant} and user_id = #{user} and expires_at > #{now} and session_id < #{before}
            order by session_id desc limit #{limit}
            """)
    List<OpenSession> ofUser(TenantId tenant, UserId user, Instant now, UUID before, int limit);

    @Select("""
            select session_id, token_hash, created_at, expires_at, agent, address
            from identity.session
            where tenant_id = #{tenant} and session_id = #{session} and user_id = #{user} and expires_at > #{now}
            """)
    Optional<OpenSession> one(TenantId tenant, UserId user, SessionId session, Instant now);

    /** The session and all that decides what its user may, in one look-up by the primary key. */
    @Select("""
            select s.user_id, s.expires_at, s.ends_at, u.first_name, u.last_name, u.role, u.access, u.status,
              u.must_change_password, u.customer_id, u.last_seen_at,
              (select array_to_string(p.permissions, ' ') from identity.permission_set p
               where p.tenant_id = u.tenant_id and p.permission_set_id = u.permission_set_id) as set_permissions,
              (select string_agg(m.member_of::text || ' ' || array_to_string(m.permissions, ' '), ',')
               from identity.membership m where m.tenant_id = u.tenant_id and m.user_id = u.user_id) as memberships
            from identity.session s
            join identity.app_user u on u.tenant_id = s.tenant_id and u.user_id = s.user_id
            where s.tenant_id = #{tenant} and s.token_hash = #{hash} and s.expires_at > #{now}
            """)
    Optional<SignedIn> signedIn(TenantId tenant, byte[] hash, Instant now);

    @Update("""
            update identity.session set expires_at = least(#{expiresAt}, ends_at)
            where tenant_id = #{tenant} and token_hash = #{hash}
            """)
    int extend(TenantId tenant, byte[] hash, Instant expiresAt);

    @Delete("delete from identity.session where tenant_id = #{tenant} and token_hash = #{hash}")
    int end(TenantId tenant, byte[] hash);

    @Delete("""
            delete from identity.session
            where tenant_id = #{tenant} and user_id = #{user} and token_hash is distinct from #{but}::bytea
            """)
    int endOfUser(TenantId tenant, UserId user, byte @Nullable [] but);

    @Delete("delete from identity.session where tenant_id = #{tenant} and customer_id = #{customer}")
    int endOfCustomer(TenantId tenant, CustomerId customer);

    @Insert("""
            insert into identity.one_time_link (tenant_id, token_hash, user_id, customer_id, purpose, email,
              created_at, expires_at)
            values (#{tenant}, #{hash}, #{user}, #{customer}, #{purpose}, #{email}, #{now}, #{expiresAt})
            """)
    int insertLink(
            TenantId tenant,
            byte[] hash,
            UserId user,
            @Nullable CustomerId customer,
            LinkPurpose purpose,
            @Nullable String email,
            Instant now,
            Instant expiresAt);

    @Select("""
            select user_id, purpose, email, expires_at, used_at
            from identity.one_time_link where tenant_id = #{tenant} and token_hash = #{hash}
            """)
    Optional<LinkRow> link(TenantId tenant, byte[] hash);

    /** Gives 0 when the link was used before or has expired: of two who come at once one wins. */
    @Update("""
            update identity.one_time_link set used_at = #{now}
            where tenant_id = #{tenant} and token_hash = #{hash} and used_at is null and expires_at > #{now}
            """)
    int useLink(TenantId tenant, byte[] hash, Instant now);

    /** Ends the unused links of a user: who has set a password needs none of them, and nor does a thief. */
    @Update("""
            update identity.one_time_link set used_at = #{now}
            where tenant_id = #{tenant} and user_id = #{user} and used_at is null and purpose = any (#{purposes})
            """)
    int endLinks(TenantId tenant, UserId user, String[] purposes, Instant now);

    @Select("""
            select count(*) from identity.one_time_link
            where tenant_id = #{tenant} and user_id = #{user} and purpose = #{purpose} and created_at > #{since}
            """)
    int linksSince(TenantId tenant, UserId user, LinkPurpose purpose, Instant since);

    @Select("""
            select exists (select 1 from identity.one_time_link
              where tenant_id = #{tenant} and user_id = #{user} and purpose = #{purpose} and used_at is null
                and expires_at > #{now})
            """)
    boolean linkOpen(TenantId tenant, UserId user, LinkPurpose purpose, Instant now);

    @Insert("""
            insert into identity.password_reset (tenant_id, password_reset_id, email, created_at)
            values (#{tenant}, #{id}, #{email}, #{now})
            """)
    int askReset(TenantId tenant, UUID id, String email, Instant now);

    /** Takes requests that nobody else is taking. */
    @Select("""
            delete from identity.password_reset
            where tenant_id = #{tenant} and password_reset_id in (
              select password_reset_id from identity.password_reset
              where tenant_id = #{tenant} order by password_reset_id limit #{limit} for update skip locked)
            returning email
            """)
    List<String> takeResets(TenantId tenant, int limit);

    /**
     * Makes sure of the counters and locks them, in the order of their keys so that no two sign-ins wait for each
     * other.
     */
    @Select("""
            insert into identity.sign_in_throttle (tenant_id, throttle_key, failures, window_from, next_at)
            select #{tenant}, decode(k, 'hex'), 0, #{now}, #{now} from unnest(#{keys}) k order by k
            on conflict (tenant_id, throttle_key) do update set failures = identity.sign_in_throttle.failures
            returning encode(throttle_key, 'hex') as throttle_key, failures, window_from, next_at, known_until
            """)
    List<Counter> counters(TenantId tenant, String[] keys, Instant now);

    @Update("""
            update identity.sign_in_throttle
            set failures = #{failures}, window_from = #{windowFrom}, next_at = #{nextAt}
            where tenant_id = #{tenant} and throttle_key = decode(#{key}, 'hex')
            """)
    int count(TenantId tenant, String key, int failures, Instant windowFrom, Instant nextAt);

    @Update("""
            update identity.sign_in_throttle
            set failures = greatest(failures - 1, 0), next_at = #{now}
            where tenant_id = #{tenant} and throttle_key = decode(#{key}, 'hex')
            """)
    int forgive(TenantId tenant, String key, Instant now);

    @Insert("""
            insert into identity.sign_in_throttle (tenant_id, throttle_key, failures, window_from, next_at, known_until)
            values (#{tenant}, decode(#{key}, 'hex'), 0, #{now}, #{now}, #{until})
            on conflict (tenant_id, throttle_key) do update
            set failures = 0, next_at = excluded.next_at, known_until = excluded.known_until
            """)
    int know(TenantId tenant, String key, Instant now, Instant until);

    @Delete("delete from identity.session where tenant_id = #{tenant} and expires_at < #{now}")
    int cleanSessions(TenantId tenant, Instant now);

    @Delete("delete from identity.one_time_link where tenant_id = #{tenant} and expires_at < #{before}")
    int cleanLinks(TenantId tenant, Instant before);

    @Delete("""
            delete from identity.sign_in_throttle
            where tenant_id = #{tenant} and window_from < #{before} and (known_until is null or known_until < #{now})
            """)
    int cleanCounters(TenantId tenant, Instant before, Instant now);

    /** Who is behind a session's token. */
    record SignedIn(
            UserId userId,
            Instant expiresAt,
            Instant endsAt,
            String firstName,
            String lastName,
            Role role,
            AccessLevel access,
            UserStatus status,
            boolean mustChangePassword,
            @Nullable CustomerId customerId,
            @Nullable Instant lastSeenAt,
            @Nullable String setPermissions,
            @Nullable String memberships) {}

    /** A session as its user sees it; the hash is shown to nobody. */
    record OpenSession(
            SessionId sessionId,
            byte[] tokenHash,
            Instant createdAt,
            Instant expiresAt,
            @Nullable String agent,
            @Nullable String address) {}

    /** A one-time link. */
    record LinkRow(
            UserId userId,
            LinkPurpose purpose,
            @Nullable String email,
            Instant expiresAt,
            @Nullable Instant usedAt) {}

    /** A counter of failed sign-ins. */
    record Counter(
            String throttleKey,
            int failures,
            Instant windowFrom,
            Instant nextAt,
            @Nullable Instant knownUntil) {}
}
