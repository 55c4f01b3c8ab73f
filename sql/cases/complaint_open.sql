-- What: opens a case for each complaint handed in that has none yet, and keeps what was said.
-- Reads: published_clock, entitlement_line, register_row, through published_file; scheme, scheme_code, calendar, finding_type
-- Writes: case_record, complaint (one row each per person × scheme × month × day of the complaint)
-- Gives: first the finding_id of each case that was opened now; last the finding_id, case_number and unit of every complaint handed in, opened now or before
-- Rule: D136: what is at stake is what was due in that month, whatever is known to have come; it waits since it was due; it is answered within the working days of its type, from the day it was taken.
-- Parameters: rows (jsonb: person_key, scheme, benefit_period, complained_date, came_by, wanted_answer, phone, words, person_name, unit_code, stranger_to, file_id, line_number), as_of, at, taken_by (null: in a file), unit_codes (null: the list's unit is taken whatever it is)

insert into case_record (person_key, finding_id, code, severity_rank, scheme_id, benefit_period, subject, unit_code, village, creditor_agent, beneficiary_name, name_key, account_end, currency, amount_at_stake, waiting_since, urgency, opened_date, deadline_date, is_found, step)
with given as (
  select g.*, complaint_id(g.person_key, g.scheme, g.benefit_period, g.complained_date, g.stranger_to) as finding_id
  from jsonb_to_recordset(:'rows'::jsonb) as g (person_key bigint, scheme text, benefit_period integer, complained_date date, person_name text, unit_code text, stranger_to text)
), due as (
  select g.finding_id, x.day as deadline_date
  from given g cross join finding_type t cross join lateral (
    select g.complained_date + n as day, row_number() over (order by n) as number
    from generate_series(1, 60) n left join calendar c on c.calendar_date = g.complained_date + n
    where case c.kind when 'holiday' then false when 'working' then true else extract(isodow from g.complained_date + n) < 6 end
  ) x
  where t.code = 'complaint' and x.number = t.working_days
), month as (
  select g.finding_id, sum(c.due_amount) as due_amount, min(c.due_date) as due_date, min(c.creditor_agent) as creditor_agent, min(s.currency) as currency
  from given g join published_clock c on c.person_key = g.person_key and c.benefit_period = g.benefit_period
  join scheme s on s.scheme_id = c.scheme_id and (g.scheme is null or s.scheme = g.scheme)
  group by g.finding_id having min(s.currency) = max(s.currency)
), listed as (
  select distinct on (g.finding_id) g.finding_id, l.beneficiary_name, l.unit_code, l.village, account_text(l.account_key) as account
  from given g join entitlement_line l on l.person_key = g.person_key join published_file using (file_id)
  where :'unit_codes'::text[] is null or l.unit_code = any (:'unit_codes'::text[])
  order by g.finding_id, l.benefit_period desc, l.file_id desc, l.line_number
), registered as (
  select distinct on (g.finding_id) g.finding_id, r.person_name, r.unit_code
  from given g join register_row r on r.person_key = g.person_key join published_file using (file_id)
  where :'unit_codes'::text[] is null or r.unit_code = any (:'unit_codes'::text[])
  order by g.finding_id, r.verified_date desc, r.file_id desc, r.line_number desc
)
select distinct on (g.person_key, g.finding_id) g.person_key, g.finding_id, 'complaint', 4, sc.scheme_id, g.benefit_period, identifier_text(g.person_key), coalesce(l.unit_code, r.unit_code, g.unit_code), l.village, m.creditor_agent,
  coalesce(l.beneficiary_name, r.person_name, g.person_name), name_search(coalesce(l.beneficiary_name, r.person_name, g.person_name)), right(l.account, 4), coalesce(m.currency, 'VND'), coalesce(m.due_amount, 0),
  least(coalesce(m.due_date, g.complained_date), g.complained_date),
  case_urgency(coalesce(m.due_amount, 0), :'as_of'::date - least(coalesce(m.due_date, g.complained_date), g.complained_date), 4),
  g.complained_date, d.deadline_date, true, 'new'
from given g
join due d using (finding_id)
left join scheme_code sc on sc.scheme = g.scheme
left join month m using (finding_id)
left join listed l using (finding_id)
left join registered r using (finding_id)
order by g.person_key, g.finding_id
on conflict (person_key, finding_id) do nothing
returning finding_id;

insert into complaint (person_key, finding_id, unit_code, complained_date, came_by, wanted_answer, phone, words, taken_at, taken_by, file_id, line_number)
select distinct on (c.person_key, c.finding_id) c.person_key, c.finding_id, c.unit_code, g.complained_date, g.came_by, g.wanted_answer, g.phone, g.words, :'at'::timestamptz, :'taken_by'::bigint, g.file_id, g.line_number
from jsonb_to_recordset(:'rows'::jsonb) as g (person_key bigint, scheme text, benefit_period integer, complained_date date, came_by complaint_way, wanted_answer answer_way, phone text, words text, file_id integer, line_number bigint, stranger_to text)
join case_record c on c.person_key = g.person_key and c.finding_id = complaint_id(g.person_key, g.scheme, g.benefit_period, g.complained_date, g.stranger_to)
order by c.person_key, c.finding_id, g.file_id nulls first, g.line_number
on conflict (person_key, finding_id) do nothing;

select c.finding_id, c.case_number::text as case_number, c.unit_code
from jsonb_to_recordset(:'rows'::jsonb) as g (person_key bigint, scheme text, benefit_period integer, complained_date date, stranger_to text)
join case_record c on c.person_key = g.person_key and c.finding_id = complaint_id(g.person_key, g.scheme, g.benefit_period, g.complained_date, g.stranger_to)
order by c.case_number;
