-- When a tenant's whole ledger was last proven from its rows, and what came of it.
create table credits.verification (
  tenant_id uuid not null,
  verified_at timestamptz not null,
  wallets bigint not null,
  entries bigint not null,
  faults int not null,
  constraint verification_pk primary key (tenant_id),
  constraint verification_counts check (wallets >= 0 and entries >= 0 and faults >= 0)
);
alter table credits.verification enable row level security;
alter table credits.verification force row level security;
create policy tenant on credits.verification using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
