-- code: ambiguous_payment
-- severity: m
-- actor: C
-- subject: payment
-- working_days: 5
-- title.vi: Chưa rõ chi cho ai
-- title.en: Ambiguous payment
-- title.ar: دفعة ملتبسة
-- explanation.vi: Tài khoản này dùng cho nhiều người thụ hưởng và số tiền không nói rõ của ai.
-- explanation.en: The account serves several beneficiaries, and the amount does not say whose it is.
-- explanation.ar: يخدم الحساب عدة مستفيدين، ولا يدل المبلغ على صاحبه.
-- action.vi: Chọn đúng người trong những người dưới đây, dựa vào lệnh chi của đơn vị chi trả.
-- action.en: Choose among the candidates below, from the payer’s own order.
-- action.ar: اختر صاحب المبلغ من المرشحين أدناه استنادًا إلى أمر جهة الصرف.
-- source: contract 3.5, 3.6, D11, D12
-- why: Ties are never broken by chance.
--
-- Hit: one guardian, two children with the same amount, one payment
--   list A 2026-10 500000 creditor_account=1000000007
--   list B 2026-10 500000 creditor_account=1000000007
--   account G 1000000007 active
--   mandate A G 2026-01-01 2026-12-31
--   mandate B G 2026-01-01 2026-12-31
--   pay - 2026-10 500000 credited 2026-10-09 creditor_account=1000000007
--   as of 2026-10-31
--   finds ambiguous_payment E1 500000
-- Near miss: one payment for both together
--   list A 2026-10 500000 creditor_account=1000000007
--   list B 2026-10 500000 creditor_account=1000000007
--   account G 1000000007 active
--   mandate A G 2026-01-01 2026-12-31
--   mandate B G 2026-01-01 2026-12-31
--   pay - 2026-10 1000000 credited 2026-10-09 creditor_account=1000000007
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, payment_number, subject, amount_at_stake, currency, unit_code)
select w.person_key, 'ambiguous_payment', w.scheme_id, w.benefit_period, p.payment_number, p.payment_name, p.net_amount, p.currency, w.unit_code
from work_unmatched u join work_payment p using (payment_number) join work_place w using (payment_number)
where u.reason = 'ambiguous_payment' and p.is_taking;
