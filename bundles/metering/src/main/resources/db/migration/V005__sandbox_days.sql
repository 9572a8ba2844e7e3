-- A sandbox's clock may be ahead, and its events then lie in the default partition. When the day comes they move into the day's own,
-- so that nobody else's events have to stay in the default one because of them.
create or replace function metering.make_partition(parent text, day date) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '2s'
as $$
declare
  partition text := parent || '_' || to_char(day, 'YYYYMMDD');
  rest text := parent || '_default';
  bounds text := case parent
    when 'usage_event' then format('for values from (%L) to (%L)', day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00')
    when 'event_seen' then format('for values in (%L)', day)
  end;
  within text := case parent
    when 'usage_event' then format('event_time >= %L and event_time < %L', day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00')
    when 'event_seen' then format('day = %L', day)
  end;
  attach text;
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
  attach := format('alter table metering.%I attach partition metering.%I %s', parent, partition, bounds);
  begin
    execute attach;
  exception
    when check_violation then
      -- under FORCE not even the owner sees the rows; to attach has locked both tables against everybody else anyway
      execute format('alter table metering.%I no force row level security', rest);
      execute format('alter table metering.%I no force row level security', partition);
      execute format('with moved as (delete from metering.%I where %s returning *) insert into metering.%I select * from moved',
        rest, within, partition);
      execute format('alter table metering.%I force row level security', partition);
      execute format('alter table metering.%I force row level security', rest);
      execute attach;
  end;
  return true;
end
$$;
