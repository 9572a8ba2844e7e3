-- what each customer's add-ons cost a month, at the terms that they were taken at
create view plans.add_on_report with (security_invoker = true) as
select s.tenant_id, s.customer_id, s.add_on_id, s.quantity, v.price_currency, v.price_amount * s.quantity as monthly
  from plans.subscription_add_on s
  join plans.add_on_version v on v.tenant_id = s.tenant_id and v.add_on_id = s.add_on_id and v.number = s.number;
revoke insert, update, delete on plans.add_on_report from ${app};
