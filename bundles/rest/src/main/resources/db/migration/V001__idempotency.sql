-- Which POSTs were done, so that a retry is answered from the resource. Hashes and ids only: no text of any request or answer.
create table rest.idempotency (
  tenant_id uuid not null,
  key_hash bytea not null,
  body_hash bytea not null,
  resource_id text not null,
  created_at timestamptz not null,
  constraint idempotency_key primary key (tenant_id, key_hash)
);
create index idempotency_age on rest.idempotency (tenant_id, created_at);
alter table rest.idempotency enable row level security;
alter table rest.idempotency force row level security;
create policy tenant on rest.idempotency
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
