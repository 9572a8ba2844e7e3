-- Money that goes back. A row is the intent of one call too: it is stored before the gateway is called, and every repetition of the
-- call has its key. What a provider shows and nobody here asked for gets a row of its own.
create table purchases.refund (
  tenant_id       uuid        not null,
  refund_id       uuid        not null,
  purchase_id     uuid        not null,
  customer_id     uuid        not null,
  intent_key      text        not null,
  origin          text        not null,
  amount_minor    bigint      not null,
  currency        text        not null,
  reason          text        not null,
  status          text        not null,
  provider_id     text,
  detail          text,
  attempts        integer     not null,
  lease_until     timestamptz,
  next_attempt_at timestamptz,
  created_by      text        not null,
  created_by_name text        not null,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  settled_at      timestamptz,
  primary key (tenant_id, refund_id),
  constraint refund_key unique (tenant_id, intent_key),
  -- one refund of a provider's is one refund here
  constraint refund_provider unique (tenant_id, purchase_id, provider_id),
  constraint refund_origin check (origin in ('PERSON', 'PROVIDER')),
  constraint refund_amount check (amount_minor >= 0 and (origin = 'PROVIDER' or amount_minor > 0)),
  constraint refund_status check (status in ('PLANNED', 'UNKNOWN', 'PENDING', 'SUCCEEDED', 'FAILED')),
  constraint refund_attempts check (attempts >= 0),
  constraint refund_due check ((status in ('PLANNED', 'UNKNOWN')) = (next_attempt_at is not null)),
  constraint refund_settled check ((status in ('SUCCEEDED', 'FAILED')) = (settled_at is not null))
);
alter table purchases.refund
  add constraint refund_purchase foreign key (tenant_id, purchase_id) references purchases.purchase (tenant_id, purchase_id);
create index refund_of_purchase on purchases.refund (tenant_id, purchase_id, refund_id);
create index refund_due on purchases.refund (tenant_id, next_attempt_at) where next_attempt_at is not null;

-- What a provider shows of disputes; the money follows from the purchase's state.
create table purchases.dispute (
  tenant_id    uuid        not null,
  purchase_id  uuid        not null,
  provider_id  text        not null,
  customer_id  uuid        not null,
  status       text        not null,
  amount_minor bigint      not null,
  currency     text        not null,
  opened_at    timestamptz not null,
  updated_at   timestamptz not null,
  primary key (tenant_id, purchase_id, provider_id),
  constraint dispute_status check (status in ('INQUIRY', 'OPEN', 'WON', 'LOST', 'CLOSED', 'UNKNOWN')),
  constraint dispute_amount check (amount_minor >= 0)
);
alter table purchases.dispute
  add constraint dispute_purchase foreign key (tenant_id, purchase_id) references purchases.purchase (tenant_id, purchase_id);
create index dispute_by_time on purchases.dispute (tenant_id, opened_at, purchase_id, provider_id);
create index dispute_by_status on purchases.dispute (tenant_id, status, opened_at, purchase_id, provider_id);

alter table purchases.refund enable row level security;
alter table purchases.refund force row level security;
create policy tenant on purchases.refund
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table purchases.dispute enable row level security;
alter table purchases.dispute force row level security;
create policy tenant on purchases.dispute
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
