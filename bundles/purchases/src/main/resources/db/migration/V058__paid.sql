-- What each purchase has left with the tenant: real money that came, less what went back, less what disputes that are open or lost have
-- taken; a purchase of which all went back leaves nothing, and never less. In major units.
create view purchases.report_paid with (security_invoker = true) as
select p.tenant_id, p.customer_id, p.price_currency as currency,
       round(greatest(0, p.received_minor - least(p.received_minor, p.refunded_minor) - case when p.state = 'DISPUTED' then (
           select coalesce(sum(d.amount_minor), 0) from purchases.dispute d
            where d.tenant_id = p.tenant_id and d.purchase_id = p.purchase_id and d.currency = p.price_currency
              and d.status in ('OPEN', 'LOST')) else 0 end)
         * power(10::numeric, -p.price_digits), p.price_digits) as amount,
       p.approved_at
  from purchases.purchase p
 where p.mode = 'LIVE' and p.approved_at is not null and p.received_minor is not null;

-- A customer's are summed from the index alone, however many purchases it began and never paid.
create index purchase_paid on purchases.purchase (tenant_id, customer_id)
  include (price_currency, price_digits, received_minor, refunded_minor, approved_at, state, purchase_id)
  where mode = 'LIVE' and approved_at is not null and received_minor is not null;
