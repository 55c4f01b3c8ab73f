-- code: mandate_expired
-- severity: m
-- actor: C
-- subject: entitlement
-- working_days: 10
-- title.vi: Giám hộ hoặc ủy quyền không còn hiệu lực
-- title.en: Mandate does not cover the due date
-- title.ar: التفويض لا يغطي تاريخ الاستحقاق
-- explanation.vi: Tài khoản trong danh sách là của người nhận thay, nhưng giám hộ hoặc ủy quyền không có hiệu lực vào ngày phải chi.
-- explanation.en: The listed account is a payee’s, whose mandate does not cover the due date.
-- explanation.ar: الحساب المدرج لنائب لا يغطي تفويضه تاريخ الاستحقاق.
-- action.vi: Mời người thụ hưởng gia hạn ủy quyền, hoặc đổi sang tài khoản của chính mình.
-- action.en: Invite the person to renew the mandate, or to change to an own account.
-- action.ar: ادعُ المستفيد إلى تجديد التفويض أو التحويل إلى حسابه الشخصي.
-- source: contract 5, D16
-- why: An authorisation lasts twelve months at most; after it the payee has no right to the money.
--
-- Hit: the authorisation ended the day before the money was due
--   list A 2026-10 500000 creditor_account=1000000007 due_date=2026-10-09
--   account G 1000000007 active
--   mandate A G 2025-10-09 2026-10-08
--   as of 2026-10-31
--   finds mandate_expired A 500000
-- Near miss: it ends on the due day
--   list A 2026-10 500000 creditor_account=1000000007 due_date=2026-10-09
--   account G 1000000007 active
--   mandate A G 2025-10-09 2026-10-09
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
with held as (
  select a.person_key, a.scheme_id, a.benefit_period,
    jsonb_agg(jsonb_build_object('creditor_agent', a.creditor_agent::text, 'creditor_account', coalesce(account_text(a.account_key), h.original), 'payee_id', coalesce(identifier_text(a.holder_key), n.original)) order by a.creditor_agent, a.account_key) as accounts,
    jsonb_agg(jsonb_build_object('file_id', a.file_id::text, 'line', a.line_number)) as source_rows
  from work_listed_account a left join hashed_text h on h.hash_key = a.account_key left join hashed_text n on n.hash_key = a.holder_key
  where not a.is_own and a.has_mandate and not a.is_covered
  group by a.person_key, a.scheme_id, a.benefit_period
)
select o.person_key, 'mandate_expired', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.due_amount, o.currency, o.unit_code, jsonb_build_object('accounts', held.accounts), held.source_rows
from work_outcome o join held using (person_key, scheme_id, benefit_period);
