-- code: paid_twice
-- severity: h
-- actor: P
-- subject: entitlement
-- working_days: 10
-- title.vi: Chi trùng
-- title.en: Paid twice
-- title.ar: صُرف مرتين
-- explanation.vi: Khoản tiền của tháng này đã đến đủ, rồi lại đến thêm lần nữa.
-- explanation.en: This month’s money arrived in full, and then again.
-- explanation.ar: وصل مبلغ هذا الشهر كاملًا ثم وصل مرة أخرى.
-- action.vi: Xác minh hai lệnh chi; thu hồi hoặc khấu trừ kỳ sau theo quyết định.
-- action.en: Verify both payments; recover one or offset it next month, by decision.
-- action.ar: تحقق من الدفعتين؛ واسترد إحداهما أو اخصمها في الدورة التالية بموجب قرار.
-- source: contract 5
-- why: Two communes, two banks or one file uploaded twice: the commonest large loss.
--
-- Hit: the same amount credited again a week later
--   list A 2026-10 500000
--   pay A 2026-10 500000 credited 2026-10-09
--   pay A 2026-10 500000 credited 2026-10-16
--   as of 2026-10-31
--   finds paid_twice A 500000
-- Near miss: the first one had been returned
--   list A 2026-10 500000
--   pay A 2026-10 500000 returned 2026-10-12 credited_at=2026-10-09
--   pay A 2026-10 500000 credited 2026-10-16
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code)
select o.person_key, 'paid_twice', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.credited_amount - o.due_amount, o.currency, o.unit_code
from work_outcome o
where o.outcome_class = 'paid_twice';
