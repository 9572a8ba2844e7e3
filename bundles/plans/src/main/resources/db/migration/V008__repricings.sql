-- Which version a cycle was repriced by, and when: what is counted in it later is priced by that version, too, unless it falls
-- under a plan that was chosen after it.
alter table plans.usage_cycle
  add column repriced_plan_id uuid,
  add column repriced_number integer,
  add column repriced_at timestamptz;
alter table plans.usage_cycle add constraint usage_cycle_repriced
  check (num_nonnulls(repriced_plan_id, repriced_number, repriced_at) in (0, 3));
alter table plans.usage_cycle add constraint usage_cycle_repriced_version
  foreign key (tenant_id, repriced_plan_id, repriced_number) references plans.plan_version (tenant_id, plan_id, number);

-- What a repricing changed: a row for each counter of the cycle, and one for each of its states that a reset took off it
create table plans.usage_repricing (
  tenant_id uuid not null,
  customer_id uuid not null,
  repricing_id uuid not null,
  meter_id uuid not null,
  part integer not null,                       -- 0: the counter; 1, 2, 3 …: what a reset took off it, in the order of the resets
  reset_at timestamptz,                        -- of that reset; null: the counter
  cycle_from timestamptz not null,
  quantity numeric(20,6) not null,
  charged numeric(20,6) not null,              -- before
  charge numeric(20,6) not null,               -- after
  constraint usage_repricing_pk primary key (tenant_id, customer_id, repricing_id, meter_id, part),
  constraint usage_repricing_part check (part >= 0 and (part = 0) = (reset_at is null)),
  constraint usage_repricing_charge check (charge >= 0)
);
-- what of a reset's charge was repriced before is summed up
create index usage_repricing_reset on plans.usage_repricing (tenant_id, customer_id, cycle_from) where part > 0;

alter table plans.usage_repricing add constraint usage_repricing_counter
  foreign key (tenant_id, customer_id, cycle_from, meter_id)
  references plans.usage_cycle (tenant_id, customer_id, cycle_from, meter_id);

alter table plans.usage_repricing enable row level security;
alter table plans.usage_repricing force row level security;
create policy tenant on plans.usage_repricing using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

revoke update, delete on plans.usage_repricing from ${app};
