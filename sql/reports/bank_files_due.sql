-- What: which files a bank owes, by which day, and whether the last one came.
-- Reads: source_expectation_row, published_file, scheme, source_file (by row-level security: a bank its own alone), missing_reports()
-- Gives: one row per kind and scheme that is expected of the source, the one missing longest first
-- Rule: as the finding file_missing, of today: met by any file of the kind after the deadline before; what a file holds the published result has looked at: what it found missing is missing until another file of the kind comes, so that a page says what a reminder says
-- Parameters: source, today, offset_minutes (the country's clocks before UTC's)

with expectation as (
  select distinct on (r.kind, r.scheme_id) r.kind, r.scheme_id, r.deadline_day
  from source_expectation_row r join published_file using (file_id)
  where r.source = :'source'::text
  order by r.kind, r.scheme_id, r.file_id desc, r.line_number desc
), deadline as (
  select e.kind, e.scheme_id, least(month::date + e.deadline_day - 1, (month + interval '1 month')::date - 1) as deadline_date
  from expectation e, generate_series(date_trunc('month', :'today'::date::timestamp) - interval '2 months', date_trunc('month', :'today'::date::timestamp) + interval '1 month', interval '1 month') month
), near as (
  select kind, scheme_id, min(deadline_date) filter (where deadline_date >= :'today'::date) as next_date, max(deadline_date) filter (where deadline_date < :'today'::date) as past_date
  from deadline group by kind, scheme_id
), sent as (
  select f.kind, (f.recorded_at + make_interval(mins => :'offset_minutes'::integer))::date as received_date
  from source_file f where f.source = :'source'::text and f.status = 'sealed'
), owed as (
  select n.kind, n.scheme_id, n.next_date, n.past_date,
    (select max(d.deadline_date) from deadline d where d.kind = n.kind and d.scheme_id is not distinct from n.scheme_id and d.deadline_date < n.past_date) as former_date,
    (select max(s.received_date) from sent s where s.kind = n.kind) as last_received_date
  from near n
)
select o.kind, s.scheme, o.next_date, o.past_date, o.last_received_date,
  coalesce(o.last_received_date <= o.former_date, true)
    or exists (select from missing_reports() m where m.kind = o.kind and m.scheme is not distinct from s.scheme and coalesce(o.last_received_date <= m.deadline_date, true)) as is_missing,
  coalesce(o.last_received_date > o.past_date, false) as is_here
from owed o left join scheme s using (scheme_id)
order by is_missing desc, o.next_date, o.kind, s.scheme;
