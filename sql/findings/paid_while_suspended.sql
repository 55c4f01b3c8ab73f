-- code: paid_while_suspended
-- severity: h
-- actor: C
-- subject: payment
-- working_days: 5
-- title.vi: Chi khi đang tạm dừng
-- title.en: Paid while suspended
-- title.ar: صُرف أثناء الإيقاف
-- explanation.vi: Tiền đã chi cho khoản được hưởng đang tạm dừng hoặc đã thôi hưởng.
-- explanation.en: Money was credited for a suspended or stopped entitlement.
-- explanation.ar: أُودع مبلغ عن استحقاق موقوف مؤقتًا أو منتهٍ.
-- action.vi: Kiểm tra quyết định tạm dừng; nếu còn hiệu lực thì thu hồi, nếu đã hết thì sửa danh sách.
-- action.en: Check the suspension; if it stands, recover the money, if not, correct the list.
-- action.ar: راجع قرار الإيقاف؛ فإن كان ساريًا فاسترد المبلغ، وإلا فصحّح القائمة.
-- source: contract 5, D12
-- why: The bank did not hear of the decision.
--
-- Hit: credited for a suspended line
--   list A 2026-10 500000 list_status=suspended
--   pay A 2026-10 500000 credited 2026-10-09
--   as of 2026-10-31
--   finds paid_while_suspended E1 500000
-- Near miss: suspended in one category, active in another
--   list A 2026-10 500000 list_status=suspended category_code=6A
--   list A 2026-10 540000 category_code=4
--   pay A 2026-10 540000 credited 2026-10-09
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, payment_number, subject, amount_at_stake, currency, unit_code)
select w.person_key, 'paid_while_suspended', w.scheme_id, w.benefit_period, p.payment_number, p.payment_name, p.net_amount, p.currency, w.unit_code
from work_unmatched u join work_payment p using (payment_number) join work_place w using (payment_number)
where u.reason = 'paid_while_suspended' and p.net_amount > 0;
