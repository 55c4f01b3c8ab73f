-- What: the day that lies so many working days after a day.
-- Reads: calendar
-- Gives: one row: day
-- Rule: D123: weekends and holidays are none, unless the calendar says that a day is worked.
-- Parameters: from_day, working_days

select w.day
from (
  select :'from_day'::date + n as day, row_number() over (order by n) as number
  from generate_series(1, 60) n left join calendar c on c.calendar_date = :'from_day'::date + n
  where case c.kind when 'holiday' then false when 'working' then true else extract(isodow from :'from_day'::date + n) < 6 end
) w
where w.number = :'working_days'::integer;
