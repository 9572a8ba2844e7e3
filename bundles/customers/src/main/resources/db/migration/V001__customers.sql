-- pg_trgm and btree_gin must be in schema public already: the owner of the schemas may not create extensions everywhere.
create table customers.customer (
  tenant_id uuid not null,
  customer_id uuid not null,
  parent_id uuid,
  name text not null,
  -- the name without case, accents, punctuation and legal form: what two entries for one company have in common
  likeness text not null,
  -- the address of the customer's admin, a copy for the search alone: the list shows what identity says
  email text,
  website text,
  phone text,
  country text,
  line1 text,
  line2 text,
  city text,
  state text,
  postal_code text,
  description text,
  notes text,
  contact_name text,
  contact_phone text,
  contact_email text,
  contact_address text,
  status text not null,
  status_reason text,
  suspended_by text,
  deleted_at timestamptz,
  erase_after timestamptz,
  erased_at timestamptz,
  version bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  name_key text collate "C" generated always as (lower(name)) stored,
  search text collate "C" generated always as (lower(name) || ' ' || coalesce(lower(email), '')) stored,
  primary key (tenant_id, customer_id),
  constraint customer_name check (name <> ''),
  constraint customer_country check (country ~ '^[A-Z]{2}$'),
  constraint customer_status check (status in ('ACTIVE', 'INACTIVE', 'SUSPENDED', 'DELETED')),
  constraint customer_suspended_by check ((status = 'SUSPENDED') = (suspended_by is not null) and suspended_by in ('PERSON', 'DUNNING')),
  constraint customer_deleted check ((status = 'DELETED') = (deleted_at is not null) and (deleted_at is null) = (erase_after is null)),
  constraint customer_erased check (erased_at is null or status = 'DELETED'),
  constraint customer_own_parent check (parent_id <> customer_id)
);
alter table customers.customer
  add constraint customer_parent foreign key (tenant_id, parent_id) references customers.customer (tenant_id, customer_id);

-- the list by name; the list by registration walks the primary key, whose UUIDs begin with the time
create index customer_by_name on customers.customer (tenant_id, name_key, customer_id);
create index customer_by_likeness on customers.customer (tenant_id, likeness);
create index customer_by_parent on customers.customer (tenant_id, parent_id) where parent_id is not null;
create index customer_to_erase on customers.customer (tenant_id, erase_after) where erase_after is not null;
create index customer_search on customers.customer using gin (tenant_id public.uuid_ops, search public.gin_trgm_ops);

alter table customers.customer enable row level security;
alter table customers.customer force row level security;
create policy tenant on customers.customer
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
-- LIKE is not leakproof: under a policy that looks at the row PostgreSQL tests the policy first and leaves the trigram
-- index alone. The search below runs as the owner, whom this policy lets read, and holds tenant and customers itself.
create policy search on customers.customer for select to ${owner} using (true);

create table customers.customer_workspace (
  tenant_id uuid not null,
  customer_id uuid not null,
  workspace_id uuid not null,
  primary key (tenant_id, customer_id, workspace_id)
);
alter table customers.customer_workspace
  add constraint customer_workspace_customer foreign key (tenant_id, customer_id) references customers.customer (tenant_id, customer_id);
create index customer_workspace_by_workspace on customers.customer_workspace (tenant_id, workspace_id);
alter table customers.customer_workspace enable row level security;
alter table customers.customer_workspace force row level security;
create policy tenant on customers.customer_workspace
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

-- which capabilities have erased what they kept of a customer; one that comes back later still finds its work
create table customers.erased_part (
  tenant_id uuid not null,
  customer_id uuid not null,
  part text not null,
  erased_at timestamptz not null,
  primary key (tenant_id, customer_id, part)
);
alter table customers.erased_part
  add constraint erased_part_customer foreign key (tenant_id, customer_id) references customers.customer (tenant_id, customer_id);
alter table customers.erased_part enable row level security;
alter table customers.erased_part force row level security;
create policy tenant on customers.erased_part
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

-- Ids of customers whose name or e-mail contains a text, one page in the order asked for. Tenant and customers are those of
-- the transaction, whatever the caller passes; EXECUTE plans each pattern anew, since a common one and a rare one want other plans.
create function customers.matching(
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
    when 'registered' then ' and customer_id < $6 order by customer_id desc' end;
  return query execute
    'select customer_id from customers.customer where tenant_id = $1 and ($2 is null or customer_id = any ($2))'
    || ' and search like $3 and status = any ($4) and erased_at is null' || place || ' limit $7'
    using tenant, own, lower(pattern), statuses, after_name, after_id, most;
end $$;
revoke all on function customers.matching(text, text[], text, text, uuid, integer) from public;
grant execute on function customers.matching(text, text[], text, text, uuid, integer) to ${app};
