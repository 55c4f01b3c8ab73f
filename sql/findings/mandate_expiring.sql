-- code: mandate_expiring
-- severity: l
-- actor: C
-- subject: entitlement
-- working_days: 20
-- title.vi: Giám hộ hoặc ủy quyền sắp hết hạn
-- title.en: Mandate about to expire
-- title.ar: التفويض على وشك الانتهاء
-- explanation.vi: Tài khoản trong danh sách là của người nhận thay; giấy giám hộ hoặc ủy quyền còn hiệu lực nhưng hết hạn trong vòng 30 ngày.
-- explanation.en: The listed account is a payee’s whose mandate is still valid, but ends within 30 days.
-- explanation.ar: الحساب المدرج لنائب تفويضه سارٍ لكنه ينتهي خلال 30 يومًا.
-- action.vi: Nhắc gia đình gia hạn trước ngày hết hạn; nếu cần thì làm tại nhà.
-- action.en: Remind the family to renew it before that day; do it at their home if need be.
-- action.ar: ذكّر الأسرة بتجديده قبل ذلك اليوم، وفي منزلهم إن لزم.
-- source: contract 5, D36
-- why: Renewed in time it costs one signature; a day late, a month without money.
--
-- Hit: the guardian’s mandate ends thirty days from now; everything else is in order
--   list A 2026-10 500000 creditor_account=1000000007
--   account G 1000000007 active
--   mandate A G 2025-12-01 2026-11-30
--   pay A 2026-10 500000 credited 2026-10-09 creditor_account=1000000007
--   as of 2026-10-31
--   finds mandate_expiring A 500000
-- Near miss: thirty-one days from now
--   list A 2026-10 500000 creditor_account=1000000007
--   account G 1000000007 active
--   mandate A G 2025-12-01 2026-12-01
--   as of 2026-10-31
--   finds nothing
-- Near miss: the next mandate has been signed
--   list A 2026-10 500000 creditor_account=1000000007
--   account G 1000000007 active
--   mandate A G 2025-11-10 2026-11-09
--   mandate A G 2026-11-10 2027-11-09
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
with ending as (
  select person_key, payee_key, max(coalesce(valid_to, 'infinity')) as last_date
  from work_mandate group by person_key, payee_key
  having max(coalesce(valid_to, 'infinity')) between :'as_of'::date and :'as_of'::date + 30
), held as (
  select a.person_key, a.scheme_id, a.benefit_period,
    jsonb_agg(jsonb_build_object('creditor_agent', a.creditor_agent::text, 'creditor_account', coalesce(account_text(a.account_key), h.original), 'payee_id', coalesce(identifier_text(a.holder_key), n.original), 'valid_to', e.last_date) order by a.creditor_agent, a.account_key) as accounts,
    jsonb_agg(jsonb_build_object('file_id', a.file_id::text, 'line', a.line_number)) as source_rows
  from work_listed_account a join ending e on e.person_key = a.person_key and e.payee_key = a.holder_key
  left join hashed_text h on h.hash_key = a.account_key left join hashed_text n on n.hash_key = a.holder_key
  where not a.is_own and a.is_covered
  group by a.person_key, a.scheme_id, a.benefit_period
)
select o.person_key, 'mandate_expiring', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.due_amount, o.currency, o.unit_code, jsonb_build_object('accounts', held.accounts), held.source_rows
from work_outcome o join held using (person_key, scheme_id, benefit_period);
