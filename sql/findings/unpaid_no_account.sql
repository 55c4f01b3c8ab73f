-- code: unpaid_no_account
-- severity: h
-- actor: C/B
-- subject: entitlement
-- working_days: 5
-- title.vi: Chưa chi vì chưa có tài khoản dùng được
-- title.en: Unpaid: no usable account
-- title.ar: لم يُصرف: لا حساب صالح
-- explanation.vi: Người thụ hưởng, hoặc người nhận thay còn hiệu lực, chưa có tài khoản nào đang hoạt động.
-- explanation.en: Neither the beneficiary nor a payee with a valid mandate holds an active account.
-- explanation.ar: لا يملك المستفيد ولا من ينوب عنه بتفويض سارٍ حسابًا نشطًا.
-- action.vi: Mời người thụ hưởng mở tài khoản, lập ủy quyền, hoặc chuyển sang nhận tiền mặt.
-- action.en: Invite the person to open an account, authorise a payee, or be paid in cash.
-- action.ar: ادعُ المستفيد إلى فتح حساب أو توكيل من ينوب عنه أو استلام المبلغ نقدًا.
-- source: contract 5
-- why: Nothing will arrive however often it is sent, until there is an account.
--
-- Hit: due, nothing sent, and the only account is closed
--   list A 2026-10 500000
--   account A 1000000001 closed
--   as of 2026-10-31
--   finds unpaid_no_account A 500000
-- Near miss: a guardian with a valid mandate holds an active account
--   list A 2026-10 500000 creditor_account=1000000007
--   account A none
--   account G 1000000007 active
--   mandate A G 2026-01-01 2026-12-31
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code)
select o.person_key, 'unpaid_no_account', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.due_amount - o.credited_amount, o.currency, o.unit_code
from work_outcome o
where o.outcome_class = 'unpaid_no_account';
