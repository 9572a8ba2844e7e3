-- Open pages ask for what was touched last.
create index purchase_touched on purchases.purchase (tenant_id, updated_at, purchase_id);
