-- What a session is known by to its user, who may not see its token, and where it was begun.
-- The default fills the rows that there are, which nobody may update under the policies; afterwards the id comes with the row.
alter table identity.session
  add column session_id uuid not null default gen_random_uuid(),
  add column agent text,
  add column address text;
alter table identity.session alter column session_id drop default;
alter table identity.session add constraint session_known_by unique (tenant_id, session_id);
alter table identity.session add constraint session_agent check (length(agent) <= 300 and length(address) <= 60);

-- The second step of signing in. Until it is confirmed by a code it is asked for nowhere.
create table identity.second_factor (
  tenant_id uuid not null,
  user_id uuid not null,
  customer_id uuid,
  sealed bytea not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  -- the step of the last code that was taken: no code counts twice
  last_step bigint not null,
  failures integer not null,
  next_at timestamptz not null,
  primary key (tenant_id, user_id),
  constraint second_factor_failures check (failures >= 0),
  constraint second_factor_user foreign key (tenant_id, user_id)
    references identity.app_user (tenant_id, user_id) on delete cascade
);

-- Codes for who has lost the device, as keyed hashes; a code that was used is deleted.
create table identity.recovery_code (
  tenant_id uuid not null,
  user_id uuid not null,
  customer_id uuid,
  code_hash bytea not null,
  primary key (tenant_id, user_id, code_hash),
  constraint recovery_code_factor foreign key (tenant_id, user_id)
    references identity.second_factor (tenant_id, user_id) on delete cascade
);

alter table identity.second_factor enable row level security;
alter table identity.second_factor force row level security;
alter table identity.recovery_code enable row level security;
alter table identity.recovery_code force row level security;
create policy tenant on identity.second_factor
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
create policy tenant on identity.recovery_code
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
