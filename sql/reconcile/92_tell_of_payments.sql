-- What: per payment, what was said about it and where it was placed.
-- Reads: work_payment, work_match, work_unmatched, work_candidate, work_outcome
-- Writes: work_payment_story (one row per payment)
-- Rule: a payment's beneficiary, scheme and month are those of its first entitlement, else what it states itself; candidates are shown when several are possible.
-- Why here: findings about payments quote it.

insert into work_payment_story (person_key, payment_number, scheme_id, benefit_period, unit_code, evidence, source_rows)
with placed as (
  select distinct on (m.payment_number) m.payment_number, m.person_key, m.scheme_id, m.benefit_period, o.unit_code, m.match_rule
  from work_match m join work_outcome o using (person_key, scheme_id, benefit_period)
  order by m.payment_number, m.benefit_period, m.scheme_id, m.person_key
), possible as (
  select c.payment_number, min(o.unit_code collate "C") as unit_code,
    jsonb_agg(jsonb_build_object('beneficiary_id', identifier_text(o.person_key), 'scheme', s.scheme, 'benefit_period', o.benefit_period, 'due_amount', o.due_amount::text, 'open_amount', e.open_amount::text)
      order by o.person_key, o.benefit_period, s.scheme) as candidates
  from work_candidate c join work_unmatched u using (payment_number) join work_payment p using (payment_number)
  join work_outcome o on o.person_key = c.person_key and o.currency = p.currency and coalesce(o.scheme_id = p.scheme_id, true) and coalesce(o.benefit_period = p.benefit_period, o.benefit_period <= p.until_period, true)
  join work_entitlement e on e.person_key = o.person_key and e.scheme_id = o.scheme_id and e.benefit_period = o.benefit_period
  join scheme_code s on s.scheme_id = o.scheme_id
  group by c.payment_number
), listed as (
  select person_key, min(unit_code collate "C") as unit_code from work_line group by person_key
)
select coalesce(m.person_key, p.person_key), p.payment_number, coalesce(m.scheme_id, p.scheme_id), coalesce(m.benefit_period, p.benefit_period), coalesce(m.unit_code, c.unit_code, l.unit_code),
  jsonb_strip_nulls(jsonb_build_object('payment', p.payment_name, 'state', p.state, 'rule', m.match_rule, 'stated_id', identifier_text(p.beneficiary_key), 'matched_id', identifier_text(m.person_key),
    'instructed_amount', p.instructed_amount::text, 'net_amount', p.net_amount::text, 'currency', p.currency, 'instructed_date', p.instructed_date, 'credited_date', p.credited_date, 'returned_date', (p.returned_at at time zone :'time_zone'::text)::date,
    'creditor_agent', p.creditor_agent::text, 'creditor_account', coalesce(account_text(p.account_key), h.original), 'end_to_end_id', p.end_to_end_id, 'return_reason_code', p.return_reason_code, 'reason_text', p.reason_text,
    'conflict', p.conflict, 'candidates', c.candidates)),
  p.source_rows
from work_payment p
left join placed m using (payment_number)
left join possible c using (payment_number)
left join listed l on l.person_key = p.beneficiary_key
left join hashed_text h on h.hash_key = p.account_key;

analyze work_payment_story;
