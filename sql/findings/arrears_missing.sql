-- code: arrears_missing
-- severity: m
-- actor: P
-- subject: entitlement
-- working_days: 10
-- title.vi: Chưa truy lĩnh
-- title.en: Arrears not paid
-- title.ar: فروق لم تُصرف
-- explanation.vi: Tháng này đã tính theo mức cũ; mức mới được áp dụng trở lại cho tháng này nhưng chưa có dòng truy lĩnh nào dù đã quá hạn.
-- explanation.en: This month was listed at the old rate; a higher one applies back to it, and no arrears were listed by the time they were due.
-- explanation.ar: احتُسب هذا الشهر بالمعدل القديم، ثم سرى عليه معدل أعلى بأثر رجعي ولم تُدرج الفروق في موعدها.
-- action.vi: Lập danh sách truy lĩnh phần chênh lệch cho người này và những người cùng hệ số trong xã.
-- action.en: List the difference for this person, and for those of the same coefficient in the commune.
-- action.ar: أدرج الفرق لهذا الشخص ولمن لهم المعامل نفسه في الوحدة.
-- source: contract 5, Circular 44/2022/TT-BTC article 15, Decree 335/2026, D34
-- why: A decree that reaches back helps nobody whom no list reaches.
--
-- Hit: July at the old rate, no arrears by November’s due day; everything else is in order
--   category BTXH X 1.5
--   list A 2026-07 750000 category_code=X list_date=2026-06-24
--   pay A 2026-07 750000 credited 2026-07-09
--   as of 2026-11-21
--   finds arrears_missing A 60000
-- Hit: arrears came for another category only
--   category BTXH X 1.5
--   category BTXH Y 1
--   list A 2026-09 750000 category_code=X list_date=2026-08-24
--   list A 2026-09 500000 category_code=Y list_date=2026-08-24
--   list A 2026-11 40000 category_code=Y component=arrears origin_period=2026-09 list_date=2026-10-24
--   as of 2026-11-30
--   finds arrears_missing A 60000
-- Near miss: they are due today
--   category BTXH X 1.5
--   list A 2026-07 750000 category_code=X list_date=2026-06-24
--   as of 2026-11-20
--   finds nothing
-- Near miss: they are on November’s list
--   category BTXH X 1.5
--   list A 2026-07 750000 category_code=X list_date=2026-06-24
--   list A 2026-11 60000 category_code=X component=arrears origin_period=2026-07 list_date=2026-10-24
--   as of 2026-11-30
--   finds nothing
-- Near miss: June, to which the new rate does not reach back
--   category BTXH X 1.5
--   list A 2026-06 750000 category_code=X list_date=2026-05-24
--   as of 2026-11-30
--   finds nothing
-- Near miss: October, already listed at the new rate
--   category BTXH X 1.5
--   list A 2026-10 810000 category_code=X list_date=2026-10-06
--   as of 2026-11-30
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence)
with listed as materialized (
  select l.person_key, l.scheme_id, l.benefit_period, l.category_code, l.due_amount, l.currency, l.file_id, l.line_number, coalesce(f.quantity, 1) as quantity, c.coefficient, coalesce(w.unit_code, '') as rate_unit,
    coalesce(f.list_date, (make_date(l.benefit_period / 100, l.benefit_period % 100, 1) - interval '1 month')::date) as first_list_day,
    coalesce(f.list_date, greatest(l.due_date, (make_date(l.benefit_period / 100, l.benefit_period % 100, 1) - interval '1 month')::date)) as last_list_day
  from work_line l
  join entitlement_line f on f.person_key = l.person_key and f.file_id = l.file_id and f.line_number = l.line_number
  join work_coefficient c on c.scheme_id = l.scheme_id and c.category_code = l.category_code and l.benefit_period >= c.from_period and l.benefit_period < c.before_period
  left join work_rate_unit w on w.scheme_id = l.scheme_id and w.unit_code = l.unit_code
  where l.list_status = 'active' and l.component in ('regular', 'carer')
), owing as materialized (
  -- each rate that may be owed upon, with the one in force now; few rows, so that lines meet them by scheme, unit and month at once
  select r.scheme_id, r.unit_code as rate_unit, r.benefit_period, r.rate_amount as old_rate_amount, r.right_from, r.right_before, t.rate_amount as new_rate_amount, t.right_from as in_force_date
  from work_rate r join work_rate t on t.scheme_id = r.scheme_id and t.unit_code = r.unit_code and t.benefit_period = r.benefit_period and t.right_from <= :'as_of'::date and t.right_before > :'as_of'::date
  where r.is_owed
), raised as (
  -- right at the rate of its day, and a higher one is in force now
  select distinct on (l.file_id, l.line_number) l.*, r.old_rate_amount, r.new_rate_amount, r.in_force_date,
    round(l.quantity * l.coefficient * r.new_rate_amount, case l.currency when 'VND' then 0 else 2 end) as expected_amount,
    (date_trunc('month', r.in_force_date::timestamp) + interval '1 month')::date as owed_month
  from listed l
  join owing r on r.scheme_id = l.scheme_id and r.rate_unit = l.rate_unit and r.benefit_period = l.benefit_period and r.right_from <= l.last_list_day and r.right_before > l.first_list_day
    and l.due_amount = round(l.quantity * l.coefficient * r.old_rate_amount, case l.currency when 'VND' then 0 else 2 end)
  order by l.file_id, l.line_number, r.right_from desc
), dated as (
  select r.*, coalesce(e.due_date, least(r.owed_month + coalesce(s.due_day, 31) - 1, (r.owed_month + interval '1 month')::date - 1)) as arrears_due_date
  from raised r join work_scheme s using (scheme_id)
  left join work_entitlement e on e.person_key = r.person_key and e.scheme_id = r.scheme_id and e.benefit_period = to_char(r.owed_month, 'YYYYMM')::integer
), arrears as (
  select person_key, scheme_id, origin_period, category_code from work_line where component = 'arrears' and list_status = 'active'
), owed as (
  select person_key, scheme_id, benefit_period, sum(expected_amount - due_amount) as difference_amount, max(arrears_due_date) as arrears_due_date, max(in_force_date) as in_force_date,
    jsonb_agg(jsonb_build_object('file_id', file_id::text, 'line', line_number, 'category_code', category_code, 'quantity', quantity::text, 'coefficient', coefficient::text, 'old_rate_amount', old_rate_amount::text, 'new_rate_amount', new_rate_amount::text,
      'due_amount', due_amount::text, 'expected_amount', expected_amount::text, 'difference_amount', (expected_amount - due_amount)::text) order by file_id, line_number) as owed_lines
  from dated d
  where expected_amount > due_amount and arrears_due_date < :'as_of'::date
    and not exists (select from arrears a where a.person_key = d.person_key and a.scheme_id = d.scheme_id and a.origin_period = d.benefit_period and coalesce(a.category_code = d.category_code, true))
  group by person_key, scheme_id, benefit_period
)
select o.person_key, 'arrears_missing', o.scheme_id, o.benefit_period, identifier_text(o.person_key), w.difference_amount, o.currency, o.unit_code,
  jsonb_build_object('origin_period', to_char(o.benefit_period, 'FM0000"-"00'), 'in_force_date', w.in_force_date, 'arrears_due_date', w.arrears_due_date, 'owed_lines', w.owed_lines)
from owed w join work_outcome o using (person_key, scheme_id, benefit_period);
