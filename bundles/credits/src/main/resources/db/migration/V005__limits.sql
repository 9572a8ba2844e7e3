-- What a hold is taken against beside the customer's wallet: what the tenant has with the platform, and what a user may spend.

-- The tenant's wholesale wallet is the wallet whose id is the tenant's; the rate says what a unit of the customers' wallets costs
-- the tenant there. Only the platform opens one. The policies show it to nobody who is limited to customers.
alter table credits.wallet add column wholesale_rate numeric(18,12);
alter table credits.wallet add constraint wallet_wholesale
  check (wholesale_rate > 0 and wallet_id = tenant_id or wholesale_rate is null and wallet_id <> tenant_id);

-- wholesale_held is null and not zero when nothing is held: row-level security keeps comparisons of numeric away from an index.
alter table credits.hold add column user_id uuid;
alter table credits.hold add column wholesale_rate numeric(18,12);
alter table credits.hold add column wholesale_held numeric(20,6);
alter table credits.hold add constraint hold_wholesale
  check (wholesale_held is null or wholesale_held > 0 and wholesale_rate > 0);
create index hold_wholesale_held on credits.hold (tenant_id, expires_at) where wholesale_held is not null;

-- Whatever changes what is spent or held under a cap has locked the wallet's row before, so a cap needs no lock of its own.
create table credits.spend_cap (
  tenant_id uuid not null,
  wallet_id uuid not null,
  user_id uuid not null,
  amount numeric(20,6) not null,
  period smallint not null,
  spent numeric(20,6) not null default 0,
  held numeric(20,6) not null default 0,
  period_from timestamptz not null,
  period_until timestamptz,
  by_tenant boolean not null,
  created_at timestamptz not null,
  constraint spend_cap_pk primary key (tenant_id, wallet_id, user_id),
  constraint spend_cap_amount check (amount >= 0),
  constraint spend_cap_held check (held >= 0),
  constraint spend_cap_period check (period between 0 and 2 and (period = 0) = (period_until is null)),
  constraint spend_cap_from check (period_from < period_until)
) with (fillfactor = 50);
alter table credits.spend_cap add constraint spend_cap_wallet
  foreign key (tenant_id, wallet_id) references credits.wallet (tenant_id, wallet_id);

alter table credits.spend_cap enable row level security;
alter table credits.spend_cap force row level security;
create policy tenant on credits.spend_cap using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or wallet_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

-- 9 is what the tenant pays the platform for. What is there was checked more strictly, so it is not read again.
alter table credits.entry drop constraint entry_contra;
alter table credits.entry add constraint entry_contra check (contra between 1 and 9) not valid;

-- Reports are about customers, and the tenant is none of its own.
create or replace view credits.entry_view with (security_invoker = true) as
select e.tenant_id, e.wallet_id as customer_id, e.seq,
  case e.kind when 1 then 'purchase' when 2 then 'usage' when 3 then 'settlement' when 4 then 'adjustment'
    when 5 then 'renewal' when 6 then 'proration' when 7 then 'expiry' when 8 then 'refund' when 9 then 'dispute' end as kind,
  e.amount, e.balance_after, e.reference, e.created_at
from credits.entry e
where e.wallet_id <> e.tenant_id;

create or replace view credits.wallet_view with (security_invoker = true) as
select w.tenant_id, w.wallet_id as customer_id, w.unit, w.balance, w.held, w.overdraft
from credits.wallet w
where w.wallet_id <> w.tenant_id;
