-- Tenants, what leads to them, how they look, and their workspaces.

create table tenancy.tenant (
  tenant_id uuid not null,
  slug text not null,
  name text not null,
  kind text not null,
  unit text not null,
  time_zone text not null,
  created_at timestamptz not null,
  version bigint not null,
  primary key (tenant_id),
  constraint tenant_kind check (kind in ('agency', 'reseller', 'direct')),
  constraint tenant_slug check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) between 3 and 40)
);

-- What leads to a tenant. It is read before the tenant is known, so it has no row-level security and holds nothing else.
-- It is a catalogue without a tenant in its key: a reference table once the database is distributed.
create table tenancy.directory (
  kind text not null,
  name text collate "C" not null,
  tenant_id uuid not null,
  constraint directory_pkey primary key (kind, name),
  constraint directory_kind check (kind in ('SLUG', 'HOST'))
);
create index directory_of_tenant on tenancy.directory (tenant_id, kind, name);

create table tenancy.brand (
  tenant_id uuid not null,
  name text not null,
  colour text,
  support_email text,
  sender_address text,
  version bigint not null,
  primary key (tenant_id),
  constraint brand_colour check (colour ~ '^#[0-9a-f]{6}$')
);

create table tenancy.domain (
  tenant_id uuid not null,
  host text collate "C" not null,
  verified_at timestamptz,
  created_at timestamptz not null,
  version bigint not null,
  primary key (tenant_id, host)
);

create table tenancy.workspace (
  tenant_id uuid not null,
  workspace_id uuid not null,
  name text not null,
  created_at timestamptz not null,
  version bigint not null,
  primary key (tenant_id, workspace_id),
  constraint workspace_name unique (tenant_id, name)
);

alter table tenancy.tenant enable row level security;
alter table tenancy.tenant force row level security;
alter table tenancy.brand enable row level security;
alter table tenancy.brand force row level security;
alter table tenancy.domain enable row level security;
alter table tenancy.domain force row level security;
alter table tenancy.workspace enable row level security;
alter table tenancy.workspace force row level security;

create policy tenant on tenancy.tenant
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy tenant on tenancy.brand
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy tenant on tenancy.domain
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy tenant on tenancy.workspace
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
