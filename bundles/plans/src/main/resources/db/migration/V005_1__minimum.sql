-- What the usage of a cycle is charged at least.
alter table plans.plan_version add column minimum numeric(20,6);
alter table plans.plan_version add constraint plan_version_minimum check (minimum > 0);
alter table plans.subscription_term add column minimum numeric(20,6);      -- null: none, as in a trial
alter table plans.subscription add column minimum_due timestamptz;         -- when a minimum is to be looked at; null: never
create index subscription_minimum_due on plans.subscription (tenant_id, minimum_due, customer_id) where minimum_due is not null;

-- What an ended cycle was charged beside its usage, so that both come to the minimum.
create table plans.cycle_minimum (
  tenant_id uuid not null,
  customer_id uuid not null,
  cycle_from timestamptz not null,
  cycle_to timestamptz not null,
  minimum numeric(20,6) not null,              -- of the cycle, by the time that each plan held in it
  charged numeric(20,6) not null,              -- what its usage had been charged when it was settled last
  posted numeric(20,6) not null,               -- the difference, as it was posted so far
  postings integer not null,
  settled_at timestamptz not null,
  constraint cycle_minimum_pk primary key (tenant_id, customer_id, cycle_from),
  constraint cycle_minimum_posted check (posted >= 0)
);
create index cycle_minimum_recent on plans.cycle_minimum (tenant_id, cycle_to);

alter table plans.cycle_minimum enable row level security;
alter table plans.cycle_minimum force row level security;
create policy tenant on plans.cycle_minimum using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
revoke delete on plans.cycle_minimum from ${app};
