-- code: holder_mismatch
-- severity: m
-- actor: C
-- subject: entitlement
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
select o.person_key, 'holder_mismatch', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.due_amount, o.currency, o.unit_code, s.evidence || jsonb_build_object('accounts', held.accounts), s.source_rows || held.source_rows
from work_outcome o join work_story s using (person_key, scheme_id, benefit_period)
join lateral (
  select jsonb_agg(jsonb_build_object('creditor_agent', a.creditor_agent::text, 'creditor_account', coalesce(account_text(a.account_key), h.original), 'holder_id', coalesce(identifier_text(a.holder_key), n.original), 'account_status', a.account_status)) as accounts,
    jsonb_agg(jsonb_build_object('file_id', a.file_id, 'line', a.line_number)) as source_rows
  from (select distinct l.account_key, l.creditor_agent from work_line l where l.person_key = o.person_key and l.scheme_id = o.scheme_id and l.benefit_period = o.benefit_period and l.list_status = 'active') l
  join work_account a on a.account_key = l.account_key and coalesce(a.creditor_agent = l.creditor_agent, true)
  left join hashed_text h on h.hash_key = a.account_key left join hashed_text n on n.hash_key = a.holder_key
  where not exists (select from work_alias w where w.person_key = o.person_key and w.alias_key = a.holder_key)
    and not exists (select from work_mandate m where m.person_key = o.person_key and m.payee_key = a.holder_key)
) held on held.accounts is not null;
