-- What: how a person's page finds the other id of a person, and the name where no list has one.
-- Why here and not in a migration: a large load is several times as fast without them; whoever runs next makes them again.

create index if not exists register_row_person on public.register_row (person_key);
create index if not exists register_row_previous on public.register_row (previous_key) where previous_key is not null;
