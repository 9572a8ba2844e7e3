-- A plan that a provider collects for. Each period is a purchase of its own: plan_sale names the one in which the plan was taken.
alter table purchases.purchase alter column package_id drop not null;
alter table purchases.purchase add column plan_sale uuid;
alter table purchases.purchase add constraint purchase_of check ((package_id is null) = (plan_sale is not null));
create index purchase_of_plan on purchases.purchase (tenant_id, plan_sale, number) where plan_sale is not null;

-- OPEN: not paid yet; RUNNING: the provider renews it; STOPPING: it is to be told to stop; ENDED: it charges nothing any longer.
create table purchases.plan_sale (
  tenant_id         uuid        not null,
  purchase_id       uuid        not null,
  customer_id       uuid        not null,
  plan_id           uuid        not null,
  plan_version      integer     not null,
  gateway_id        text        not null,
  mode              text        not null,
  status            text        not null,
  failing           boolean     not null,
  subscription_kind text,
  subscription_id   text,
  looks             integer     not null,
  next_look_at      timestamptz not null,
  note              text,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  primary key (tenant_id, purchase_id),
  constraint sale_subscription unique (tenant_id, gateway_id, subscription_kind, subscription_id),
  constraint sale_status check (status in ('OPEN', 'RUNNING', 'STOPPING', 'ENDED')),
  constraint sale_mode check (mode in ('TEST', 'LIVE')),
  constraint sale_ref check ((subscription_kind is null) = (subscription_id is null))
);
alter table purchases.plan_sale
  add constraint sale_purchase foreign key (tenant_id, purchase_id) references purchases.purchase (tenant_id, purchase_id);
create index sale_that_goes_on on purchases.plan_sale (tenant_id, purchase_id) where status <> 'ENDED';
create index sale_that_runs on purchases.plan_sale (tenant_id, customer_id, plan_id) where status in ('RUNNING', 'STOPPING');
alter table purchases.plan_sale enable row level security;
alter table purchases.plan_sale force row level security;
create policy tenant on purchases.plan_sale
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
