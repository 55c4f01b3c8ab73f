-- code: paid_over
-- severity: h
-- actor: P
-- subject: entitlement
-- working_days: 10
-- title.vi: Chi thừa
-- title.en: Paid over
-- title.ar: صُرف زائدًا
-- explanation.vi: Số tiền đã đến nhiều hơn số tiền phải chi.
-- explanation.en: More arrived than was due.
-- explanation.ar: وصل أكثر من المبلغ المستحق.
-- action.vi: Kiểm tra quyết định; thu hồi hoặc khấu trừ kỳ sau theo quyết định.
-- action.en: Check the decision; recover the rest or offset it next month, by decision.
-- action.ar: راجع القرار؛ واسترد الزائد أو اخصمه في الدورة التالية بموجب قرار.
-- source: contract 5
-- why: An overpayment that no system can record is never asked back.
--
-- Hit: 550,000 arrived for 500,000
--   list A 2026-10 500000
--   pay A 2026-10 550000 credited 2026-10-09
--   as of 2026-10-31
--   finds paid_over A 50000
-- Near miss: two months paid together before Tết
--   list A 2026-10 500000
--   list A 2026-11 500000 due_date=2026-11-10
--   pay A 2026-10 1000000 credited 2026-10-09
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code)
select o.person_key, 'paid_over', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.credited_amount - o.due_amount, o.currency, o.unit_code
from work_outcome o
where o.outcome_class = 'paid_over';
