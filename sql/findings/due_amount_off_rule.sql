-- code: due_amount_off_rule
-- severity: m
-- actor: P
-- subject: entitlement
-- working_days: 10
-- title.vi: Mức trợ cấp không đúng quy định
-- title.en: Amount due is not what the rule gives
-- title.ar: المبلغ المستحق يخالف القاعدة
-- explanation.vi: Số phải chi trong danh sách khác với số lượng × hệ số × mức chuẩn đang có hiệu lực vào ngày lập danh sách.
-- explanation.en: The list’s amount differs from quantity × coefficient × the standard rate in force on the day of the list.
-- explanation.ar: يختلف مبلغ القائمة عن العدد × المعامل × المعدل المعتمد الساري يوم إعدادها.
-- action.vi: Xem lại loại đối tượng, hệ số và mức chuẩn; sửa danh sách tháng tới, bù phần thiếu hoặc thu hồi phần thừa theo quyết định.
-- action.en: Check category, coefficient and rate; correct the next list, and pay the rest or recover the excess by decision.
-- action.ar: راجع الفئة والمعامل والمعدل وصحّح القائمة القادمة، وادفع النقص أو استرد الزيادة بقرار.
-- source: contract 5, Decree 20/2021 articles 4 to 6, Decrees 176/2025 and 335/2026, D33
-- why: Every other finding takes the list's amount for right; this one asks the law.
--
-- Hit: a coefficient of 1.5 at 500,000 is 750,000, not 500,000; everything else is in order
--   category BTXH X 1.5
--   list A 2026-10 500000 category_code=X list_date=2026-09-24
--   pay A 2026-10 500000 credited 2026-10-09
--   as of 2026-10-31
--   finds due_amount_off_rule A 250000
-- Hit: the new rate, a day before it was in force
--   category BTXH X 1.5
--   list A 2026-10 810000 category_code=X list_date=2026-10-04
--   pay A 2026-10 810000 credited 2026-10-09
--   as of 2026-10-31
--   finds due_amount_off_rule A 60000
-- Hit: the province grants 650,000, the commune lists the national rate
--   category HTXH X 1
--   unit 00001 parent_code=01
--   rate HTXH 650000 unit_code=01 applies_from=2026-01-01
--   list A 2026-09 500000 scheme=HTXH category_code=X list_date=2026-08-24
--   pay A 2026-09 500000 credited 2026-09-09 scheme=HTXH
--   as of 2026-09-30
--   finds due_amount_off_rule A 150000
-- Hit: arrears at the whole new rate for a month that was listed at the old one
--   category BTXH X 1
--   list A 2026-07 500000 category_code=X list_date=2026-06-24
--   list A 2026-11 540000 category_code=X component=arrears origin_period=2026-07 list_date=2026-10-24
--   as of 2026-11-30
--   finds due_amount_off_rule A 500000
-- Near miss: the old rate, on a list made before the new one was in force
--   category BTXH X 1.5
--   list A 2026-10 750000 category_code=X list_date=2026-10-04
--   as of 2026-10-31
--   finds nothing
-- Near miss: without a date the list may be of either day
--   category BTXH X 1.5
--   list A 2026-10 750000 category_code=X
--   list B 2026-10 810000 category_code=X
--   as of 2026-10-31
--   finds nothing
-- Near miss: two children of a poor single parent
--   list A 2026-09 1000000 category_code=4 quantity=2 list_date=2026-08-24
--   as of 2026-09-30
--   finds nothing
-- Near miss: the unit went into one whose province grants more
--   category HTXH X 1
--   unit 00001 parent_code=09 valid_from=2020-01-01 valid_to=2025-06-30
--   unit 00002 parent_code=01 valid_from=2025-07-01
--   successor 00001 00002
--   rate HTXH 650000 unit_code=01 applies_from=2026-01-01
--   list A 2026-09 650000 scheme=HTXH category_code=X list_date=2026-08-24
--   as of 2026-09-30
--   finds nothing
-- Near miss: arrears are the difference, where the month itself was listed
--   category BTXH X 1
--   list A 2026-07 500000 category_code=X list_date=2026-06-24
--   list A 2026-11 40000 category_code=X component=arrears origin_period=2026-07 list_date=2026-10-24
--   as of 2026-11-30
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence)
with asked as (
  select l.person_key, l.scheme_id, l.benefit_period, l.category_code, l.component, l.origin_period, l.due_amount, l.currency, l.file_id, l.line_number, coalesce(f.quantity, 1) as quantity, c.coefficient, f.list_date, coalesce(w.unit_code, '') as rate_unit,
    case l.component when 'arrears' then l.origin_period else l.benefit_period end as asked_period,
    coalesce(f.list_date, (make_date(l.benefit_period / 100, l.benefit_period % 100, 1) - interval '1 month')::date) as first_list_day,
    coalesce(f.list_date, greatest(l.due_date, (make_date(l.benefit_period / 100, l.benefit_period % 100, 1) - interval '1 month')::date)) as last_list_day
  from work_line l
  join entitlement_line f on f.person_key = l.person_key and f.file_id = l.file_id and f.line_number = l.line_number
  join work_coefficient c on c.scheme_id = l.scheme_id and c.category_code = l.category_code and case l.component when 'arrears' then l.origin_period else l.benefit_period end >= c.from_period
    and case l.component when 'arrears' then l.origin_period else l.benefit_period end < c.before_period
  left join work_rate_unit w on w.scheme_id = l.scheme_id and w.unit_code = l.unit_code
  where l.list_status = 'active' and l.component in ('regular', 'carer', 'arrears')
), beside as (
  -- what the lists say already for the month that arrears are for
  select a.file_id, a.line_number, sum(o.due_amount) as listed_amount
  from asked a join work_line o on o.person_key = a.person_key and o.scheme_id = a.scheme_id and o.category_code = a.category_code
  where a.component = 'arrears' and o.list_status = 'active'
    and (o.component in ('regular', 'carer') and o.benefit_period = a.origin_period or o.component = 'arrears' and o.origin_period = a.origin_period and o.benefit_period < a.benefit_period)
  group by a.file_id, a.line_number
), expected as (
  select a.*, b.listed_amount, r.rate_amount, r.right_from, round(a.quantity * a.coefficient * r.rate_amount, case a.currency when 'VND' then 0 else 2 end) as expected_amount
  from asked a
  join work_rate r on r.scheme_id = a.scheme_id and r.unit_code = a.rate_unit and r.benefit_period = a.asked_period and r.right_from <= a.last_list_day and r.right_before > a.first_list_day
  left join beside b on b.file_id = a.file_id and b.line_number = a.line_number
), acceptable as (
  select *, greatest(expected_amount - coalesce(listed_amount, 0), 0) as acceptable_amount from expected
  union all
  select e.*, e.expected_amount - round(e.quantity * e.coefficient * r.rate_amount, case e.currency when 'VND' then 0 else 2 end)
  from expected e join work_rate r on r.scheme_id = e.scheme_id and r.unit_code = e.rate_unit and r.benefit_period = e.asked_period and r.right_before <= e.right_from and r.rate_amount < e.rate_amount
  where e.component = 'arrears' and e.listed_amount is null
), nearest as (
  select distinct on (file_id, line_number) * from acceptable order by file_id, line_number, abs(due_amount - acceptable_amount), acceptable_amount, rate_amount
), wrong as (
  select person_key, scheme_id, benefit_period, sum(abs(due_amount - acceptable_amount)) as difference_amount,
    jsonb_agg(jsonb_strip_nulls(jsonb_build_object('file_id', file_id::text, 'line', line_number, 'category_code', category_code, 'component', component, 'origin_period', to_char(origin_period, 'FM0000"-"00'), 'list_date', list_date, 'quantity', quantity::text, 'coefficient', coefficient::text,
      'rate_amount', rate_amount::text, 'listed_amount', listed_amount::text, 'expected_amount', acceptable_amount::text, 'due_amount', due_amount::text)) order by file_id, line_number) as rule_lines
  from nearest where due_amount <> acceptable_amount
  group by person_key, scheme_id, benefit_period
)
select o.person_key, 'due_amount_off_rule', o.scheme_id, o.benefit_period, identifier_text(o.person_key), w.difference_amount, o.currency, o.unit_code, jsonb_build_object('rule_lines', w.rule_lines)
from wrong w join work_outcome o using (person_key, scheme_id, benefit_period);
