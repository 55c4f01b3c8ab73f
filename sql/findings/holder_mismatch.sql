-- code: holder_mismatch
-- severity: m
-- actor: C
-- subject: entitlement
-- working_days: 10
-- title.vi: Chủ tài khoản không khớp
-- title.en: Account holder differs
-- title.ar: صاحب الحساب مختلف
-- explanation.vi: Tài khoản trong danh sách đứng tên người khác và không có giám hộ hay ủy quyền nào.
-- explanation.en: The listed account is held by somebody else, and no guardianship or authorisation joins the two.
-- explanation.ar: الحساب المدرج باسم شخص آخر ولا توجد وصاية أو تفويض بينهما.
-- action.vi: Xác minh với người thụ hưởng: sửa số tài khoản, hoặc lập giám hộ, ủy quyền.
-- action.en: Verify with the person: correct the account, or record the guardianship or authorisation.
-- action.ar: تحقق مع المستفيد: صحّح رقم الحساب، أو سجّل الوصاية أو التفويض.
-- source: contract 5, D16
-- why: Somebody else’s account is how money is taken from people who cannot ask.
--
-- Hit: the listed account belongs to a stranger
--   list A 2026-10 500000 creditor_account=1000000007
--   account B 1000000007 active
--   as of 2026-10-01
--   finds holder_mismatch A 500000
-- Near miss: it belongs to the guardian, whose mandate has run out (that is mandate_expired)
--   list A 2026-10 500000 creditor_account=1000000007
--   account G 1000000007 active
--   mandate A G 2025-01-01 2025-12-31
--   as of 2026-10-01
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
with held as (
  select a.person_key, a.scheme_id, a.benefit_period,
    jsonb_agg(jsonb_build_object('creditor_agent', a.creditor_agent::text, 'creditor_account', coalesce(account_text(a.account_key), h.original), 'holder_id', coalesce(identifier_text(a.holder_key), n.original), 'account_status', a.account_status) order by a.creditor_agent, a.account_key) as accounts,
    jsonb_agg(jsonb_build_object('file_id', a.file_id::text, 'line', a.line_number)) as source_rows
  from work_listed_account a left join hashed_text h on h.hash_key = a.account_key left join hashed_text n on n.hash_key = a.holder_key
  where not a.is_own and not a.has_mandate
  group by a.person_key, a.scheme_id, a.benefit_period
)
select o.person_key, 'holder_mismatch', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.due_amount, o.currency, o.unit_code, jsonb_build_object('accounts', held.accounts), held.source_rows
from work_outcome o join held using (person_key, scheme_id, benefit_period);
