-- What: each payment and each entry that keeps the organisation's account from being what its payments say, with the amount.
-- Reads: work_settlement_payment, work_settlement_link, settlement_entry, settlement_statement
-- Writes: settlement_difference
-- Rule: D183. A payment accounts for what it says was credited net, is on the way, or was not collected; the account for debits less credits that name it. What is on the way or not collected may still be on the account. Payments of days that no statement covers are not compared.
-- Why here: classes are settled; the cells add these up.

delete from settlement_difference;

insert into settlement_difference (source, difference_number, scheme_id, benefit_period, currency, cause, amount, reported_amount, booked_amount, beneficiary_key, end_to_end_id, creditor_agent, entry_date, source_rows)
with covered as (
  select source, min(opening_date) as first_date, max(closing_date) as last_date from settlement_statement group by source
), booked as (
  select payment_number, sum(amount) as amount, bool_or(amount < 0) as is_returned,
    jsonb_agg(jsonb_build_object('file_id', (entry_number >> 32)::text, 'line', entry_number & 4294967295) order by entry_number) as source_rows
  from work_settlement_link group by payment_number
), compared as (
  select p.*, coalesce(b.amount, 0) as booked_amount, coalesce(b.is_returned, false) as is_returned, p.source_rows || coalesce(b.source_rows, '[]') as all_rows,
    case p.state when 'credited' then p.net_amount when 'returned' then p.net_amount when 'rejected' then 0 else p.instructed_amount end as reported_amount
  from work_settlement_payment p join covered c on c.source = p.source left join booked b on b.payment_number = p.payment_number
  where b.payment_number is not null or p.payment_date between c.first_date and least(c.last_date, :'as_of'::date)
), found as (
  select source, scheme_id, benefit_period, currency,
    case
      when state = 'rejected' and booked_amount > 0 then 'rejection_not_booked'
      when state in ('on_the_way', 'not_collected') then 'amount_differs'
      when state = 'returned' and booked_amount > reported_amount then 'return_not_booked'
      when booked_amount > reported_amount then 'debited_too_much'
      when is_returned then 'return_not_reported'
      when booked_amount = 0 then 'credited_not_debited'
      else 'debited_too_little'
    end::settlement_cause as cause,
    booked_amount - reported_amount as amount, reported_amount, booked_amount, beneficiary_key, end_to_end_id, creditor_agent, payment_date as entry_date, all_rows as source_rows
  from compared
  where booked_amount <> reported_amount and not (state in ('on_the_way', 'not_collected') and booked_amount = 0)
  union all
  select source, scheme_id, benefit_period, currency, case settlement_class when 'charge' then 'charge' else 'unexplained' end::settlement_cause, case when is_credit then -amount else amount end, null, case when is_credit then -amount else amount end,
    null, end_to_end_id, null, entry_date, jsonb_build_array(jsonb_build_object('file_id', file_id::text, 'line', line_number))
  from settlement_entry where settlement_class in ('charge', 'unexplained')
  union all
  select source, null, null, currency, 'statement_gap', -gap_amount, null, -gap_amount, null, null, null, opening_date, jsonb_build_array(jsonb_build_object('file_id', file_id::text, 'line', line_number))
  from settlement_statement where gap_amount <> 0
)
select source, row_number() over (partition by source order by abs(amount) desc, cause, entry_date, end_to_end_id collate "C", creditor_agent, benefit_period, amount, source_rows), scheme_id, benefit_period, currency, cause, amount, reported_amount, booked_amount, beneficiary_key, end_to_end_id, creditor_agent, entry_date, source_rows
from found;
