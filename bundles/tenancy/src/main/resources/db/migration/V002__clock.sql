-- A sandbox is one from the beginning and for ever: whoever has asked may remember the answer.
alter table tenancy.tenant add column sandbox boolean not null default false;
revoke update on tenancy.tenant from ${app};
grant update (name, kind, time_zone, version) on tenancy.tenant to ${app};

-- The clock of a sandbox: it stands still until it is moved, and then goes forward to its target.
create table tenancy.clock (
  tenant_id uuid not null,
  reads timestamptz not null,
  target timestamptz not null,
  followers text not null default '',                     -- who must be there for it to move
  mover uuid,                                  -- who is moving it
  mover_until timestamptz,                     -- by the real time; from then on another may
  version bigint not null,
  primary key (tenant_id),
  constraint clock_forward check (target >= reads),
  constraint clock_mover check ((mover is null) = (mover_until is null))
);
alter table tenancy.clock add constraint clock_tenant foreign key (tenant_id) references tenancy.tenant (tenant_id);

alter table tenancy.clock enable row level security;
alter table tenancy.clock force row level security;
create policy tenant on tenancy.clock
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
revoke delete on tenancy.clock from ${app};
