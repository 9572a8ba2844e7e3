package org.bursar.purchases.internal.sql;

import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Select;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.TenantId;

/** What open pages ask about purchases. */
public interface PulseMapper {
    /** What makes a purchase another than it was. */
    record PurchaseMark(CustomerId customer, PurchaseId purchase, long version) {}

    /** Those that were touched last: one that was touched before them and is committed after them is among so many, too. */
    @Select("""
            select customer_id as customer, purchase_id as purchase, version
              from purchases.purchase
             where tenant_id = #{tenant}
             order by updated_at desc, purchase_id desc
             limit #{limit}
            """)
    List<PurchaseMark> touched(TenantId tenant, int limit);

    /** The newest of each customer, in any order. */
    @Select("""
            select p.customer_id as customer, p.purchase_id as purchase, p.version
              from unnest(#{customers}) as c (id)
             cross join lateral (
               select customer_id, purchase_id, version
                 from purchases.purchase
                where tenant_id = #{tenant} and customer_id = c.id
                order by created_at desc, number desc
                limit #{limit}) as p
            """)
    List<PurchaseMark> newest(TenantId tenant, UUID[] customers, int limit);
}
