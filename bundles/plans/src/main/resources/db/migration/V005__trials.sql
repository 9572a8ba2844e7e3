-- How a plan begins and how long it waits for its price.
alter table plans.plan_version add column trial_days integer;
alter table plans.plan_version add column grace_days integer;
alter table plans.plan_version add constraint plan_version_trial check (trial_days > 0 and grace_days >= 0);

-- While it is trialing, paid_until is the end of the trial. overdue_at: since when it is not served because the days of grace
-- were over; a person's lock stands beside it.
alter table plans.subscription add column overdue_at timestamptz;
alter table plans.subscription drop constraint subscription_status;
alter table plans.subscription add constraint subscription_status
  check (status in ('TRIALING', 'ACTIVE', 'PAST_DUE', 'CANCELLED'));
alter table plans.subscription add constraint subscription_overdue check (overdue_at is null or status = 'PAST_DUE');

create or replace view plans.subscription_report with (security_invoker = true) as
select s.tenant_id, s.customer_id, s.subscription_id, s.plan_id, p.key as plan_key, p.name as plan_name,
       case when s.status <> 'CANCELLED' and (s.locked_at is not null or s.overdue_at is not null) then 'LOCKED'
            else s.status end as status,
       v.price_amount, v.price_currency, v.cycle, s.started_at, s.cancelled_at
  from plans.subscription s
  join plans.plan p on p.tenant_id = s.tenant_id and p.plan_id = s.plan_id
  join plans.plan_version v on v.tenant_id = s.tenant_id and v.plan_id = s.plan_id and v.number = s.number;
