-- Subscriptions by each state that is shown but active, which a lock outdoes: counts of the customer list read as many as they count.
-- One index a state, so that it has nothing else and its order is that of the customers, whatever PostgreSQL believes of the states.
create index subscription_trialing on plans.subscription (tenant_id, customer_id) where status = 'TRIALING' and locked_at is null;
create index subscription_past_due on plans.subscription (tenant_id, customer_id)
  where status = 'PAST_DUE' and locked_at is null and overdue_at is null;
create index subscription_cancelled on plans.subscription (tenant_id, customer_id) where status = 'CANCELLED';
create index subscription_locked on plans.subscription (tenant_id, customer_id)
  where status <> 'CANCELLED' and (locked_at is not null or overdue_at is not null);
