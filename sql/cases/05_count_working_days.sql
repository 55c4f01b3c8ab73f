-- What: for each number of working days that a type of finding allows, the day it ends on.
-- Reads: finding_type, calendar
-- Writes: case_term (one row per number of working days)
-- Rule: D123: counted from the day of the result; weekends and holidays are none, unless the calendar says that a day is worked.
-- Why first: so that no later step counts days per case.

delete from case_term;
insert into case_term (working_days, deadline_date)
select t.working_days, w.day
from (select distinct working_days from finding_type) t, lateral (
  select :'as_of'::date + n as day, row_number() over (order by n) as number
  from generate_series(1, 200) n left join calendar c on c.calendar_date = :'as_of'::date + n
  where case c.kind when 'holiday' then false when 'working' then true else extract(isodow from :'as_of'::date + n) < 6 end
) w
where w.number = t.working_days;
