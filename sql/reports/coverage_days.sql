-- What: how far coverage had come on the day of each run.
-- Reads: coverage_day, scheme_code
-- Gives: one row per day, the oldest first
-- Parameters: scheme (null: all), unit_codes (null: everywhere), from_date

select as_of, to_char(max(benefit_period), 'FM0000"-"00') as benefit_period, sum(active_count)::text as active_count, sum(exempt_count)::text as exempt_count, sum(usable_count)::text as usable_count
from coverage_day d
where case when :'scheme'::text is null then d.scheme_id is null else d.scheme_id = (select scheme_id from scheme_code where scheme = :'scheme'::text) end
  and (:'unit_codes'::text[] is null or d.unit_code = any (:'unit_codes'::text[])) and d.as_of >= :'from_date'::date
group by as_of
order by as_of;
