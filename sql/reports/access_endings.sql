-- What: how many beneficiaries of a month lose, or have lost, what lets them receive: a payee's mandate, or a number of nine digits that no bank takes any more.
-- Reads: published_clock, finding
-- Gives: one row per unit and cause: mandate_expired, mandate_expiring, nine_digits; counts are people
-- Rule: D31, D35; identity cards of nine digits ended on 31 December 2024
-- Parameters: benefit_period, unit_codes (null: everywhere)

with people as materialized (
  select person_key, unit_code from published_clock
  where benefit_period = :'benefit_period'::integer and is_first_of_month and (:'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[]))
), ending as (
  select distinct person_key, code from finding where code in ('mandate_expired', 'mandate_expiring') and benefit_period = :'benefit_period'::integer
)
select p.unit_code, e.code as cause, count(*)::text as people from people p join ending e using (person_key) group by 1, 2
union all
select unit_code, 'nine_digits', count(*)::text from people where person_key >= 1000000000000 and person_key < 1001000000000 group by 1
order by 1, 2;
