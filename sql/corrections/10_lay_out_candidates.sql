-- What: what every finding about money or accounts would be on each kind of list that could put it right, or why it may not be there.
-- Reads: finding, work_touched, register_row, mandate_row, payment_report (what came back from the dead), account_report, entitlement_line (what is not active), published_file, payer_account, administrative_unit, reason_code, correction_offset
-- Writes: correction_candidate (one row per finding × kind of list)
-- Rule: D179. Never what is disputed, dead, stopped, already on the way, or carried over; AM05, MD07 and the like only by a decision, whatever was tried afterwards; whom a bank said to be dead not for other months either, until the register says later that they live; to an account that can be used now, else the account is asked about.
-- Parameters: as_of; is_by_changes: of the touched alone, whose facts are gathered under the names of all facts
-- Why after the findings: it speaks of the published result alone; what people decide since is asked when a list is made (view correction_proposal).

delete from correction_candidate where not :'is_by_changes'::boolean or person_key = any (array(select person_key from work_touched));
-- nothing is known beforehand of how many rows each part below has: guessed too few, two of them would be met row by row
set local enable_nestloop = off;
insert into correction_candidate (person_key, finding_id, list_kind, code, scheme_id, benefit_period, unit_code, currency, amount, before_amount, money_key, left_out, lifted_by, payment_channel, creditor_agent, creditor_account, account_origin, creditor_name, beneficiary_name,
  return_reason_code, monthly_amount, asked, from_whom, lines)
with found as materialized (
  select f.*, k.list_kind
  from (values ('supplementary'), ('carried_over'), ('recovery'), ('offset'), ('account_fix')) k (list_kind) join finding f on f.code = any (correction_codes(k.list_kind))
  where not :'is_by_changes'::boolean or f.person_key = any (array(select person_key from work_touched))
), person as materialized (
  select distinct person_key from found where person_key >= 0
), standing as (
  select distinct on (r.person_key) r.person_key, r.previous_key, r.vital_status, coalesce(r.death_date, r.verified_date) as last_date
  from register_row r join published_file using (file_id)
  order by r.person_key, r.verified_date desc, r.file_id desc, array_position(array['dead', 'missing', 'alive']::vital_status[], r.vital_status), r.death_date nulls first, r.previous_key nulls first, r.line_number desc
), alias as materialized (
  select person_key, person_key as alias_key from person
  union select s.person_key, s.previous_key from standing s join person using (person_key) where s.previous_key is not null
  union select s.previous_key, s.person_key from standing s join person p on p.person_key = s.previous_key
), dead as materialized (
  select distinct a.person_key from standing s join alias a on a.alias_key = s.person_key where s.vital_status = 'dead' and s.last_date <= :'as_of'::date
  union select person_key from finding where code = 'deceased_on_list'
), failed as materialized (
  select f.finding_id, f.person_key, p ->> 'return_reason_code' as reason, coalesce((p ->> 'returned_date')::date, (p ->> 'instructed_date')::date) as failed_date
  from found f cross join lateral jsonb_array_elements(f.evidence -> 'payments') p
  where f.list_kind = 'carried_over' and p ->> 'state' in ('rejected', 'returned') and p ->> 'return_reason_code' is not null
), barring as materialized (
  -- what is not to be tried again is not undone by a later attempt that failed for another reason
  select distinct on (t.finding_id) t.finding_id, t.reason
  from failed t left join reason_code c on c.code = t.reason
  where not coalesce(c.retryable, t.reason not in ('AM05', 'DUPL', 'FRAD', 'FR01'))
  order by t.finding_id, t.reason <> 'MD07', t.failed_date desc nulls last, t.reason collate "C"
), seen_alive as (
  select a.person_key, max(r.verified_date) as verified_date
  from register_row r join published_file using (file_id) join alias a on a.alias_key = r.person_key
  where r.vital_status = 'alive' and r.verified_date <= :'as_of'::date
  group by a.person_key
), said_dead as materialized (
  select e.person_key
  from (
    select a.person_key, (coalesce(r.returned_at, r.instructed_at) at time zone 'Asia/Ho_Chi_Minh')::date as told_date
    from payment_report r join published_file using (file_id) join alias a on a.alias_key = r.person_key
    where r.return_reason_code = 'MD07' and r.transaction_status in ('RJCT', 'RTRN')
    union all select person_key, failed_date from failed where reason = 'MD07'
  ) e left join seen_alive s using (person_key)
  where coalesce(e.told_date <= :'as_of'::date, true)
  group by e.person_key, s.verified_date
  having not coalesce(s.verified_date > max(coalesce(e.told_date, 'infinity')), false)
), receiver as (
  select person_key, alias_key as holder_key, 'own' as origin, null as payee_name from alias
  union select distinct on (m.person_key, m.payee_key) m.person_key, m.payee_key, 'payee', m.payee_name
  from mandate_row m join published_file using (file_id) join person using (person_key)
  where :'as_of'::date between m.valid_from and coalesce(m.valid_to, 'infinity')
), reported as (
  -- the newest report of each account that a receiver was ever reported to hold: it may say that somebody else holds it now
  select distinct on (r.creditor_agent, r.account_key) r.creditor_agent, r.account_key, r.person_key as holder_key, r.account_status, coalesce(r.reported_date, r.activated_date, r.opened_date) as told_date, r.activated_date
  from account_report r join published_file using (file_id)
  where coalesce(r.reported_date <= :'as_of'::date, true) and r.account_key in (select o.account_key from account_report o join receiver x on x.holder_key = o.person_key)
  order by r.creditor_agent, r.account_key, r.reported_date desc nulls last, r.file_id desc, r.account_status desc, r.line_number desc
), usable as materialized (
  select distinct on (x.person_key, r.creditor_agent, r.account_key) x.person_key, r.creditor_agent, coalesce(account_text(r.account_key), h.original) as creditor_account, x.origin, x.payee_name, r.told_date, r.activated_date
  from reported r join receiver x on x.holder_key = r.holder_key left join hashed_text h on h.hash_key = r.account_key
  where r.account_status = 'active'
  order by x.person_key, r.creditor_agent, r.account_key, x.origin
), short_account as materialized (
  select distinct f.finding_id, m.creditor_agent, m.account_key
  from found f join matched_payment m on m.person_key = f.person_key and m.scheme_id = f.scheme_id and m.benefit_period = f.benefit_period and m.state = 'credited'
  where f.code = 'paid_short' and f.list_kind = 'supplementary' and (not :'is_by_changes'::boolean or m.person_key = any (array(select person_key from work_touched)))
), reported_account as (
  select distinct r.account_key from account_report r join published_file using (file_id) where r.account_key in (select account_key from short_account)
), proved as (
  -- no bank reports on it, but what was sent to it for this month stands
  select s.finding_id, s.creditor_agent, coalesce(account_text(s.account_key), h.original) as creditor_account
  from short_account s left join reported_account r using (account_key) left join hashed_text h on h.hash_key = s.account_key
  where r.account_key is null and s.account_key is not null
), stopped as (
  select l.person_key, l.scheme_id, max(l.benefit_period) as last_period
  from entitlement_line l join published_file using (file_id) join person using (person_key)
  where l.list_status <> 'active' and not exists (
    select from entitlement_line n join published_file using (file_id)
    where n.person_key % 240 = l.person_key % 240 and n.person_key = l.person_key and n.scheme_id = l.scheme_id and n.benefit_period = l.benefit_period and n.component = l.component and n.category_code is not distinct from l.category_code
      and n.list_status = 'active' and (coalesce(n.list_date, '-infinity'), n.file_id) > (coalesce(l.list_date, '-infinity'), l.file_id))
  group by l.person_key, l.scheme_id
), doubtful as (
  select person_key, scheme_id, benefit_period from finding where code = 'conflicting_line'
  union select identifier_key(c ->> 'beneficiary_id'), s.scheme_id, replace(c ->> 'benefit_period', '-', '')::integer
  from finding f cross join lateral jsonb_array_elements(f.evidence -> 'candidates') c left join scheme_code s on s.scheme = c ->> 'scheme' where f.code = 'ambiguous_payment'
), disputed as materialized (
  select distinct f.finding_id from found f join doubtful d on d.person_key = f.person_key where coalesce(d.scheme_id = f.scheme_id, true) and coalesce(d.benefit_period = f.benefit_period, true)
), unit as (
  select distinct on (unit_code) unit_code, parent_code from administrative_unit order by unit_code, valid_from desc
), rule as (
  select distinct on (p.unit_code) p.unit_code, a.cash_agent, a.offset_percent, a.not_collected, a.collection_months
  from (select distinct coalesce(unit_code, '') as unit_code from found) p
  left join unit u on u.unit_code = p.unit_code left join unit v on v.unit_code = u.parent_code
  join payer_account a on a.applies_from <= :'as_of'::date and (a.unit_code is null or a.unit_code in (p.unit_code, u.parent_code, v.parent_code))
  order by p.unit_code, array_position(array[p.unit_code, u.parent_code, v.parent_code], a.unit_code), a.applies_from desc
), told as materialized (
  select f.*, coalesce((f.evidence ->> 'credited_amount')::numeric, 0) as credited_amount, coalesce((f.evidence ->> 'on_the_way_amount')::numeric, 0) as on_the_way_amount, (f.evidence ->> 'due_amount')::numeric as due_amount,
    line.payment_channel, line.listed, tried.attempt, tried.failed_date, money.latest, c.class as reason_class, b.reason as barring_reason,
    d.person_key is not null as is_dead, e.person_key is not null as is_said_dead, coalesce(s.last_period >= f.benefit_period, false) as is_stopped, w.amount as planned_offset,
    x.finding_id is not null as is_disputed,
    coalesce(r.not_collected, 'next_list') as not_collected, coalesce(r.collection_months, 3) as collection_months, coalesce(r.offset_percent, 0) as offset_percent, r.cash_agent
  from found f
  left join lateral (
    select min((l ->> 'payment_channel')::payment_channel) filter (where l ->> 'payment_channel' in ('cash', 'post')) as counter_channel, coalesce(max((l ->> 'payment_channel')::payment_channel) filter (where l ->> 'payment_channel' in ('cash', 'post')), 'account') as payment_channel,
      jsonb_agg(distinct jsonb_build_object('agent', l -> 'creditor_agent', 'account', l -> 'creditor_account')) filter (where l ? 'creditor_account' or l ? 'creditor_agent') as listed
    from jsonb_array_elements(f.evidence -> 'lines') l
  ) line on true
  left join lateral (
    select p as attempt, coalesce((p ->> 'returned_date')::date, (p ->> 'instructed_date')::date) as failed_date
    from jsonb_array_elements(case f.code when 'returned' then f.evidence -> 'payments' end) p where p ->> 'state' in ('rejected', 'returned')
    order by (p ->> 'instructed_date') desc nulls last, p ->> 'end_to_end_id' collate "C" desc nulls last limit 1
  ) tried on true
  left join lateral (select p as latest from jsonb_array_elements(f.evidence -> 'payments') p where p ->> 'state' = 'credited' order by p ->> 'credited_date' desc, p ->> 'payment' collate "C" desc limit 1) money on true
  left join reason_code c on c.code = tried.attempt ->> 'return_reason_code'
  left join barring b on b.finding_id = f.finding_id
  left join dead d on d.person_key = f.person_key
  left join said_dead e on e.person_key = f.person_key
  left join disputed x on x.finding_id = f.finding_id
  left join stopped s on s.person_key = f.person_key and s.scheme_id = f.scheme_id
  left join (select person_key, scheme_id, benefit_period, sum(amount) as amount from correction_offset group by 1, 2, 3) w on w.person_key = f.person_key and w.scheme_id = f.scheme_id and w.benefit_period = f.benefit_period
  left join rule r on r.unit_code = coalesce(f.unit_code, '')
), fix as (
  -- what is wrong with which account, and so what to ask
  select t.person_key, t.finding_id, case when t.code = 'returned' then (t.attempt ->> 'creditor_agent')::integer else (a ->> 'creditor_agent')::integer end as creditor_agent, case when t.code = 'returned' then t.attempt ->> 'creditor_account' else a ->> 'creditor_account' end as creditor_account,
    case t.code
      when 'holder_mismatch' then 'confirm_holder'
      when 'mandate_expired' then 'renew_mandate'
      when 'unpaid_no_account' then 'open_account'
      when 'account_not_usable' then case a ->> 'account_status' when 'closed' then 'open_new' when 'blocked' then 'unblock' else 'activate' end
      else case when t.attempt ->> 'return_reason_code' in ('AC04', 'AC07', 'AC13', 'AC14', 'AG01') then 'open_new' when t.attempt ->> 'return_reason_code' = 'AC06' then 'unblock' when t.attempt ->> 'return_reason_code' in ('BE01', 'BE06') then 'confirm_holder' when t.reason_class = 'fix-data' then 'correct_number' end
    end as asked
  from told t
  left join lateral (
    select a from jsonb_array_elements(case when t.evidence ? 'accounts' then t.evidence -> 'accounts' else coalesce((select jsonb_agg(jsonb_build_object('creditor_agent', l -> 'agent', 'creditor_account', l -> 'account')) from jsonb_array_elements(t.listed) l), '[]') end) a order by a ->> 'creditor_agent' collate "C", a ->> 'creditor_account' collate "C" limit 1
  ) one on true
  where t.list_kind = 'account_fix'
), possible_account as (
  select t.finding_id, u.creditor_agent, u.creditor_account, case when t.listed @> jsonb_build_array(jsonb_build_object('account', u.creditor_account)) then 'listed' else u.origin end as origin, u.payee_name, u.activated_date,
    t.attempt is not null and t.attempt ->> 'creditor_account' is not distinct from u.creditor_account
      and not (t.reason_class = 'payer-side' or t.reason_class = 'bank-side' and t.attempt ->> 'return_reason_code' <> 'AC06' or coalesce(t.reason_class in ('fix-data', 'new-account', 'bank-side') and u.told_date > t.failed_date, false)) as is_sent_back
  from told t join usable u on u.person_key = t.person_key
  where t.list_kind = 'supplementary' and t.payment_channel = 'account'
  union all
  select t.finding_id, p.creditor_agent, p.creditor_account, 'proved', null, null, false
  from told t join proved p on p.finding_id = t.finding_id
  where t.list_kind = 'supplementary' and t.payment_channel = 'account' and t.listed @> jsonb_build_array(jsonb_build_object('account', p.creditor_account))
), into_account as (
  -- the account that the list names before others, one's own before a payee's, the newest first; last of all the one that has just sent the money back for what it is
  select distinct on (finding_id) finding_id, creditor_agent, creditor_account, origin, payee_name, is_sent_back
  from possible_account
  order by finding_id, is_sent_back, array_position(array['listed', 'own', 'proved', 'payee'], origin), activated_date desc nulls last, creditor_agent, creditor_account collate "C"
), payable as materialized (
  select t.person_key, t.finding_id, case when t.payment_channel = 'account' then a.creditor_agent else coalesce((t.attempt ->> 'creditor_agent')::integer, (t.evidence #>> '{payments,-1,creditor_agent}')::integer, (t.listed #>> '{0,agent}')::integer, t.cash_agent) end as creditor_agent,
    a.creditor_account, a.origin, coalesce(a.payee_name, t.evidence ->> 'beneficiary_name') as creditor_name,
    case
      when t.is_dead or t.is_said_dead then 'deceased'
      when t.is_stopped then 'stopped'
      when t.code = 'stuck' or t.on_the_way_amount > 0 then 'on_the_way'
      when t.planned_offset is not null then 'offset'
      when t.is_disputed then 'disputed'
      when t.barring_reason is not null then 'needs_decision'
      when t.code = 'not_collected' and t.not_collected = 'next_list' then 'next_list'
      when t.payment_channel = 'account' and (a.finding_id is null or a.is_sent_back) then 'account_fix'
      when t.payment_channel <> 'account' and coalesce((t.attempt ->> 'creditor_agent')::integer, (t.evidence #>> '{payments,-1,creditor_agent}')::integer, (t.listed #>> '{0,agent}')::integer, t.cash_agent) is null then 'no_cash_agent'
    end as left_out,
    case
      when t.is_dead or t.is_stopped or t.code = 'stuck' or t.on_the_way_amount > 0 or t.planned_offset is not null or t.is_disputed then '{}'
      when t.payment_channel = 'account' and a.finding_id is null then '{}'
      when t.is_said_dead or t.barring_reason is not null then array['repaid']
      when t.code = 'not_collected' then array['repaid']
      when a.is_sent_back then array['repaid', 'account_corrected', 'bank_error_fixed']
      else '{}' end as lifted_by
  from told t left join into_account a using (finding_id)
  where t.list_kind = 'supplementary'
), elsewhere as materialized (
  -- of one payment, or of one month's money, it is asked back once: from where it lies
  select distinct t.finding_id
  from told t join told o on o.list_kind = 'recovery' and o.person_key = t.person_key and o.finding_id <> t.finding_id
  where t.list_kind = 'recovery' and (
    t.code = 'wrong_account' and o.subject = t.subject
    or t.code = 'wrong_account' and o.code = 'paid_after_death' and o.scheme_id = t.scheme_id and o.benefit_period = t.benefit_period
    or t.code in ('paid_twice', 'paid_over') and o.code in ('paid_after_death', 'wrong_account') and o.scheme_id = t.scheme_id and o.benefit_period = t.benefit_period)
)
select t.person_key, t.finding_id, t.list_kind, t.code, t.scheme_id, t.benefit_period, t.unit_code, t.currency, t.amount_at_stake,
  case when t.code in ('not_on_list', 'paid_while_suspended', 'wrong_account') then t.amount_at_stake else t.credited_amount end,
  case when t.list_kind = 'account_fix' then concat_ws('|', 'account', x.creditor_agent, coalesce(x.creditor_account, 'none'))
    when t.code in ('not_on_list', 'paid_while_suspended', 'wrong_account') then 'payment|' || t.subject
    when t.code = 'arrears_missing' then concat_ws('|', 'arrears', t.scheme_id, t.benefit_period)
    when t.list_kind in ('recovery', 'offset') then concat_ws('|', 'excess', t.scheme_id, t.benefit_period)
    else concat_ws('|', 'due', t.scheme_id, t.benefit_period) end,
  case t.list_kind
    when 'supplementary' then p.left_out
    when 'carried_over' then case
      when t.is_dead or t.is_said_dead then 'deceased'
      when t.is_stopped then 'stopped'
      when t.code = 'arrears_missing' then null
      when p.left_out in ('account_fix', 'no_cash_agent') then null
      when t.code = 'not_collected' and (extract(year from :'as_of'::date) * 12 + extract(month from :'as_of'::date)) - (t.benefit_period / 100 * 12 + t.benefit_period % 100) > t.collection_months then 'beyond_months'
      when p.left_out = 'next_list' then null
      else coalesce(p.left_out, 'payable_now') end
    when 'account_fix' then case
      when t.is_dead then 'deceased'
      when x.asked is null then 'nothing_to_ask'
      when x.place > 1 then 'same_account' end
    else case
      when e.finding_id is not null then 'counted_elsewhere'
      when t.is_disputed then 'disputed'
      when t.list_kind = 'offset' and t.is_dead then 'deceased'
      when t.list_kind = 'offset' and t.is_stopped then 'stopped'
      when t.list_kind = 'offset' and floor(t.due_amount * t.offset_percent / 100) < 1 then 'nothing_to_keep_back'
      when t.list_kind = 'offset' then 'not_decided' end
  end,
  case t.list_kind when 'supplementary' then p.lifted_by when 'offset' then case when e.finding_id is null and not t.is_disputed and not t.is_dead and not t.is_stopped and floor(t.due_amount * t.offset_percent / 100) >= 1 then array['offset_next_period'] else '{}' end
    when 'carried_over' then case when t.is_said_dead and not (t.is_dead or t.is_stopped or t.code = 'stuck' or t.on_the_way_amount > 0 or t.planned_offset is not null or t.is_disputed) then array['repaid'] else '{}' end else '{}' end,
  case when t.list_kind in ('supplementary', 'carried_over') then coalesce(t.payment_channel, 'account') end,
  case t.list_kind when 'account_fix' then x.creditor_agent when 'recovery' then coalesce((t.evidence ->> 'creditor_agent')::integer, (t.latest ->> 'creditor_agent')::integer) when 'offset' then null else p.creditor_agent end,
  case t.list_kind when 'account_fix' then x.creditor_account when 'recovery' then coalesce(t.evidence ->> 'creditor_account', t.latest ->> 'creditor_account') when 'supplementary' then p.creditor_account end,
  case when t.list_kind = 'supplementary' then p.origin end,
  case when t.list_kind in ('supplementary', 'carried_over') then p.creditor_name end,
  t.evidence ->> 'beneficiary_name', coalesce(t.barring_reason, t.attempt ->> 'return_reason_code'),
  case when t.list_kind = 'offset' then least(t.amount_at_stake, floor(t.due_amount * t.offset_percent / 100)) end,
  x.asked,
  case when t.list_kind = 'recovery' then case t.code when 'wrong_account' then 'bank' when 'paid_after_death' then 'heirs' when 'not_on_list' then 'holder' else 'person' end end,
  case when t.list_kind <> 'carried_over' then null
    when t.code = 'arrears_missing' then (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('component', 'arrears', 'origin_period', to_char(t.benefit_period, 'FM0000"-"00'), 'category_code', o -> 'category_code', 'due_amount', o ->> 'difference_amount'))) from jsonb_array_elements(t.evidence -> 'owed_lines') o)
    else jsonb_build_array(jsonb_build_object('component', 'carried_over', 'origin_period', to_char(t.benefit_period, 'FM0000"-"00'), 'due_amount', t.amount_at_stake::text)) end
from told t
left join payable p on p.finding_id = t.finding_id and t.list_kind in ('supplementary', 'carried_over')
left join (select *, row_number() over (partition by person_key, coalesce(creditor_agent, 0), coalesce(creditor_account, '') order by (asked is null), finding_id) as place from fix) x on x.finding_id = t.finding_id and t.list_kind = 'account_fix'
left join elsewhere e on e.finding_id = t.finding_id;

set local enable_nestloop = on;
select analyze_rows('correction_candidate');
