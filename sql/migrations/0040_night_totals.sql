-- What: what each published result came to is read by those alone who see the whole country.
-- Why: sums over all units are a country's; an administrator and whoever works for one province see none elsewhere either (0021).
-- Source: contract 9.10, promise R14

drop policy for_overseers on run_total;
create policy of_the_country on run_total for select to tantay_desk using ((select desk_sees_all()));
