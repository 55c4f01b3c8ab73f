-- What: how a person's page and a case find rows of mandate_row.
-- Why here and not in a migration: a large load is several times as fast without them; whoever runs next makes them again.

create index if not exists mandate_row_person on public.mandate_row (person_key);
analyze public.mandate_row;
