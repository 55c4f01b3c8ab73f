-- What: the open cases of a place, of one scheme and month or of all.
-- Reads: case_tally, scheme_code
-- Gives: one row per currency; amounts as text
-- Rule: what the queue shows for the same place, scheme and month: complaints too, answered ones not
-- Parameters: unit_codes (null: the whole country), scheme (null: all), benefit_period (null: all)

select t.currency, sum(t.case_count)::text as count, sum(t.amount_at_stake)::text as amount
from case_tally t left join scheme_code s using (scheme_id)
where t.is_open and (:'unit_codes'::text[] is null or t.unit_code = any (:'unit_codes'::text[]))
  and (:'scheme'::text is null or s.scheme = :'scheme'::text) and (:'benefit_period'::integer is null or t.benefit_period = :'benefit_period'::integer)
group by t.currency having sum(t.case_count) > 0
order by t.currency collate "C";
