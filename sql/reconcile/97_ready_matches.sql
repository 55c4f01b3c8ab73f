-- What: which payment was laid against which entitlement, and why, as it will be published.
-- Reads: work_match, work_payment
-- Writes: work_ready_match
-- Slices: by beneficiary, so that two connections work at once
-- Rule: contract 3: evidence per match.
-- Why here: made ready beside the stories, so that publishing only copies.

insert into work_ready_match (person_key, run_id, scheme_id, benefit_period, payment_name, match_rule, allocated_amount, evidence, state, creditor_agent, account_key, instructed_date, credited_date, returned_date)
select m.person_key, :'run_id'::bigint, m.scheme_id, m.benefit_period, p.payment_name, m.match_rule, m.allocated_amount,
  jsonb_strip_nulls(jsonb_build_object('stated_id', identifier_text(p.beneficiary_key), 'state', p.state, 'face_amount', p.face_amount::text, 'open_before_amount', m.open_before_amount::text, 'source_rows', p.source_rows)),
  p.state, p.creditor_agent, p.account_key, p.instructed_date, p.credited_date, (p.returned_at at time zone :'time_zone'::text)::date
from work_match m join work_payment p using (payment_number)
where abs(m.person_key % :'slice_count'::bigint) = :'slice'::bigint;
