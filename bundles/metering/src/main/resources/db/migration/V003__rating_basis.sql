-- what each charge was computed from, so that it can be computed again; null for what was counted before this was kept
alter table metering.usage_event
  add column plan_id uuid,
  add column plan_number integer,
  add column cycle_from timestamptz,
  add column quantity_before numeric(20,6),
  add column charged_before numeric(20,6),
  add column cost_per_unit numeric(28,12);
