-- What: how an increment, a person's page and a commune's find rows of this half of the clocks.
-- Why here and not in a migration: a full run is several times as fast without them; whoever runs next makes them again.

create index if not exists entitlement_clock_even_person on public.entitlement_clock_even (person_key);
create index if not exists entitlement_clock_even_unit on public.entitlement_clock_even (unit_code);
analyze public.entitlement_clock_even;
