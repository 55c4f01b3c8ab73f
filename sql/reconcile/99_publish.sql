-- What: replaces the published counts, bridge, outcomes, matches and findings by this run's.
-- Reads: work_outcome_count, work_bridge_cell, work_outcome, work_match, work_payment, work_finding, work_story, work_payment_story
-- Writes: outcome_count, bridge_cell, outcome, matched_payment, finding
-- Rule: readers see the old result or the new one: this is the one transaction of the run.
-- Why last: the checks have found nothing wrong.

delete from outcome_count;
insert into outcome_count select * from work_outcome_count;

delete from bridge_cell;
insert into bridge_cell select * from work_bridge_cell;

delete from outcome;
insert into outcome (person_key, run_id, scheme_id, benefit_period, due_date, late_after_date, outcome_class, due_amount, credited_amount, on_the_way_amount, currency, unit_code)
select person_key, :'run_id'::bigint, scheme_id, benefit_period, due_date, late_after_date, outcome_class, due_amount, credited_amount, on_the_way_amount, currency, unit_code
from work_outcome;

delete from matched_payment;
insert into matched_payment (person_key, run_id, scheme_id, benefit_period, payment_name, match_rule, allocated_amount, evidence)
select m.person_key, :'run_id'::bigint, m.scheme_id, m.benefit_period, p.payment_name, m.match_rule, m.allocated_amount,
  jsonb_strip_nulls(jsonb_build_object('stated_id', identifier_text(p.beneficiary_key), 'state', p.state, 'face_amount', p.face_amount::text, 'open_before_amount', m.open_before_amount::text, 'source_rows', p.source_rows))
from work_match m join work_payment p using (payment_number);

delete from finding;
insert into finding (person_key, run_id, finding_id, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
select f.person_key, :'run_id'::bigint, md5(concat_ws('|', f.code, coalesce(c.scheme, ''), coalesce(f.benefit_period::text, ''), f.subject)), f.code, f.scheme_id, f.benefit_period, f.subject, f.amount_at_stake, f.currency, f.unit_code,
  coalesce(s.evidence, p.evidence, '{}') || f.evidence, coalesce(s.source_rows, p.source_rows, '[]') || f.source_rows
from work_finding f
left join scheme_code c using (scheme_id)
left join work_story s on f.payment_number is null and s.person_key = f.person_key and s.scheme_id = f.scheme_id and s.benefit_period = f.benefit_period
left join work_payment_story p on p.person_key = f.person_key and p.payment_number = f.payment_number;
