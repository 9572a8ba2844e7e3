-- A payment provider collects the price of each cycle: under which sale, and whether its last charge failed.
alter table plans.subscription add column sale_id uuid;
alter table plans.subscription add column sale_failing boolean not null default false;
alter table plans.subscription add constraint subscription_sale check (not sale_failing or sale_id is not null);
