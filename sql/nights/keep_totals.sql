-- What: keeps what the published result comes to, for whoever asks what a night has changed.
-- Reads: outcome_total, finding_total
-- Writes: run_total (one row per class of outcome or code of finding, and currency)
-- Why here: the tables it reads are the next run's tomorrow
-- Parameters: run_id

insert into run_total (run_id, subject, code, currency, item_count, amount, credited_amount)
select :'run_id'::bigint, 'outcome', outcome_class::text, currency, sum(entitlement_count), sum(due_amount), sum(credited_amount) from outcome_total group by outcome_class, currency
union all
select :'run_id'::bigint, 'finding', code, currency, sum(finding_count), sum(amount_at_stake), null from finding_total group by code, currency;
