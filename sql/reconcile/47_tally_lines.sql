-- What: adds up the lines of the lists as they were filed, those of subjects apart.
-- Reads: entitlement_line, work_subject
-- Writes: work_tally (kind line; one row per scheme × month × currency)
-- Rule: contract 4, 9: the other side of the checks, read from the rows themselves.
-- Why here: while all rows that a run looks at are still in sight.

insert into work_tally (kind, is_subject, scheme_id, benefit_period, currency, row_count, amount)
select 'line', s.person_key is not null, l.scheme_id, l.benefit_period, l.currency, count(*), sum(l.due_amount)
from entitlement_line l join work_file using (file_id) left join work_subject s using (person_key)
group by 2, 3, 4, 5;
