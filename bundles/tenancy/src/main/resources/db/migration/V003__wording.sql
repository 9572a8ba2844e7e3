-- What a tenant says to its customers in its own words, by the keys of the pages' texts; in whatever language its customers read.
create table tenancy.wording (
  tenant_id uuid not null,
  version bigint not null,
  updated_at timestamptz not null,
  primary key (tenant_id)
);
create table tenancy.wording_text (
  tenant_id uuid not null,
  text_key text collate "C" not null,
  text text not null,
  primary key (tenant_id, text_key),
  constraint wording_text_key check (text_key ~ '^[a-z][a-z0-9_.-]{0,79}$'),
  constraint wording_text_length check (length(text) between 1 and 1000)
);
alter table tenancy.wording_text add constraint wording_text_of
  foreign key (tenant_id) references tenancy.wording (tenant_id);
alter table tenancy.wording enable row level security;
alter table tenancy.wording force row level security;
alter table tenancy.wording_text enable row level security;
alter table tenancy.wording_text force row level security;
create policy tenant on tenancy.wording
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy tenant on tenancy.wording_text
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
