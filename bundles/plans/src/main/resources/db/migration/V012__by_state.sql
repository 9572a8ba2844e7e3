-- Subscriptions by the state that is shown, which a lock outdoes: counts of the customer list read as many as they count.
create index subscription_by_state on plans.subscription (tenant_id,
  (case when status <> 'CANCELLED' and (locked_at is not null or overdue_at is not null) then 'LOCKED' else status end), customer_id);
