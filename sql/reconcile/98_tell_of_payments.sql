-- What: per payment with a finding, what was said about it, where it was placed, and who else it may be for.
-- Reads: work_finding, work_payment, payment_report (what each report of a conflict said), work_match, work_candidate, work_outcome, work_entitlement, work_line (names)
-- Writes: work_payment_story (one row per payment)
-- Rule: every finding leads to file, line and raw text; amounts in evidence are strings; candidates are shown when several are possible.
-- Why here: after the findings, so that only what is found is told; publishing joins the two.

insert into work_payment_story (person_key, payment_number, evidence, source_rows)
with told as (
  select distinct person_key, payment_number from work_finding where payment_number is not null
), known as (
  select person_key, min(beneficiary_name) as beneficiary_name, min(village) as village from work_line group by person_key
), disputed as (
  select t.payment_number, (r ->> 'file_id')::integer as file_id, (r ->> 'line')::bigint as line_number
  from told t join work_payment p using (payment_number) cross join lateral jsonb_array_elements(p.source_rows) r
  where p.conflict is not null
), contradicting as (
  select d.payment_number,
    jsonb_agg(jsonb_strip_nulls(jsonb_build_object('file_id', d.file_id::text, 'line', d.line_number, 'transaction_status', r.transaction_status, 'instructed_amount', r.instructed_amount::text, 'credited_amount', r.credited_amount::text, 'currency', r.currency,
      'creditor_agent', r.creditor_agent::text, 'creditor_account', coalesce(account_text(r.account_key), h.original), 'stated_id', identifier_text(r.person_key))) order by d.file_id, d.line_number) as reports
  from disputed d join payment_report r on r.file_id = d.file_id and r.line_number = d.line_number left join hashed_text h on h.hash_key = r.account_key
  group by d.payment_number
), placed as (
  select m.payment_number, jsonb_agg(jsonb_build_object('beneficiary_id', identifier_text(m.person_key), 'scheme', s.scheme, 'benefit_period', to_char(m.benefit_period, 'FM0000"-"00'), 'rule', m.match_rule, 'allocated_amount', m.allocated_amount::text)
    order by m.benefit_period, s.scheme collate "C", m.person_key) as matches
  from told join work_match m using (payment_number) join scheme_code s using (scheme_id) group by m.payment_number
), possible as (
  select c.payment_number,
    jsonb_agg(jsonb_strip_nulls(jsonb_build_object('beneficiary_id', identifier_text(o.person_key), 'beneficiary_name', k.beneficiary_name, 'village', k.village, 'scheme', s.scheme, 'benefit_period', to_char(o.benefit_period, 'FM0000"-"00'), 'due_amount', o.due_amount::text, 'open_amount', e.open_amount::text))
      order by o.person_key, o.benefit_period, s.scheme collate "C") as candidates
  from told join work_candidate c using (payment_number) join work_unmatched u using (payment_number) join work_payment p using (payment_number)
  join work_outcome o on o.person_key = c.person_key join known k on k.person_key = o.person_key
  join work_entitlement e on e.person_key = o.person_key and e.scheme_id = o.scheme_id and e.benefit_period = o.benefit_period
  join scheme_code s on s.scheme_id = o.scheme_id
  where o.currency = p.currency and coalesce(o.scheme_id = p.scheme_id, true) and coalesce(o.benefit_period = p.benefit_period, o.benefit_period <= p.until_period and (e.benefit_period >= e.start_period or p.until_period < e.start_period), true)
  group by c.payment_number
)
select t.person_key, p.payment_number,
  jsonb_strip_nulls(jsonb_build_object('beneficiary_name', k.beneficiary_name, 'village', k.village, 'payment', p.payment_name, 'state', p.state, 'stated_id', identifier_text(p.beneficiary_key), 'matches', m.matches, 'candidates', c.candidates, 'reports', d.reports,
    'instructed_amount', p.instructed_amount::text, 'credited_amount', p.credited_amount::text, 'returned_amount', p.returned_amount::text, 'net_amount', p.net_amount::text, 'currency', p.currency, 'instructed_date', p.instructed_date, 'credited_date', p.credited_date, 'returned_date', (p.returned_at at time zone :'time_zone'::text)::date,
    'creditor_agent', p.creditor_agent::text, 'creditor_account', coalesce(account_text(p.account_key), h.original), 'end_to_end_id', p.end_to_end_id, 'return_reason_code', p.return_reason_code, 'reason_text', p.reason_text, 'conflict', p.conflict, 'source_rows', p.source_rows)),
  p.source_rows
from told t join work_payment p using (payment_number)
left join placed m using (payment_number)
left join possible c using (payment_number)
left join contradicting d using (payment_number)
left join known k on k.person_key = t.person_key
left join hashed_text h on h.hash_key = p.account_key;
