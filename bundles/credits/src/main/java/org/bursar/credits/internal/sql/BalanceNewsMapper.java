package org.bursar.credits.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.TenantId;

/** Statements over what a tenant's systems were told of its wallets. */
public interface BalanceNewsMapper {
    @Select("select exists (select 1 from credits.balance_news where tenant_id = #{tenant})")
    boolean begun(TenantId tenant);

    @Insert("""
            insert into credits.balance_news (tenant_id, since) values (#{tenant}, #{now})
            on conflict (tenant_id) do nothing
            """)
    int begin(TenantId tenant, Instant now);

    /** What is there when it begins is not news. */
    @Insert("""
            insert into credits.told_wallet (tenant_id, wallet_id, told_seq)
            select #{tenant}, w.wallet_id, w.last_seq from credits.wallet w where w.tenant_id = #{tenant}
            on conflict (tenant_id, wallet_id) do nothing
            """)
    int startHere(TenantId tenant);

    @Delete("delete from credits.balance_news where tenant_id = #{tenant}")
    int end(TenantId tenant);

    @Delete("delete from credits.told_wallet where tenant_id = #{tenant}")
    int forget(TenantId tenant);

    /** Customers' wallets with entries that were not told of. An entry's number is committed with the wallet's row, so none is passed over. */
    @Select("""
            select w.wallet_id as customer, w.unit, w.balance, w.held, w.overdraft, w.last_seq, w.version, w.created_at,
                   w.next_expiry, w.wholesale_rate
              from credits.wallet w
              left join credits.told_wallet t on t.tenant_id = #{tenant} and t.wallet_id = w.wallet_id
             where w.tenant_id = #{tenant} and w.wallet_id <> #{tenant} and w.last_seq > coalesce(t.told_seq, 0)
             order by w.wallet_id
             limit #{limit}
            """)
    List<WalletRow> news(TenantId tenant, int limit);

    /** Marks wallets; one that another node has marked as far or farther is left out, and the count tells. */
    @Insert("""
            insert into credits.told_wallet as former (tenant_id, wallet_id, told_seq)
            select #{tenant}, p.wallet_id, p.seq
              from unnest(#{wallets}, #{seqs}) as p (wallet_id, seq)
            on conflict (tenant_id, wallet_id) do update set told_seq = excluded.told_seq
            where former.told_seq < excluded.told_seq
            """)
    int told(TenantId tenant, UUID[] wallets, Long[] seqs);
}
