package org.bursar.credits.internal.sql;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.TenantId;

/** What open pages ask about wallets. */
public interface PulseMapper {
    /** What makes a wallet another than it was. */
    record WalletMark(CustomerId customer, long lastSeq, BigDecimal held, BigDecimal overdraft) {}

    @Select("""
            select wallet_id as customer, last_seq, held, overdraft
              from credits.wallet
             where tenant_id = #{tenant} and wallet_id = any (#{wallets})
            """)
    List<WalletMark> marks(TenantId tenant, UUID[] wallets);
}
