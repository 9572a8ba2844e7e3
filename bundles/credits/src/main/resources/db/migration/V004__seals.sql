-- Seals: what the ledger was, in a form that cannot be changed afterwards without being seen. Nothing here is touched when an
-- entry is inserted; jobs fill it a little later.

-- The keys that sign, one row a generation, under the platform's reserved tenant; the private half sealed by Secrets.
create table credits.seal_key (
  tenant_id uuid not null,
  generation int not null,
  key_id text not null,
  public_key bytea not null,
  private_key bytea not null,
  created_at timestamptz not null,
  constraint seal_key_pk primary key (tenant_id, generation),
  constraint seal_key_once unique (tenant_id, key_id),
  constraint seal_key_generation check (generation >= 1),
  constraint seal_key_id check (key_id ~ '^[0-9a-f]{32}$')
);

-- One row a tenant: whoever seals locks it, and the secret for the commitments to reasons lies in it, sealed by Secrets.
create table credits.sealing (
  tenant_id uuid not null,
  reason_key bytea not null,
  created_at timestamptz not null,
  constraint sealing_pk primary key (tenant_id)
);

-- leaves has the entries' hashes one after the other, 32 bytes each: they name the entry that was changed, which a root alone
-- cannot, and a proof is made from them without reading ten thousand entries.
create table credits.seal (
  tenant_id uuid not null,
  number bigint not null,
  first_entry bigint not null,
  entries int not null,
  root bytea not null,
  previous bytea not null,
  sealed_at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  leaves bytea not null,
  constraint seal_pk primary key (tenant_id, number),
  constraint seal_number check (number >= 1),
  constraint seal_first_entry check (first_entry >= 1),
  constraint seal_entries check (entries >= 1),
  constraint seal_root check (octet_length(root) = 32),
  constraint seal_previous check (octet_length(previous) = 32),
  constraint seal_leaves check (octet_length(leaves) = 32 * entries::bigint)
);
-- hashes do not get smaller by compression
alter table credits.seal alter column leaves set storage external;

-- Which entries of which wallets a seal is about: first_leaf is the place of the first of them in its tree.
create table credits.seal_part (
  tenant_id uuid not null,
  wallet_id uuid not null,
  from_seq bigint not null,
  to_seq bigint not null,
  number bigint not null,
  first_leaf int not null,
  constraint seal_part_pk primary key (tenant_id, wallet_id, from_seq),
  constraint seal_part_place unique (tenant_id, number, first_leaf),
  constraint seal_part_range check (from_seq between 1 and to_seq),
  constraint seal_part_first_leaf check (first_leaf >= 0)
);
alter table credits.seal_part add constraint seal_part_seal
  foreign key (tenant_id, number) references credits.seal (tenant_id, number);

-- How far each wallet is sealed. Not a column of wallet: that row is the hot one, and the sealing would wait for its lock.
create table credits.sealed_wallet (
  tenant_id uuid not null,
  wallet_id uuid not null,
  sealed_seq bigint not null,
  constraint sealed_wallet_pk primary key (tenant_id, wallet_id),
  constraint sealed_wallet_seq check (sealed_seq >= 1)
) with (fillfactor = 70);
alter table credits.sealed_wallet add constraint sealed_wallet_wallet
  foreign key (tenant_id, wallet_id) references credits.wallet (tenant_id, wallet_id);

alter table credits.seal_key enable row level security;
alter table credits.seal_key force row level security;
create policy tenant on credits.seal_key using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- Seals count what all customers of a tenant do, so a scope that is limited to some of them sees none.
alter table credits.sealing enable row level security;
alter table credits.sealing force row level security;
create policy tenant on credits.sealing using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and coalesce(current_setting('app.customers', true), '') = '');

alter table credits.seal enable row level security;
alter table credits.seal force row level security;
create policy tenant on credits.seal using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and coalesce(current_setting('app.customers', true), '') = '');

alter table credits.seal_part enable row level security;
alter table credits.seal_part force row level security;
create policy tenant on credits.seal_part using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or wallet_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

alter table credits.sealed_wallet enable row level security;
alter table credits.sealed_wallet force row level security;
create policy tenant on credits.sealed_wallet using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or wallet_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

-- What is sealed stays as it is. sealing keeps the right to update, which a row lock needs.
revoke update, delete on credits.seal_key from ${app};
revoke delete on credits.sealing from ${app};
revoke update, delete on credits.seal from ${app};
revoke update, delete on credits.seal_part from ${app};
revoke delete on credits.sealed_wallet from ${app};
