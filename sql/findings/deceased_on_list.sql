-- code: deceased_on_list
-- severity: h
-- actor: C
-- subject: entitlement
-- working_days: 3
-- title.vi: Người đã mất còn trong danh sách
-- title.en: Deceased, still on the list
-- title.ar: متوفى ما زال في القائمة
-- explanation.vi: Người thụ hưởng đã mất trước tháng này mà vẫn còn khoản được hưởng.
-- explanation.en: The beneficiary died before this month and is still listed.
-- explanation.ar: توفي المستفيد قبل هذا الشهر وما زال مدرجًا.
-- action.vi: Kiểm tra giấy chứng tử, dừng trợ cấp từ tháng sau tháng mất; hướng dẫn gia đình về mai táng phí.
-- action.en: Check the death certificate, stop from the month after the death; tell the family about funeral support.
-- action.ar: تحقق من شهادة الوفاة وأوقف الصرف من الشهر التالي؛ وأرشد الأسرة إلى إعانة الجنازة.
-- source: contract 5, Decree 20/2021 article 8, D14
-- why: Money stops from the month after the month of death; that month itself is due.
--
-- Hit: dead in September, listed for October
--   list A 2026-10 500000
--   register A dead death_date=2026-09-30
--   as of 2026-10-01
--   finds deceased_on_list A 500000
-- Near miss: dead on the first day of the listed month
--   list A 2026-10 500000
--   register A dead death_date=2026-10-01
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence)
select o.person_key, 'deceased_on_list', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.due_amount, o.currency, o.unit_code, jsonb_build_object('death_period', to_char(d.death_period, 'FM0000"-"00'))
from work_outcome o join work_death d using (person_key)
where o.benefit_period > d.death_period;
