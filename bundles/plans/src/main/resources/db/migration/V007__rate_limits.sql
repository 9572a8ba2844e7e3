alter table plans.plan_version add column request_limit integer;              -- requests in a minute; null: no limit
alter table plans.plan_version add constraint plan_version_request_limit check (request_limit >= 0);

alter table plans.add_on_version drop constraint add_on_version_limit;
alter table plans.add_on_version add constraint add_on_version_limit
  check (limit_name in ('USERS', 'CONCURRENCY', 'REQUESTS_PER_MINUTE'));

-- What of a limit by the minute is in use. It runs out by the limit's size in a minute, evenly; nothing has to run for that:
-- it is computed from measured_at on.
create table plans.rate_bucket (
  tenant_id uuid not null,
  customer_id uuid not null,
  limit_name text not null,
  level bigint not null,                       -- a request is 60,000,000, so that a microsecond takes off exactly the limit's size
  measured_at timestamptz not null,
  constraint rate_bucket_pk primary key (tenant_id, customer_id, limit_name),
  constraint rate_bucket_limit check (limit_name in ('REQUESTS_PER_MINUTE')),
  constraint rate_bucket_level check (level >= 0)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);  -- updates stay HOT

alter table plans.rate_bucket enable row level security;
alter table plans.rate_bucket force row level security;
create policy tenant on plans.rate_bucket using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

revoke delete on plans.rate_bucket from ${app};
