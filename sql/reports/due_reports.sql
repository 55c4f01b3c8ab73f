-- What: which files a bank is to send next, by when, whether one has come for that day, and since when one is missing.
-- Reads: source_expectation_row, published_file, source_file (the reader's own), missing_reports()
-- Gives: one row per kind and scheme (null: of every scheme): kind, scheme, due_date, received_date (null: none yet), missing_since (the day that passed without it; null: none did), last_received_date
-- Rule: what is missing is what the published result found (file_missing); a file that has come since is not missing any more
-- Parameters: source (the bank's 6 digits), today, offset_minutes (the country's clocks before UTC's)

with expectation as (
  select distinct on (e.kind, e.scheme_id) e.kind, e.scheme_id, s.scheme, e.deadline_day
  from source_expectation_row e join published_file using (file_id) left join scheme_code s using (scheme_id)
  where e.source = :'source'
  order by e.kind, e.scheme_id, e.file_id desc, e.line_number desc
), deadline as (
  select e.kind, e.scheme, least(month::date + e.deadline_day - 1, (month + interval '1 month')::date - 1) as deadline_date
  from expectation e, generate_series(date_trunc('month', :'today'::date::timestamp) - interval '1 month', date_trunc('month', :'today'::date::timestamp) + interval '1 month', interval '1 month') month
), next as (
  select kind, scheme, min(deadline_date) filter (where deadline_date >= :'today'::date) as due_date, max(deadline_date) filter (where deadline_date < :'today'::date) as deadline_before
  from deadline group by kind, scheme
), sent as (
  select kind, (recorded_at at time zone 'UTC' + make_interval(mins => :'offset_minutes'::integer))::date as received_date
  from source_file where source = :'source' and status = 'sealed'
)
select n.kind, n.scheme, n.due_date, max(s.received_date) filter (where s.received_date > n.deadline_before) as received_date,
  case when coalesce(max(s.received_date) <= min(m.deadline_date), true) then min(m.deadline_date) end as missing_since, max(s.received_date) as last_received_date
from next n
left join sent s using (kind)
left join missing_reports() m on m.kind = n.kind and m.scheme is not distinct from n.scheme
group by n.kind, n.scheme, n.due_date
order by n.due_date, n.kind, n.scheme collate "C" nulls first;
