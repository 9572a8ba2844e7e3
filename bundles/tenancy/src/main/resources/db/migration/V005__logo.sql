-- What stands for a tenant in a picture: bytes that were looked at and, of a drawing, written anew.
create table tenancy.logo (
  tenant_id uuid not null,
  media_type text not null,
  content bytea not null,
  digest text not null,
  version bigint not null,
  updated_at timestamptz not null,
  primary key (tenant_id),
  constraint logo_media_type check (media_type in ('image/png', 'image/svg+xml')),
  constraint logo_content check (octet_length(content) between 1 and 131072)
);
alter table tenancy.logo add constraint logo_tenant foreign key (tenant_id) references tenancy.tenant (tenant_id);
alter table tenancy.logo enable row level security;
alter table tenancy.logo force row level security;
create policy tenant on tenancy.logo
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
