-- What: how much is proposed now for a kind of list in a place, and how much is left out for which reason.
-- Reads: correction_proposal
-- Gives: one row per reason (null: it would be on the list), code and currency
-- Rule: D179.
-- Parameters: kind, unit_codes (null: everywhere), scheme, benefit_period (null: all)

select p.left_out, p.code, p.currency, count(*) as count, sum(p.amount) as amount
from correction_proposal p left join scheme_code s using (scheme_id)
where p.list_kind = :'kind' and (:'unit_codes'::text[] is null or p.unit_code = any (:'unit_codes'::text[])) and (:'scheme'::text is null or s.scheme = :'scheme'::text) and (:'benefit_period'::integer is null or p.benefit_period = :'benefit_period'::integer)
group by p.left_out, p.code, p.currency
order by p.left_out is not null, count(*) desc, p.left_out collate "C", p.code collate "C", p.currency collate "C";
