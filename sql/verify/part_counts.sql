-- What: counts of a part's units that are not what they are counts of: beneficiaries plainly in order, outcomes, findings.
-- Parameters: part, parts
-- Reads: work_clean_count and work_touched (as a proof has just worked them out), clean_count, outcome_count, outcome, finding_count, finding
-- Gives: no row when everything is right; else the first, as the unit whose count is wrong

with own as materialized (
  select distinct unit_code from (select unit_code from clean_count union select unit_code from outcome_count union select unit_code from finding_count) unit
  where abs(hashtext(unit_code)::bigint) % :'parts'::integer = :'part'::integer
), counted as (
  select 'clean_count of unit ' || unit_code as place, scheme_id, benefit_period, outcome_class::text as what, currency, sum(entitlement_count) as item_count, sum(due_amount) as amount, null::numeric as credited_amount
  from work_clean_count join own using (unit_code) where entitlement_count > 0 group by unit_code, 2, 3, 4, 5
  union all
  select 'outcome_count of unit ' || unit_code, scheme_id, benefit_period, outcome_class::text, currency, sum(item_count), sum(due_amount), sum(credited_amount)
  from (
    select unit_code, scheme_id, benefit_period, outcome_class, currency, entitlement_count as item_count, due_amount, case outcome_class when 'paid' then due_amount else 0 end as credited_amount from clean_count
    union all
    select unit_code, scheme_id, benefit_period, outcome_class, currency, 1, due_amount, credited_amount from outcome where person_key = any (array(select person_key from work_touched))
  ) one join own using (unit_code) group by unit_code, 2, 3, 4, 5 having sum(item_count) <> 0
  union all
  select 'finding_count of unit ' || unit_code, scheme_id, benefit_period, code, currency, count(*), sum(amount_at_stake), null
  from finding where unit_code = any (array(select unit_code from own)) group by unit_code, 2, 3, 4, 5
), published as (
  select 'clean_count of unit ' || unit_code, scheme_id, benefit_period, outcome_class::text, currency, sum(entitlement_count), sum(due_amount), null::numeric
  from clean_count join own using (unit_code) group by unit_code, 2, 3, 4, 5 having sum(entitlement_count) <> 0
  union all
  select 'outcome_count of unit ' || unit_code, scheme_id, benefit_period, outcome_class::text, currency, entitlement_count, due_amount, credited_amount from outcome_count join own using (unit_code)
  union all
  select 'finding_count of unit ' || unit_code, scheme_id, benefit_period, code, currency, finding_count, amount_at_stake, null from finding_count join own using (unit_code)
)
(select * from counted except select * from published) union all (select * from published except select * from counted)
order by place limit 1;
