-- What a payer shows as proof of a deposit: never changed, sealed for the tenant, and shown only as a file to be saved.
create table purchases.slip (
  tenant_id   uuid        not null,
  purchase_id uuid        not null,
  number      integer     not null,
  customer_id uuid        not null,
  file_name   text        not null,
  media_type  text        not null,
  bytes       integer     not null,
  content     bytea       not null,
  note        text,
  claimed_by  text        not null,
  claimed_by_name text    not null,
  claimed_at  timestamptz not null,
  primary key (tenant_id, purchase_id, number),
  constraint slip_media_type check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
  constraint slip_number check (number > 0),
  constraint slip_bytes check (bytes between 1 and 5242880)
);
alter table purchases.slip
  add constraint slip_purchase foreign key (tenant_id, purchase_id) references purchases.purchase (tenant_id, purchase_id);
create index slip_of_customer on purchases.slip (tenant_id, customer_id);
alter table purchases.slip alter column content set storage external;
alter table purchases.slip enable row level security;
alter table purchases.slip force row level security;
create policy tenant on purchases.slip
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
revoke update on purchases.slip from ${app};
