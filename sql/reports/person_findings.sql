-- What: the findings about one beneficiary, and about the accounts that lists name for it.
-- Reads: finding, finding_type
-- Gives: one row per finding, in the order of the list
-- Parameters: person_keys (the beneficiary's, and for each account −1 − account_key)

select f.finding_id, f.code, t.severity, t.title, s.scheme, to_char(f.benefit_period, 'FM0000"-"00') as benefit_period, f.amount_at_stake::text as amount_at_stake, f.currency
from finding f join finding_type t using (code) left join scheme_code s using (scheme_id)
where f.person_key = any (:'person_keys'::bigint[])
order by f.severity_rank desc, f.amount_at_stake desc, f.finding_id desc
limit 200;
