-- Tenants in which a top-up was ever allowed, so that the job that watches balances asks these alone. The rows are the platform's:
-- tenant_id is the reserved tenant, owner_id the tenant.
create table purchases.top_up_tenant (
  tenant_id uuid not null,
  owner_id  uuid not null,
  primary key (tenant_id, owner_id)
);
alter table purchases.top_up no force row level security;
insert into purchases.top_up_tenant (tenant_id, owner_id)
select distinct '00000000-0000-7000-8000-000000000000'::uuid, tenant_id from purchases.top_up;
alter table purchases.top_up force row level security;
alter table purchases.top_up_tenant enable row level security;
alter table purchases.top_up_tenant force row level security;
create policy tenant on purchases.top_up_tenant
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
