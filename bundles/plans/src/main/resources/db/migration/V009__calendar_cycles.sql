-- Cycles that begin with the first of a month: anchor is the first of them, stub_from where the subscription began before it.
alter table plans.plan_version add column calendar boolean not null default false;
alter table plans.subscription add column stub_from timestamptz;             -- null: cycles are counted from the anchor alone
alter table plans.subscription add constraint subscription_stub check (stub_from <= anchor);
alter table plans.subscription_term add column stub_from timestamptz;
alter table plans.subscription_term add constraint subscription_term_stub check (stub_from <= anchor);
