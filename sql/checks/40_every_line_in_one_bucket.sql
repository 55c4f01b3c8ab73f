-- What: kinds of lines that were neither counted as plainly in order nor worked out in full, or were taken twice.
-- Rule: contract 9.2. Payment reports of which nothing has happened by the day of the run are unseen, and counted as such.

with line_count as (
  select 'entitlement_line' as kind, count(*) filter (where s.person_key is null) as plain_rows,
    (select count(*) from work_screen w where w.outcome_class is not null and not exists (select from work_subject s where s.person_key = w.person_key)) as counted_rows
  from entitlement_line l join work_file using (file_id) left join work_subject s using (person_key)
), plain_payment_count as (
  select 'payment_report, plain' as kind, count(*) as plain_rows,
    (select coalesce(sum(w.report_count), 0) from work_screen w where w.outcome_class = 'paid' and not exists (select from work_subject s where s.person_key = w.person_key)) as counted_rows
  from payment_report p join work_file using (file_id)
  where p.person_key >= 0 and not exists (select from work_subject s where s.person_key = p.person_key)
), full_payment_count as (
  select 'payment_report, in full' as kind, count(*) filter (where
      transaction_status = 'RTRN' and returned_at < day_end
      or transaction_status in ('ACSC', 'ACCC', 'RTRN') and credited_at < day_end
      or transaction_status in ('RJCT', 'NCOL') and coalesce(returned_at < day_end, true) and coalesce(instructed_at < day_end, true)
      or instructed_at < day_end) as plain_rows,
    (select coalesce(sum(jsonb_array_length(source_rows)), 0) from work_payment) as counted_rows
  from payment_report p join work_file using (file_id), (select (:'as_of'::date + 1)::timestamp at time zone :'time_zone'::text as day_end) today
  where p.person_key < 0 or exists (select from work_subject s where s.person_key = p.person_key)
)
select * from line_count where plain_rows <> counted_rows
union all select * from plain_payment_count where plain_rows <> counted_rows
union all select * from full_payment_count where plain_rows <> counted_rows;
