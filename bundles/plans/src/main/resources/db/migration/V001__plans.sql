create table plans.meter (
  tenant_id uuid not null,
  meter_id uuid not null,
  key text not null,
  name text not null,
  unit text not null,
  aggregation text not null,
  cost_per_unit numeric(28,12) not null,
  created_at timestamptz not null,
  version bigint not null,
  constraint meter_pk primary key (tenant_id, meter_id),
  constraint meter_key unique (tenant_id, key),
  constraint meter_aggregation check (aggregation in ('SUM', 'COUNT')),
  constraint meter_cost check (cost_per_unit >= 0)
);

create table plans.plan (
  tenant_id uuid not null,
  plan_id uuid not null,
  key text not null,
  name text not null,
  current_number integer not null,
  created_at timestamptz not null,
  version bigint not null,
  constraint plan_pk primary key (tenant_id, plan_id),
  constraint plan_key unique (tenant_id, key)
);

-- versions, their rates and tiers are written once: the application may neither update nor delete them
create table plans.plan_version (
  tenant_id uuid not null,
  plan_id uuid not null,
  number integer not null,
  price_amount numeric(20,6) not null,
  price_currency text not null,
  cycle text not null,
  user_limit integer,
  concurrency_limit integer,
  created_at timestamptz not null,
  constraint plan_version_pk primary key (tenant_id, plan_id, number),
  constraint plan_version_number check (number > 0),
  constraint plan_version_price check (price_amount >= 0),
  constraint plan_version_cycle check (cycle in ('MONTH', 'YEAR')),
  constraint plan_version_limits check (user_limit >= 0 and concurrency_limit >= 0)
);

create table plans.rate (
  tenant_id uuid not null,
  plan_id uuid not null,
  number integer not null,
  meter_id uuid not null,
  position integer not null,
  model text not null,
  included numeric(20,6) not null,
  unit_price numeric(28,12),
  package_price numeric(28,12),
  package_size numeric(20,6),
  constraint rate_pk primary key (tenant_id, plan_id, number, meter_id),
  constraint rate_included check (included >= 0),
  constraint rate_model check (case model
    when 'PER_UNIT' then unit_price is not null and package_price is null and package_size is null
    when 'GRADUATED' then unit_price is null and package_price is null and package_size is null
    when 'VOLUME' then unit_price is null and package_price is null and package_size is null
    when 'PACKAGE' then unit_price is null and package_price is not null and package_size is not null
    else false end),
  constraint rate_prices check (unit_price >= 0 and package_price >= 0 and package_size > 0)
);

create table plans.tier (
  tenant_id uuid not null,
  plan_id uuid not null,
  number integer not null,
  meter_id uuid not null,
  position integer not null,
  up_to numeric(20,6),
  unit_price numeric(28,12) not null,
  constraint tier_pk primary key (tenant_id, plan_id, number, meter_id, position),
  constraint tier_prices check (unit_price >= 0 and up_to > 0)
);

create table plans.subscription (
  tenant_id uuid not null,
  customer_id uuid not null,
  subscription_id uuid not null,
  plan_id uuid not null,
  number integer not null,
  status text not null,                        -- of payment; whether it is locked stands beside it
  anchor timestamptz not null,
  cycle text not null,
  zone text not null,                          -- the tenant's when it began: a cycle that runs does not move
  paid_until timestamptz not null,             -- the end of the last cycle that was free or paid
  locked_at timestamptz,
  locked_by text,
  lock_reason text,
  pending_plan_id uuid,
  pending_number integer,
  cancel_at_end boolean not null,
  started_at timestamptz not null,
  cancelled_at timestamptz,
  version bigint not null,
  constraint subscription_pk primary key (tenant_id, customer_id),
  constraint subscription_id unique (tenant_id, subscription_id),
  constraint subscription_status check (status in ('ACTIVE', 'PAST_DUE', 'CANCELLED')),
  constraint subscription_cycle check (cycle in ('MONTH', 'YEAR')),
  constraint subscription_lock check (num_nonnulls(locked_at, locked_by, lock_reason) in (0, 3)),
  constraint subscription_pending check (num_nonnulls(pending_plan_id, pending_number) in (0, 2)),
  constraint subscription_cancelled check ((status = 'CANCELLED') = (cancelled_at is not null))
);
create index subscription_due on plans.subscription (tenant_id, paid_until, customer_id) where status <> 'CANCELLED';
create index subscription_plan on plans.subscription (tenant_id, plan_id);

-- which plan held when: usage that arrives late is priced by what held at its time
create table plans.subscription_term (
  tenant_id uuid not null,
  customer_id uuid not null,
  starts_at timestamptz not null,
  plan_id uuid,                                -- null: the subscription had ended
  number integer,
  anchor timestamptz not null,
  cycle text not null,
  zone text not null,
  constraint subscription_term_pk primary key (tenant_id, customer_id, starts_at),
  constraint subscription_term_plan check (num_nonnulls(plan_id, number) in (0, 2)),
  constraint subscription_term_cycle check (cycle in ('MONTH', 'YEAR'))
);

create table plans.usage_cycle (
  tenant_id uuid not null,
  customer_id uuid not null,
  meter_id uuid not null,
  cycle_from timestamptz not null,
  cycle_to timestamptz not null,
  consumed numeric(20,6) not null,
  charge numeric(20,6) not null,
  cost numeric(20,6) not null,
  constraint usage_cycle_pk primary key (tenant_id, customer_id, cycle_from, meter_id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);  -- updates stay HOT

-- the reversing entry of a reset: what it took off the counter, as a negative
create table plans.usage_reset (
  tenant_id uuid not null,
  customer_id uuid not null,
  meter_id uuid not null,
  cycle_from timestamptz not null,
  reset_at timestamptz not null,
  consumed numeric(20,6) not null,
  charge numeric(20,6) not null,
  cost numeric(20,6) not null,
  reason text not null,
  reset_by text not null,
  constraint usage_reset_pk primary key (tenant_id, customer_id, cycle_from, meter_id, reset_at)
);

alter table plans.plan_version add constraint plan_version_plan
  foreign key (tenant_id, plan_id) references plans.plan (tenant_id, plan_id);
alter table plans.rate add constraint rate_version
  foreign key (tenant_id, plan_id, number) references plans.plan_version (tenant_id, plan_id, number);
alter table plans.rate add constraint rate_meter
  foreign key (tenant_id, meter_id) references plans.meter (tenant_id, meter_id);
alter table plans.tier add constraint tier_rate
  foreign key (tenant_id, plan_id, number, meter_id) references plans.rate (tenant_id, plan_id, number, meter_id);
alter table plans.subscription add constraint subscription_version
  foreign key (tenant_id, plan_id, number) references plans.plan_version (tenant_id, plan_id, number);
alter table plans.subscription add constraint subscription_pending_version
  foreign key (tenant_id, pending_plan_id, pending_number) references plans.plan_version (tenant_id, plan_id, number);
alter table plans.subscription_term add constraint subscription_term_version
  foreign key (tenant_id, plan_id, number) references plans.plan_version (tenant_id, plan_id, number);
alter table plans.usage_cycle add constraint usage_cycle_meter
  foreign key (tenant_id, meter_id) references plans.meter (tenant_id, meter_id);
alter table plans.usage_reset add constraint usage_reset_counter
  foreign key (tenant_id, customer_id, cycle_from, meter_id)
  references plans.usage_cycle (tenant_id, customer_id, cycle_from, meter_id);

alter table plans.meter enable row level security;
alter table plans.meter force row level security;
create policy tenant on plans.meter using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table plans.plan enable row level security;
alter table plans.plan force row level security;
create policy tenant on plans.plan using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table plans.plan_version enable row level security;
alter table plans.plan_version force row level security;
create policy tenant on plans.plan_version using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table plans.rate enable row level security;
alter table plans.rate force row level security;
create policy tenant on plans.rate using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table plans.tier enable row level security;
alter table plans.tier force row level security;
create policy tenant on plans.tier using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table plans.subscription enable row level security;
alter table plans.subscription force row level security;
create policy tenant on plans.subscription using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table plans.subscription_term enable row level security;
alter table plans.subscription_term force row level security;
create policy tenant on plans.subscription_term using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table plans.usage_cycle enable row level security;
alter table plans.usage_cycle force row level security;
create policy tenant on plans.usage_cycle using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table plans.usage_reset enable row level security;
alter table plans.usage_reset force row level security;
create policy tenant on plans.usage_reset using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

revoke update, delete on plans.plan_version, plans.rate, plans.tier, plans.usage_reset from ${app};
revoke delete on plans.meter, plans.plan, plans.subscription, plans.usage_cycle from ${app};

-- what reporting reads
create view plans.meter_report with (security_invoker = true) as
select tenant_id, meter_id, key, name, unit, cost_per_unit from plans.meter;

create view plans.rate_report with (security_invoker = true) as
select s.tenant_id, s.customer_id, r.meter_id, r.model, r.included,
       case r.model
         when 'PER_UNIT' then r.unit_price
         when 'PACKAGE' then r.package_price / r.package_size
         else (select t.unit_price from plans.tier t
                where t.tenant_id = r.tenant_id and t.plan_id = r.plan_id and t.number = r.number
                  and t.meter_id = r.meter_id and t.position = 0)
       end as unit_price,
       p.key as plan_key, p.name as plan_name
  from plans.subscription s
  join plans.plan p on p.tenant_id = s.tenant_id and p.plan_id = s.plan_id
  join plans.rate r on r.tenant_id = s.tenant_id and r.plan_id = s.plan_id and r.number = s.number
 where s.status <> 'CANCELLED';

create view plans.subscription_report with (security_invoker = true) as
select s.tenant_id, s.customer_id, s.subscription_id, s.plan_id, p.key as plan_key, p.name as plan_name,
       case when s.status <> 'CANCELLED' and s.locked_at is not null then 'LOCKED' else s.status end as status,
       v.price_amount, v.price_currency, v.cycle, s.started_at, s.cancelled_at
  from plans.subscription s
  join plans.plan p on p.tenant_id = s.tenant_id and p.plan_id = s.plan_id
  join plans.plan_version v on v.tenant_id = s.tenant_id and v.plan_id = s.plan_id and v.number = s.number;
