-- What each cycle of a plan adds to the wallet for as long as it lasts.
alter table plans.plan_version add column allowance numeric(20,6);
alter table plans.plan_version add constraint plan_version_allowance check (allowance > 0);
