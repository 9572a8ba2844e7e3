package org.bursar.credits.internal.sql;

import java.time.Instant;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.TenantId;

/** Statements on {@code credits.verification}, and what is counted of a whole ledger. */
public interface VerificationMapper {
    @Insert("""
            insert into credits.verification as former (tenant_id, verified_at, wallets, entries, faults)
            values (#{tenant}, #{now}, #{wallets}, #{entries}, #{faults})
            on conflict (tenant_id) do update
              set verified_at = excluded.verified_at, wallets = excluded.wallets, entries = excluded.entries,
                  faults = excluded.faults
            """)
    int record(TenantId tenant, Instant now, long wallets, long entries, int faults);

    /** The numbers of entries are without a gap, so the last ones tell how many there are without counting them. */
    @Select("""
            select w.wallets, w.entries, h.open_holds, v.verified_at, v.faults
              from (select count(*) as wallets, coalesce(sum(last_seq), 0)::bigint as entries
                      from credits.wallet where tenant_id = #{tenant}) w
             cross join (select count(*) as open_holds
                           from credits.hold where tenant_id = #{tenant} and status = 0) h
              left join credits.verification v on v.tenant_id = #{tenant}
            """)
    LedgerFiguresRow figures(TenantId tenant);
}
