-- A tenant sees its members by the name that it gave them: what they are called elsewhere is not its business.
alter table identity.membership add column first_name text, add column last_name text;
-- memberships live under the platform's tenant, and the policies hold the owner too
set local app.tenant = '00000000-0000-7000-8000-000000000000';
update identity.membership m set first_name = u.first_name, last_name = u.last_name
  from identity.app_user u where u.tenant_id = m.tenant_id and u.user_id = m.user_id;
alter table identity.membership alter column first_name set not null, alter column last_name set not null;
