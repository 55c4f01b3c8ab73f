-- What: the bridge of the published run, one row per scheme × month × currency; amounts as text.
-- Order: scheme, month; unmatched money that states neither comes last.

select s.scheme, to_char(b.benefit_period, 'FM0000"-"00') as benefit_period, b.currency, b.due_amount::text as due, b.to_due_amount::text as to_due, b.carried_out_amount::text as carried_out, b.carried_in_amount::text as carried_in,
  b.shortfall, b.excess_over_amount::text as excess_over, b.excess_twice_amount::text as excess_twice, b.unmatched_amount::text as unmatched, b.credited_amount::text as credited
from bridge_cell b left join scheme_code s using (scheme_id)
order by s.scheme collate "C" nulls last, b.benefit_period nulls last, b.currency;
