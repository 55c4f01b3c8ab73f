-- code: conflicting_line
-- severity: m
-- actor: B
-- subject: payment
-- working_days: 5
-- title.vi: Báo cáo mâu thuẫn
-- title.en: Conflicting reports
-- title.ar: تقارير متعارضة
-- explanation.vi: Cùng một lệnh chi được báo với số tiền, tài khoản hoặc kết quả khác nhau.
-- explanation.en: One payment was reported with different amounts, accounts or results.
-- explanation.ar: وردت عن دفعة واحدة مبالغ أو حسابات أو نتائج مختلفة.
-- action.vi: Hỏi ngân hàng báo cáo nào đúng; rút bỏ tệp sai.
-- action.en: Ask the bank which report is right; void the wrong file.
-- action.ar: اسأل البنك أي التقريرين صحيح؛ ثم ألغِ الملف الخاطئ.
-- source: contract 2, D5
-- why: Until someone decides, one report stands by an order that does not depend on arrival.
--
-- Hit: the same reference with another amount
--   list A 2026-10 500000
--   pay A 2026-10 500000 credited 2026-10-09 end_to_end_id=E1
--   pay A 2026-10 450000 credited 2026-10-09 end_to_end_id=E1
--   as of 2026-10-31
--   finds conflicting_line E1 50000
-- Near miss: the same reference, first on the way, then credited
--   list A 2026-10 500000
--   pay A 2026-10 500000 pending - end_to_end_id=E1 instructed_at=2026-10-07
--   pay A 2026-10 500000 credited 2026-10-09 end_to_end_id=E1 instructed_at=2026-10-07
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, payment_number, subject, amount_at_stake, currency, unit_code)
select w.person_key, 'conflicting_line', w.scheme_id, w.benefit_period, p.payment_number, p.payment_name, p.conflict_amount, p.currency, w.unit_code
from work_payment p join work_place w using (payment_number)
where p.conflict is not null;
