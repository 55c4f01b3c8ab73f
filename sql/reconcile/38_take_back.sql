-- What: takes back what those of the touched who were plainly in order were counted as in the published result.
-- Reads: work_screen (of the files and the day of the published result), work_subject
-- Writes: work_clean_count (with a minus)
-- Rule: published count − what they were + what they are now = what a full run counts.
-- Why here: the last thing asked of the files of then.

insert into work_clean_count (scheme_id, benefit_period, unit_code, outcome_class, currency, entitlement_count, due_amount)
select scheme_id, benefit_period, unit_code, outcome_class, currency, -count(*), -sum(due_amount)
from work_screen s
where outcome_class is not null and not exists (select from work_subject w where w.person_key = s.person_key)
group by scheme_id, benefit_period, unit_code, outcome_class, currency;
