-- What: per entitlement with a finding, all that was said about it: list lines, payments and the rule that placed each.
-- Reads: work_finding, work_outcome, work_line, work_match, work_payment
-- Writes: work_story (one row per entitlement)
-- Slices: by beneficiary, so that two connections work at once
-- Rule: every finding leads to file, line and raw text; amounts in evidence are strings.
-- Why here: after the findings, so that only what is found is told; publishing joins the two.

insert into work_story (person_key, scheme_id, benefit_period, evidence, source_rows)
with told as (
  select distinct person_key, scheme_id, benefit_period from work_finding where payment_number is null and abs(person_key % :'slice_count'::bigint) = :'slice'::bigint
), listed as (
  select person_key, scheme_id, benefit_period,
    jsonb_agg(jsonb_strip_nulls(jsonb_build_object('file_id', file_id::text, 'line', line_number, 'category_code', category_code, 'component', component, 'payment_channel', payment_channel, 'due_amount', due_amount::text,
      'creditor_agent', creditor_agent::text, 'creditor_account', coalesce(account_text(account_key), h.original))) order by file_id, line_number) as lines,
    jsonb_agg(jsonb_build_object('file_id', file_id::text, 'line', line_number) order by file_id, line_number) as source_rows,
    min(beneficiary_name) as beneficiary_name, min(village) as village
  from work_line join told using (person_key, scheme_id, benefit_period) left join hashed_text h on h.hash_key = account_key
  where list_status = 'active' group by 1, 2, 3
), paid as (
  select m.person_key, m.scheme_id, m.benefit_period,
    jsonb_agg(jsonb_strip_nulls(jsonb_build_object('payment', p.payment_name, 'rule', m.match_rule, 'state', p.state, 'allocated_amount', m.allocated_amount::text, 'open_before_amount', m.open_before_amount::text,
      'instructed_amount', p.instructed_amount::text, 'credited_amount', p.credited_amount::text, 'returned_amount', p.returned_amount::text, 'net_amount', p.net_amount::text, 'instructed_date', p.instructed_date, 'credited_date', p.credited_date, 'returned_date', (p.returned_at at time zone :'time_zone'::text)::date,
      'return_reason_code', p.return_reason_code, 'reason_text', p.reason_text, 'creditor_agent', p.creditor_agent::text, 'creditor_account', coalesce(account_text(p.account_key), h.original),
      'stated_id', identifier_text(p.beneficiary_key), 'end_to_end_id', p.end_to_end_id, 'source_rows', p.source_rows)) order by p.payment_number) as payments,
    jsonb_agg(p.source_rows order by p.payment_number) as nested_rows
  from work_match m join told using (person_key, scheme_id, benefit_period) join work_payment p using (payment_number) left join hashed_text h on h.hash_key = p.account_key
  group by 1, 2, 3
)
select o.person_key, o.scheme_id, o.benefit_period,
  jsonb_strip_nulls(jsonb_build_object('beneficiary_name', l.beneficiary_name, 'village', l.village, 'class', o.outcome_class, 'due_amount', o.due_amount::text, 'credited_amount', o.credited_amount::text, 'on_the_way_amount', o.on_the_way_amount::text,
    'due_date', o.due_date, 'late_after_date', o.late_after_date, 'completed_date', o.completed_date, 'lines', l.lines, 'payments', p.payments)),
  l.source_rows || coalesce(jsonb_path_query_array(p.nested_rows, '$[*][*]'), '[]')
from work_outcome o join listed l using (person_key, scheme_id, benefit_period) left join paid p using (person_key, scheme_id, benefit_period);

select analyze_rows('work_story');
