-- How often the provider was asked in a day (UTC) how it is, and how often all was well: the last weeks on the gateway's page.
create table purchases.gateway_health_day (
  tenant_id  uuid    not null,
  gateway_id text    not null,
  day        date    not null,
  checks     integer not null,
  well       integer not null,
  primary key (tenant_id, gateway_id, day),
  constraint health_day_checks check (well between 0 and checks)
);
create index health_day_by_day on purchases.gateway_health_day (tenant_id, day);
alter table purchases.gateway_health_day enable row level security;
alter table purchases.gateway_health_day force row level security;
create policy tenant on purchases.gateway_health_day
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
