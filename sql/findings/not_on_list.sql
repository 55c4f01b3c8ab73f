-- code: not_on_list
-- severity: h
-- actor: P
-- subject: payment
-- working_days: 5
-- title.vi: Không có trong danh sách
-- title.en: Not on the list
-- title.ar: غير مدرج في القائمة
-- explanation.vi: Tiền đã vào tài khoản của người không có khoản được hưởng ở tháng và chế độ này.
-- explanation.en: Money was credited to somebody with no entitlement in that month and scheme.
-- explanation.ar: أُودع مبلغ لمن لا استحقاق له في ذلك الشهر والبرنامج.
-- action.vi: Kiểm tra danh sách đã đủ chưa; nếu đúng là chi nhầm thì thu hồi.
-- action.en: Check that the list is complete; if the payment was wrong, recover it.
-- action.ar: تحقق من اكتمال القائمة؛ وإن كان الصرف خطأً فاسترد المبلغ.
-- source: contract 3.6, D12
-- why: Money outside every list is either a missing list or a loss.
--
-- Hit: an id nobody lists
--   list A 2026-10 500000
--   pay B 2026-10 500000 credited 2026-10-09
--   as of 2026-10-31
--   finds not_on_list E1 500000
-- Near miss: the bank still uses the former 9-digit id
--   list A 2026-10 500000
--   register A alive previous_id=012345678
--   pay A 2026-10 500000 credited 2026-10-09 beneficiary_id=012345678
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, payment_number, subject, amount_at_stake, currency, unit_code)
select w.person_key, 'not_on_list', w.scheme_id, w.benefit_period, p.payment_number, p.payment_name, p.net_amount, p.currency, w.unit_code
from work_unmatched u join work_payment p using (payment_number) join work_place w using (payment_number)
where u.reason = 'not_on_list' and p.net_amount > 0;
