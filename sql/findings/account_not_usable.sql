-- code: account_not_usable
-- severity: m
-- actor: C
-- subject: entitlement
-- working_days: 10
-- title.vi: Tài khoản không dùng được
-- title.en: Account not usable
-- title.ar: حساب غير صالح للاستخدام
-- explanation.vi: Tài khoản trong danh sách đã đóng, bị phong tỏa, ngủ đông hoặc chưa kích hoạt.
-- explanation.en: The listed account is closed, blocked, dormant or inactive.
-- explanation.ar: الحساب المدرج مغلق أو محظور أو خامل أو غير مفعّل.
-- action.vi: Mời người thụ hưởng ra ngân hàng mở lại, hoặc chọn tài khoản khác trước kỳ chi tới.
-- action.en: Invite the person to have it reopened, or to choose another one before the next payment.
-- action.ar: ادعُ المستفيد إلى إعادة فتح الحساب أو اختيار حساب آخر قبل الدفعة التالية.
-- source: contract 5, D16
-- why: Known before payday, it costs one visit; after it, a month without money.
--
-- Hit: the listed account is dormant, before anything is due
--   list A 2026-10 500000
--   account A 1000000001 dormant
--   as of 2026-10-01
--   finds account_not_usable A 500000
-- Near miss: a later report says it is active again
--   list A 2026-10 500000
--   account A 1000000001 dormant reported_date=2026-09-01
--   account A 1000000001 active reported_date=2026-09-30
--   as of 2026-10-01
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
with held as (
  select a.person_key, a.scheme_id, a.benefit_period,
    jsonb_agg(jsonb_build_object('creditor_agent', a.creditor_agent::text, 'creditor_account', coalesce(account_text(a.account_key), h.original), 'account_status', a.account_status) order by a.creditor_agent, a.account_key) as accounts,
    jsonb_agg(jsonb_build_object('file_id', a.file_id::text, 'line', a.line_number)) as source_rows
  from work_listed_account a left join hashed_text h on h.hash_key = a.account_key
  where a.account_status <> 'active'
  group by a.person_key, a.scheme_id, a.benefit_period
)
select o.person_key, 'account_not_usable', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.due_amount, o.currency, o.unit_code, jsonb_build_object('accounts', held.accounts), held.source_rows
from work_outcome o join held using (person_key, scheme_id, benefit_period);
