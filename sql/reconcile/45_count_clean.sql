-- What: counts the beneficiaries who are plainly in order.
-- Reads: work_screen, work_subject
-- Writes: work_clean_count
-- Rule: sign 1; −1 where an increment takes back what they were counted as before: published − then + now = what a full run counts. Contract 4: of those plainly in order, what was due is what came, or nothing is due yet.
-- Why here: who is a subject is settled.

insert into work_clean_count (scheme_id, benefit_period, unit_code, outcome_class, currency, entitlement_count, due_amount)
select scheme_id, benefit_period, unit_code, outcome_class, currency, :'sign'::integer * count(*), :'sign'::integer * sum(due_amount)
from work_screen s
where outcome_class is not null and not exists (select from work_subject w where w.person_key = s.person_key)
group by scheme_id, benefit_period, unit_code, outcome_class, currency;
