-- What each subscription that counts brings each month (its MRR): the one definition for the report of today and for the
-- movements below. Active and past due ones count, with the add-ons that are in the plan's currency; a yearly price counts with
-- a twelfth, rounded half even to 6 places.
create view plans.recurring_report with (security_invoker = true) as
select s.tenant_id, s.customer_id, s.plan_key, s.plan_name, s.price_currency as currency,
       (case s.cycle
          when 'YEAR' then 0.000001 * (div(s.price_amount * 1000000, 12)
            + case when mod(s.price_amount * 1000000, 12) + mod(div(s.price_amount * 1000000, 12), 2) > 6 then 1 else 0 end)
          else s.price_amount
        end + coalesce(a.monthly, 0))::numeric(20,6) as monthly
  from plans.subscription_report s
  left join (select tenant_id, customer_id, price_currency, sum(monthly) as monthly
               from plans.add_on_report
              group by tenant_id, customer_id, price_currency) a
    on a.tenant_id = s.tenant_id and a.customer_id = s.customer_id and a.price_currency = s.price_currency
 where s.status in ('ACTIVE', 'PAST_DUE');
revoke insert, update, delete on plans.recurring_report from ${app};

-- Each change of that, written in the transaction that makes it: the amounts of a customer's rows add up to its MRR.
create table plans.mrr_movement (
  tenant_id uuid not null,
  customer_id uuid not null,
  currency text not null,
  number integer not null,                     -- 1, 2, 3 … of a customer in a currency
  happened_at timestamptz not null,
  kind text,                                   -- null: a subscription that costs nothing began or ended
  subscriptions integer not null,              -- by how many the subscriptions that count changed
  amount numeric(20,6) not null,               -- by how much the MRR changed
  counted boolean not null,                    -- afterwards: whether there is one that counts
  monthly numeric(20,6) not null,              -- and what it brings each month
  constraint mrr_movement_pk primary key (tenant_id, customer_id, currency, number),
  constraint mrr_movement_number check (number > 0),
  constraint mrr_movement_kind check (case coalesce(kind, 'NONE')
    when 'NONE' then amount = 0 and subscriptions <> 0
    when 'OPENING' then number = 1 and amount = monthly
    when 'NEW' then amount > 0 and amount = monthly
    when 'REACTIVATION' then amount > 0 and amount = monthly
    when 'EXPANSION' then amount > 0 and amount < monthly
    when 'CONTRACTION' then amount < 0 and monthly > 0
    when 'CHURN' then amount < 0 and monthly = 0
    else false end),
  constraint mrr_movement_subscriptions check (subscriptions between -1 and 1),
  constraint mrr_movement_monthly check (monthly >= 0 and (counted or monthly = 0))
);

-- What was there before is where the count begins; who had ended comes back one day and is not new then. Who is on a first trial has
-- not begun. This time is the database's own: there is nothing else to ask while a schema is brought up to date.
alter table plans.plan no force row level security;
alter table plans.plan_version no force row level security;
alter table plans.add_on_version no force row level security;
alter table plans.subscription no force row level security;
alter table plans.subscription_add_on no force row level security;
alter table plans.subscription_term no force row level security;
insert into plans.mrr_movement
  (tenant_id, customer_id, currency, number, happened_at, kind, subscriptions, amount, counted, monthly)
select s.tenant_id, s.customer_id, coalesce(r.currency, v.price_currency), 1, now(), 'OPENING',
       case when r.monthly is null then 0 else 1 end, coalesce(r.monthly, 0), r.monthly is not null, coalesce(r.monthly, 0)
  from plans.subscription s
  join plans.plan_version v on v.tenant_id = s.tenant_id and v.plan_id = s.plan_id and v.number = s.number
  left join plans.recurring_report r on r.tenant_id = s.tenant_id and r.customer_id = s.customer_id
 where s.status <> 'TRIALING'
    or exists (select 1 from plans.subscription_term t
                where t.tenant_id = s.tenant_id and t.customer_id = s.customer_id and t.plan_id is null);
alter table plans.plan force row level security;
alter table plans.plan_version force row level security;
alter table plans.add_on_version force row level security;
alter table plans.subscription force row level security;
alter table plans.subscription_add_on force row level security;
alter table plans.subscription_term force row level security;

create index mrr_movement_opening on plans.mrr_movement (tenant_id, happened_at) where kind = 'OPENING';

alter table plans.mrr_movement enable row level security;
alter table plans.mrr_movement force row level security;
create policy tenant on plans.mrr_movement using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
revoke update, delete on plans.mrr_movement from ${app};

create view plans.mrr_movement_report with (security_invoker = true) as
select tenant_id, customer_id, currency, happened_at, kind, subscriptions, amount from plans.mrr_movement;
revoke insert, update, delete on plans.mrr_movement_report from ${app};
