-- code: unpaid
-- severity: h
-- actor: C/B
-- subject: entitlement
-- working_days: 5
-- title.vi: Chưa chi
-- title.en: Unpaid
-- title.ar: لم يُصرف
-- explanation.vi: Đã quá hạn mà chưa có khoản tiền nào đến.
-- explanation.en: The due day has passed and no money has arrived.
-- explanation.ar: انقضى موعد الاستحقاق ولم يصل أي مبلغ.
-- action.vi: Hỏi đơn vị chi trả đã gửi lệnh chi chưa; nếu chưa, đưa vào danh sách chi bổ sung.
-- action.en: Ask the payer whether it was sent; if not, put it on the supplementary list.
-- action.ar: اسأل جهة الصرف هل أُرسل المبلغ؛ وإن لم يُرسل فأدرجه في قائمة الصرف التكميلي.
-- source: contract 5
-- why: The plainest harm: a person waits and nobody has said why.
--
-- Hit: the day after it was due nothing had been sent
--   list A 2026-10 500000 due_date=2026-10-09
--   as of 2026-10-10
--   finds unpaid A 500000
-- Near miss: it is due today
--   list A 2026-10 500000 due_date=2026-10-09
--   as of 2026-10-09
--   finds nothing
-- Near miss: a month before the place began, and this month's undated money goes to this month
--   start BTXH 2026-10
--   list A 2026-08 500000
--   list A 2026-10 500000
--   pay A - 500000 credited 2026-10-09
--   as of 2026-10-31
--   finds nothing
-- Hit: the commune above began, not this one's province
--   unit 00001 parent_code=01
--   start BTXH 2026-11 unit_code=02
--   list A 2026-10 500000
--   as of 2026-10-31
--   finds unpaid A 500000

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code)
select o.person_key, 'unpaid', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.due_amount - o.credited_amount, o.currency, o.unit_code
from work_outcome o
where o.outcome_class = 'unpaid';
