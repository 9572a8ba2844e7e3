-- whoever takes a place under a limit, or keeps one, locks the customer's row here first
create table plans.lease_gate (
  tenant_id uuid not null,
  customer_id uuid not null,
  limit_name text not null,
  constraint lease_gate_pk primary key (tenant_id, customer_id, limit_name),
  constraint lease_gate_limit check (limit_name in ('CONCURRENCY'))
);

create table plans.lease (
  tenant_id uuid not null,
  lease_id uuid not null,
  customer_id uuid not null,
  limit_name text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,             -- from here on it counts no more, whatever ended_at says
  ended_at timestamptz,                        -- null: nobody has released it or taken its place
  released boolean not null,
  version bigint not null,
  constraint lease_pk primary key (tenant_id, lease_id),
  constraint lease_limit check (limit_name in ('CONCURRENCY')),
  constraint lease_released check (not released or ended_at is not null)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

-- what counts; nothing that has ended is in it, so it stays as small as the limits are
create index lease_open on plans.lease (tenant_id, customer_id, lease_id) where ended_at is null;

alter table plans.lease_gate enable row level security;
alter table plans.lease_gate force row level security;
create policy tenant on plans.lease_gate using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table plans.lease enable row level security;
alter table plans.lease force row level security;
create policy tenant on plans.lease using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
