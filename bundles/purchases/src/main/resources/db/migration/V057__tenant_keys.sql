-- The key under which a tenant's gateway secrets are sealed, itself sealed under the installation's (a Tink keyset). Who deletes the row
-- makes them unreadable.
create table purchases.tenant_key (
  tenant_id  uuid        not null,
  wrapped    bytea       not null,
  created_at timestamptz not null,
  primary key (tenant_id)
);
alter table purchases.tenant_key enable row level security;
alter table purchases.tenant_key force row level security;
create policy tenant on purchases.tenant_key
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
