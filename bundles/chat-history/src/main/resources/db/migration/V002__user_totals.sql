-- exact counts of each user's chats: the columns of the list of users
create table chat_history.user_total (
  tenant_id uuid not null,
  user_id uuid not null,
  customer_id uuid not null,
  threads bigint not null check (threads >= 0),
  messages bigint not null check (messages >= 0),
  primary key (tenant_id, user_id)
) with (fillfactor = 50);
create index user_total_of_customer on chat_history.user_total (tenant_id, customer_id);

alter table chat_history.thread no force row level security;
insert into chat_history.user_total (tenant_id, user_id, customer_id, threads, messages)
select tenant_id, user_id, (array_agg(customer_id))[1], count(*), sum(messages)
  from chat_history.thread where user_id is not null group by tenant_id, user_id;
alter table chat_history.thread force row level security;

alter table chat_history.user_total enable row level security;
alter table chat_history.user_total force row level security;
create policy tenant on chat_history.user_total using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
    or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
