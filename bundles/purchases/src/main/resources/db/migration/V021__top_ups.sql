alter table purchases.gateway_intent drop constraint intent_operation;
alter table purchases.gateway_intent
  add constraint intent_operation check (operation in ('CHECKOUT', 'CHARGE', 'CANCEL'));

-- A method that a payer let a provider keep. What is kept here names it and charges nothing by itself.
create table purchases.saved_method (
  tenant_id         uuid        not null,
  method_id         uuid        not null,
  customer_id       uuid        not null,
  gateway_id        text        not null,
  mode              text        not null,
  provider_customer text        not null,
  provider_method   text        not null,
  purchase_id       uuid        not null,
  active            boolean     not null,
  forget_at         timestamptz,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  primary key (tenant_id, method_id),
  constraint method_of_provider unique (tenant_id, customer_id, gateway_id, mode, provider_customer, provider_method),
  constraint method_mode check (mode in ('TEST', 'LIVE')),
  constraint method_forget check (forget_at is null or not active)
);
alter table purchases.saved_method
  add constraint method_purchase foreign key (tenant_id, purchase_id) references purchases.purchase (tenant_id, purchase_id);
create index method_to_forget on purchases.saved_method (tenant_id, forget_at) where forget_at is not null;
create index method_that_is_there on purchases.saved_method (tenant_id, method_id) where active;
create index method_of_purchase on purchases.saved_method (tenant_id, purchase_id);

-- What a customer allows to be bought when its balance is low, at which price, and how far that goes.
create table purchases.top_up (
  tenant_id        uuid          not null,
  customer_id      uuid          not null,
  enabled          boolean       not null,
  below            numeric(20,6) not null,
  package_id       uuid,
  price_minor      bigint,
  price_currency   text,
  credits          numeric(20,6),
  method_id        uuid,
  most_a_day       integer       not null,
  most_a_month     integer       not null,
  renewals         boolean       not null,
  low              boolean       not null,
  declines         integer       not null,
  current_purchase uuid,
  next_try_at      timestamptz,
  ask_payer        boolean       not null,
  stopped          text,
  allowed_by       text          not null,
  allowed_by_name  text          not null,
  allowed_at       timestamptz   not null,
  updated_at       timestamptz   not null,
  version          bigint        not null,
  primary key (tenant_id, customer_id),
  constraint top_up_below check (below >= 0),
  constraint top_up_caps check (most_a_day between 1 and 100 and most_a_month between 1 and 1000),
  constraint top_up_declines check (declines >= 0),
  constraint top_up_price check ((package_id is null) = (price_minor is null)
    and (package_id is null) = (price_currency is null) and (package_id is null) = (credits is null)),
  constraint top_up_complete check (not enabled or (package_id is not null and method_id is not null and stopped is null))
);
alter table purchases.top_up
  add constraint top_up_package foreign key (tenant_id, package_id) references purchases.package (tenant_id, package_id);
alter table purchases.top_up
  add constraint top_up_method foreign key (tenant_id, method_id) references purchases.saved_method (tenant_id, method_id);

-- Purchases that a top-up made: for the caps, and to know one when it ends. by_payer: the bank asked for the payer, who was mailed.
create table purchases.top_up_charge (
  tenant_id   uuid        not null,
  purchase_id uuid        not null,
  customer_id uuid        not null,
  method_id   uuid        not null,
  by_payer    boolean     not null,
  declined    text,
  created_at  timestamptz not null,
  primary key (tenant_id, purchase_id)
);
alter table purchases.top_up_charge
  add constraint charge_purchase foreign key (tenant_id, purchase_id) references purchases.purchase (tenant_id, purchase_id);
create index charge_of_customer on purchases.top_up_charge (tenant_id, customer_id, created_at);

alter table purchases.saved_method enable row level security;
alter table purchases.saved_method force row level security;
create policy tenant on purchases.saved_method
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table purchases.top_up enable row level security;
alter table purchases.top_up force row level security;
create policy tenant on purchases.top_up
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table purchases.top_up_charge enable row level security;
alter table purchases.top_up_charge force row level security;
create policy tenant on purchases.top_up_charge
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
