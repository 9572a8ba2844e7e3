-- Users, what they sign in with, and the record of what was done.
-- Platform users, platform keys and memberships live under the platform's reserved tenant.

create table identity.permission_set (
  tenant_id uuid not null,
  permission_set_id uuid not null,
  customer_id uuid,
  name text not null,
  permissions text[] not null,
  created_at timestamptz not null,
  version bigint not null,
  primary key (tenant_id, permission_set_id),
  constraint permission_set_name unique nulls not distinct (tenant_id, customer_id, name)
);

create table identity.app_user (
  tenant_id uuid not null,
  user_id uuid not null,
  customer_id uuid,
  email text not null,
  -- addresses are ASCII, so lower-casing them is the same in every locale but a Turkish one, which "C" rules out
  email_key text collate "C" generated always as (lower(email collate "C")) stored,
  pending_email text,
  first_name text not null,
  last_name text not null,
  role text not null,
  access text not null,
  permission_set_id uuid,
  status text not null,
  password_hash text,
  must_change_password boolean not null,
  -- when the address was shown to be the user's, by a link mailed to it, or the platform vouched for it
  email_verified_at timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  version bigint not null,
  primary key (tenant_id, user_id),
  constraint app_user_email unique (tenant_id, email_key),
  constraint app_user_role check (role in ('PLATFORM_ADMIN', 'STAFF', 'CUSTOMER_ADMIN', 'MEMBER')),
  constraint app_user_customer check ((customer_id is not null) = (role in ('CUSTOMER_ADMIN', 'MEMBER'))),
  constraint app_user_access check (access in ('FULL', 'READ_ONLY', 'LIMITED', 'CUSTOM')),
  constraint app_user_set check ((permission_set_id is not null) = (access = 'CUSTOM')),
  constraint app_user_status check (status in ('ACTIVE', 'DISABLED')),
  constraint app_user_permission_set foreign key (tenant_id, permission_set_id)
    references identity.permission_set (tenant_id, permission_set_id)
);
create index app_user_of_customer on identity.app_user (tenant_id, customer_id, user_id);

create table identity.membership (
  tenant_id uuid not null,
  member_of uuid not null,
  user_id uuid not null,
  permissions text[] not null,
  created_at timestamptz not null,
  primary key (tenant_id, member_of, user_id),
  constraint membership_user foreign key (tenant_id, user_id)
    references identity.app_user (tenant_id, user_id) on delete cascade
);
create index membership_of_user on identity.membership (tenant_id, user_id);

create table identity.session (
  tenant_id uuid not null,
  token_hash bytea not null,
  user_id uuid not null,
  customer_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (tenant_id, token_hash),
  constraint session_bounded check (expires_at <= ends_at),
  constraint session_belongs_to_user foreign key (tenant_id, user_id)
    references identity.app_user (tenant_id, user_id) on delete cascade
);
create index session_of_user on identity.session (tenant_id, user_id);
create index session_of_customer on identity.session (tenant_id, customer_id);

create table identity.api_key (
  tenant_id uuid not null,
  api_key_id uuid not null,
  token_hash bytea not null,
  hint text not null,
  customer_id uuid,
  name text not null,
  permissions text[] not null,
  created_by text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  version bigint not null,
  primary key (tenant_id, api_key_id),
  constraint api_key_hash unique (tenant_id, token_hash)
);

create table identity.one_time_link (
  tenant_id uuid not null,
  token_hash bytea not null,
  user_id uuid not null,
  customer_id uuid,
  purpose text not null,
  email text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, token_hash),
  constraint one_time_link_purpose check (purpose in ('WELCOME', 'PASSWORD_RESET', 'EMAIL_CHANGE')),
  constraint one_time_link_email check ((email is not null) = (purpose = 'EMAIL_CHANGE')),
  constraint one_time_link_user foreign key (tenant_id, user_id)
    references identity.app_user (tenant_id, user_id) on delete cascade
);
create index one_time_link_of_user on identity.one_time_link (tenant_id, user_id, created_at);

-- Asked for, not yet answered: written for known and unknown addresses alike, so that both take the same time.
create table identity.password_reset (
  tenant_id uuid not null,
  password_reset_id uuid not null,
  email text not null,
  created_at timestamptz not null,
  primary key (tenant_id, password_reset_id)
);

-- The key is a keyed hash of an account, an address or both: no address is readable here.
create table identity.sign_in_throttle (
  tenant_id uuid not null,
  throttle_key bytea not null,
  failures integer not null,
  window_from timestamptz not null,
  next_at timestamptz not null,
  known_until timestamptz,
  primary key (tenant_id, throttle_key)
);

-- What a customer's audit texts are sealed with; destroying it makes them unreadable.
create table identity.customer_key (
  tenant_id uuid not null,
  customer_id uuid not null,
  sealed bytea,
  created_at timestamptz not null,
  destroyed_at timestamptz,
  primary key (tenant_id, customer_id),
  constraint customer_key_destroyed check ((sealed is null) = (destroyed_at is not null))
);

create table identity.audit_entry (
  tenant_id uuid not null,
  audit_entry_id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text,
  action text not null,
  subject text not null,
  customer_id uuid,
  state_before json,
  state_after json,
  sealed_before bytea,
  sealed_after bytea,
  primary key (tenant_id, audit_entry_id),
  constraint audit_entry_actor check (actor_kind in ('USER', 'API_KEY', 'OPERATOR', 'SYSTEM')),
  constraint audit_entry_sealed check (customer_id is null or state_before is null and state_after is null)
);
create index audit_entry_of_subject on identity.audit_entry (tenant_id, subject, audit_entry_id);
create index audit_entry_of_customer on identity.audit_entry (tenant_id, customer_id, audit_entry_id);

-- Entries are chained after their commit, so that writers never wait for each other; what is not chained yet waits here.
create table identity.audit_unchained (
  tenant_id uuid not null,
  audit_entry_id uuid not null,
  primary key (tenant_id, audit_entry_id)
);

create table identity.audit_chain (
  tenant_id uuid not null,
  seq bigint not null,
  audit_entry_id uuid not null,
  hash bytea not null,
  primary key (tenant_id, seq),
  constraint audit_chain_entry unique (tenant_id, audit_entry_id)
);

revoke update, delete on identity.audit_entry from ${app};
revoke update, delete on identity.audit_chain from ${app};
revoke delete on identity.customer_key from ${app};

alter table identity.permission_set enable row level security;
alter table identity.permission_set force row level security;
alter table identity.app_user enable row level security;
alter table identity.app_user force row level security;
alter table identity.membership enable row level security;
alter table identity.membership force row level security;
alter table identity.session enable row level security;
alter table identity.session force row level security;
alter table identity.api_key enable row level security;
alter table identity.api_key force row level security;
alter table identity.one_time_link enable row level security;
alter table identity.one_time_link force row level security;
alter table identity.password_reset enable row level security;
alter table identity.password_reset force row level security;
alter table identity.sign_in_throttle enable row level security;
alter table identity.sign_in_throttle force row level security;
alter table identity.customer_key enable row level security;
alter table identity.customer_key force row level security;
alter table identity.audit_entry enable row level security;
alter table identity.audit_entry force row level security;
alter table identity.audit_unchained enable row level security;
alter table identity.audit_unchained force row level security;
alter table identity.audit_chain enable row level security;
alter table identity.audit_chain force row level security;

create policy tenant on identity.permission_set
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
-- a tenant's own sets are for all of its customers to read and to give
create policy tenant_wide on identity.permission_set for select
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and customer_id is null);
create policy tenant on identity.app_user
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
create policy tenant on identity.membership
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy tenant on identity.session
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
create policy tenant on identity.api_key
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
create policy tenant on identity.one_time_link
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
create policy tenant on identity.password_reset
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy tenant on identity.sign_in_throttle
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy tenant on identity.customer_key
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
create policy tenant on identity.audit_entry
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and (coalesce(current_setting('app.customers', true), '') = ''
      or customer_id = any (string_to_array(current_setting('app.customers', true), ',')::uuid[])));
create policy tenant on identity.audit_unchained
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
create policy tenant on identity.audit_chain
  using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
