-- code: not_collected
-- severity: h
-- actor: C/B
-- subject: entitlement
-- working_days: 5
-- title.vi: Chưa đến nhận tiền mặt
-- title.en: Cash not collected
-- title.ar: نقد لم يُستلم
-- explanation.vi: Điểm chi trả báo người thụ hưởng chưa đến nhận, và đã quá thời gian chờ.
-- explanation.en: The pay point reports that the money was not collected, and the waiting time is over.
-- explanation.ar: أفادت نقطة الصرف بعدم استلام المبلغ، وانتهت مدة الانتظار.
-- action.vi: Đến thăm hoặc gọi hỏi: có cần chi tại nhà hoặc ủy quyền không? Tiền chưa nhận được chuyển kỳ sau.
-- action.en: Visit or call: is payment at home or an authorised payee needed? The money is carried over.
-- action.ar: زر المستفيد أو اتصل به: هل يحتاج إلى الصرف في المنزل أو إلى توكيل؟ ويُرحَّل المبلغ.
-- source: contract 5, D13
-- why: Somebody who does not come for money may be ill, away or dead: a person to see, not a figure.
--
-- Hit: reported not collected, more than 30 days after it was laid out
--   list A 2026-10 500000 payment_channel=post creditor_account= creditor_agent=
--   pay A 2026-10 500000 not_collected - instructed_at=2026-10-05 payment_channel=post creditor_account=
--   as of 2026-11-05
--   finds not_collected A 500000
-- Near miss: the thirty days end today
--   list A 2026-10 500000 payment_channel=post creditor_account= creditor_agent=
--   pay A 2026-10 500000 not_collected - instructed_at=2026-10-05 payment_channel=post creditor_account=
--   as of 2026-11-04
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence)
with uncollected as (
  -- by the person, not by the bank or the post: three of these in a row may end an entitlement, three failures of others never
  select distinct o.person_key, o.scheme_id, o.benefit_period, o.benefit_period / 100 * 12 + o.benefit_period % 100 as month
  from work_outcome o join work_match m using (person_key, scheme_id, benefit_period) join work_payment p using (payment_number) left join reason_code c on c.code = p.return_reason_code
  where o.outcome_class = 'not_collected' and p.state = 'not_collected' and coalesce(c.person_caused, p.return_reason_code is null)
), running as (
  select *, month - row_number() over (partition by person_key, scheme_id order by month) as run_start from uncollected
), counted as (
  select person_key, scheme_id, benefit_period, row_number() over (partition by person_key, scheme_id, run_start order by month) as months from running
)
select o.person_key, 'not_collected', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.due_amount - o.credited_amount, o.currency, o.unit_code, jsonb_build_object('months_not_collected_count', coalesce(n.months, 0)::text)
from work_outcome o join work_scheme c using (scheme_id) left join counted n using (person_key, scheme_id, benefit_period)
where o.outcome_class = 'not_collected' and :'as_of'::date - coalesce(o.not_collected_date, o.late_after_date) > c.collection_days;
