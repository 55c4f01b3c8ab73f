-- code: stuck
-- severity: h
-- actor: C/B
-- subject: entitlement
-- working_days: 5
-- title.vi: Treo tại ngân hàng
-- title.en: Stuck at the bank
-- title.ar: عالق لدى البنك
-- explanation.vi: Lệnh chi đã gửi nhưng quá thời hạn xử lý mà tiền vẫn chưa vào tài khoản, cũng chưa bị trả lại.
-- explanation.en: It was sent, and for longer than the settlement time the bank neither credited nor returned it.
-- explanation.ar: أُرسل المبلغ، وتجاوز مهلة التسوية دون أن يودعه البنك أو يعيده.
-- action.vi: Hỏi ngân hàng theo mã giao dịch; không gửi lại khi chưa có trả lời.
-- action.en: Ask the bank, quoting the reference; do not send it again before it answers.
-- action.ar: اسأل البنك مع ذكر مرجع العملية؛ ولا تُعد الإرسال قبل أن يجيب.
-- source: contract 5
-- why: Money on the way for too long is with somebody who should say so.
--
-- Hit: sent five days ago and not heard of
--   list A 2026-10 500000
--   pay A 2026-10 500000 pending - instructed_at=2026-10-26
--   as of 2026-10-31
--   finds stuck A 500000
-- Near miss: sent three days ago
--   list A 2026-10 500000
--   pay A 2026-10 500000 pending - instructed_at=2026-10-28
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code)
select o.person_key, 'stuck', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.due_amount - o.credited_amount, o.currency, o.unit_code
from work_outcome o
where o.outcome_class = 'stuck';
