-- How far a provider's list of changes was read, for each of a tenant's gateways that has one. A cursor is good for the settings
-- with which it was made: another key may be another account's.
create table purchases.change_feed (
  tenant_id  uuid        not null,
  gateway_id text        not null,
  cursor     text,
  revision   bigint      not null,
  failures   integer     not null,
  note       text,
  asked_at   timestamptz not null,
  primary key (tenant_id, gateway_id),
  constraint feed_failures check (failures >= 0)
);
alter table purchases.change_feed enable row level security;
alter table purchases.change_feed force row level security;
create policy tenant on purchases.change_feed
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
