create table chat_history.thread (
  tenant_id uuid not null,
  thread_id uuid not null,
  customer_id uuid not null,
  user_id uuid,
  workspace_id uuid,
  agent text not null check (char_length(agent) between 1 and 200),
  external_id text check (char_length(external_id) between 1 and 200),
  status text not null check (status in ('OPEN', 'CLOSED')),
  last_seq bigint not null default 0 check (last_seq >= 0),
  messages bigint not null default 0,
  latest_role text,
  latest_excerpt text check (char_length(latest_excerpt) <= 200),
  latest_at timestamptz,
  -- the time of the latest message, or of the opening: what lists are sorted by
  active_at timestamptz not null,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null default 1,
  search text generated always as (lower(agent) || ' ' || lower(coalesce(external_id, ''))) stored,
  primary key (tenant_id, thread_id),
  -- threads without an external id are never the same one: nulls are distinct
  constraint thread_external_id unique (tenant_id, customer_id, external_id),
  constraint thread_messages check (messages between 0 and last_seq),
  constraint thread_latest check (
    (latest_role is null) = (latest_at is null) and (latest_excerpt is null) = (latest_at is null)
    and (latest_at is null) = (messages = 0))
);
create index thread_by_customer on chat_history.thread (tenant_id, customer_id, active_at, thread_id);
create index thread_by_activity on chat_history.thread (tenant_id, active_at, thread_id);

create table chat_history.message (
  tenant_id uuid not null,
  thread_id uuid not null,
  seq bigint not null check (seq > 0),
  message_id uuid not null,
  customer_id uuid not null,
  role text not null check (role in ('USER', 'ASSISTANT', 'SYSTEM', 'TOOL')),
  content text not null check (octet_length(content) between 1 and 65536),
  external_id text check (char_length(external_id) between 1 and 200),
  metadata jsonb check (jsonb_typeof(metadata) = 'object'),
  created_at timestamptz not null,
  primary key (tenant_id, thread_id, seq),
  constraint message_id unique (tenant_id, thread_id, message_id),
  constraint message_external_id unique (tenant_id, thread_id, external_id)
);
alter table chat_history.message add constraint message_thread
  foreign key (tenant_id, thread_id) references chat_history.thread (tenant_id, thread_id);

-- exact counts of what is there: the columns of the customer list
create table chat_history.customer_total (
  tenant_id uuid not null,
  customer_id uuid not null,
  threads bigint not null check (threads >= 0),
  messages bigint not null check (messages >= 0),
  primary key (tenant_id, customer_id)
) with (fillfactor = 50);

-- what happened on a day (UTC): numbers for reports, which outlive the erased chats
create table chat_history.customer_day (
  tenant_id uuid not null,
  customer_id uuid not null,
  day date not null,
  threads bigint not null check (threads >= 0),
  messages bigint not null check (messages >= 0),
  primary key (tenant_id, customer_id, day)
) with (fillfactor = 50);
create index customer_day_by_day on chat_history.customer_day (tenant_id, day);

-- in which hour somebody last read what is in a thread: an hour's reading is one line of the audit log
create table chat_history.reading (
  tenant_id uuid not null,
  subject text not null,
  reader text not null,
  hour timestamptz not null,
  primary key (tenant_id, subject, reader)
);

alter table chat_history.thread enable row level security;
alter table chat_history.thread force row level security;
alter table chat_history.message enable row level security;
alter table chat_history.message force row level security;
alter table chat_history.customer_total enable row level security;
alter table chat_history.customer_total force row level security;
alter table chat_history.customer_day enable row level security;
alter table chat_history.customer_day force row level security;
alter table chat_history.reading enable row level security;
alter table chat_history.reading force row level security;

create policy tenant on chat_history.thread using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
create policy tenant on chat_history.message using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
create policy tenant on chat_history.customer_total using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
create policy tenant on chat_history.customer_day using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
create policy tenant on chat_history.reading using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

-- what was said stays as it was said; only the erasure of a customer deletes it
revoke update on chat_history.message from ${app};
revoke delete on chat_history.customer_day from ${app};

create view chat_history.report_activity_day with (security_invoker = true) as
  select tenant_id, customer_id, day, threads, messages from chat_history.customer_day;
