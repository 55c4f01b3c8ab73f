-- What: counts how many days it took those plainly in order from credit to first withdrawal.
-- Reads: work_screen, work_subject, withdrawal_report
-- Writes: work_clean_risk (by unit, and by bank, channel, age band and sex)
-- Slices: by reference, so that two connections work at once
-- Rule: contract 6, D38: a report of the credit's own reference counts; without one it is not reported. Sign as in 45.
-- Why here: who is a subject is settled; the subjects' own times follow their payments.

insert into work_clean_risk (grain, scheme_id, benefit_period, unit_code, creditor_agent, payment_channel, age_band, sex, cash_event, days, entitlement_count)
with withdrawal as (
  select creditor_agent, reference_key, min(first_withdrawal_date) filter (where first_withdrawal_date <= :'as_of'::date) as withdrawn_date, least(max(reported_through_date), :'as_of'::date) as through_date
  from withdrawal_report join work_file using (file_id)
  where reference_key % :'slice_count'::bigint = :'slice'::bigint
  group by creditor_agent, reference_key
), ended as (
  select s.*, greatest(w.withdrawn_date, s.credited_date) = w.withdrawn_date as is_withdrawn, w.withdrawn_date, w.through_date
  from work_screen s left join withdrawal w on w.reference_key = s.reference_key and w.creditor_agent = s.creditor_agent
  where s.outcome_class = 'paid' and s.credited_date is not null and coalesce(s.reference_key, 0) % :'slice_count'::bigint = :'slice'::bigint and not exists (select from work_subject k where k.person_key = s.person_key)
), timed as materialized (
  select scheme_id, benefit_period, unit_code, creditor_agent, payment_channel, age_band, sex,
    case when is_withdrawn then 'withdrawn' when withdrawn_date is null and through_date >= credited_date then 'censored' else 'not_reported' end::cash_event as cash_event,
    case when is_withdrawn then withdrawn_date - credited_date when withdrawn_date is null and through_date >= credited_date then through_date - credited_date end as days
  from ended
)
select 'unit', scheme_id, benefit_period, unit_code, null, null, null, null, cash_event, days, :'sign'::integer * count(*) from timed group by scheme_id, benefit_period, unit_code, cash_event, days
union all
select 'person', scheme_id, benefit_period, null, creditor_agent, payment_channel, age_band, sex, cash_event, days, :'sign'::integer * count(*) from timed group by scheme_id, benefit_period, creditor_agent, payment_channel, age_band, sex, cash_event, days;
