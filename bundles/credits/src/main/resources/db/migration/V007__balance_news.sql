-- How far a tenant's systems were told of each wallet. There are rows only while somebody wants to be told.
create table credits.balance_news (
  tenant_id uuid        not null,
  since     timestamptz not null,
  constraint balance_news_pk primary key (tenant_id)
);
create table credits.told_wallet (
  tenant_id uuid   not null,
  wallet_id uuid   not null,
  told_seq  bigint not null,
  constraint told_wallet_pk primary key (tenant_id, wallet_id),
  constraint told_wallet_seq check (told_seq >= 0)
);
alter table credits.told_wallet add constraint told_wallet_wallet
  foreign key (tenant_id, wallet_id) references credits.wallet (tenant_id, wallet_id);

alter table credits.balance_news enable row level security;
alter table credits.balance_news force row level security;
create policy tenant on credits.balance_news
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table credits.told_wallet enable row level security;
alter table credits.told_wallet force row level security;
create policy tenant on credits.told_wallet
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or wallet_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
