-- The few that are not active, in both orders of the list: without these a list or a count of the suspended goes through everybody.
create index customer_not_active on customers.customer (tenant_id, status, customer_id)
  where status <> 'ACTIVE' and erased_at is null;
create index customer_not_active_by_name on customers.customer (tenant_id, status, name_key, customer_id)
  where status <> 'ACTIVE' and erased_at is null;
