-- What: kinds of lines that were neither counted as plainly in order nor worked out in full, or were taken twice.
-- Rule: contract 9.2. Payment reports of which nothing has happened by the day of the run are unseen, and counted as such.

with kind_count as (
  select 'entitlement_line, plain' as kind, count(*) as row_count
  from entitlement_line l join work_file using (file_id) where not exists (select from work_subject s where s.person_key = l.person_key)
  union all
  select 'payment_report, plain', count(*)
  from payment_report p join work_file using (file_id) where p.person_key >= 0 and not exists (select from work_subject s where s.person_key = p.person_key)
  union all
  select 'payment_report, in full', count(*) filter (where
      transaction_status = 'RTRN' and returned_at < day_end
      or transaction_status in ('ACSC', 'ACCC', 'RTRN') and credited_at < day_end
      or transaction_status in ('RJCT', 'NCOL') and coalesce(returned_at < day_end, true) and coalesce(instructed_at < day_end, true)
      or instructed_at < day_end)
  from payment_report p join work_file using (file_id) cross join (select (:'as_of'::date + 1)::timestamp at time zone :'time_zone'::text as day_end) today
  where p.person_key < 0 or exists (select from work_subject s where s.person_key = p.person_key)
), bucket_count as (
  select 'entitlement_line, plain' as kind, count(*) as row_count
  from work_screen w where w.outcome_class is not null and not exists (select from work_subject s where s.person_key = w.person_key)
  union all
  select 'payment_report, plain', coalesce(sum(w.report_count), 0)
  from work_screen w where w.outcome_class = 'paid' and not exists (select from work_subject s where s.person_key = w.person_key)
  union all
  select 'payment_report, in full', coalesce(sum(jsonb_array_length(source_rows)), 0) from work_payment
)
select kind, k.row_count as read_rows, b.row_count as counted_rows
from kind_count k join bucket_count b using (kind) where k.row_count <> b.row_count;
