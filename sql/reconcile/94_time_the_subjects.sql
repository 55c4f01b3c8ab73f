-- What: the clocks of the subjects: when the money of each entitlement was instructed, credited, withdrawable and withdrawn, or how it ended otherwise.
-- Reads: work_entitlement, work_outcome, work_match, work_payment, work_line, work_account, work_alias, work_mandate, withdrawal_report, account_report, register_row, work_village, scheme_code
-- Writes: entitlement_clock (one row per entitlement)
-- Rule: contract 6, D38, D39, D100: from the first credit to what came first of withdrawal, full return, closure of the account, death; else censored where the bank's reports end; a credit no report speaks of is not reported.
-- Why here: payments are placed.

insert into entitlement_clock (person_key, slot, scheme_id, benefit_period, due_date, credited_date, creditor_agent, due_to_instructed_days, instructed_to_credited_days, credited_to_withdrawable_days, days,
  distance_band, age_band, missing_fields, outcome_class, cash_event, account_state, payment_channel, payee_type, sex, has_card, is_paid, is_first_of_month, due_amount, unit_code, village, electricity, signal, needs)
with listed as (
  select person_key, scheme_id, benefit_period, bool_and(payment_channel in ('account', 'wallet')) as is_by_account, min(payment_channel) as payment_channel,
    case when min(creditor_agent) = max(creditor_agent) then min(creditor_agent) end as creditor_agent, case when min(account_key) = max(account_key) then min(account_key) end as account_key, case when min(payee_key) = max(payee_key) then min(payee_key) end as payee_key,
    case when min(sex) = max(sex) then min(sex) end as sex, case when min(birth_date) = max(birth_date) and min(birth_year) = max(birth_year) then min(birth_date) end as birth_date, case when min(birth_year) = max(birth_year) then min(birth_year) end as birth_year,
    case when min(village collate "C") = max(village collate "C") then min(village collate "C") end as village, string_agg(needs, ';' order by needs collate "C") as needs,
    case when count(birth_date) + count(birth_year) = 0 then 1 else 0 end + case when count(sex) = 0 then 2 else 0 end + case when count(village) = 0 then 4 else 0 end + case when count(category_code) = 0 then 8 else 0 end
      + case when bool_or(account_key is null and payment_channel in ('account', 'wallet')) then 16 else 0 end as missing_fields
  from work_line where list_status = 'active' group by 1, 2, 3
), running as (
  -- a credit to an account before one at a counter: only the first has a clock
  select distinct on (m.person_key, m.scheme_id, m.benefit_period) m.person_key, m.scheme_id, m.benefit_period, p.creditor_agent, p.account_key, p.instructed_date, p.credited_date, p.end_to_end_id,
    case when p.net_amount = 0 then (p.returned_at at time zone :'time_zone'::text)::date end as returned_date,
    coalesce(p.payment_channel, l.payment_channel) as payment_channel, coalesce(p.payment_channel in ('account', 'wallet'), l.is_by_account) as is_to_account
  from work_match m join work_payment p using (payment_number) join listed l on l.person_key = m.person_key and l.scheme_id = m.scheme_id and l.benefit_period = m.benefit_period
  where p.credited_date is not null and p.state in ('credited', 'returned')
  order by m.person_key, m.scheme_id, m.benefit_period, coalesce(p.payment_channel in ('account', 'wallet'), l.is_by_account) desc, p.credited_at, p.end_to_end_id collate "C", m.payment_number
), said as (
  select creditor_agent, end_to_end_id, case when first_withdrawal_date <= :'as_of'::date then first_withdrawal_date end as withdrawn_date, least(reported_through_date, :'as_of'::date) as through_date
  from withdrawal_report join work_file using (file_id) where end_to_end_id is not null
), reported as (
  select r.person_key, r.scheme_id, r.benefit_period, min(s.withdrawn_date) as withdrawn_date, max(s.through_date) as through_date
  from running r join said s on s.creditor_agent = r.creditor_agent and s.end_to_end_id = r.end_to_end_id
  where r.is_to_account and coalesce(s.withdrawn_date, s.through_date) >= r.credited_date group by 1, 2, 3
), active as (
  select creditor_agent, account_key, min(reported_date) as active_since_date
  from account_report join work_file using (file_id) where account_status = 'active' and reported_date <= :'as_of'::date group by creditor_agent, account_key
), account as (
  select a.creditor_agent, a.account_key, a.holder_key, r.account_status, r.activated_date, r.closed_date, r.card_issued_date, e.active_since_date
  from work_account a join account_report r on r.file_id = a.file_id and r.line_number = a.line_number
  left join active e on e.creditor_agent = a.creditor_agent and e.account_key = a.account_key
), died as (
  select person_key, min(death_date) as death_date
  from (
    select distinct on (a.person_key, r.person_key) a.person_key, r.vital_status, r.death_date
    from register_row r join work_file using (file_id) join work_alias a on a.alias_key = r.person_key
    order by a.person_key, r.person_key, r.verified_date desc, r.file_id desc, array_position(array['dead', 'missing', 'alive']::vital_status[], r.vital_status), r.death_date nulls first, r.previous_key nulls first, r.line_number desc
  ) standing where vital_status = 'dead' group by person_key
), reachable as (
  -- own accounts under any of the ids, and those of payees with a mandate today
  select al.person_key, a.account_status, a.activated_date, a.card_issued_date from account a join work_alias al on al.alias_key = a.holder_key
  union all
  select m.person_key, a.account_status, a.activated_date, a.card_issued_date from account a join work_mandate m on m.payee_key = a.holder_key and :'as_of'::date between m.valid_from and coalesce(m.valid_to, 'infinity')
  where a.account_status = 'active'
), holding as (
  select person_key, max(case when account_status = 'active' then 'usable' when activated_date is not null then 'activated' else 'opened' end::account_state) as account_state,
    bool_or(account_status = 'active' and card_issued_date is not null) as has_card
  from reachable group by person_key
), competing as (
  select r.*, p.withdrawn_date, p.through_date,
    case when r.returned_date between r.credited_date and p.through_date then r.returned_date end as return_day,
    case when c.closed_date between r.credited_date and p.through_date then c.closed_date end as closure_day,
    case when d.death_date between r.credited_date and p.through_date then d.death_date end as death_day
  from running r
  left join reported p using (person_key, scheme_id, benefit_period)
  left join account c on c.creditor_agent = r.creditor_agent and c.account_key = r.account_key
  left join died d on d.person_key = r.person_key
), ended as (
  select *, coalesce(least(withdrawn_date, return_day, closure_day, death_day), through_date) as last_day,
    case when not is_to_account then null
      when through_date is null then 'not_reported'
      when withdrawn_date <= least(return_day, closure_day, death_day, 'infinity') then 'withdrawn'
      when return_day <= least(closure_day, death_day, 'infinity') then 'returned'
      when closure_day <= coalesce(death_day, 'infinity') then 'closed'
      when death_day is not null then 'died'
      else 'censored' end::cash_event as cash_event
  from competing
), relation as (
  select distinct on (person_key, payee_key) person_key, payee_key, relation from work_mandate order by person_key, payee_key, valid_from desc, relation
), told as (
  select e.person_key, e.scheme_id, e.benefit_period, e.due_date, e.due_amount, e.unit_code, r.credited_date, r.instructed_date, r.cash_event, r.last_day, l.missing_fields, l.village, l.needs, l.sex, l.birth_date, l.birth_year, l.payee_key,
    coalesce(r.creditor_agent, l.creditor_agent) as creditor_agent, coalesce(r.payment_channel, l.payment_channel) as payment_channel, coalesce(r.is_to_account, l.is_by_account) as is_to_account,
    case when r.person_key is not null then r.account_key else l.account_key end as account_key, coalesce(r.credited_date, e.due_date) as age_day
  from work_entitlement e
  join listed l on l.person_key = e.person_key and l.scheme_id = e.scheme_id and l.benefit_period = e.benefit_period
  left join ended r on r.person_key = e.person_key and r.scheme_id = e.scheme_id and r.benefit_period = e.benefit_period
), received as (
  -- by whom: the holder of the account, or at a counter the payee that the list names
  select t.*, a.activated_date, a.active_since_date, case when t.is_to_account and t.account_key is not null then a.holder_key else coalesce(t.payee_key, t.person_key) end as receiver_key
  from told t left join account a on t.is_to_account and a.creditor_agent = t.creditor_agent and a.account_key = t.account_key
)
select t.person_key, :'clock_slot'::smallint, t.scheme_id, t.benefit_period, t.due_date, t.credited_date, t.creditor_agent, t.instructed_date - t.due_date, t.credited_date - t.instructed_date,
  case when t.is_to_account and t.credited_date is not null then case when t.activated_date is not null then greatest(t.activated_date - t.credited_date, 0) when t.active_since_date <= t.credited_date then 0 end end,
  t.last_day - t.credited_date, v.distance_band,
  case when t.birth_date is not null then age_band(t.birth_date, t.age_day)
    when age_band(make_date(t.birth_year, 1, 1), t.age_day) = age_band(make_date(t.birth_year, 12, 31), t.age_day) then age_band(make_date(t.birth_year, 1, 1), t.age_day) end,
  t.missing_fields, o.outcome_class, t.cash_event, coalesce(h.account_state, 'none'), t.payment_channel,
  case when own.alias_key is not null then 'self' else m.relation::text end::payee_type, t.sex, coalesce(h.has_card, false), o.credited_amount > 0,
  row_number() over (partition by t.person_key, t.benefit_period order by c.scheme collate "C") = 1, t.due_amount, t.unit_code, t.village, v.electricity, v.signal, t.needs
from received t
join work_outcome o on o.person_key = t.person_key and o.scheme_id = t.scheme_id and o.benefit_period = t.benefit_period
join scheme_code c on c.scheme_id = t.scheme_id
left join holding h on h.person_key = t.person_key
left join work_alias own on own.person_key = t.person_key and own.alias_key = t.receiver_key
left join relation m on m.person_key = t.person_key and m.payee_key = t.receiver_key
left join work_village v on v.unit_code = t.unit_code and v.village = t.village;
