-- What providers have sent, as it came: stored before anybody looks at it, whether the gateway is there or not. Body and headers
-- are sealed, since both may hold what a payer or a provider would not have in a dump.
create table purchases.inbox (
  tenant_id        uuid        not null,
  inbox_id         uuid        not null,
  gateway_id       text        not null,
  body_hash        bytea       not null,
  body             bytea       not null,
  head             bytea       not null,
  received_at      timestamptz not null,
  deliveries       integer     not null,
  last_delivery_at timestamptz not null,
  state            text        not null,
  event_id         text,
  event_type       text,
  hints            jsonb,
  note             text,
  purchase_id      uuid,
  attempts         integer     not null,
  next_try_at      timestamptz,
  ended_at         timestamptz,
  primary key (tenant_id, inbox_id),
  -- the same body is the same event, however often it comes
  constraint inbox_body unique (tenant_id, gateway_id, body_hash),
  constraint inbox_state check (state in ('STORED', 'VERIFIED', 'DONE', 'DUPLICATE', 'REJECTED')),
  constraint inbox_deliveries check (deliveries > 0 and attempts >= 0),
  constraint inbox_event_verified check (event_id is null or state in ('VERIFIED', 'DONE')),
  constraint inbox_waiting check ((state in ('STORED', 'VERIFIED')) = (next_try_at is not null))
);
-- an event counts once, however many bodies it comes in
create unique index inbox_event on purchases.inbox (tenant_id, gateway_id, event_id) where event_id is not null;
create index inbox_due on purchases.inbox (tenant_id, next_try_at) where next_try_at is not null;
create index inbox_waiting_of_gateway on purchases.inbox (tenant_id, gateway_id) where next_try_at is not null;
create index inbox_newest on purchases.inbox (tenant_id, received_at, inbox_id);
create index inbox_rejected on purchases.inbox (tenant_id, gateway_id, received_at) where state = 'REJECTED';
create index inbox_of_purchase on purchases.inbox (tenant_id, purchase_id) where purchase_id is not null;

-- Customers have no part in it: whoever is limited to some sees nothing.
alter table purchases.inbox enable row level security;
alter table purchases.inbox force row level security;
create policy tenant on purchases.inbox
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and coalesce(current_setting('app.customers', true), '') = '');

-- The address that a provider sends to is derived from the key of the installation and this number; the one before is good until
-- its end.
alter table purchases.gateway_settings add column address_number integer not null default 1;
alter table purchases.gateway_settings add column address_before_until timestamptz;
alter table purchases.gateway_settings add constraint settings_address check (address_number > 0);

-- A secret that was replaced is good until its end, for what was signed with it.
alter table purchases.gateway_secret add column previous_until timestamptz;
update purchases.gateway_secret set previous_until = updated_at + interval '1 day' where previous is not null;
alter table purchases.gateway_secret add constraint secret_previous check ((previous is null) = (previous_until is null));

-- What the provider answered when it was asked last whether all is well.
create table purchases.gateway_health (
  tenant_id  uuid        not null,
  gateway_id text        not null,
  code       text        not null,
  message    text        not null,
  since      timestamptz not null,
  checked_at timestamptz not null,
  primary key (tenant_id, gateway_id),
  constraint health_code check (code in ('UP', 'DEGRADED', 'DOWN', 'MISCONFIGURED', 'UNKNOWN', 'ABSENT'))
);
alter table purchases.gateway_health enable row level security;
alter table purchases.gateway_health force row level security;
create policy tenant on purchases.gateway_health
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- Which account at a provider is whose, where one webhook address of the platform's serves many tenants. The rows are the
-- platform's: tenant_id is the reserved tenant, owner_id the tenant that has the account, and an account has one owner.
create table purchases.shared_account (
  tenant_id  uuid not null,
  gateway_id text not null,
  account    text not null,
  owner_id   uuid not null,
  primary key (tenant_id, gateway_id, account)
);
create index shared_account_owner on purchases.shared_account (tenant_id, gateway_id, owner_id);
alter table purchases.shared_account enable row level security;
alter table purchases.shared_account force row level security;
create policy tenant on purchases.shared_account
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

