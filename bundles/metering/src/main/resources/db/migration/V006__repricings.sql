-- a cycle's usage priced anew: what was asked for, by whom and why; what it changed of each meter is kept by the plans
create table metering.repricing (
  tenant_id uuid not null,
  customer_id uuid not null,
  repricing_id uuid not null,                         -- the key of the ledger entry, too, where there is a difference
  cycle_from timestamptz not null,
  cycle_to timestamptz not null,
  plan_id uuid not null,
  plan_number integer not null,
  difference numeric(20,6) not null,
  reason text not null,
  repriced_by text not null,
  created_at timestamptz not null,
  constraint repricing_pk primary key (tenant_id, customer_id, repricing_id)
);
create index repricing_cycle on metering.repricing (tenant_id, customer_id, cycle_from, created_at);

alter table metering.repricing enable row level security;
alter table metering.repricing force row level security;
create policy tenant on metering.repricing using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

revoke update, delete on metering.repricing from ${app};
