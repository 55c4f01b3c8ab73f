-- What: both sides of every organisation, scheme and month; amounts as text.
-- Reads: settlement_cell, scheme_code
-- Gives: one row per organisation × scheme × month × currency
-- Order: organisation, month, scheme; what states neither comes last
-- Parameters: source, scheme, benefit_period (null: all)

select c.source, s.scheme, to_char(c.benefit_period, 'FM0000"-"00') as benefit_period, c.currency, c.is_stated, c.payment_count::text as payment_count, c.credited_amount::text as credited, c.on_the_way_amount::text as on_the_way, c.not_collected_amount::text as not_collected,
  c.sent_back_amount::text as sent_back, c.outside_amount::text as outside, c.pending_amount::text as pending, c.received_amount::text as received, c.paid_amount::text as paid, c.returned_amount::text as returned, c.handed_back_amount::text as handed_back, c.charge_amount::text as charges,
  c.interest_amount::text as interest, c.unexplained_credit_amount::text as unexplained_credit, c.unexplained_debit_amount::text as unexplained_debit, c.gap_amount::text as gap, c.difference_amount::text as difference
from settlement_cell c left join scheme_code s using (scheme_id)
where coalesce(c.source = :'source'::text, true) and coalesce(s.scheme = :'scheme'::text, :'scheme'::text is null) and coalesce(c.benefit_period = :'benefit_period'::integer, :'benefit_period'::integer is null)
order by c.source collate "C", c.benefit_period nulls last, s.scheme collate "C" nulls last, c.currency;
