-- What: kinds of lines that were neither counted as plainly in order nor worked out in full, or were taken twice.
-- Rule: contract 9.2. Payment reports of which nothing has happened by the day of the run are unseen, and counted as such.

with tallied as (
  select kind, is_subject, sum(row_count) as row_count from work_tally group by kind, is_subject
), counted as (
  select 'line' as kind, false as is_subject, count(*) as row_count from work_screen w where outcome_class is not null and not exists (select from work_subject s where s.person_key = w.person_key)
  union all
  select 'line', true, count(*) from entitlement_line join work_file using (file_id) join work_subject using (person_key)
  union all
  select 'payment', false, coalesce(sum(report_count), 0) from work_screen w where outcome_class = 'paid' and not exists (select from work_subject s where s.person_key = w.person_key)
  union all
  select 'payment', true, coalesce(sum(jsonb_array_length(source_rows)), 0) from work_payment
)
select kind || case when is_subject then ', in full' else ', plain' end as kind, coalesce(t.row_count, 0) as filed_rows, c.row_count as taken_rows
from counted c left join tallied t using (kind, is_subject)
where coalesce(t.row_count, 0) <> c.row_count;
