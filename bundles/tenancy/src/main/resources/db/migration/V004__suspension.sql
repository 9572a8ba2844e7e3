-- A tenant that the platform's admin has stopped: its people read, export and pay, and nobody of it is served.
alter table tenancy.tenant
  add column suspended_at timestamptz,
  add column suspended_reason text;
alter table tenancy.tenant add constraint tenant_suspended check (suspended_at is not null or suspended_reason is null);
alter table tenancy.tenant add constraint tenant_suspended_reason check (length(suspended_reason) between 1 and 500);
grant update (suspended_at, suspended_reason) on tenancy.tenant to ${app};
