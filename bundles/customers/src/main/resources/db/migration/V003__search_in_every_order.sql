-- the same as before, in four orders: by registration and by name, up and down
create or replace function customers.matching(
  pattern text, statuses text[], sort text, after_name text, after_id uuid, most integer)
returns setof uuid language plpgsql stable security definer rows 200
set search_path = pg_catalog, public as $$
declare
  tenant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
  own uuid[] := string_to_array(nullif(current_setting('app.customers', true), ''), ',')::uuid[];
  place text;
begin
  place := case sort
    when 'name' then ' and (name_key, customer_id) > ($5 collate "C", $6) order by name_key, customer_id'
    when '-name' then ' and (name_key, customer_id) < ($5 collate "C", $6) order by name_key desc, customer_id desc'
    when 'registered' then ' and customer_id > $6 order by customer_id'
    when '-registered' then ' and customer_id < $6 order by customer_id desc' end;
  return query execute
    'select customer_id from customers.customer where tenant_id = $1 and ($2 is null or customer_id = any ($2))'
    || ' and search like $3 and status = any ($4) and erased_at is null' || place || ' limit $7'
    using tenant, own, lower(pattern), statuses, after_name, after_id, most;
end $$;
