-- What: how many findings of each code some units have and what is at stake, one row per code × scheme × month × currency; amounts as text.
-- Reads: finding_count, finding_type, scheme_code
-- Order: the most severe codes first, then code, scheme, month.
-- Parameters: unit_codes

select f.code, t.severity, t.actor, t.title, s.scheme, to_char(f.benefit_period, 'FM0000"-"00') as benefit_period, f.currency, sum(f.finding_count)::text as count, sum(f.amount_at_stake)::text as amount_at_stake
from finding_count f join finding_type t using (code) left join scheme_code s using (scheme_id)
where f.unit_code = any (:'unit_codes'::text[])
group by f.code, t.severity, t.actor, t.title, s.scheme, f.benefit_period, f.currency
having sum(f.finding_count) <> 0
order by position(left(t.severity, 1) in 'hmli'), f.code, s.scheme collate "C" nulls last, f.benefit_period nulls last, f.currency;
