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
import org.bursar.kernel.TenantId;
import org.jspecify.annotations.Nullable;

/** Statements on {@code credits.wallet} and {@code credits.entry}. */
public interface WalletMapper {
    /**
     * Before every wallet: no customer has it for its id. A value and not null, so that one plan with the index
     * serves every page.
     */
    UUID BEFORE_ALL = new UUID(0, 0);

    /** Opens a wallet unless it is open. */
    @Insert("""
            insert into credits.wallet (tenant_id, wallet_id, unit, created_at)
            values (#{tenant}, #{customer}, #{unit}, #{now})
            on conflict (tenant_id, wallet_id) do nothing
            """)
    int open(TenantId tenant, CustomerId customer, String unit, Instant now);

    /** Opens the tenant's wholesale wallet or changes its terms; the unit stays. */
    @Insert("""
            insert into credits.wallet (tenant_id, wallet_id, unit, overdraft, wholesale_rate, created_at)
            values (#{tenant}, #{tenant}, #{unit}, #{overdraft}, #{rate}, #{now})
            on conflict (tenant_id, wallet_id) do update
               set overdraft = excluded.overdraft, wholesale_rate = excluded.wholesale_rate,
                   version = credits.wallet.version + 1
            """)
    int setWholesale(TenantId tenant, String unit, BigDecimal rate, BigDecimal overdraft, Instant now);

    @Select("""
            select wallet_id as customer, unit, balance, held, overdraft, last_seq, version, created_at,
                   next_expiry, wholesale_rate
              from credits.wallet
             where tenant_id = #{tenant} and wallet_id = #{customer}
            """)
    Optional<WalletRow> find(TenantId tenant, CustomerId customer);

    @Select("""
            select wallet_id as customer, unit, balance, held, overdraft, last_seq, version, created_at,
                   next_expiry, wholesale_rate
              from credits.wallet
             where tenant_id = #{tenant} and wallet_id = any (#{wallets})
            """)
    List<WalletRow> findAll(TenantId tenant, UUID[] wallets);

    @Select("""
            select wallet_id as customer, unit, balance, held, overdraft, last_seq, version, created_at,
                   next_expiry, wholesale_rate
              from credits.wallet
             where tenant_id = #{tenant} and wallet_id > #{after} and wallet_id <> #{tenant}
             order by wallet_id
             limit #{limit}
            """)
    List<WalletRow> page(TenantId tenant, UUID after, int limit);

    /**
     * Locks wallets, in ascending order so that two batches that share wallets wait for each other instead of for
     * ever. A statement of its own: what is read next sees what was committed while this one waited.
     */
    @Select("""
            select wallet_id as customer, unit, balance, held, overdraft, last_seq, version, created_at,
                   next_expiry, wholesale_rate
              from credits.wallet
             where tenant_id = #{tenant} and wallet_id = any (#{wallets})
             order by wallet_id
               for update
            """)
    List<WalletRow> lock(TenantId tenant, UUID[] wallets);

    /** Locks those wallets that nobody else is at. */
    @Select("""
            select wallet_id
              from credits.wallet
             where tenant_id = #{tenant} and wallet_id = any (#{wallets})
             order by wallet_id
               for update skip locked
            """)
    List<UUID> lockFree(TenantId tenant, UUID[] wallets);

    /** The entries that carry these keys; the n-th key belongs to the n-th wallet. */
    @Select("""
            select e.wallet_id as customer, e.seq, e.amount, e.balance_after, e.kind, e.reference, e.reason,
                   e.idempotency_key, e.created_at
              from unnest(#{wallets}, #{keys}) as k (wallet_id, idempotency_key)
              join credits.entry e on e.tenant_id = #{tenant} and e.wallet_id = k.wallet_id
                                  and e.idempotency_key = k.idempotency_key
            """)
    List<EntryRow> withKeys(TenantId tenant, UUID[] wallets, UUID[] keys);

    /**
     * Moves the balances of locked wallets and appends their entries. A wallet that is not where it was read is left out with its
     * entries, and the count of entries tells: each wallet that moves has one.
     */
    @Insert("""
            with moved as (
              update credits.wallet w
                 set balance = w.balance + d.amount, last_seq = w.last_seq + d.entries, version = w.version + 1
                from unnest(#{moved}, #{moves}, #{entries}, #{lastSeqs}) as d (wallet_id, amount, entries, last_seq)
               where w.tenant_id = #{tenant} and w.wallet_id = d.wallet_id and w.last_seq = d.last_seq
              returning w.wallet_id)
            insert into credits.entry (tenant_id, wallet_id, seq, amount, balance_after, contra, kind, reference,
                                       reason, idempotency_key, created_at)
            select #{tenant}, l.wallet_id, l.seq, l.amount, l.balance_after, l.contra, l.kind, l.reference,
                   l.reason, l.key, #{now}
              from unnest(#{wallets}, #{seqs}, #{amounts}, #{balances}, #{contras}, #{kinds}, #{references}, #{reasons},
                          #{keys}) as l (wallet_id, seq, amount, balance_after, contra, kind, reference, reason, key)
              join moved m on m.wallet_id = l.wallet_id
            """)
    int post(
            TenantId tenant,
            UUID[] moved,
            BigDecimal[] moves,
            Long[] entries,
            Long[] lastSeqs,
            UUID[] wallets,
            Long[] seqs,
            BigDecimal[] amounts,
            BigDecimal[] balances,
            Integer[] contras,
            Integer[] kinds,
            @Nullable String[] references,
            @Nullable String[] reasons,
            UUID[] keys,
            Instant now);

    /**
     * Locks the wallets of holds and others, in ascending order of all. Which wallet a hold belongs to never changes, so one
     * statement finds and locks them.
     */
    @Select("""
            select wallet_id as customer, unit, balance, held, overdraft, last_seq, version, created_at,
                   next_expiry, wholesale_rate
              from credits.wallet
             where tenant_id = #{tenant}
               and wallet_id = any (#{others} || array(select wallet_id from credits.hold
                                                        where tenant_id = #{tenant} and hold_id = any (#{ids})))
             order by wallet_id
               for update
            """)
    List<WalletRow> lockOfHolds(TenantId tenant, UUID[] ids, UUID[] others);

    /**
     * Changes what is held in locked wallets; below zero the constraint wallet_held refuses. What the guard leaves out the count
     * tells.
     *
     * @param guarded whether the wallets must cover it
     */
    @Update("""
            update credits.wallet w
               set held = w.held + d.amount, version = w.version + 1
              from unnest(#{wallets}, #{amounts}) as d (wallet_id, amount)
             where w.tenant_id = #{tenant} and w.wallet_id = d.wallet_id
               and (not #{guarded} or w.balance - w.held + w.overdraft >= d.amount)
            """)
    int holdAll(TenantId tenant, UUID[] wallets, BigDecimal[] amounts, boolean guarded);

    @Select("""
            select wallet_id as customer, seq, amount, balance_after, kind, reference, reason, idempotency_key,
                   created_at
              from credits.entry
             where tenant_id = #{tenant} and wallet_id = #{customer} and seq = #{seq}
            """)
    Optional<EntryRow> entry(TenantId tenant, CustomerId customer, long seq);

    @Select("""
            select wallet_id as customer, seq, amount, balance_after, kind, reference, reason, idempotency_key,
                   created_at
              from credits.entry
             where tenant_id = #{tenant} and wallet_id = #{customer} and seq < #{before}
             order by seq desc
             limit #{limit}
            """)
    List<EntryRow> newestEntries(TenantId tenant, CustomerId customer, long before, int limit);

    @Select("""
            select wallet_id as customer, seq, amount, balance_after, kind, reference, reason, idempotency_key,
                   created_at
              from credits.entry
             where tenant_id = #{tenant} and wallet_id = #{customer} and seq > #{after}
             order by seq
             limit #{limit}
            """)
    List<EntryRow> oldestEntries(TenantId tenant, CustomerId customer, long after, int limit);

    /** Compares some wallets with their entries, open holds and lots, in one statement and so in one snapshot. */
    @Select("""
            with page as (
              select wallet_id, balance, held, last_seq
                from credits.wallet
               where tenant_id = #{tenant} and wallet_id > #{after}
               order by wallet_id
               limit #{limit}),
            chain as (
              select e.wallet_id, e.seq, e.amount, e.balance_after, e.kind, e.reference,
                     row_number() over upward as place, sum(e.amount) over upward as running
                from page p
                join credits.entry e on e.tenant_id = #{tenant} and e.wallet_id = p.wallet_id
              window upward as (partition by e.wallet_id order by e.seq)),
            ledger as (
              select wallet_id, sum(amount) as total, count(*) as entries,
                     min(seq) filter (where seq <> place) as first_gap,
                     min(seq) filter (where balance_after <> running) as first_break,
                     count(*) filter (where amount > 0) as grants
                from chain
               group by wallet_id),
            expiries as (
              select wallet_id, reference, -sum(amount) as amount
                from chain
               where kind = 7
               group by wallet_id, reference),
            granted as (
              select l.wallet_id, count(*) as lots, sum(l.remaining) as remaining,
                     min(l.seq) filter (where c.amount is distinct from l.granted or c.kind <> l.kind) as first_unlike,
                     min(l.seq) filter (where l.expired <> coalesce(x.amount, 0)) as first_unposted
                from page p
                join credits.lot l on l.tenant_id = #{tenant} and l.wallet_id = p.wallet_id
                left join chain c on c.wallet_id = l.wallet_id and c.seq = l.seq
                left join expiries x on x.wallet_id = l.wallet_id and x.reference = 'lot-' || l.seq
               group by l.wallet_id),
            rests as (
              select h.wallet_id, sum(h.amount - h.settled) as open_rests
                from page p
                join credits.hold h on h.tenant_id = #{tenant} and h.wallet_id = p.wallet_id and h.status = 0
               group by h.wallet_id
              union all
              select p.wallet_id, sum(h.wholesale_held)
                from page p
                join credits.hold h on h.tenant_id = #{tenant} and h.wholesale_held is not null
               where p.wallet_id = #{tenant}
               group by p.wallet_id)
            select p.wallet_id as customer, p.balance, p.held, p.last_seq, coalesce(l.total, 0) as total,
                   coalesce(l.entries, 0) as entries, l.first_gap, l.first_break,
                   coalesce(r.open_rests, 0) as open_rests, coalesce(l.grants, 0) as grants,
                   coalesce(g.lots, 0) as lots, coalesce(g.remaining, 0) as remaining, g.first_unlike,
                   g.first_unposted
              from page p
              left join ledger l on l.wallet_id = p.wallet_id
              left join rests r on r.wallet_id = p.wallet_id
              left join granted g on g.wallet_id = p.wallet_id
             order by p.wallet_id
            """)
    List<WalkedWallet> walk(TenantId tenant, UUID after, int limit);
}
