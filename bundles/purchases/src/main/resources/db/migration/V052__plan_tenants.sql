-- Tenants in which a plan was ever taken through a provider, so that the job that looks after these asks them alone. The rows are the
-- platform's: tenant_id is the reserved tenant, owner_id the tenant.
create table purchases.plan_tenant (
  tenant_id uuid not null,
  owner_id  uuid not null,
  primary key (tenant_id, owner_id)
);
alter table purchases.plan_sale no force row level security;
insert into purchases.plan_tenant (tenant_id, owner_id)
select distinct '00000000-0000-7000-8000-000000000000'::uuid, tenant_id from purchases.plan_sale;
alter table purchases.plan_sale force row level security;
alter table purchases.plan_tenant enable row level security;
alter table purchases.plan_tenant force row level security;
create policy tenant on purchases.plan_tenant
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
