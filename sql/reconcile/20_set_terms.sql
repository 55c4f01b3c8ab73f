-- What: for every due date on any list, the day it falls on and the day after which a credit is late (T).
-- Reads: listed_term, work_scheme, calendar
-- Writes: work_term (one row per scheme × month × due date as listed)
-- Rule: contract 4, D3: an empty due date is the scheme's due_day in that month; T is the next banking day plus grace_days.
-- Why here: so that no later step counts days per person.

insert into work_term (scheme_id, benefit_period, stated_due_date, due_date, late_after_date)
with stated as (
  select distinct l.scheme_id, l.benefit_period, coalesce(l.due_date, '-infinity'::date) as stated_due_date
  from listed_term l join work_file using (file_id)
), dated as (
  select s.*, sc.grace_days,
    case when s.stated_due_date > '-infinity' then s.stated_due_date
      else least(make_date(s.benefit_period / 100, s.benefit_period % 100, 1) + (coalesce(sc.due_day, 31) - 1), (make_date(s.benefit_period / 100, s.benefit_period % 100, 1) + interval '1 month')::date - 1)
    end as due_date
  from stated s join work_scheme sc using (scheme_id)
)
select scheme_id, benefit_period, stated_due_date, due_date, banking.banking_date + grace_days
from dated, lateral (
  select due_date + days as banking_date
  from generate_series(0, 60) days left join calendar c on c.calendar_date = due_date + days
  where case c.kind when 'holiday' then false when 'working' then true else extract(isodow from due_date + days) < 6 end
  order by 1 limit 1
) banking;

select analyze_rows('work_term');
