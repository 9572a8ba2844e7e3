-- a day's events lie in a partition of their own; what falls on a day without one lies in the default partition
create table metering.usage_event (
  tenant_id uuid not null,
  customer_id uuid not null,
  meter_id uuid not null,
  event_id uuid not null,
  event_time timestamptz not null,
  source text not null,
  source_id text not null,
  quantity numeric(20,6) not null,
  charge numeric(20,6) not null,
  cost numeric(20,6) not null,
  attributes jsonb,
  posting_key uuid,                                   -- of the ledger entry that charged it; null when nothing was posted
  received_at timestamptz not null,
  constraint usage_event_pk primary key (tenant_id, customer_id, event_time, event_id)
) partition by range (event_time);
create table metering.usage_event_default partition of metering.usage_event default;

-- which events were received, by day of receipt: the event key is a hash of source and id
create table metering.event_seen (
  tenant_id uuid not null,
  event_key uuid not null,
  day date not null,
  customer_id uuid not null,
  event_id uuid not null,
  event_time timestamptz not null,
  constraint event_seen_pk primary key (tenant_id, event_key, day)
) partition by list (day);
create table metering.event_seen_default partition of metering.event_seen default;

create table metering.usage_hour (
  tenant_id uuid not null,
  customer_id uuid not null,
  hour timestamptz not null,
  meter_id uuid not null,
  events bigint not null,
  quantity numeric(26,6) not null,
  charge numeric(26,6) not null,
  cost numeric(26,6) not null,
  constraint usage_hour_pk primary key (tenant_id, customer_id, hour, meter_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

create table metering.usage_customer_day (
  tenant_id uuid not null,
  customer_id uuid not null,
  day date not null,
  meter_id uuid not null,
  events bigint not null,
  quantity numeric(26,6) not null,
  charge numeric(26,6) not null,
  cost numeric(26,6) not null,
  constraint usage_customer_day_pk primary key (tenant_id, customer_id, day, meter_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
create index usage_customer_day_by_day on metering.usage_customer_day (tenant_id, day);
create index usage_hour_by_hour on metering.usage_hour (tenant_id, hour);

alter table metering.usage_event enable row level security;
alter table metering.usage_event force row level security;
create policy tenant on metering.usage_event using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table metering.usage_event_default enable row level security;
alter table metering.usage_event_default force row level security;
create policy tenant on metering.usage_event_default using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table metering.event_seen enable row level security;
alter table metering.event_seen force row level security;
create policy tenant on metering.event_seen using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table metering.event_seen_default enable row level security;
alter table metering.event_seen_default force row level security;
create policy tenant on metering.event_seen_default using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table metering.usage_hour enable row level security;
alter table metering.usage_hour force row level security;
create policy tenant on metering.usage_hour using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
alter table metering.usage_customer_day enable row level security;
alter table metering.usage_customer_day force row level security;
create policy tenant on metering.usage_customer_day using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));

revoke update, delete on metering.usage_event from ${app};
revoke update on metering.event_seen from ${app};
revoke delete on metering.usage_hour, metering.usage_customer_day from ${app};
-- partitions are reached through their parents alone
revoke all on metering.usage_event_default, metering.event_seen_default from ${app};

-- The application owns nothing, so the owner lends it these two: they make and drop partitions of these two tables, and
-- nothing else. Whoever would wait longer than two seconds for a lock gives up; the job comes again.
create function metering.make_partition(parent text, day date) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '2s'
as $$
declare
  partition text := parent || '_' || to_char(day, 'YYYYMMDD');
  bounds text := case parent
    when 'usage_event' then format('for values from (%L) to (%L)', day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00')
    when 'event_seen' then format('for values in (%L)', day)
  end;
begin
  if bounds is null or day not between date '2000-01-01' and date '2999-12-31' then
    raise exception 'not a partition of metering: % %', parent, day using errcode = 'invalid_parameter_value';
  end if;
  if to_regclass('metering.' || partition) is not null then
    return false;
  end if;
  -- two nodes take turns
  execute format('lock table metering.%I in share update exclusive mode', parent);
  if to_regclass('metering.' || partition) is not null then
    return false;
  end if;
  execute format('create table metering.%I (like metering.%I including all)', partition, parent);
  execute format('alter table metering.%I enable row level security', partition);
  execute format('alter table metering.%I force row level security', partition);
  execute format($policy$create policy tenant on metering.%I using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])))$policy$, partition);
  execute format('revoke all on metering.%I from ${app}', partition);
  execute format('alter table metering.%I attach partition metering.%I %s', parent, partition, bounds);
  return true;
exception
  when check_violation then
    -- the default partition holds rows of that day, so it keeps the day
    return false;
end
$$;

create function metering.drop_seen_before(day date) returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '2s'
as $$
declare
  partition text;
  dropped integer := 0;
begin
  for partition in
    select c.relname
      from pg_inherits i
      join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'metering.event_seen'::regclass and c.relname ~ '^event_seen_\d{8}$'
       and c.relname < 'event_seen_' || to_char(day, 'YYYYMMDD')
     order by c.relname
  loop
    execute format('drop table metering.%I', partition);
    dropped := dropped + 1;
  end loop;
  return dropped;
end
$$;

revoke all on function metering.make_partition(text, date) from public;
revoke all on function metering.drop_seen_before(date) from public;
grant execute on function metering.make_partition(text, date) to ${app};
grant execute on function metering.drop_seen_before(date) to ${app};

-- what reporting reads
create view metering.usage_report_hour with (security_invoker = true) as
select tenant_id, customer_id, meter_id, hour, events, quantity, charge, cost from metering.usage_hour;

create view metering.usage_report_day with (security_invoker = true) as
select tenant_id, customer_id, meter_id, day, events, quantity, charge, cost from metering.usage_customer_day;

create view metering.usage_report_tenant_day with (security_invoker = true) as
select tenant_id, meter_id, day, sum(events)::bigint as events, sum(quantity) as quantity, sum(charge) as charge,
       sum(cost) as cost
  from metering.usage_customer_day
 group by tenant_id, meter_id, day;
