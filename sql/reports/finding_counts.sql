-- What: how many findings of each code the published run has and what is at stake, one row per code × scheme × month × currency; amounts as text.
-- Reads: finding_total, finding_type
-- Order: the most severe codes first, then code, scheme, month.

select f.code, t.severity, t.actor, t.title, s.scheme, to_char(f.benefit_period, 'FM0000"-"00') as benefit_period, f.currency, f.finding_count::text as count, f.amount_at_stake::text as amount_at_stake
from finding_total f join finding_type t using (code) left join scheme_code s using (scheme_id)
order by position(left(t.severity, 1) in 'hmli'), f.code, s.scheme collate "C" nulls last, f.benefit_period nulls last, f.currency;
