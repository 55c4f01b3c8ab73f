-- What: the clocks of those plainly in order: when their money was instructed, credited, withdrawable and withdrawn.
-- Reads: work_screen, work_subject, withdrawal_report, mandate_row, work_village
-- Writes: entitlement_clock (one row per entitlement)
-- Slices: by reference, so that two connections work at once
-- Rule: contract 6, D38, D39, D100: a report of the credit's own reference counts; without one it is not reported.
-- Why here: who is a subject is settled; the subjects' own clocks follow their payments.

insert into entitlement_clock (person_key, slot, scheme_id, benefit_period, due_date, credited_date, creditor_agent, due_to_instructed_days, instructed_to_credited_days, credited_to_withdrawable_days, days,
  distance_band, age_band, missing_fields, outcome_class, cash_event, account_state, payment_channel, payee_type, sex, has_card, is_paid, is_first_of_month, due_amount, unit_code, village, electricity, signal, needs)
with said as (
  select creditor_agent, reference_key, case when first_withdrawal_date <= :'as_of'::date then first_withdrawal_date end as withdrawn_date, least(reported_through_date, :'as_of'::date) as through_date
  from withdrawal_report join work_file using (file_id)
  where reference_key % :'slice_count'::bigint = :'slice'::bigint
), withdrawal as (
  select creditor_agent, reference_key, min(withdrawn_date) as withdrawn_date, max(through_date) as through_date from said group by creditor_agent, reference_key
), clean as materialized (
  select s.*, (s.instructed_at at time zone :'time_zone'::text)::date as instructed_date, w.withdrawn_date, w.through_date
  from work_screen s
  left join withdrawal w on w.reference_key = s.reference_key and w.creditor_agent = s.creditor_agent and s.payment_channel in ('account', 'wallet')
  where s.outcome_class is not null and coalesce(s.reference_key, 0) % :'slice_count'::bigint = :'slice'::bigint and not exists (select from work_subject k where k.person_key = s.person_key)
), later as (
  -- a withdrawal before the credit says nothing of it; another report may
  select c.person_key, c.scheme_id, c.benefit_period, min(s.withdrawn_date) as withdrawn_date, max(s.through_date) as through_date
  from clean c join said s on s.reference_key = c.reference_key and s.creditor_agent = c.creditor_agent and coalesce(s.withdrawn_date, s.through_date) >= c.credited_date
  where c.withdrawn_date < c.credited_date group by c.person_key, c.scheme_id, c.benefit_period
), sensible as (
  select c.*, case when c.withdrawn_date < c.credited_date then l.withdrawn_date else c.withdrawn_date end as fetched_date, case when c.withdrawn_date < c.credited_date then l.through_date else c.through_date end as seen_through_date
  from clean c left join later l on l.person_key = c.person_key and l.scheme_id = c.scheme_id and l.benefit_period = c.benefit_period
), relation as (
  select distinct on (m.person_key, m.payee_key) m.person_key, m.payee_key, m.relation
  from mandate_row m join work_file using (file_id) order by m.person_key, m.payee_key, m.valid_from desc, m.relation
)
select s.person_key, :'clock_slot'::smallint, s.scheme_id, s.benefit_period, s.due_date, s.credited_date, s.creditor_agent, s.instructed_date - s.due_date, s.credited_date - s.instructed_date,
  case when s.payment_channel in ('account', 'wallet') then case when s.activated_date is not null then greatest(s.activated_date - s.credited_date, 0) when s.reported_date <= s.credited_date then 0 end end,
  case when s.payment_channel in ('account', 'wallet') then case when s.fetched_date is not null then s.fetched_date - s.credited_date when s.seen_through_date >= s.credited_date then s.seen_through_date - s.credited_date end end,
  v.distance_band, s.age_band, s.missing_fields, s.outcome_class,
  case when s.credited_date is not null and s.payment_channel in ('account', 'wallet') then case when s.fetched_date is not null then 'withdrawn' when s.seen_through_date >= s.credited_date then 'censored' else 'not_reported' end end::cash_event,
  s.account_state, s.payment_channel, case when s.payee_key is null then 'self' else r.relation::text end::payee_type, s.sex, s.has_card, s.outcome_class = 'paid', s.is_first_of_month, s.due_amount, s.unit_code, s.village, v.electricity, v.signal, s.needs
from sensible s
left join relation r on r.person_key = s.person_key and r.payee_key = s.payee_key
left join work_village v on v.unit_code = s.unit_code and v.village = s.village;
