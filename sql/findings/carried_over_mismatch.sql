-- code: carried_over_mismatch
-- severity: m
-- actor: P
-- subject: entitlement
-- working_days: 10
-- title.vi: Số chuyển kỳ không khớp
-- title.en: Carried-over amount does not match
-- title.ar: المبلغ المرحّل لا يطابق
-- explanation.vi: Số tiền chuyển từ tháng trước sang khác với phần còn thiếu của tháng đó.
-- explanation.en: The amount carried over from an earlier month differs from what was still missing there.
-- explanation.ar: المبلغ المرحّل من شهر سابق يختلف عما بقي منه.
-- action.vi: Đối chiếu báo cáo “chưa nhận, chuyển kỳ sau” của đơn vị chi trả với danh sách; sửa số tiền cho đúng.
-- action.en: Compare the payer’s report of what was not collected with the list, and correct the amount.
-- action.ar: قارن تقرير جهة الصرف عن غير المستلم بالقائمة وصحّح المبلغ.
-- source: contract 4 and 5, Decree 20/2021 article 34, D36
-- why: Money that is carried from list to list is where small sums vanish, or are paid twice.
--
-- Hit: 500,000 came back, 400,000 were put on the next list
--   list A 2026-09 500000
--   pay A 2026-09 500000 returned 2026-09-14 credited_at=2026-09-09
--   list A 2026-10 500000
--   list A 2026-10 400000 component=carried_over origin_period=2026-09
--   pay A 2026-10 900000 credited 2026-10-09
--   as of 2026-10-31
--   finds carried_over_mismatch A 100000
-- Near miss: all that was left is carried
--   list A 2026-09 500000
--   pay A 2026-09 200000 credited 2026-09-09
--   list A 2026-10 500000
--   list A 2026-10 300000 component=carried_over origin_period=2026-09
--   as of 2026-10-31
--   finds nothing
-- Near miss: the month it came from lies before the place began
--   start BTXH 2026-10
--   list A 2026-09 500000
--   list A 2026-10 500000
--   list A 2026-10 300000 component=carried_over origin_period=2026-09
--   as of 2026-10-31
--   finds nothing
-- Near miss: the month it came from is on no list here
--   list A 2026-10 400000 component=carried_over origin_period=2026-08
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
with carried as (
  select person_key, scheme_id, benefit_period, origin_period, sum(due_amount) as carried_amount
  from work_line
  where component = 'carried_over' and list_status = 'active' and origin_period < benefit_period
  group by person_key, scheme_id, benefit_period, origin_period
), known as (
  select c.*, o.due_amount, o.credited_amount, greatest(greatest(o.due_amount - o.credited_amount, 0)
    - coalesce(sum(c.carried_amount) over (partition by c.person_key, c.scheme_id, c.origin_period order by c.benefit_period rows between unbounded preceding and 1 preceding), 0), 0) as rest_amount
  from carried c join work_outcome o on o.person_key = c.person_key and o.scheme_id = c.scheme_id and o.benefit_period = c.origin_period
  -- of a month before the place began nobody knows what was paid (D98)
  join work_entitlement e on e.person_key = c.person_key and e.scheme_id = c.scheme_id and e.benefit_period = c.origin_period and e.start_period <= c.origin_period
), origin_line as (
  select k.person_key, k.scheme_id, k.benefit_period, jsonb_agg(jsonb_build_object('file_id', l.file_id::text, 'line', l.line_number) order by l.file_id, l.line_number) as source_rows
  from known k join work_line l on l.person_key = k.person_key and l.scheme_id = k.scheme_id and l.benefit_period = k.origin_period and l.list_status = 'active'
  where k.carried_amount <> k.rest_amount
  group by k.person_key, k.scheme_id, k.benefit_period
), different as (
  select person_key, scheme_id, benefit_period, sum(abs(carried_amount - rest_amount)) as difference_amount,
    jsonb_agg(jsonb_build_object('origin_period', to_char(origin_period, 'FM0000"-"00'), 'due_amount', due_amount::text, 'credited_amount', credited_amount::text, 'rest_amount', rest_amount::text, 'carried_amount', carried_amount::text) order by origin_period) as origins
  from known where carried_amount <> rest_amount
  group by person_key, scheme_id, benefit_period
)
select o.person_key, 'carried_over_mismatch', o.scheme_id, o.benefit_period, identifier_text(o.person_key), d.difference_amount, o.currency, o.unit_code, jsonb_build_object('origins', d.origins), l.source_rows
from different d join work_outcome o using (person_key, scheme_id, benefit_period) join origin_line l using (person_key, scheme_id, benefit_period);
