-- What: entitlements without an outcome.
-- Rule: contract 4: exactly one class each (two are impossible by key).

select e.person_key, e.scheme_id, e.benefit_period
from work_entitlement e left join work_outcome o using (person_key, scheme_id, benefit_period)
where o.person_key is null;
