create table probe.note (
  tenant_id uuid not null,
  note_id uuid not null,
  customer_id uuid not null,
  text text not null,
  constraint note_pkey primary key (tenant_id, note_id)
);
alter table probe.note enable row level security;
alter table probe.note force row level security;
create policy tenant on probe.note
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
