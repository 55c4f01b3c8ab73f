-- What: adds up what was reported of payments, those of subjects and of nobody apart.
-- Reads: payment_report, work_subject
-- Writes: work_tally (kind payment; one row per currency)
-- Rule: as 47. Reports of which nothing has happened by the day of the run are unseen, and counted as such.
-- Why here: it asks nothing of the step beside it.

insert into work_tally (kind, is_subject, currency, row_count, amount)
select 'payment', is_subject, currency, count(*), sum(instructed_amount) filter (where transaction_status in ('ACSC', 'ACCC'))
from (
  select p.currency, p.instructed_amount, p.transaction_status, p.person_key < 0 or s.person_key is not null as is_subject,
    transaction_status = 'RTRN' and returned_at < day_end
      or transaction_status in ('ACSC', 'ACCC', 'RTRN') and credited_at < day_end
      or transaction_status in ('RJCT', 'NCOL') and coalesce(returned_at < day_end, true) and coalesce(instructed_at < day_end, true)
      or instructed_at < day_end as is_seen
  from payment_report p join work_file using (file_id) left join work_subject s using (person_key), (select (:'as_of'::date + 1)::timestamp at time zone :'time_zone'::text as day_end) today
) report
where not is_subject or is_seen
group by is_subject, currency;
