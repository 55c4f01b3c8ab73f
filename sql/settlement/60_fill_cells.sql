-- What: both sides of every organisation, scheme and month, and the difference between them.
-- Reads: work_settlement_payment, work_settlement_link, settlement_entry, work_settlement_entry, settlement_statement
-- Writes: settlement_cell
-- Rule: D183: received = credited + on the way + not collected + handed back + kept on the account + difference. The difference is worked out from the sums here and payment by payment in 50: the check holds one against the other.
-- Why here: last.

delete from settlement_cell;

insert into settlement_cell (source, scheme_id, benefit_period, currency, is_stated, payment_count, credited_amount, on_the_way_amount, not_collected_amount, sent_back_amount, outside_amount, pending_amount,
  received_amount, paid_amount, returned_amount, handed_back_amount, charge_amount, interest_amount, unexplained_credit_amount, unexplained_debit_amount, gap_amount, difference_amount)
with covered as (
  select source, min(opening_date) as first_date, max(closing_date) as last_date from settlement_statement group by source
), booked as (
  select payment_number, sum(amount) as amount from work_settlement_link group by payment_number
), side as (
  select p.source, p.scheme_id, p.benefit_period, p.currency, 1 as payment_count, p.net_amount as credited_amount,
    case p.state when 'on_the_way' then p.instructed_amount else 0 end as on_the_way_amount, case p.state when 'not_collected' then p.instructed_amount else 0 end as not_collected_amount,
    case p.state when 'rejected' then p.instructed_amount else p.returned_amount end as sent_back_amount,
    case when b.payment_number is null and not coalesce(p.payment_date between c.first_date and least(c.last_date, :'as_of'::date), false) then p.net_amount + case when p.state in ('on_the_way', 'not_collected') then p.instructed_amount else 0 end else 0 end as outside_amount,
    case when p.state in ('on_the_way', 'not_collected') and coalesce(b.amount, 0) = 0 and (b.payment_number is not null or p.payment_date between c.first_date and least(c.last_date, :'as_of'::date)) then p.instructed_amount else 0 end as pending_amount,
    0::numeric as received_amount, 0::numeric as paid_amount, 0::numeric as returned_amount, 0::numeric as handed_back_amount, 0::numeric as charge_amount, 0::numeric as interest_amount, 0::numeric as unexplained_credit_amount, 0::numeric as unexplained_debit_amount, 0::numeric as gap_amount
  from work_settlement_payment p left join covered c on c.source = p.source left join booked b on b.payment_number = p.payment_number
  union all
  select p.source, p.scheme_id, p.benefit_period, p.currency, 0, 0, 0, 0, 0, 0, 0, 0, greatest(l.amount, 0), greatest(-l.amount, 0), 0, 0, 0, 0, 0, 0
  from work_settlement_link l join work_settlement_payment p on p.payment_number = l.payment_number
  union all
  select source, scheme_id, benefit_period, currency, 0, 0, 0, 0, 0, 0, 0,
    case settlement_class when 'received' then amount else 0 end, 0, 0, case settlement_class when 'handed_back' then amount else 0 end,
    case when settlement_class = 'charge' and not is_credit then amount else 0 end, case when settlement_class = 'charge' and is_credit then amount else 0 end,
    case when settlement_class = 'unexplained' and is_credit then amount else 0 end, case when settlement_class = 'unexplained' and not is_credit then amount else 0 end, 0
  from settlement_entry where settlement_class not in ('paid', 'returned')
  union all
  select source, null, null, currency, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, gap_amount from settlement_statement
), summed as (
  select source, scheme_id, benefit_period, currency, sum(payment_count) as payment_count, sum(credited_amount) as credited_amount, sum(on_the_way_amount) as on_the_way_amount, sum(not_collected_amount) as not_collected_amount,
    sum(sent_back_amount) as sent_back_amount, sum(outside_amount) as outside_amount, sum(pending_amount) as pending_amount, sum(received_amount) as received_amount, sum(paid_amount) as paid_amount, sum(returned_amount) as returned_amount,
    sum(handed_back_amount) as handed_back_amount, sum(charge_amount) as charge_amount, sum(interest_amount) as interest_amount, sum(unexplained_credit_amount) as unexplained_credit_amount, sum(unexplained_debit_amount) as unexplained_debit_amount, sum(gap_amount) as gap_amount
  from side group by source, scheme_id, benefit_period, currency
)
select s.source, s.scheme_id, s.benefit_period, s.currency, c.source is not null, s.payment_count, s.credited_amount, s.on_the_way_amount, s.not_collected_amount, s.sent_back_amount, s.outside_amount, s.pending_amount,
  s.received_amount, s.paid_amount, s.returned_amount, s.handed_back_amount, s.charge_amount, s.interest_amount, s.unexplained_credit_amount, s.unexplained_debit_amount, s.gap_amount,
  case when c.source is null then 0 else s.paid_amount - s.returned_amount - (s.credited_amount + s.on_the_way_amount + s.not_collected_amount - s.outside_amount) + s.pending_amount
    + s.charge_amount - s.interest_amount + s.unexplained_debit_amount - s.unexplained_credit_amount - s.gap_amount end
from summed s left join covered c on c.source = s.source;
