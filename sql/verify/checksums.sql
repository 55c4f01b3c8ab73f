-- What: the published results as sums of hashes: per table, and where rows belong to beneficiaries per thirtieth of them (segment).
-- Parameters: clock_slot (where the clocks to look at are), is_part (only rows of those whom the proof of a part has touched; counts have no part of anybody, and are looked at by part_counts)
-- Gives: one row per table and segment with any rows; equal sums mean equal rows, in whatever order (the number of the run left out)

with published as (
  select 'outcome' as place, person_key, to_jsonb(t) - 'run_id' as content from outcome t where not :'is_part'::boolean or person_key = any (array(select person_key from work_touched))
  union all select 'matched_payment', person_key, to_jsonb(t) - 'run_id' from matched_payment t where not :'is_part'::boolean or person_key = any (array(select person_key from work_touched))
  union all select 'unmatched_payment', person_key, to_jsonb(t) from unmatched_payment t where not :'is_part'::boolean or person_key = any (array(select person_key from work_touched))
  union all select 'finding', person_key, to_jsonb(t) - 'run_id' from finding t where not :'is_part'::boolean or person_key = any (array(select person_key from work_touched)) or code = any (array(select code from finding_type where subject in ('account', 'file')))
  union all select 'subject', person_key, to_jsonb(t) from subject t where not :'is_part'::boolean or person_key = any (array(select person_key from work_touched))
  union all select 'entitlement_clock', person_key, to_jsonb(t) - 'slot' from entitlement_clock t where slot = :'clock_slot'::smallint and (not :'is_part'::boolean or person_key = any (array(select person_key from work_touched)))
  union all select 'clean_count', null, to_jsonb(t) from (select scheme_id, benefit_period, unit_code, outcome_class, currency, sum(entitlement_count) as entitlement_count, sum(due_amount) as due_amount from clean_count group by 1, 2, 3, 4, 5 having sum(entitlement_count) <> 0) t where not :'is_part'::boolean
  union all select 'clock_cell', null, to_jsonb(t) from (select scheme_id, benefit_period, province_code, creditor_agent, distance_band, age_band, payment_channel, payee_type, sex, electricity, signal, needs, cash_event, days, sum(entitlement_count), sum(instructed_count), sum(due_to_instructed_days), sum(transferred_count), sum(instructed_to_credited_days), sum(activated_count), sum(credited_to_withdrawable_days) from clock_cell group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 having sum(entitlement_count) <> 0) t where not :'is_part'::boolean
  union all select 'clock_unit', null, to_jsonb(t) from (select scheme_id, benefit_period, unit_code, cash_event, days, sum(entitlement_count), sum(instructed_count), sum(due_to_instructed_days), sum(transferred_count), sum(instructed_to_credited_days), sum(activated_count), sum(credited_to_withdrawable_days) from clock_unit group by 1, 2, 3, 4, 5 having sum(entitlement_count) <> 0) t where not :'is_part'::boolean
  union all select 'access_count', null, to_jsonb(t) from (select scheme_id, benefit_period, unit_code, village, payment_channel, account_state, has_card, is_paid, is_withdrawn, is_first_of_month, missing_fields, sum(entitlement_count) from access_count group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 having sum(entitlement_count) <> 0) t where not :'is_part'::boolean
  union all select 'outcome_count', null, to_jsonb(t) - 'run_id' from outcome_count t where not :'is_part'::boolean
  union all select 'outcome_total', null, to_jsonb(t) from outcome_total t where not :'is_part'::boolean
  union all select 'finding_count', null, to_jsonb(t) from finding_count t where not :'is_part'::boolean
  union all select 'finding_total', null, to_jsonb(t) from finding_total t where not :'is_part'::boolean
  union all select 'finding_unit', null, to_jsonb(t) from finding_unit t where not :'is_part'::boolean
  union all select 'bridge_cell', null, to_jsonb(t) - 'run_id' from bridge_cell t where not :'is_part'::boolean
)
select place || coalesce(' of segment ' || (person_key % 30 + 30) % 30, '') as place, count(*)::text as count, sum(hashtextextended(content::text, 0))::text as checksum
from published group by 1;
