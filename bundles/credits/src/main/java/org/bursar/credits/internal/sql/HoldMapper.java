package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.HoldId;
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** Statements on {@code credits.hold}. */
public interface HoldMapper {
    /**
     * After every hold: the largest UUID, which is none of ours. A value and not null, so that the index serves every
     * page.
     */
    UUID AFTER_ALL = new UUID(-1, -1);

    @Insert("""
            insert into credits.hold (tenant_id, wallet_id, hold_id, amount, usage_event, user_id, wholesale_rate,
                                      wholesale_held, expires_at, created_at)
            select #{tenant}, h.wallet_id, h.hold_id, h.amount, h.usage_event, h.user_id, h.wholesale_rate,
                   h.wholesale_held, #{now}::timestamptz + h.ttl * interval '1 second', #{now}
              from unnest(#{wallets}, #{ids}, #{amounts}, #{usageEvents}, #{users}, #{wholesaleRates},
                          #{wholesaleHeld}, #{ttlSeconds})
                     as h (wallet_id, hold_id, amount, usage_event, user_id, wholesale_rate, wholesale_held, ttl)
            """)
    int insertAll(
            TenantId tenant,
            UUID[] wallets,
            UUID[] ids,
            BigDecimal[] amounts,
            @Nullable String[] usageEvents,
            @Nullable UUID[] users,
            @Nullable BigDecimal[] wholesaleRates,
            @Nullable BigDecimal[] wholesaleHeld,
            Integer[] ttlSeconds,
            Instant now);

    @Select("""
            select hold_id as id, wallet_id as customer, amount, settled, status, after_expiry, usage_event, user_id as user,
                   expires_at, created_at, version, wholesale_rate, wholesale_held
              from credits.hold
             where tenant_id = #{tenant} and hold_id = #{id}
            """)
    Optional<HoldRow> find(TenantId tenant, HoldId id);

    @Select("""
            select hold_id as id, wallet_id as customer, amount, settled, status, after_expiry, usage_event, user_id as user,
                   expires_at, created_at, version, wholesale_rate, wholesale_held
              from credits.hold
             where tenant_id = #{tenant} and hold_id = #{id}
               for update
            """)
    Optional<HoldRow> lock(TenantId tenant, HoldId id);

    @Select("""
            select hold_id as id, wallet_id as customer, amount, settled, status, after_expiry, usage_event, user_id as user,
                   expires_at, created_at, version, wholesale_rate, wholesale_held
              from credits.hold
             where tenant_id = #{tenant} and hold_id < #{before}
               and (#{status}::int is null or status = #{status}::int)
             order by hold_id desc
             limit #{limit}
            """)
    List<HoldRow> page(TenantId tenant, @Nullable Integer status, UUID before, int limit);

    @Select("""
            select hold_id as id, wallet_id as customer, amount, settled, status, after_expiry, usage_event, user_id as user,
                   expires_at, created_at, version, wholesale_rate, wholesale_held
              from credits.hold
             where tenant_id = #{tenant} and wallet_id = #{customer} and hold_id < #{before}
               and (#{status}::int is null or status = #{status}::int)
             order by hold_id desc
             limit #{limit}
            """)
    List<HoldRow> pageOf(TenantId tenant, CustomerId customer, @Nullable Integer status, UUID before, int limit);

    /** The same for many, in ascending order. Their wallets are locked by the caller. */
    @Select("""
            select hold_id as id, wallet_id as customer, amount, settled, status, after_expiry, usage_event, user_id as user,
                   expires_at, created_at, version, wholesale_rate, wholesale_held
              from credits.hold
             where tenant_id = #{tenant} and hold_id = any (#{ids})
             order by hold_id
               for update
            """)
    List<HoldRow> lockAll(TenantId tenant, UUID[] ids);

    /** Changes locked holds that are of the versions that were read; the count tells. */
    @Update("""
            update credits.hold h
               set settled = c.settled, status = c.status, after_expiry = c.after_expiry, version = c.version,
                   wholesale_held = c.wholesale_held
              from unnest(#{ids}, #{settled}, #{statuses}, #{afterExpiry}, #{wholesaleHeld}, #{versions}, #{before})
                     as c (hold_id, settled, status, after_expiry, wholesale_held, version, before)
             where h.tenant_id = #{tenant} and h.hold_id = c.hold_id and h.version = c.before
            """)
    int changeAll(
            TenantId tenant,
            UUID[] ids,
            BigDecimal[] settled,
            Integer[] statuses,
            Boolean[] afterExpiry,
            @Nullable BigDecimal[] wholesaleHeld,
            Long[] versions,
            Long[] before);

    @Update("""
            update credits.hold
               set expires_at = #{expiresAt}, version = version + 1
             where tenant_id = #{tenant} and hold_id = #{id} and version = #{version}
            """)
    int extend(TenantId tenant, HoldId id, Instant expiresAt, long version);

    /** Open holds whose time has run out, the longest overdue first, after one of them. */
    @Select("""
            select hold_id as id, wallet_id as customer, expires_at
              from credits.hold
             where tenant_id = #{tenant} and status = 0 and expires_at <= #{now}
               and (expires_at, hold_id) > (#{afterTime}, #{afterHold})
             order by expires_at, hold_id
             limit #{limit}
            """)
    List<DueHold> due(TenantId tenant, Instant now, Instant afterTime, HoldId afterHold, int limit);

    /** When the next of them expires that reserves something, be it in the tenant's wholesale wallet alone. */
    @Select("""
            select least((select min(expires_at) from credits.hold where tenant_id = #{tenant} and status = 0),
                         (select min(expires_at) from credits.hold
                           where tenant_id = #{tenant} and wholesale_held is not null))
            """)
    Optional<Instant> next(TenantId tenant);

    /**
     * Expires those of the holds that are still open and still due, and gives their rests back to their wallets. The
     * wallets are locked by the caller, in a statement before this one.
     *
     * @return the wallets that got something back
     */
    @Update("""
            with expired as (
              update credits.hold
                 set status = 3, version = version + 1
               where tenant_id = #{tenant} and hold_id = any (#{ids}) and wallet_id = any (#{wallets})
                 and status = 0 and expires_at <= #{now}
              returning wallet_id, amount - settled as rest, user_id),
            back as (
              select wallet_id, sum(rest) as rest from expired group by wallet_id),
            capped as (
              select wallet_id, user_id, sum(rest) as rest
                from expired where user_id is not null group by wallet_id, user_id),
            caps as (
              update credits.spend_cap c set held = c.held - u.rest
                from capped u
               where c.tenant_id = #{tenant} and c.wallet_id = u.wallet_id and c.user_id = u.user_id)
            update credits.wallet w
               set held = w.held - b.rest, version = w.version + 1
              from back b
             where w.tenant_id = #{tenant} and w.wallet_id = b.wallet_id
            """)
    int expire(TenantId tenant, UUID[] ids, UUID[] wallets, Instant now);

    /**
     * Expires every overdue hold of wallets that the caller has locked, and gives the rests back.
     *
     * @return the wallets that got something back
     */
    @Update("""
            with expired as (
              update credits.hold
                 set status = 3, version = version + 1
               where tenant_id = #{tenant} and wallet_id = any (#{wallets}) and status = 0 and expires_at <= #{now}
              returning wallet_id, amount - settled as rest, user_id),
            back as (
              select wallet_id, sum(rest) as rest from expired group by wallet_id),
            capped as (
              select wallet_id, user_id, sum(rest) as rest
                from expired where user_id is not null group by wallet_id, user_id),
            caps as (
              update credits.spend_cap c set held = c.held - u.rest
                from capped u
               where c.tenant_id = #{tenant} and c.wallet_id = u.wallet_id and c.user_id = u.user_id)
            update credits.wallet w
               set held = w.held - b.rest, version = w.version + 1
              from back b
             where w.tenant_id = #{tenant} and w.wallet_id = b.wallet_id
            """)
    int expireAll(TenantId tenant, UUID[] wallets, Instant now);

    /** Releases every open hold of a wallet that the caller has locked, and gives their rests back. */
    @Update("""
            with released as (
              update credits.hold
                 set status = 2, version = version + 1
               where tenant_id = #{tenant} and wallet_id = #{customer} and status = 0
              returning amount - settled as rest),
            caps as (
              update credits.spend_cap set held = 0 where tenant_id = #{tenant} and wallet_id = #{customer})
            update credits.wallet w
               set held = w.held - r.rest, version = w.version + 1
              from (select sum(rest) as rest from released) r
             where w.tenant_id = #{tenant} and w.wallet_id = #{customer} and r.rest is not null
            """)
    int releaseAll(TenantId tenant, CustomerId customer);

    /** Whether something is reserved in the tenant's wholesale wallet whose time has run out. */
    @Select("""
            select exists (select from credits.hold
                            where tenant_id = #{tenant} and wholesale_held is not null and expires_at <= #{now})
            """)
    boolean wholesaleDue(TenantId tenant, Instant now);

    /**
     * Gives back to the tenant's wholesale wallet, which the caller has locked, what holds reserve there whose time has run out.
     * What they reserve elsewhere stays: their wallets may be another's at present.
     *
     * @return 1 when something came back
     */
    @Update("""
            with due as (
              select hold_id, wholesale_held
                from credits.hold
               where tenant_id = #{tenant} and wholesale_held is not null and expires_at <= #{now}
               order by expires_at
               limit #{limit}),
            taken as (
              update credits.hold h
                 set wholesale_held = null
                from due d
               where h.tenant_id = #{tenant} and h.hold_id = d.hold_id and h.expires_at <= #{now}
              returning d.wholesale_held as rest)
            update credits.wallet w
               set held = w.held - t.rest, version = w.version + 1
              from (select sum(rest) as rest from taken) t
             where w.tenant_id = #{tenant} and w.wallet_id = #{tenant} and t.rest is not null
            """)
    int takeBackWholesale(TenantId tenant, Instant now, int limit);
}
