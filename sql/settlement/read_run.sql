-- What: which run and day the settlement is of; no row before the first.
select run_id::text as run_id, as_of::text as as_of, payment_count::text as payment_count, entry_count::text as entry_count from settlement_run;
