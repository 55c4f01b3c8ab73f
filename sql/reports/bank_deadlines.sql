-- What: how many files each bank was to send by days that have passed, and how many of them came by their day.
-- Reads: source_expectation_row, source_file
-- Gives: one row per bank: creditor_agent, expected_count, in_time_count
-- Rule: as finding file_missing: a file counts for the deadline after which it did not come and before which no other lay; days count from the one on which it was first said that the file is expected, over a year at most
-- Parameters: as_of, offset_minutes (the country's clocks before UTC's)

with expectation as (
  select e.source, e.kind, e.scheme_id, (array_agg(e.deadline_day order by e.file_id desc, e.line_number desc))[1] as deadline_day, min((f.recorded_at at time zone 'UTC' + make_interval(mins => :'offset_minutes'::integer))::date) as known_date
  from source_expectation_row e join source_file f using (file_id)
  where f.status = 'sealed' and e.source ~ '^[0-9]{6}$'
  group by e.source, e.kind, e.scheme_id
), deadline as (
  select e.*, least(month::date + e.deadline_day - 1, (month + interval '1 month')::date - 1) as deadline_date
  from expectation e, generate_series(date_trunc('month', :'as_of'::date::timestamp) - interval '12 months', date_trunc('month', :'as_of'::date::timestamp), interval '1 month') month
), spaced as (
  select *, lag(deadline_date) over (partition by source, kind, scheme_id order by deadline_date) as deadline_before from deadline
)
select s.source as creditor_agent, count(*)::integer as expected_count,
  (count(*) filter (where exists (
    select from source_file f
    where f.source = s.source and f.kind = s.kind and f.status = 'sealed'
      and (f.recorded_at at time zone 'UTC' + make_interval(mins => :'offset_minutes'::integer))::date > s.deadline_before
      and (f.recorded_at at time zone 'UTC' + make_interval(mins => :'offset_minutes'::integer))::date <= s.deadline_date)))::integer as in_time_count
from spaced s
where s.deadline_before is not null and s.deadline_date < :'as_of'::date and s.deadline_date >= s.known_date
group by s.source
order by 1;
