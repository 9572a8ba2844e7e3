-- Recipient, subject and body are encrypted under the tenant; the rest is what lists and retries need.
create table mail.message (
  tenant_id uuid not null,
  mail_id uuid not null,
  customer_id uuid,
  kind text not null,
  recipient bytea not null,
  subject bytea,
  body bytea,
  status text not null,
  attempts int not null,
  next_attempt_at timestamptz,
  failure text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (tenant_id, mail_id),
  constraint message_status check (status in ('QUEUED', 'KEPT', 'SENT', 'FAILED')),
  constraint message_kind check (kind ~ '^[a-z][a-z0-9-]{0,63}$'),
  constraint message_attempts check (attempts >= 0),
  constraint message_due check ((status = 'QUEUED') = (next_attempt_at is not null)),
  constraint message_sent check ((status = 'SENT') = (sent_at is not null)),
  -- retention removes both together, and never from what is still to be sent
  constraint message_text check ((subject is null) = (body is null) and (status <> 'QUEUED' or body is not null))
);
create index message_queue on mail.message (tenant_id, next_attempt_at, mail_id) where status = 'QUEUED';
create index message_retention on mail.message (tenant_id, created_at) where body is not null and status <> 'QUEUED';
create index message_customer on mail.message (tenant_id, customer_id);

alter table mail.message enable row level security;
alter table mail.message force row level security;
create policy tenant on mail.message using (
  tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
  and (coalesce(current_setting('app.customers', true), '') = ''
       or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
