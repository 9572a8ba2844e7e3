-- What changed of whom, for what other nodes remember of their access: ids alone, without row-level security, since a node
-- listens for all tenants at once. A row is written by the transaction of the change itself and is of use for a second.
create table customers.access_change (
  tenant_id uuid not null,
  change_id uuid not null,
  customer_id uuid not null,
  only_refusals boolean not null,
  node_id uuid not null,
  transaction_id bigint not null,
  changed_at timestamptz not null,
  constraint access_change_pk primary key (change_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
create index access_change_by_transaction on customers.access_change (transaction_id);
revoke update on customers.access_change from ${app};
