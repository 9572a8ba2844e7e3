-- The customers of a country, in both orders of the list. Those of a period are a range of the primary key.
create index customer_by_country on customers.customer (tenant_id, country, customer_id) where erased_at is null;
create index customer_by_country_and_name on customers.customer (tenant_id, country, name_key, customer_id) where erased_at is null;

-- The search among those of a country and of a period; null: of any, at any time. The ids from first_id to last_id are all that
-- the period can have, so that a common text in an order by registration begins where the period does.
create function customers.matching(
  pattern text, statuses text[], in_country text, since timestamptz, until timestamptz, first_id uuid, last_id uuid,
  sort text, after_name text, after_id uuid, most integer)
returns setof uuid language plpgsql stable security definer rows 200
set search_path = pg_catalog, public as $$
declare
  tenant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
  own uuid[] := string_to_array(nullif(current_setting('app.customers', true), ''), ',')::uuid[];
  narrow text := '';
  place text;
begin
  if in_country is not null then
    narrow := ' and country = $8';
  end if;
  if since is not null and until is not null then
    narrow := narrow || ' and created_at >= $9 and created_at < $10 and customer_id between $11 and $12';
  end if;
  place := case sort
    when 'name' then ' and (name_key, customer_id) > ($5 collate "C", $6) order by name_key, customer_id'
    when '-name' then ' and (name_key, customer_id) < ($5 collate "C", $6) order by name_key desc, customer_id desc'
    when 'registered' then ' and customer_id > $6 order by customer_id'
    when '-registered' then ' and customer_id < $6 order by customer_id desc' end;
  return query execute
    'select customer_id from customers.customer where tenant_id = $1 and ($2 is null or customer_id = any ($2))'
    || ' and search like $3 and status = any ($4) and erased_at is null' || narrow || place || ' limit $7'
    using tenant, own, lower(pattern), statuses, after_name, after_id, most, in_country, since, until, first_id, last_id;
end $$;
revoke all on function customers.matching(text, text[], text, timestamptz, timestamptz, uuid, uuid, text, text, uuid, integer) from public;
grant execute on function customers.matching(text, text[], text, timestamptz, timestamptz, uuid, uuid, text, text, uuid, integer) to ${app};

-- for nodes that still run what was there before; what searches as the owner is the one above alone
create or replace function customers.matching(
  pattern text, statuses text[], sort text, after_name text, after_id uuid, most integer)
returns setof uuid language sql stable security invoker rows 200 as $$
  select customers.matching(pattern, statuses, null, null, null, null, null, sort, after_name, after_id, most)
$$;
