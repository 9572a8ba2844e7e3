-- Addresses that are told what happens. The secret is sealed for the tenant; the one before signs too until it ends.
create table webhooks.endpoint (
  tenant_id       uuid        not null,
  endpoint_id     uuid        not null,
  url             text        not null,
  description     text,
  events          text        not null,
  notify_email    text,
  status          text        not null,
  reason          text,
  secret          bytea       not null,
  previous_secret bytea,
  previous_until  timestamptz,
  failures        integer     not null,
  failing_since   timestamptz,
  paused_until    timestamptz,
  created_by      text        not null,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  version         bigint      not null,
  primary key (tenant_id, endpoint_id),
  constraint endpoint_status check (status in ('ENABLED', 'DISABLED', 'FAILED')),
  constraint endpoint_failures check (failures >= 0 and (failures = 0) = (failing_since is null)),
  constraint endpoint_previous check ((previous_secret is null) = (previous_until is null))
);

-- What happened: written in the transaction in which it did, and only when somebody wants to be told.
create table webhooks.event (
  tenant_id   uuid        not null,
  event_id    uuid        not null,
  type        text        not null,
  customer_id uuid,
  payload     text        not null,
  created_at  timestamptz not null,
  primary key (tenant_id, event_id),
  constraint event_type check (type ~ '^[a-z]+([._][a-z]+)+$')
);
create index event_age on webhooks.event (tenant_id, created_at);

-- One event for one address.
create table webhooks.delivery (
  tenant_id       uuid        not null,
  delivery_id     uuid        not null,
  endpoint_id     uuid        not null,
  event_id        uuid        not null,
  status          text        not null,
  attempts        integer     not null,
  queued_at       timestamptz not null,
  next_attempt_at timestamptz,
  answer          integer,
  failure         text,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  sent_at         timestamptz,
  primary key (tenant_id, delivery_id),
  constraint delivery_status check (status in ('QUEUED', 'SENT', 'FAILED')),
  constraint delivery_due check ((status = 'QUEUED') = (next_attempt_at is not null)),
  constraint delivery_sent check (status <> 'SENT' or sent_at is not null)
);
alter table webhooks.delivery
  add constraint delivery_endpoint foreign key (tenant_id, endpoint_id)
    references webhooks.endpoint (tenant_id, endpoint_id) on delete cascade;
alter table webhooks.delivery
  add constraint delivery_event foreign key (tenant_id, event_id)
    references webhooks.event (tenant_id, event_id) on delete cascade;
create index delivery_queue on webhooks.delivery (tenant_id, endpoint_id, next_attempt_at) where status = 'QUEUED';
create index delivery_of_endpoint on webhooks.delivery (tenant_id, endpoint_id, delivery_id);
create index delivery_of_event on webhooks.delivery (tenant_id, event_id);

-- A customer's own callers cause events of their own; what the tenant's systems are told nobody asks for them.
alter table webhooks.endpoint enable row level security;
alter table webhooks.endpoint force row level security;
create policy tenant on webhooks.endpoint
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table webhooks.event enable row level security;
alter table webhooks.event force row level security;
create policy tenant on webhooks.event
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table webhooks.delivery enable row level security;
alter table webhooks.delivery force row level security;
create policy tenant on webhooks.delivery
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
