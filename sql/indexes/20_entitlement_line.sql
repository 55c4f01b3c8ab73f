-- What: how an increment, and a person's page, finds rows of entitlement_line.
-- Why here and not in a migration: a large load is several times as fast without them; whoever runs next makes them again.

create index if not exists entitlement_line_person on public.entitlement_line (person_key);
create index if not exists entitlement_line_account on public.entitlement_line (account_key);
