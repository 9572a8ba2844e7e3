package org.bursar.reporting.internal;

import org.bursar.kernel.CustomerId;
import org.bursar.kernel.MeterId;
import org.bursar.kernel.TenantId;
import org.bursar.testing.TestDatabase;

/**
 * The views that the owners publish, as tables of the same names, columns and policies: a test fills them directly. That the
 * real ones have this form is shown by the journey against the distribution.
 */
final class PublishedViews {
    private final TestDatabase postgres;

    PublishedViews(TestDatabase postgres) {
        this.postgres = postgres;
        table(
                "metering.usage_report_hour",
                true,
                "meter_id uuid, hour timestamptz, events bigint",
                "quantity",
                "charge",
                "cost");
        table(
                "metering.usage_report_day",
                true,
                "meter_id uuid, day date, events bigint",
                "quantity",
                "charge",
                "cost");
        table("plans.meter_report", false, "meter_id uuid, key text, name text, unit text", "cost_per_unit");
        table("plans.rate_report", true, "meter_id uuid, model text", "included", "unit_price");
        table("plans.recurring_report", true, "plan_key text, plan_name text, currency text", "monthly");
        table(
                "plans.mrr_movement_report",
                true,
                "currency text, happened_at timestamptz, kind text, subscriptions integer",
                "amount");
        table("credits.wallet_view", true, "unit text", "balance", "held", "overdraft");
        table("credits.settled_hold_view", true, "created_at timestamptz", "amount");
        table(
                "purchases.report_approved",
                true,
                "gateway_id text, currency text, approved_at timestamptz",
                "amount",
                "credits");
        table("purchases.report_paid", true, "currency text, approved_at timestamptz", "amount");
        table("chat_history.report_activity_day", true, "day date, threads bigint, messages bigint");
    }

    private void table(String name, boolean ofCustomers, String columns, String... decimals) {
        String schema = name.substring(0, name.indexOf('.'));
        String application = '"' + postgres.address().application().user() + '"';
        StringBuilder all = new StringBuilder("tenant_id uuid")
                .append(ofCustomers ? ", customer_id uuid, " : ", ")
                .append(columns);
        for (String decimal : decimals) {
            all.append(", ").append(decimal).append(" numeric");
        }
        String policy = "tenant_id = nullif(current_setting('app.tenant', true), '')::uuid"
                + (ofCustomers
                        ? " and (coalesce(current_setting('app.customers', true), '') = '' or customer_id = any"
                                + " (string_to_array(current_setting('app.customers', true), ',')::uuid[]))"
                        : "");
        for (String statement : new String[] {
            "create schema if not exists " + schema,
            "create table " + name + " (" + all + ")",
            "alter table " + name + " enable row level security",
            "create policy tenant on " + name + " using (" + policy + ")",
            "grant usage on schema " + schema + " to " + application,
            "grant select on " + name + " to " + application
        }) {
            postgres.executeAsOwner(statement);
        }
    }

    private void insert(String into, Object... values) {
        StringBuilder row = new StringBuilder();
        for (Object value : values) {
            row.append(row.isEmpty() ? "" : ", ").append('\'').append(value).append('\'');
        }
        postgres.executeAsOwner("insert into " + into + " values (" + row + ")");
    }

    void meter(TenantId tenant, MeterId meter, String key, String name, String unit) {
        insert("plans.meter_report", tenant.uuid(), meter.uuid(), key, name, unit, "0");
    }

    void rate(TenantId tenant, CustomerId customer, MeterId meter, String unitPrice) {
        insert("plans.rate_report", tenant.uuid(), customer.uuid(), meter.uuid(), "PER_UNIT", "500", unitPrice);
    }

    void wallet(TenantId tenant, CustomerId customer, String unit, String balance) {
        insert("credits.wallet_view", tenant.uuid(), customer.uuid(), unit, balance, "0", "0");
    }

    /** One event, in the hour and in its day. */
    void used(
            TenantId tenant,
            CustomerId customer,
            MeterId meter,
            String hour,
            String quantity,
            String charge,
            String cost) {
        insert(
                "metering.usage_report_hour",
                tenant.uuid(),
                customer.uuid(),
                meter.uuid(),
                hour,
                1,
                quantity,
                charge,
                cost);
        insert(
                "metering.usage_report_day",
                tenant.uuid(),
                customer.uuid(),
                meter.uuid(),
                hour.substring(0, 10),
                1,
                quantity,
                charge,
                cost);
    }

    void settled(TenantId tenant, CustomerId customer, String at, String amount) {
        insert("credits.settled_hold_view", tenant.uuid(), customer.uuid(), at, amount);
    }

    void paid(TenantId tenant, CustomerId customer, String at, String currency, String amount, String credits) {
        insert(
                "purchases.report_approved",
                tenant.uuid(),
                customer.uuid(),
                "bank-deposit",
                currency,
                at,
                amount,
                credits);
    }

    /** What a purchase left. */
    void left(TenantId tenant, CustomerId customer, String at, String currency, String amount) {
        insert("purchases.report_paid", tenant.uuid(), customer.uuid(), currency, at, amount);
    }

    void recurring(TenantId tenant, CustomerId customer, String plan, String currency, String monthly) {
        insert("plans.recurring_report", tenant.uuid(), customer.uuid(), plan, "Plan " + plan, currency, monthly);
    }

    /** A change of a subscription; the kind {@code null}: it costs nothing. */
    void moved(
            TenantId tenant,
            CustomerId customer,
            String currency,
            String at,
            String kind,
            int subscriptions,
            String amount) {
        postgres.executeAsOwner("insert into plans.mrr_movement_report values ('%s', '%s', '%s', '%s', %s, %d, '%s')"
                .formatted(
                        tenant.uuid(),
                        customer.uuid(),
                        currency,
                        at,
                        kind == null ? "null" : '\'' + kind + '\'',
                        subscriptions,
                        amount));
    }

    void talked(TenantId tenant, CustomerId customer, String day, int threads, int messages) {
        insert("chat_history.report_activity_day", tenant.uuid(), customer.uuid(), day, threads, messages);
    }
}
