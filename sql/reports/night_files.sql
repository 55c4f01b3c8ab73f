-- What: the files that were due by a day, and whether each is here.
-- Reads: source_expectation_row, source_file, scheme
-- Gives: one row per source, kind and scheme whose latest deadline up to that day is known, by source, kind and scheme
-- Rule: as the finding file_missing: met by any sealed file of that source and kind after the deadline before; days count from the one on which it was first said that the file is expected (D157). A night waits for what was due within three days: what has been missing for longer is asked for by day (D169)
-- Parameters: as_of, offset_minutes (the country's clocks before UTC's)

with expectation as (
  select r.source, r.kind, r.scheme_id, (array_agg(r.deadline_day order by r.file_id desc, r.line_number desc))[1] as deadline_day, min((f.recorded_at at time zone 'UTC' + make_interval(mins => :'offset_minutes'::integer))::date) as known_date
  from source_expectation_row r join source_file f using (file_id)
  where f.status = 'sealed'
  group by r.source, r.kind, r.scheme_id
), deadline as (
  select e.*, least(month::date + e.deadline_day - 1, (month + interval '1 month')::date - 1) as deadline_date
  from expectation e, generate_series(date_trunc('month', :'as_of'::date::timestamp) - interval '2 months', date_trunc('month', :'as_of'::date::timestamp), interval '1 month') month
), past as (
  select *, row_number() over (partition by source, kind, scheme_id order by deadline_date desc) as place, lead(deadline_date) over (partition by source, kind, scheme_id order by deadline_date desc) as deadline_before
  from deadline where deadline_date <= :'as_of'::date
), due as (
  select p.source, p.kind, s.scheme, p.deadline_date, exists (
    select from source_file f
    where f.source = p.source and f.kind = p.kind and f.status = 'sealed' and (f.recorded_at at time zone 'UTC' + make_interval(mins => :'offset_minutes'::integer))::date > p.deadline_before) as is_here
  from past p left join scheme s using (scheme_id)
  where p.place = 1 and p.deadline_date >= p.known_date
)
select source, kind, scheme, deadline_date, is_here, not is_here and deadline_date > :'as_of'::date - 3 as holds
from due
order by source collate "C", kind collate "C", scheme collate "C";
