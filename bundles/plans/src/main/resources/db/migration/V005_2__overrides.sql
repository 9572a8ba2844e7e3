-- What one customer has instead of its plan's terms: a version of the plan that is the customer's own (its numbers begin above a
-- million), so that terms, rating and explanations name it like any other. Written once, like every version.
create table plans.own_version (
  tenant_id uuid not null,
  customer_id uuid not null,
  plan_id uuid not null,
  number integer not null,
  base_number integer not null,                -- the version that it was made from
  price boolean not null,                      -- whether the price is the customer's own, and so on
  minimum boolean not null,
  meters uuid[] not null,
  constraint own_version_pk primary key (tenant_id, customer_id, plan_id, number),
  constraint own_version_number check (number > 1000000 and base_number between 1 and 1000000)
);
alter table plans.own_version add constraint own_version_version
  foreign key (tenant_id, plan_id, number) references plans.plan_version (tenant_id, plan_id, number);
alter table plans.own_version add constraint own_version_base
  foreign key (tenant_id, plan_id, base_number) references plans.plan_version (tenant_id, plan_id, number);

alter table plans.own_version enable row level security;
alter table plans.own_version force row level security;
create policy tenant on plans.own_version using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
revoke update, delete on plans.own_version from ${app};
