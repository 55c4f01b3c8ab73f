-- What: counts how many days it took those plainly in order from credit to first withdrawal.
-- Reads: work_screen, work_subject, withdrawal_report
-- Writes: work_clean_risk (by unit, and by bank, channel, age band and sex)
-- Slices: by reference, so that two connections work at once
-- Rule: contract 6, D38: a report of the credit's own reference counts; without one it is not reported. Sign as in 45.
-- Why here: who is a subject is settled; the subjects' own times follow their payments.

insert into work_clean_risk (grain, scheme_id, benefit_period, unit_code, creditor_agent, payment_channel, age_band, sex, cash_event, days, entitlement_count)
with said as (
  select creditor_agent, reference_key, case when first_withdrawal_date <= :'as_of'::date then first_withdrawal_date end as withdrawn_date, least(reported_through_date, :'as_of'::date) as through_date
  from withdrawal_report join work_file using (file_id)
  where reference_key % :'slice_count'::bigint = :'slice'::bigint
), withdrawal as (
  select creditor_agent, reference_key, min(withdrawn_date) as withdrawn_date, max(through_date) as through_date from said group by creditor_agent, reference_key
), credited as materialized (
  select s.scheme_id, s.benefit_period, s.unit_code, s.creditor_agent, s.payment_channel, s.age_band, s.sex, s.person_key, s.reference_key, s.credited_date, w.withdrawn_date, w.through_date
  from work_screen s left join withdrawal w on w.reference_key = s.reference_key and w.creditor_agent = s.creditor_agent
  where s.outcome_class = 'paid' and s.credited_date is not null and coalesce(s.reference_key, 0) % :'slice_count'::bigint = :'slice'::bigint and not exists (select from work_subject k where k.person_key = s.person_key)
), sensible as (
  select * from credited where withdrawn_date >= credited_date or withdrawn_date is null
  union all
  -- a withdrawal before the credit says nothing of it; another report may
  select c.scheme_id, c.benefit_period, c.unit_code, c.creditor_agent, c.payment_channel, c.age_band, c.sex, c.person_key, c.reference_key, c.credited_date, min(s.withdrawn_date), max(s.through_date)
  from credited c left join said s on s.reference_key = c.reference_key and s.creditor_agent = c.creditor_agent and coalesce(s.withdrawn_date, s.through_date) >= c.credited_date
  where c.withdrawn_date < c.credited_date group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
), timed as materialized (
  select scheme_id, benefit_period, unit_code, creditor_agent, payment_channel, age_band, sex,
    case when withdrawn_date is not null then 'withdrawn' when through_date >= credited_date then 'censored' else 'not_reported' end::cash_event as cash_event,
    case when withdrawn_date is not null then withdrawn_date - credited_date when through_date >= credited_date then through_date - credited_date end as days
  from sensible
)
select 'unit', scheme_id, benefit_period, unit_code, null, null, null, null, cash_event, days, :'sign'::integer * count(*) from timed group by scheme_id, benefit_period, unit_code, cash_event, days
union all
select 'person', scheme_id, benefit_period, null, creditor_agent, payment_channel, age_band, sex, cash_event, days, :'sign'::integer * count(*) from timed group by scheme_id, benefit_period, creditor_agent, payment_channel, age_band, sex, cash_event, days;
