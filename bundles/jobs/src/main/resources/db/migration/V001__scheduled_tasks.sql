-- db-scheduler's own table, one row a job. It holds no tenant, no personal data and no money, so it is outside row-level
-- security. A dozen rows that change every second: no index but the key, and free space in the page, keep updates HOT.
create table jobs.scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamptz not null,
  picked boolean not null,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures int,
  last_heartbeat timestamptz,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
) with (fillfactor = 50);
