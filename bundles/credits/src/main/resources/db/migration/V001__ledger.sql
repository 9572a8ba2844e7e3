-- A customer has one wallet, and the wallet's id is the customer's id. So wallet_id is what the policies test against
-- app.customers, and the hot tables carry one id instead of two.

create table credits.wallet (
  tenant_id uuid not null,
  wallet_id uuid not null,
  unit text not null,
  balance numeric(20,6) not null default 0,
  held numeric(20,6) not null default 0,
  overdraft numeric(20,6) not null default 0,
  last_seq bigint not null default 0,
  version bigint not null default 1,
  created_at timestamptz not null,
  constraint wallet_pk primary key (tenant_id, wallet_id),
  constraint wallet_unit check (length(unit) between 1 and 32),
  constraint wallet_held check (held >= 0),
  constraint wallet_overdraft check (overdraft >= 0),
  constraint wallet_last_seq check (last_seq >= 0),
  constraint wallet_starts_empty check (last_seq > 0 or balance = 0)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
-- no other index on wallet: every update stays on its page (HOT)

-- One row is both legs: what it adds to the wallet it takes from the contra account, so the ledger always sums to zero.
create table credits.entry (
  tenant_id uuid not null,
  wallet_id uuid not null,
  seq bigint not null,
  amount numeric(20,6) not null,
  balance_after numeric(20,6) not null,
  contra smallint not null,
  kind smallint not null,
  reference text,
  reason text,
  idempotency_key uuid not null,
  created_at timestamptz not null,
  constraint entry_pk primary key (tenant_id, wallet_id, seq),
  constraint entry_once unique (tenant_id, wallet_id, idempotency_key),
  constraint entry_seq check (seq >= 1),
  constraint entry_amount check (amount <> 0),
  constraint entry_first check (seq > 1 or balance_after = amount),
  constraint entry_kind check (kind between 1 and 9),
  constraint entry_contra check (contra between 1 and 8),
  constraint entry_reference check (length(reference) between 1 and 200),
  constraint entry_reason check (length(reason) between 1 and 500)
);
alter table credits.entry add constraint entry_wallet
  foreign key (tenant_id, wallet_id) references credits.wallet (tenant_id, wallet_id);

-- Settlements of holds that name no usage event: reports sum them by time.
create index entry_settled_hold on credits.entry (tenant_id, created_at) where contra = 3;

create table credits.hold (
  tenant_id uuid not null,
  wallet_id uuid not null,
  hold_id uuid not null,
  amount numeric(20,6) not null,
  settled numeric(20,6) not null default 0,
  status smallint not null default 0,
  after_expiry boolean not null default false,
  usage_event text,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  version bigint not null default 1,
  constraint hold_pk primary key (tenant_id, hold_id),
  constraint hold_amount check (amount > 0),
  constraint hold_settled check (settled between 0 and amount),
  constraint hold_status check (status between 0 and 3),
  constraint hold_usage_event check (length(usage_event) between 1 and 400)
);
alter table credits.hold add constraint hold_wallet
  foreign key (tenant_id, wallet_id) references credits.wallet (tenant_id, wallet_id);
create index hold_by_wallet on credits.hold (tenant_id, wallet_id, hold_id);
create index hold_due on credits.hold (tenant_id, expires_at) where status = 0;
create index hold_open on credits.hold (tenant_id, wallet_id) where status = 0;

alter table credits.wallet enable row level security;
alter table credits.wallet force row level security;
create policy tenant on credits.wallet using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or wallet_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

alter table credits.entry enable row level security;
alter table credits.entry force row level security;
create policy tenant on credits.entry using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or wallet_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

alter table credits.hold enable row level security;
alter table credits.hold force row level security;
create policy tenant on credits.hold using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or wallet_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

-- What is in the ledger stays as it is, and no wallet or hold disappears.
revoke update, delete on credits.entry from ${app};
revoke delete on credits.wallet from ${app};
revoke delete on credits.hold from ${app};

-- Published for reporting: the meaning of the codes in words, the customer under its own name.
create view credits.entry_view with (security_invoker = true) as
select e.tenant_id, e.wallet_id as customer_id, e.seq,
  case e.kind when 1 then 'purchase' when 2 then 'usage' when 3 then 'settlement' when 4 then 'adjustment'
    when 5 then 'renewal' when 6 then 'proration' when 7 then 'expiry' when 8 then 'refund' when 9 then 'dispute' end as kind,
  e.amount, e.balance_after, e.reference, e.created_at
from credits.entry e;

-- The settlements of holds that name no usage event, as positive amounts.
create view credits.settled_hold_view with (security_invoker = true) as
select e.tenant_id, e.wallet_id as customer_id, e.seq, -e.amount as amount, e.reference, e.created_at
from credits.entry e
where e.contra = 3;

create view credits.wallet_view with (security_invoker = true) as
select w.tenant_id, w.wallet_id as customer_id, w.unit, w.balance, w.held, w.overdraft
from credits.wallet w;
revoke insert, update, delete on credits.entry_view, credits.settled_hold_view, credits.wallet_view from ${app};
