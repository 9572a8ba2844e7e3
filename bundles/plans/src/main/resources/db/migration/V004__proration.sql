-- What the time until paid_until was paid at, so that what is left of it can be given back. Null: it is free, or was begun before
-- this was kept; then a change within it neither charges nor gives back anything.
alter table plans.subscription add column paid_price numeric(20,6);
alter table plans.subscription add constraint subscription_paid_price check (paid_price >= 0);

-- When a change to this plan takes effect unless the request says so. Null: what is dearer at once, what is cheaper at the cycle's end.
alter table plans.plan_version add column upgrade_when text;
alter table plans.plan_version add column downgrade_when text;
alter table plans.plan_version add constraint plan_version_changes
  check (upgrade_when in ('NOW', 'CYCLE_END') and downgrade_when in ('NOW', 'CYCLE_END'));
