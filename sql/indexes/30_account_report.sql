-- What: how an increment, and a person's page, finds rows of account_report.
-- Why here and not in a migration: a large load is several times as fast without them; whoever runs next makes them again.

create index if not exists account_report_person on public.account_report (person_key);
create index if not exists account_report_account on public.account_report (account_key);
