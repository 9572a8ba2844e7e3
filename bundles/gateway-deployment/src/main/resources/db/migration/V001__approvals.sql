-- Which jars may run as gateways, by digest, on every node; rows of the platform's own tenant. Of several versions that a node
-- has, the one chosen last runs there.
create table gateway_deployment.approval (
  tenant_id      uuid        not null,
  digest         text        not null,
  symbolic_name  text        not null,
  version        text        not null,
  file           text        not null,
  approved_by    text        not null,
  approved_at    timestamptz not null,
  chosen_at      timestamptz not null,
  quarantined_at timestamptz,
  quarantine     text,
  primary key (tenant_id, digest),
  constraint approval_digest check (digest ~ '^[0-9a-f]{64}$'),
  constraint approval_quarantine check ((quarantined_at is null) = (quarantine is null))
);
alter table gateway_deployment.approval enable row level security;
alter table gateway_deployment.approval force row level security;
create policy tenant on gateway_deployment.approval
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
