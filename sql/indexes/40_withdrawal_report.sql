-- What: how an increment, and a person's page, finds rows of withdrawal_report.
-- Why here and not in a migration: a large load is several times as fast without them; whoever runs next makes them again.

create index if not exists withdrawal_report_reference on public.withdrawal_report (reference_key);
