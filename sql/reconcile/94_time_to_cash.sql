-- What: how many days it took each subject from the first credit of an entitlement to the first withdrawal, or how it ended otherwise.
-- Reads: work_match, work_payment, work_entitlement, work_line, work_account, work_alias, withdrawal_report, account_report, register_row
-- Writes: work_time_to_cash (one row per entitlement with a credit to an account)
-- Rule: contract 6, D38, D39: from the first credit to what came first of withdrawal, full return, closure of the account, death; else censored where the bank's reports end; a credit no report speaks of is not reported.
-- Why here: payments are placed.

insert into work_time_to_cash (person_key, scheme_id, benefit_period, cash_event, days, unit_code, creditor_agent, payment_channel, age_band, sex)
with listed as (
  select person_key, scheme_id, benefit_period, bool_and(payment_channel in ('account', 'wallet')) as is_by_account, min(payment_channel) as payment_channel,
    case when min(sex) = max(sex) then min(sex) end as sex, case when min(birth_date) = max(birth_date) and min(birth_year) = max(birth_year) then min(birth_date) end as birth_date, case when min(birth_year) = max(birth_year) then min(birth_year) end as birth_year
  from work_line where list_status = 'active' group by 1, 2, 3
), running as (
  select distinct on (m.person_key, m.scheme_id, m.benefit_period) m.person_key, m.scheme_id, m.benefit_period, p.creditor_agent, p.account_key, p.credited_date, p.end_to_end_id,
    case when p.net_amount = 0 then (p.returned_at at time zone :'time_zone'::text)::date end as returned_date,
    coalesce(p.payment_channel, l.payment_channel) as payment_channel, l.sex, l.birth_date, l.birth_year
  from work_match m join work_payment p using (payment_number) join listed l on l.person_key = m.person_key and l.scheme_id = m.scheme_id and l.benefit_period = m.benefit_period
  where p.credited_date is not null and p.state in ('credited', 'returned') and coalesce(p.payment_channel in ('account', 'wallet'), l.is_by_account)
  order by m.person_key, m.scheme_id, m.benefit_period, p.credited_at, p.end_to_end_id collate "C", m.payment_number
), said as (
  select creditor_agent, end_to_end_id, case when first_withdrawal_date <= :'as_of'::date then first_withdrawal_date end as withdrawn_date, least(reported_through_date, :'as_of'::date) as through_date
  from withdrawal_report join work_file using (file_id) where end_to_end_id is not null
), reported as (
  select r.person_key, r.scheme_id, r.benefit_period, min(s.withdrawn_date) as withdrawn_date, max(s.through_date) as through_date
  from running r join said s on s.creditor_agent = r.creditor_agent and s.end_to_end_id = r.end_to_end_id
  where coalesce(s.withdrawn_date, s.through_date) >= r.credited_date group by 1, 2, 3
), closed as (
  select a.creditor_agent, a.account_key, r.closed_date
  from work_account a join account_report r on r.file_id = a.file_id and r.line_number = a.line_number where r.closed_date is not null
), died as (
  select person_key, min(death_date) as death_date
  from (
    select distinct on (a.person_key, r.person_key) a.person_key, r.vital_status, r.death_date
    from register_row r join work_file using (file_id) join work_alias a on a.alias_key = r.person_key
    order by a.person_key, r.person_key, r.verified_date desc, r.file_id desc, r.line_number desc
  ) standing where vital_status = 'dead' group by person_key
), competing as (
  select r.*, p.withdrawn_date, p.through_date,
    case when r.returned_date between r.credited_date and p.through_date then r.returned_date end as return_day,
    case when c.closed_date between r.credited_date and p.through_date then c.closed_date end as closure_day,
    case when d.death_date between r.credited_date and p.through_date then d.death_date end as death_day
  from running r
  left join reported p using (person_key, scheme_id, benefit_period)
  left join closed c on c.creditor_agent = r.creditor_agent and c.account_key = r.account_key
  left join died d on d.person_key = r.person_key
), ended as (
  select *, coalesce(least(withdrawn_date, return_day, closure_day, death_day), through_date) as last_day,
    case when through_date is null then 'not_reported'
      when withdrawn_date <= least(return_day, closure_day, death_day, 'infinity') then 'withdrawn'
      when return_day <= least(closure_day, death_day, 'infinity') then 'returned'
      when closure_day <= coalesce(death_day, 'infinity') then 'closed'
      when death_day is not null then 'died'
      else 'censored' end::cash_event as cash_event
  from competing
)
select e.person_key, e.scheme_id, e.benefit_period, e.cash_event, e.last_day - e.credited_date, n.unit_code, e.creditor_agent, e.payment_channel,
  case when e.birth_date is not null then age_band(e.birth_date, e.credited_date)
    when age_band(make_date(e.birth_year, 1, 1), e.credited_date) = age_band(make_date(e.birth_year, 12, 31), e.credited_date) then age_band(make_date(e.birth_year, 1, 1), e.credited_date) end,
  e.sex
from ended e join work_entitlement n using (person_key, scheme_id, benefit_period);
