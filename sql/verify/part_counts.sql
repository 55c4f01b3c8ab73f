-- What: counts of beneficiaries plainly in order that are not what was published, in the units of one part.
-- Reads: work_clean_count (as a proof has just worked them out), clean_count
-- Gives: no row when everything is right

with counted as (
  select 'clean_count of unit ' || unit_code as place, scheme_id, benefit_period, outcome_class::text as what, currency, sum(entitlement_count) as entitlement_count, sum(due_amount) as due_amount
  from work_clean_count where entitlement_count > 0 and abs(hashtext(unit_code)::bigint) % :'parts'::integer = :'part'::integer group by unit_code, 2, 3, 4, 5
), published as (
  select 'clean_count of unit ' || unit_code as place, scheme_id, benefit_period, outcome_class::text as what, currency, sum(entitlement_count), sum(due_amount)
  from clean_count where abs(hashtext(unit_code)::bigint) % :'parts'::integer = :'part'::integer group by unit_code, 2, 3, 4, 5 having sum(entitlement_count) <> 0
)
(select * from counted except select * from published) union all (select * from published except select * from counted)
order by place limit 1;
