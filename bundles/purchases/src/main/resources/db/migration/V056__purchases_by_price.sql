-- Who finds 450.00 on a bank statement looks for the purchases of just that price. There are few prices and many purchases of each, so
-- that a page of them goes by the list's order too, with and without a state.
create index purchase_price_placed on purchases.purchase (tenant_id, price_currency, price_minor, created_at, number);
create index purchase_state_price_placed
  on purchases.purchase (tenant_id, state, price_currency, price_minor, created_at, number);
