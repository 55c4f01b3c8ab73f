-- What: how an increment, and a person's page, finds rows of payment_report.
-- Why here and not in a migration: a large load is several times as fast without them; whoever runs next makes them again.

create index if not exists payment_report_person on public.payment_report (person_key);
create index if not exists payment_report_account on public.payment_report (account_key);
create index if not exists payment_report_reference on public.payment_report (reference_key);
