-- code: paid_late
-- severity: l
-- actor: B
-- subject: entitlement
-- working_days: 20
-- title.vi: Chi trễ
-- title.en: Paid late
-- title.ar: صُرف متأخرًا
-- explanation.vi: Tiền đã đến đủ nhưng sau hạn.
-- explanation.en: The money arrived in full, after the due day.
-- explanation.ar: وصل المبلغ كاملًا ولكن بعد موعده.
-- action.vi: Không phải chi thêm. Ghi nhận số ngày trễ để làm việc với ngân hàng.
-- action.en: Nothing to pay. The days late count in the talk with the bank.
-- action.ar: لا حاجة إلى صرف. تُحتسب أيام التأخير عند مراجعة البنك.
-- source: contract 5
-- why: How long people wait is what this product measures.
--
-- Hit: credited on the day after the due day
--   list A 2026-10 500000 due_date=2026-10-08
--   pay A 2026-10 500000 credited 2026-10-09
--   as of 2026-10-31
--   finds paid_late A 0
-- Near miss: due on a Saturday, credited on the Monday
--   list A 2026-10 500000 due_date=2026-10-10
--   pay A 2026-10 500000 credited 2026-10-12
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence)
select o.person_key, 'paid_late', o.scheme_id, o.benefit_period, identifier_text(o.person_key), 0, o.currency, o.unit_code, jsonb_build_object('days_late', (o.completed_date - o.late_after_date)::text)
from work_outcome o
where o.outcome_class = 'paid_late';
