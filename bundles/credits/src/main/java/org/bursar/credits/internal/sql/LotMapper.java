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

/** Statements on {@code credits.lot}. Who writes has locked the wallets in a statement before. */
public interface LotMapper {
    /** The lots of which something may be left. */
    @Select("""
            select wallet_id as customer, seq, kind, reference, granted, remaining, expired, priority, expires_at,
                   created_at
              from credits.lot
             where tenant_id = #{tenant} and wallet_id = any (#{wallets}) and live
            """)
    List<LotRow> live(TenantId tenant, UUID[] wallets);

    /** The first lot with a reference; the n-th reference belongs to the n-th wallet. */
    @Select("""
            select distinct on (l.wallet_id, l.reference)
                   l.wallet_id as customer, l.seq, l.kind, l.reference, l.granted, l.remaining, l.expired, l.priority,
                   l.expires_at, l.created_at
              from unnest(#{wallets}, #{references}) as r (wallet_id, reference)
              join credits.lot l on l.tenant_id = #{tenant} and l.wallet_id = r.wallet_id and l.reference = r.reference
             order by l.wallet_id, l.reference, l.seq
            """)
    List<LotRow> origins(TenantId tenant, UUID[] wallets, String[] references);

    /** Wallets and those of their lots of which something may be left, in one statement and so in one snapshot. */
    @Select("""
            select w.wallet_id as customer, w.unit, w.balance, w.held, w.overdraft, w.last_seq, w.version, w.created_at,
                   w.next_expiry, w.wholesale_rate, l.seq, l.kind, l.reference, l.granted, l.remaining, l.expired, l.priority,
                   l.expires_at, l.created_at as granted_at
              from credits.wallet w
              left join credits.lot l on l.tenant_id = #{tenant} and l.wallet_id = w.wallet_id and l.live
             where w.tenant_id = #{tenant} and w.wallet_id = any (#{wallets})
            """)
    List<StockRow> stock(TenantId tenant, UUID[] wallets);

    @Select("""
            select wallet_id as customer, seq, kind, reference, granted, remaining, expired, priority, expires_at,
                   created_at
              from credits.lot
             where tenant_id = #{tenant} and wallet_id = #{customer} and seq < #{before}
             order by seq desc
             limit #{limit}
            """)
    List<LotRow> page(TenantId tenant, CustomerId customer, long before, int limit);

    @Select("""
            select wallet_id as customer, seq, kind, reference, granted, remaining, expired, priority, expires_at,
                   created_at
              from credits.lot
             where tenant_id = #{tenant} and wallet_id = #{customer} and reference = #{reference}
             order by seq
             limit #{limit}
            """)
    List<LotRow> withReference(TenantId tenant, CustomerId customer, String reference, int limit);

    @Insert("""
            insert into credits.lot (tenant_id, wallet_id, seq, kind, reference, granted, remaining, priority,
                                     expires_at, created_at)
            select #{tenant}, l.wallet_id, l.seq, l.kind, l.reference, l.granted, l.remaining, l.priority,
                   l.expires_at::timestamptz, #{now}
              from unnest(#{wallets}, #{seqs}, #{kinds}, #{references}, #{granted}, #{remaining}, #{priorities},
                          #{expiries}) as l (wallet_id, seq, kind, reference, granted, remaining, priority, expires_at)
            """)
    int insert(
            TenantId tenant,
            UUID[] wallets,
            Long[] seqs,
            Integer[] kinds,
            @Nullable String[] references,
            BigDecimal[] granted,
            BigDecimal[] remaining,
            Integer[] priorities,
            @Nullable String[] expiries,
            Instant now);

    @Update("""
            update credits.lot l
               set remaining = d.remaining, expired = d.expired
              from unnest(#{wallets}, #{seqs}, #{remaining}, #{expired}) as d (wallet_id, seq, remaining, expired)
             where l.tenant_id = #{tenant} and l.wallet_id = d.wallet_id and l.seq = d.seq
            """)
    int change(TenantId tenant, UUID[] wallets, Long[] seqs, BigDecimal[] remaining, BigDecimal[] expired);

    /** Says when the next lot of each of these wallets expires. */
    @Update("""
            update credits.wallet w
               set next_expiry = d.next_expiry::timestamptz
              from unnest(#{wallets}, #{expiries}) as d (wallet_id, next_expiry)
             where w.tenant_id = #{tenant} and w.wallet_id = d.wallet_id
            """)
    int expireNext(TenantId tenant, UUID[] wallets, @Nullable String[] expiries);

    /**
     * When the next lot expires; it may have. Not those that are past their time and stay, since holds reserve all that the wallet
     * has.
     */
    @Select("""
            select min(l.expires_at)
              from credits.lot l
              join credits.wallet w on w.tenant_id = l.tenant_id and w.wallet_id = l.wallet_id
             where l.tenant_id = #{tenant} and l.live and l.expires_at is not null
               and (l.expires_at > #{now} or w.balance > w.held or w.balance <= 0)
            """)
    Optional<Instant> next(TenantId tenant, Instant now);

    /** Lots whose time has run out, the longest overdue first, after one of them. */
    @Select("""
            select wallet_id as customer, seq, expires_at
              from credits.lot
             where tenant_id = #{tenant} and live and expires_at is not null and expires_at <= #{now}
               and (expires_at, wallet_id, seq) > (#{afterTime}, #{afterWallet}, #{afterSeq})
             order by expires_at, wallet_id, seq
             limit #{limit}
            """)
    List<DueLot> due(TenantId tenant, Instant now, Instant afterTime, CustomerId afterWallet, long afterSeq, int limit);
}
