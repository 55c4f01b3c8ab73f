-- What: the beneficiaries of a month by name: who received how much, and what is left of whom.
-- Reads: published_clock, outcome, entitlement_line, published_file, scheme_code
-- Gives: at most row_limit rows, one per entitlement, by unit, village, name and person; state received, not_received, carried_over or not_due; asked for not_received gives those carried over too
-- Rule: D184; named as the newest line of that month writes it. Categories are not told: one may name an illness.
-- Parameters: benefit_period, unit_codes, scheme (null: all), state (null: all), row_limit

with entitled as materialized (
  select c.person_key, c.scheme_id, c.unit_code, c.village, c.payment_channel, coalesce(o.outcome_class, c.outcome_class) as outcome_class, coalesce(o.due_amount, c.due_amount) as due_amount,
    case when o.person_key is not null then least(o.credited_amount, o.due_amount) when c.outcome_class = 'paid' then c.due_amount else 0 end as received_amount, coalesce(o.currency, 'VND') as currency
  from published_clock c left join outcome o on o.person_key = c.person_key and o.scheme_id = c.scheme_id and o.benefit_period = c.benefit_period
  where c.benefit_period = :'benefit_period'::integer and c.unit_code = any (:'unit_codes'::text[])
), stated as (
  select e.*, case when outcome_class in ('paid', 'paid_late', 'paid_twice', 'paid_over') then 'received' when outcome_class = 'carried_over' then 'carried_over' when outcome_class = 'not_due' then 'not_due' else 'not_received' end as state
  from entitled e
), wanted as materialized (
  select s.*, k.scheme from stated s join scheme_code k using (scheme_id)
  where coalesce(s.state = :'state'::text or :'state'::text = 'not_received' and s.state = 'carried_over', true) and coalesce(k.scheme = :'scheme'::text, true)
), named as (
  select distinct on (w.person_key, w.scheme_id) w.*, l.beneficiary_name, l.payee_name, l.birth_year
  from wanted w join entitlement_line l on l.person_key = w.person_key and l.scheme_id = w.scheme_id and l.benefit_period = :'benefit_period'::integer join published_file f on f.file_id = l.file_id
  order by w.person_key, w.scheme_id, l.list_date desc nulls last, l.file_id desc, l.line_number
)
select person_key::text as person_key, identifier_text(person_key) as beneficiary_id, scheme, unit_code, village, beneficiary_name, payee_name, birth_year, payment_channel::text as payment_channel, outcome_class::text as class, state, currency,
  due_amount::text as due, received_amount::text as received, (due_amount - received_amount)::text as left_amount
from named
order by unit_code collate "C", village collate "C" nulls first, beneficiary_name collate "C", person_key, scheme collate "C"
limit :'row_limit'::integer;
