-- What: entitlements without an outcome.
-- Rule: contract 4: exactly one class each (two are impossible by key).

select e.scheme_id, e.benefit_period, count(*) as entitlement_count
from work_entitlement e left join work_outcome o using (person_key, scheme_id, benefit_period)
where o.person_key is null
group by e.scheme_id, e.benefit_period;
