-- Kind 10: what a plan adds with a cycle and takes back with its end. What is there was checked more strictly.
alter table credits.entry drop constraint entry_kind;
alter table credits.entry add constraint entry_kind check (kind between 1 and 10) not valid;
alter table credits.entry drop constraint entry_contra;
alter table credits.entry add constraint entry_contra check (contra between 1 and 10) not valid;

create or replace view credits.entry_view with (security_invoker = true) as
select e.tenant_id, e.wallet_id as customer_id, e.seq,
  case e.kind when 1 then 'purchase' when 2 then 'usage' when 3 then 'settlement' when 4 then 'adjustment'
    when 5 then 'renewal' when 6 then 'proration' when 7 then 'expiry' when 8 then 'refund' when 9 then 'dispute'
    when 10 then 'plan_allowance' end as kind,
  e.amount, e.balance_after, e.reference, e.created_at
from credits.entry e
where e.wallet_id <> e.tenant_id;
