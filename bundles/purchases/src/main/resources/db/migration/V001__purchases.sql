-- One row for each tenant: purchases are numbered 1 above the last without a gap, since the row stays locked until the commit.
create table purchases.counter (
  tenant_id   uuid   not null,
  last_number bigint not null,
  primary key (tenant_id),
  constraint counter_positive check (last_number > 0)
);

create table purchases.package (
  tenant_id      uuid          not null,
  package_id     uuid          not null,
  name           text          not null,
  price_minor    bigint        not null,
  price_currency text          not null,
  credits        numeric(20,6) not null,
  active         boolean       not null,
  created_at     timestamptz   not null,
  updated_at     timestamptz   not null,
  version        bigint        not null,
  primary key (tenant_id, package_id),
  constraint package_name check (name <> '' and length(name) <= 200),
  constraint package_price check (price_minor > 0 and price_currency ~ '^[A-Z]{3}$'),
  constraint package_credits check (credits > 0)
);

-- What was bought is copied into the purchase: a package may change later, what somebody agreed to pay may not.
create table purchases.purchase (
  tenant_id       uuid          not null,
  purchase_id     uuid          not null,
  number          bigint        not null,
  customer_id     uuid          not null,
  package_id      uuid          not null,
  title           text          not null,
  price_minor     bigint        not null,
  price_currency  text          not null,
  price_digits    smallint      not null,
  credits         numeric(20,6) not null,
  gateway_id      text          not null,
  manual          boolean       not null,
  mode            text          not null,
  state           text          not null,
  credited        numeric(20,6) not null,
  credit_step     integer       not null,
  received_minor  bigint,
  refunded_minor  bigint        not null,
  ref_kind        text,
  ref_id          text,
  next_step       jsonb,
  alert           text,
  dirty           boolean       not null,
  looks           integer       not null,
  next_look_at    timestamptz,
  ticket          bigint        not null,
  applied_ticket  bigint        not null,
  decided_by      text,
  decided_by_name text,
  decided_at      timestamptz,
  evidence        text,
  reason          text,
  approved_at     timestamptz,
  expires_at      timestamptz,
  created_by      text          not null,
  created_at      timestamptz   not null,
  updated_at      timestamptz   not null,
  version         bigint        not null,
  primary key (tenant_id, purchase_id),
  constraint purchase_number unique (tenant_id, number),
  -- one payment of a provider's pays for one purchase
  constraint purchase_reference unique (tenant_id, gateway_id, ref_kind, ref_id),
  constraint purchase_price check (price_minor > 0 and price_currency ~ '^[A-Z]{3}$' and price_digits between 0 and 4),
  constraint purchase_credits check (credits > 0),
  constraint purchase_credited check (credited between 0 and credits and credit_step >= 0),
  constraint purchase_received check (received_minor is null or received_minor >= 0),
  constraint purchase_refunded check (refunded_minor >= 0),
  constraint purchase_mode check (mode in ('TEST', 'LIVE')),
  constraint purchase_state check (state in ('CREATED', 'AWAITING_PAYMENT', 'UNDER_REVIEW', 'APPROVED', 'DECLINED',
    'CANCELLED', 'EXPIRED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'DISPUTED')),
  constraint purchase_ref check ((ref_kind is null) = (ref_id is null)),
  constraint purchase_look check (not dirty or next_look_at is not null)
);
alter table purchases.purchase
  add constraint purchase_package foreign key (tenant_id, package_id) references purchases.package (tenant_id, package_id);
create index purchase_customer on purchases.purchase (tenant_id, customer_id, number);
create index purchase_by_state on purchases.purchase (tenant_id, state, number);
create index purchase_due on purchases.purchase (tenant_id, next_look_at) where dirty;
create index purchase_expiring on purchases.purchase (tenant_id, expires_at) where state = 'AWAITING_PAYMENT' and manual;
create index purchase_approved on purchases.purchase (tenant_id, approved_at) where approved_at is not null;

-- A call of a gateway, stored before it is made: a crash leaves something to look for, a repetition is the same call.
create table purchases.gateway_intent (
  tenant_id   uuid        not null,
  intent_key  text        not null,
  purchase_id uuid        not null,
  customer_id uuid        not null,
  operation   text        not null,
  request     jsonb       not null,
  status      text        not null,
  detail      text,
  attempts    integer     not null,
  lease_until timestamptz,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  primary key (tenant_id, intent_key),
  constraint intent_operation check (operation in ('CHECKOUT')),
  constraint intent_status check (status in ('PLANNED', 'DONE', 'FAILED', 'UNKNOWN'))
);
alter table purchases.gateway_intent
  add constraint intent_purchase foreign key (tenant_id, purchase_id) references purchases.purchase (tenant_id, purchase_id);
create index intent_of_purchase on purchases.gateway_intent (tenant_id, purchase_id);

-- What happened, never changed: the purchase's state is a function of these rows (and of what a provider shows).
create table purchases.purchase_fact (
  tenant_id      uuid        not null,
  purchase_id    uuid        not null,
  fact_id        uuid        not null,
  customer_id    uuid        not null,
  kind           text        not null,
  money_minor    bigint,
  money_currency text,
  note           text,
  actor_kind     text        not null,
  actor_id       text        not null,
  actor_name     text        not null,
  recorded_at    timestamptz not null,
  primary key (tenant_id, purchase_id, fact_id),
  constraint fact_kind check (kind in ('CHECKOUT_STARTED', 'CHECKOUT_FAILED', 'CLAIMED', 'RECEIVED', 'DECLINED',
    'CANCELLED', 'EXPIRED')),
  constraint fact_money check ((kind = 'RECEIVED') = (money_minor is not null)
    and (money_minor is null) = (money_currency is null))
);
alter table purchases.purchase_fact
  add constraint fact_purchase foreign key (tenant_id, purchase_id) references purchases.purchase (tenant_id, purchase_id);
revoke update, delete on purchases.purchase_fact from ${app};

create table purchases.gateway_settings (
  tenant_id      uuid        not null,
  gateway_id     text        not null,
  settings       jsonb       not null,
  schema_version integer     not null,
  mode           text        not null,
  enabled        boolean     not null,
  revision       bigint      not null,
  updated_by     text        not null,
  updated_at     timestamptz not null,
  primary key (tenant_id, gateway_id),
  constraint settings_mode check (mode in ('TEST', 'LIVE'))
);

-- Sealed for tenant, gateway and field; the value before is kept of fields that rotate.
create table purchases.gateway_secret (
  tenant_id  uuid        not null,
  gateway_id text        not null,
  name       text        not null,
  sealed     bytea       not null,
  previous   bytea,
  updated_at timestamptz not null,
  primary key (tenant_id, gateway_id, name)
);
alter table purchases.gateway_secret
  add constraint secret_settings foreign key (tenant_id, gateway_id)
    references purchases.gateway_settings (tenant_id, gateway_id);

alter table purchases.counter enable row level security;
alter table purchases.counter force row level security;
create policy tenant on purchases.counter
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table purchases.package enable row level security;
alter table purchases.package force row level security;
create policy tenant on purchases.package
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table purchases.gateway_settings enable row level security;
alter table purchases.gateway_settings force row level security;
create policy tenant on purchases.gateway_settings
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table purchases.gateway_secret enable row level security;
alter table purchases.gateway_secret force row level security;
create policy tenant on purchases.gateway_secret
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table purchases.purchase enable row level security;
alter table purchases.purchase force row level security;
create policy tenant on purchases.purchase
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table purchases.gateway_intent enable row level security;
alter table purchases.gateway_intent force row level security;
create policy tenant on purchases.gateway_intent
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table purchases.purchase_fact enable row level security;
alter table purchases.purchase_fact force row level security;
create policy tenant on purchases.purchase_fact
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

-- For reports: real money that came, less what went back, in major units.
create view purchases.report_approved with (security_invoker = true) as
select tenant_id, customer_id, purchase_id, gateway_id, price_currency as currency,
       round((received_minor - refunded_minor) * power(10::numeric, -price_digits), price_digits) as amount,
       credited as credits, approved_at
  from purchases.purchase
 where mode = 'LIVE' and approved_at is not null and received_minor is not null;

create view purchases.revenue_day with (security_invoker = true) as
select tenant_id, (approved_at at time zone 'UTC')::date as day, gateway_id, currency, count(*) as purchases,
       sum(amount) as amount, sum(credits) as credits
  from purchases.report_approved
 group by tenant_id, (approved_at at time zone 'UTC')::date, gateway_id, currency;
