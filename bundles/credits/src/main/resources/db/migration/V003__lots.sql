-- A lot is what one positive entry added, under that entry's number. What it was granted as never changes. What remains
-- of all lots of a wallet is at least what its balance has above zero: debits are taken from the lots only when their
-- order begins to matter, and until then the difference says how much that is.
create table credits.lot (
  tenant_id uuid not null,
  wallet_id uuid not null,
  seq bigint not null,
  kind smallint not null,
  reference text,
  granted numeric(20,6) not null,
  remaining numeric(20,6) not null,
  expired numeric(20,6) not null default 0,
  priority smallint not null,
  expires_at timestamptz,
  created_at timestamptz not null,
  -- a boolean, since row-level security keeps comparisons of numeric away from an index
  live boolean not null generated always as (remaining > 0) stored,
  constraint lot_pk primary key (tenant_id, wallet_id, seq),
  constraint lot_granted check (granted > 0),
  constraint lot_remaining check (remaining >= 0 and expired >= 0 and remaining + expired <= granted),
  constraint lot_priority check (priority between 0 and 1000),
  constraint lot_expires check (expired = 0 or expires_at is not null)
);
-- To the wallet and not to the entry: the check of a key into entry may, as long as its statistics are young, take the
-- index of the idempotency keys and read the whole wallet. That each lot has its entry is verified with the ledger.
alter table credits.lot add constraint lot_wallet
  foreign key (tenant_id, wallet_id) references credits.wallet (tenant_id, wallet_id);
create index lot_live on credits.lot (tenant_id, wallet_id) where live;
create index lot_due on credits.lot (tenant_id, expires_at, wallet_id, seq) where live and expires_at is not null;

alter table credits.lot enable row level security;
alter table credits.lot force row level security;
create policy tenant on credits.lot using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or wallet_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

revoke update, delete on credits.lot from ${app};
grant update (remaining, expired) on credits.lot to ${app};

-- The earliest time at which a lot of the wallet may expire; no index, so that updates stay on their page.
alter table credits.wallet add column next_expiry timestamptz;

-- What every wallet has came from its positive entries. All are of one priority and none expires, so the newest of them
-- hold the balance. Under FORCE the owner would see no row and say nothing, so it is lifted here and the counts are asserted.
alter table credits.wallet no force row level security;
alter table credits.entry no force row level security;
alter table credits.lot no force row level security;
do $$
declare
  grants bigint;
  made bigint;
  wrong bigint;
begin
  if row_security_active('credits.wallet') or row_security_active('credits.entry')
      or row_security_active('credits.lot') then
    raise exception 'row-level security hides the rows that are to be migrated';
  end if;
  select count(*) into grants from credits.entry where amount > 0;
  insert into credits.lot (tenant_id, wallet_id, seq, kind, reference, granted, remaining, priority, created_at)
  select e.tenant_id, e.wallet_id, e.seq, e.kind, e.reference, e.amount,
         greatest(0, least(e.amount, w.balance + e.amount - sum(e.amount) over newer)), 100, e.created_at
    from credits.entry e
    join credits.wallet w on w.tenant_id = e.tenant_id and w.wallet_id = e.wallet_id
   where e.amount > 0
  window newer as (partition by e.tenant_id, e.wallet_id order by e.seq desc);
  get diagnostics made = row_count;
  if made <> grants then
    raise exception 'made % lots of % positive entries', made, grants;
  end if;
  select count(*) into wrong
    from credits.wallet w
    left join (select tenant_id, wallet_id, sum(remaining) as remaining
                 from credits.lot group by tenant_id, wallet_id) l
           on l.tenant_id = w.tenant_id and l.wallet_id = w.wallet_id
   where coalesce(l.remaining, 0) <> greatest(w.balance, 0);
  if wrong > 0 then
    raise exception 'the lots of % wallets are not their balances', wrong;
  end if;
end
$$;
alter table credits.lot force row level security;
alter table credits.entry force row level security;
alter table credits.wallet force row level security;
