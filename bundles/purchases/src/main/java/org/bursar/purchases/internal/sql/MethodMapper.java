package org.bursar.purchases.internal.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.bursar.kernel.CustomerId;
import org.bursar.kernel.PurchaseId;
import org.bursar.kernel.SavedMethodId;
import org.bursar.kernel.TenantId;
import org.bursar.payments.spi.GatewayContext.Mode;
import org.jspecify.annotations.Nullable;

/** Statements over methods that providers keep. */
public interface MethodMapper {
    String METHOD = """
            select method_id, customer_id, gateway_id, mode, provider_customer, provider_method, active, created_at
              from purchases.saved_method
             where tenant_id = #{tenant}
            """;

    /** Whether the payer of a purchase agreed that the method is kept. */
    @Select("""
            select exists (
              select 1 from purchases.gateway_intent
               where tenant_id = #{tenant} and purchase_id = #{purchase} and operation = 'CHECKOUT'
                 and request ->> 'saveMethod' = 'true')
            """)
    boolean agreed(TenantId tenant, PurchaseId purchase);

    /**
     * Keeps a method. One that was removed comes back only when it is agreed to anew, in a later purchase: a look at the earlier
     * one, whenever it is made, changes nothing.
     */
    @Insert("""
            insert into purchases.saved_method as m (tenant_id, method_id, customer_id, gateway_id, mode, provider_customer,
                provider_method, purchase_id, active, created_at, updated_at)
            values (#{tenant}, #{id}, #{customer}, #{gateway}, #{mode}, #{providerCustomer}, #{providerMethod}, #{purchase},
                true, #{now}, #{now})
            on conflict (tenant_id, customer_id, gateway_id, mode, provider_customer, provider_method) do update
              set active = true, forget_at = null, purchase_id = excluded.purchase_id, updated_at = excluded.updated_at
            where m.purchase_id < excluded.purchase_id
            """)
    int keep(
            TenantId tenant,
            SavedMethodId id,
            CustomerId customer,
            String gateway,
            Mode mode,
            String providerCustomer,
            String providerMethod,
            PurchaseId purchase,
            Instant now);

    @Select(METHOD + " and method_id = #{id}")
    Optional<MethodRow> find(TenantId tenant, SavedMethodId id);

    /** The method that was agreed to in a purchase. */
    @Select(METHOD + " and purchase_id = #{purchase} order by method_id limit 1")
    Optional<MethodRow> ofPurchase(TenantId tenant, PurchaseId purchase);

    @Select(METHOD + """
               and active and method_id < #{before}
             order by method_id desc
             limit #{limit}
            """)
    List<MethodRow> ofTenant(TenantId tenant, SavedMethodId before, int limit);

    @Select(METHOD + """
               and active and customer_id = #{customer} and method_id < #{before}
             order by method_id desc
             limit #{limit}
            """)
    List<MethodRow> ofCustomer(TenantId tenant, CustomerId customer, SavedMethodId before, int limit);

    @Select(METHOD + """
               and active and customer_id = #{customer} and gateway_id = #{gateway} and mode = #{mode}
             order by created_at desc, method_id desc
             limit 1
            """)
    Optional<MethodRow> newest(TenantId tenant, CustomerId customer, String gateway, Mode mode);

    @Update("""
            update purchases.saved_method set active = false, forget_at = #{now}, updated_at = #{now}
             where tenant_id = #{tenant} and method_id = #{id} and active
            """)
    int forget(TenantId tenant, SavedMethodId id, Instant now);

    @Update("""
            update purchases.saved_method set active = false, forget_at = #{now}, updated_at = #{now}
             where tenant_id = #{tenant} and customer_id = #{customer} and active
            """)
    int forgetAll(TenantId tenant, CustomerId customer, Instant now);

    /** The provider says that it has no such method: nobody needs to be told. */
    @Update("""
            update purchases.saved_method set active = false, forget_at = null, updated_at = #{now}
             where tenant_id = #{tenant} and method_id = #{id} and active
            """)
    int gone(TenantId tenant, SavedMethodId id, Instant now);

    @Select(METHOD + " and forget_at <= #{now} order by forget_at limit #{limit}")
    List<MethodRow> toForget(TenantId tenant, Instant now, int limit);

    /** The provider has forgotten it, or is to be told again later; one that is kept anew meanwhile stays. */
    @Update("""
            update purchases.saved_method set forget_at = #{next}, updated_at = #{now}
             where tenant_id = #{tenant} and method_id = #{id} and not active
            """)
    int forgotten(TenantId tenant, SavedMethodId id, @Nullable Instant next, Instant now);
}
