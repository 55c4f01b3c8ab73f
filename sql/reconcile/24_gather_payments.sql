-- What: copies what agents said of payments to the touched, and of withdrawals from them.
-- Reads: payment_report, withdrawal_report (all rows), work_touched
-- Writes: gathered.payment_report, gathered.withdrawal_report
-- Rule: a withdrawal belongs to whom the payment of its reference belongs to, or where it names none, to whoever was paid to its account.
-- Why here: it asks nothing of the step beside it.

insert into gathered.payment_report select p.* from public.payment_report p join work_touched t using (person_key);
select analyze_rows('gathered.payment_report');

insert into gathered.withdrawal_report
select w.* from public.withdrawal_report w
where w.reference_key in (select reference_key from gathered.payment_report)
  or w.reference_key is null and w.account_key in (select account_key from gathered.payment_report);
select analyze_rows('gathered.withdrawal_report');
