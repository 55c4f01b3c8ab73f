-- What: results of visits that contradict each other or what lists, banks and the register say, each with both sides.
-- Reads: outreach_result_row, administrative_unit, entitlement_line, account_report, mandate_row, register_row, exemption_row, source_file (all sealed files, also those that no run has seen yet)
-- Gives: one row per contradiction; the columns other_… are null where nothing stands against a visit because nothing was reported
-- Rule: D110: a visit decides nothing. same_day: two results on one day. later_visit: after opened came a refusal, after a death or a move the person was met. no_account_reported: opened, an account report came in since, none of the person's. register_alive, register_dead: the register says otherwise. still_listed: moved or died, and the newest list has the person active. account_usable: refused or exempt, though an account of the person was active already. exemption_missing: called exempt, no exemption covers the day.
-- Parameters: as_of, offset_minutes (the country's clocks before UTC's), person_key (null: everybody), unit_codes (null: all)

with visit as (
  select v.person_key, v.visited_date, v.result, v.team, v.file_id, v.line_number, f.file_name
  from outreach_result_row v join source_file f using (file_id)
  where f.status = 'sealed' and v.visited_date <= :'as_of'::date and (:'person_key'::bigint is null or v.person_key = :'person_key'::bigint)
), visited as (
  select distinct person_key from visit
), listed as (
  select distinct on (l.person_key) l.person_key, l.beneficiary_name, l.unit_code, l.village, l.list_status, l.benefit_period, l.file_id, l.line_number, f.file_name
  from visited join entitlement_line l using (person_key) join source_file f using (file_id)
  where f.status = 'sealed'
  order by l.person_key, l.benefit_period desc, l.file_id desc, (l.list_status = 'active') desc, l.line_number
), registered as (
  select distinct on (r.person_key) r.person_key, r.vital_status, r.death_date, r.verified_date, r.file_id, r.line_number, f.file_name
  from visited join register_row r using (person_key) join source_file f using (file_id)
  where f.status = 'sealed' and r.verified_date <= :'as_of'::date
  order by r.person_key, r.verified_date desc, r.file_id desc, array_position(array['dead', 'missing', 'alive']::vital_status[], r.vital_status), r.death_date nulls first, r.previous_key nulls first, r.line_number desc
), standing as (
  select distinct on (a.person_key, a.creditor_agent, a.account_key) a.person_key, a.account_status, coalesce(a.activated_date, a.opened_date) as usable_date, a.file_id, a.line_number, f.file_name
  from visited join account_report a using (person_key) join source_file f using (file_id)
  where f.status = 'sealed' and coalesce(a.reported_date, '-infinity') <= :'as_of'::date
  order by a.person_key, a.creditor_agent, a.account_key, a.reported_date desc nulls last, a.file_id desc, a.line_number desc
), usable as (
  select distinct on (person_key) person_key, usable_date, file_id, line_number, file_name from standing where account_status = 'active' order by person_key, usable_date, file_id, line_number
), payee as (
  -- an account of whoever receives for the person may be the one that was opened
  select distinct m.person_key from visited join mandate_row m using (person_key) join source_file f using (file_id)
  where f.status = 'sealed' and :'as_of'::date between m.valid_from and coalesce(m.valid_to, 'infinity')
), excused as (
  select distinct v.person_key, v.visited_date from visit v join exemption_row e using (person_key) join source_file f on f.file_id = e.file_id
  where f.status = 'sealed' and v.visited_date between e.valid_from and e.valid_to
), accounts as (
  select file_id, file_name, ((recorded_at at time zone 'UTC') + make_interval(mins => :'offset_minutes'::integer))::date as recorded_date
  from source_file where kind = 'account_opening' and status = 'sealed'
), contradiction as (
  select case when a.visited_date = b.visited_date then 'same_day' else 'later_visit' end as conflict, a.person_key, a.visited_date, a.result, a.team, a.file_id, a.line_number, a.file_name,
    b.result::text as other_said, b.visited_date as other_date, b.team as other_team, b.file_id as other_file_id, b.line_number as other_line, b.file_name as other_file_name
  from visit a join visit b using (person_key)
  where a.result <> b.result and (a.visited_date = b.visited_date and (a.file_id, a.line_number) < (b.file_id, b.line_number)
    or a.visited_date < b.visited_date and (a.result = 'opened' and b.result in ('refused', 'exempt') or a.result = 'died' or a.result = 'moved' and b.result in ('opened', 'refused', 'exempt')))
  union all
  select 'no_account_reported', v.person_key, v.visited_date, v.result, v.team, v.file_id, v.line_number, v.file_name, null, newest.recorded_date, null, newest.file_id, null, newest.file_name
  from visit v cross join lateral (select file_id, file_name, recorded_date from accounts where recorded_date > v.visited_date order by file_id desc limit 1) newest
  where v.result = 'opened' and not exists (select from standing s where s.person_key = v.person_key) and v.person_key not in (select person_key from payee)
  union all
  select case when r.vital_status = 'alive' then 'register_alive' else 'register_dead' end, v.person_key, v.visited_date, v.result, v.team, v.file_id, v.line_number, v.file_name, r.vital_status::text, coalesce(r.death_date, r.verified_date), null, r.file_id, r.line_number, r.file_name
  from visit v join registered r using (person_key)
  where v.result = 'died' and r.vital_status = 'alive' or v.result in ('opened', 'refused') and r.vital_status = 'dead' and coalesce(r.death_date, r.verified_date) < v.visited_date
  union all
  select 'still_listed', v.person_key, v.visited_date, v.result, v.team, v.file_id, v.line_number, v.file_name, to_char(l.benefit_period, 'FM0000"-"00'), null, null, l.file_id, l.line_number, l.file_name
  from visit v join listed l using (person_key)
  -- the month of a death is still due
  where l.list_status = 'active' and (v.result = 'moved' or v.result = 'died' and l.benefit_period > extract(year from v.visited_date) * 100 + extract(month from v.visited_date))
  union all
  select 'account_usable', v.person_key, v.visited_date, v.result, v.team, v.file_id, v.line_number, v.file_name, 'active', u.usable_date, null, u.file_id, u.line_number, u.file_name
  from visit v join usable u using (person_key)
  where v.result in ('refused', 'exempt') and u.usable_date <= v.visited_date
  union all
  select 'exemption_missing', v.person_key, v.visited_date, v.result, v.team, v.file_id, v.line_number, v.file_name, null, null, null, null, null, null
  from visit v left join excused x using (person_key, visited_date)
  where v.result = 'exempt' and x.person_key is null
)
select c.conflict, c.person_key::text as person_key, identifier_text(c.person_key) as beneficiary_id, l.beneficiary_name, l.unit_code, u.name as unit_name, l.village, c.visited_date, c.result::text as result, c.team, c.file_id::text as file_id, c.line_number::text as line, c.file_name,
  c.other_said, c.other_date, c.other_team, c.other_file_id::text as other_file_id, c.other_line::text as other_line, c.other_file_name
from contradiction c left join listed l using (person_key)
left join (select distinct on (unit_code) unit_code, name from administrative_unit order by unit_code, valid_from desc) u on u.unit_code = l.unit_code
where :'unit_codes'::text[] is null or l.unit_code = any (:'unit_codes'::text[])
order by l.unit_code collate "C", c.conflict collate "C", c.visited_date, c.person_key, c.file_id, c.line_number, c.other_file_id, c.other_line;
