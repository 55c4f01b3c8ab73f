-- code: paid_short
-- severity: h
-- actor: P
-- subject: entitlement
-- working_days: 5
-- title.vi: Chi thiếu
-- title.en: Paid short
-- title.ar: صُرف ناقصًا
-- explanation.vi: Số tiền đã đến ít hơn số tiền phải chi.
-- explanation.en: Less arrived than was due.
-- explanation.ar: وصل أقل من المبلغ المستحق.
-- action.vi: Chi bổ sung phần còn thiếu.
-- action.en: Pay the rest on the supplementary list.
-- action.ar: اصرف الباقي في قائمة الصرف التكميلي.
-- source: contract 5
-- why: Small differences over many people are where money leaks.
--
-- Hit: 450,000 of 500,000 arrived
--   list A 2026-10 500000
--   pay A 2026-10 450000 credited 2026-10-09
--   as of 2026-10-31
--   finds paid_short A 50000
-- Near miss: two credits that add up are not short
--   list A 2026-10 500000
--   pay A 2026-10 450000 credited 2026-10-09
--   pay A 2026-10 50000 credited 2026-10-10
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code)
select o.person_key, 'paid_short', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.due_amount - o.credited_amount, o.currency, o.unit_code
from work_outcome o
where o.outcome_class = 'paid_short';
