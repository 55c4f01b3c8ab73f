-- code: not_withdrawn
-- severity: i
-- actor: C
-- subject: entitlement
-- working_days: 20
-- title.vi: Sau 30 ngày chưa rút
-- title.en: Not yet withdrawn after 30 days
-- title.ar: لم يُسحب بعد 30 يومًا
-- explanation.vi: Ngân hàng báo rằng tiền vào đã từ 30 ngày trở lên mà chưa có lần rút hay chi tiêu nào. Có người để dành; có người không rút được.
-- explanation.en: The bank reports that 30 days or more after the credit nothing has been withdrawn or spent. Some people save; some cannot get at it.
-- explanation.ar: يفيد البنك بأنه لم يُسحب شيء ولم يُنفق بعد 30 يومًا أو أكثر من الإيداع. بعض الناس يدّخر وبعضهم لا يستطيع الوصول إليه.
-- action.vi: Gọi điện hoặc ghé thăm: có thẻ chưa, còn nhớ mã PIN không, điểm rút có xa không. Không phải lỗi của người thụ hưởng.
-- action.en: Call or visit: is there a card, is the PIN known, how far is the cash point? It is nobody’s fault.
-- action.ar: اتصل أو زُر: هل لديه بطاقة، وهل يذكر الرقم السري، وكم تبعد نقطة السحب؟ وليس ذلك ذنب أحد.
-- source: contract 5 and 6, D35
-- why: Not the number of accounts but the days until the money is in the hand is what counts.
--
-- Hit: credited thirty days before the day the bank reports through; everything else is in order
--   list A 2026-10 500000
--   pay A 2026-10 500000 credited 2026-10-09
--   withdrawal E1 - 2026-11-08
--   as of 2026-11-10
--   finds not_withdrawn A 500000
-- Near miss: seen through twenty-nine days only
--   list A 2026-10 500000
--   pay A 2026-10 500000 credited 2026-10-09
--   withdrawal E1 - 2026-11-07
--   as of 2026-11-20
--   finds nothing
-- Near miss: no report names the credit: it is not reported, which is not the same
--   list A 2026-10 500000
--   pay A 2026-10 500000 credited 2026-10-09
--   withdrawal E1 - 2026-11-08 end_to_end_id=E9
--   as of 2026-11-20
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
with credited as (
  select m.person_key, m.scheme_id, m.benefit_period, p.payment_number, p.creditor_agent, p.end_to_end_id, p.credited_date
  from work_match m join work_payment p using (payment_number)
  where p.net_amount > 0 and p.account_key is not null and coalesce(p.payment_channel not in ('cash', 'post'), true)
), reported as (
  select c.person_key, c.scheme_id, c.benefit_period, c.payment_number, c.credited_date, bool_or(coalesce(w.first_withdrawal_date <= :'as_of'::date, false)) as is_withdrawn,
    max(least(w.reported_through_date, :'as_of'::date)) as seen_through_date, jsonb_agg(jsonb_build_object('file_id', w.file_id::text, 'line', w.line_number) order by w.file_id, w.line_number) as source_rows
  from credited c join withdrawal_report w on w.creditor_agent = c.creditor_agent and w.end_to_end_id = c.end_to_end_id join work_file using (file_id)
  group by c.person_key, c.scheme_id, c.benefit_period, c.payment_number, c.credited_date
), waiting as (
  select person_key, scheme_id, benefit_period, max(seen_through_date) as seen_through_date, max(seen_through_date - credited_date) as days_waiting, jsonb_agg(source_rows) as nested_rows
  from reported group by person_key, scheme_id, benefit_period
  having not bool_or(is_withdrawn) and bool_or(credited_date + 30 <= seen_through_date)
)
select o.person_key, 'not_withdrawn', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.credited_amount, o.currency, o.unit_code,
  jsonb_build_object('reported_through_date', w.seen_through_date, 'days_waiting', w.days_waiting::text), jsonb_path_query_array(w.nested_rows, '$[*][*]')
from work_outcome o join waiting w using (person_key, scheme_id, benefit_period)
where o.credited_amount > 0;
