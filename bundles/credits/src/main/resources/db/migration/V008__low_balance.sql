-- Below which balance a customer's admin is told, once for each time that it falls below.
create table credits.low_balance (
  tenant_id uuid not null,
  wallet_id uuid not null,
  below numeric(20,6) not null,
  told_at timestamptz,
  constraint low_balance_pk primary key (tenant_id, wallet_id),
  constraint low_balance_below check (below > 0)
);
alter table credits.low_balance add constraint low_balance_wallet
  foreign key (tenant_id, wallet_id) references credits.wallet (tenant_id, wallet_id);
alter table credits.low_balance enable row level security;
alter table credits.low_balance force row level security;
create policy tenant on credits.low_balance using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or wallet_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
