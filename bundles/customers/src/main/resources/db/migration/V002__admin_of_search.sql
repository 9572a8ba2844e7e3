-- whose address customer.email copies, so that a change of it is known from a change of another user's
alter table customers.customer add column admin_id uuid;
