-- The list goes by the time of the purchase, the newest first, whatever filters it: each filter has an index in that order, so that a
-- page of the few that are declined, or of one week long ago, reads no others.
create index purchase_placed on purchases.purchase (tenant_id, created_at, number);
create index purchase_customer_placed on purchases.purchase (tenant_id, customer_id, created_at, number);
create index purchase_state_placed on purchases.purchase (tenant_id, state, created_at, number);
create index purchase_gateway_placed on purchases.purchase (tenant_id, gateway_id, created_at, number);
create index purchase_gateway_state_placed on purchases.purchase (tenant_id, gateway_id, state, created_at, number);
-- what the provider calls a payment, as people paste it into the search
create index purchase_by_reference on purchases.purchase (tenant_id, ref_id) where ref_id is not null;
drop index purchases.purchase_customer;
drop index purchases.purchase_by_state;
