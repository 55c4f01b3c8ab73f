-- What: holders of accounts that reports give to several holders.
-- Reads: account_report
-- Writes: work_shared (one row per holder and account)
-- Slices: by account, so that two connections work at once and hashes fit in memory
-- Rule: D14: one report of an account stands; which one needs the full rules.
-- Why here: it asks nothing of the screen and may go on beside it.

insert into work_shared (person_key)
select person_key from account_report join work_file using (file_id)
where abs(account_key % :'slice_count'::bigint) = :'slice'::bigint and account_key in (
  select account_key from account_report join work_file using (file_id) where abs(account_key % :'slice_count'::bigint) = :'slice'::bigint group by account_key having min(person_key) <> max(person_key));
