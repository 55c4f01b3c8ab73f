-- What: how many days it took each subject from the first credit of an entitlement to the first withdrawal, or how it ended otherwise.
-- Reads: work_match, work_payment, work_entitlement, work_line, work_term, work_account, work_alias, withdrawal_report, account_report, register_row
-- Writes: work_time_to_cash (one row per entitlement with a credit to an account)
-- Rule: contract 6, D38: origin the first credit; the event is what came first of withdrawal, full return, closure of the account, death; what lies after the day the bank has reported through is censored there; a credit no report names is not reported.
-- Why here: payments are placed.

insert into work_time_to_cash (person_key, scheme_id, benefit_period, cash_event, days, unit_code, creditor_agent, payment_channel, age_band, sex)
with origin as (
  select distinct on (m.person_key, m.scheme_id, m.benefit_period) m.person_key, m.scheme_id, m.benefit_period, p.payment_number, p.creditor_agent, p.account_key, p.credited_date, p.end_to_end_id,
    case when p.net_amount = 0 then (p.returned_at at time zone :'time_zone'::text)::date end as returned_date
  from work_match m join work_payment p using (payment_number)
  where p.state in ('credited', 'returned') and p.credited_date is not null and p.account_key is not null and coalesce(p.payment_channel not in ('cash', 'post'), true)
  order by m.person_key, m.scheme_id, m.benefit_period, p.credited_at, p.end_to_end_id collate "C", m.payment_number
), withdrawal as (
  select creditor_agent, end_to_end_id, min(first_withdrawal_date) filter (where first_withdrawal_date <= :'as_of'::date) as withdrawn_date, least(max(reported_through_date), :'as_of'::date) as through_date
  from withdrawal_report join work_file using (file_id)
  where end_to_end_id is not null group by creditor_agent, end_to_end_id
), closed as (
  select a.creditor_agent, a.account_key, coalesce(r.closed_date, r.reported_date) as closed_date
  from work_account a join account_report r on r.file_id = a.file_id and r.line_number = a.line_number where a.account_status = 'closed'
), died as (
  select person_key, min(death_date) as death_date
  from (
    select distinct on (r.person_key) a.person_key, r.vital_status, r.death_date
    from register_row r join work_file using (file_id) join work_alias a on a.alias_key = r.person_key
    order by r.person_key, r.verified_date desc, r.file_id desc, r.line_number desc
  ) standing where vital_status = 'dead' and death_date <= :'as_of'::date group by person_key
), listed as (
  select distinct on (l.person_key, l.scheme_id, l.benefit_period) l.person_key, l.scheme_id, l.benefit_period, l.sex, coalesce(l.birth_date, make_date(l.birth_year, 1, 1)) as born, l.payment_channel
  from work_line l where l.list_status = 'active'
  order by l.person_key, l.scheme_id, l.benefit_period, l.birth_date, l.birth_year, l.sex, l.payment_channel
), seen as (
  select o.*, w.through_date, case when w.withdrawn_date >= o.credited_date then w.withdrawn_date end as withdrawn_date,
    w.end_to_end_id is not null and not coalesce(w.withdrawn_date < o.credited_date, false) and w.through_date >= o.credited_date as is_reported,
    case when c.closed_date >= o.credited_date then c.closed_date end as closed_date, case when d.death_date >= o.credited_date then d.death_date end as death_date
  from origin o
  left join withdrawal w on w.creditor_agent = o.creditor_agent and w.end_to_end_id = o.end_to_end_id
  left join closed c on c.creditor_agent = o.creditor_agent and c.account_key = o.account_key
  left join died d on d.person_key = o.person_key
), ended as (
  select *, case
    when not is_reported and withdrawn_date is null then 'not_reported'
    when withdrawn_date <= least(returned_date, closed_date, death_date, 'infinity') then 'withdrawn'
    when least(returned_date, closed_date, death_date) > through_date or coalesce(returned_date, closed_date, death_date) is null then 'censored'
    when returned_date <= least(closed_date, death_date, 'infinity') then 'returned'
    when closed_date <= coalesce(death_date, 'infinity') then 'closed'
    else 'died' end::cash_event as cash_event
  from seen
)
select e.person_key, e.scheme_id, e.benefit_period, e.cash_event,
  case e.cash_event when 'withdrawn' then withdrawn_date when 'censored' then through_date when 'returned' then returned_date when 'closed' then closed_date when 'died' then death_date end - e.credited_date,
  n.unit_code, e.creditor_agent, l.payment_channel,
  case when l.born > t.born_15 then 0 when l.born > t.born_60 then 15 when l.born > t.born_70 then 60 when l.born > t.born_80 then 70 when l.born is not null then 80 end, l.sex
from ended e
join work_entitlement n using (person_key, scheme_id, benefit_period)
join listed l using (person_key, scheme_id, benefit_period)
join (select distinct due_date, born_15, born_60, born_70, born_80 from work_term) t on t.due_date = n.due_date;
