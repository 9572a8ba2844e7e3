-- Drops events whose retention has ended; the sums of hours and days stay, and so does the ledger. Whatever the application asks
-- for, the last 35 days stay: by PostgreSQL's own clock, since this is a guard and not a decision.
create function metering.drop_events_before(day date) returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '2s'
as $$
declare
  partition text;
  dropped integer := 0;
begin
  if day > current_date - 35 then
    raise exception 'events of the last 35 days are kept' using errcode = 'invalid_parameter_value';
  end if;
  for partition in
    select c.relname
      from pg_inherits i
      join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'metering.usage_event'::regclass and c.relname ~ '^usage_event_\d{8}$'
       and c.relname < 'usage_event_' || to_char(day, 'YYYYMMDD')
     order by c.relname
  loop
    execute format('drop table metering.%I', partition);
    dropped := dropped + 1;
  end loop;
  return dropped;
end
$$;
revoke all on function metering.drop_events_before(date) from public;
grant execute on function metering.drop_events_before(date) to ${app};

-- What a day without a partition left in the default one, a tenant at a time: row-level security holds the owner too.
create function metering.delete_events_before(tenant uuid, day date) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  deleted bigint;
begin
  if day > current_date - 35 then
    raise exception 'events of the last 35 days are kept' using errcode = 'invalid_parameter_value';
  end if;
  delete from metering.usage_event_default where tenant_id = tenant and event_time < (day::text || ' 00:00:00+00')::timestamptz;
  get diagnostics deleted = row_count;
  return deleted;
end
$$;
revoke all on function metering.delete_events_before(uuid, date) from public;
grant execute on function metering.delete_events_before(uuid, date) to ${app};
