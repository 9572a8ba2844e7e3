create table plans.add_on (
  tenant_id uuid not null,
  add_on_id uuid not null,
  key text not null,
  name text not null,
  current_number integer not null,
  least integer not null,                      -- how many of it a customer has at least and at most, who has any
  most integer not null,
  active boolean not null,
  created_at timestamptz not null,
  version bigint not null,
  constraint add_on_pk primary key (tenant_id, add_on_id),
  constraint add_on_key unique (tenant_id, key),
  constraint add_on_bounds check (least >= 1 and most >= least)
);

-- what one of it costs and does; written once: who has an add-on keeps the terms that it was taken at
create table plans.add_on_version (
  tenant_id uuid not null,
  add_on_id uuid not null,
  number integer not null,
  price_amount numeric(20,6) not null,         -- of one, each month
  price_currency text not null,
  limit_name text,                             -- the limit that it raises; null: none
  raises_by integer not null,                  -- by so much for each
  created_at timestamptz not null,
  constraint add_on_version_pk primary key (tenant_id, add_on_id, number),
  constraint add_on_version_number check (number > 0),
  constraint add_on_version_price check (price_amount >= 0),
  constraint add_on_version_limit check (limit_name in ('USERS', 'CONCURRENCY')),
  constraint add_on_version_raise check (case when limit_name is null then raises_by = 0 else raises_by > 0 end)
);

create table plans.subscription_add_on (
  tenant_id uuid not null,
  customer_id uuid not null,
  add_on_id uuid not null,
  number integer not null,
  quantity integer not null,
  since timestamptz not null,                  -- when the customer first had any of it
  constraint subscription_add_on_pk primary key (tenant_id, customer_id, add_on_id),
  constraint subscription_add_on_quantity check (quantity > 0)
);

alter table plans.add_on_version add constraint add_on_version_add_on
  foreign key (tenant_id, add_on_id) references plans.add_on (tenant_id, add_on_id);
alter table plans.subscription_add_on add constraint subscription_add_on_version
  foreign key (tenant_id, add_on_id, number) references plans.add_on_version (tenant_id, add_on_id, number);
alter table plans.subscription_add_on add constraint subscription_add_on_subscription
  foreign key (tenant_id, customer_id) references plans.subscription (tenant_id, customer_id);

alter table plans.add_on enable row level security;
alter table plans.add_on force row level security;
create policy tenant on plans.add_on using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table plans.add_on_version enable row level security;
alter table plans.add_on_version force row level security;
create policy tenant on plans.add_on_version using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table plans.subscription_add_on enable row level security;
alter table plans.subscription_add_on force row level security;
create policy tenant on plans.subscription_add_on using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

revoke update, delete on plans.add_on_version from ${app};
revoke delete on plans.add_on from ${app};
