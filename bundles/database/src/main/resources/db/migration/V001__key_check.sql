-- Which key this database's secrets are sealed under, as a keyed hash that tells nothing of it. One row, the platform's.
create table database.key_check (
  tenant_id uuid not null,
  fingerprint bytea not null,
  created_at timestamptz not null,
  constraint key_check_key primary key (tenant_id)
);
alter table database.key_check enable row level security;
alter table database.key_check force row level security;
create policy tenant on database.key_check using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
revoke update, delete on database.key_check from ${app};
