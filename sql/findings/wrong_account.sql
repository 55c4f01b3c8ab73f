-- code: wrong_account
-- severity: h
-- actor: B
-- subject: payment
-- working_days: 3
-- title.vi: Sai tài khoản
-- title.en: Wrong account
-- title.ar: حساب خاطئ
-- explanation.vi: Tiền đã vào một tài khoản không có trong danh sách, không phải của người thụ hưởng, cũng không phải của người nhận thay còn hiệu lực.
-- explanation.en: The money was credited to an account that is neither the list’s, nor the beneficiary’s own, nor that of a payee with a valid mandate.
-- explanation.ar: أُودع المبلغ في حساب ليس حساب القائمة ولا حساب المستفيد ولا حساب نائب بتفويض سارٍ.
-- action.vi: Yêu cầu ngân hàng tra soát và chuyển lại; hỏi người thụ hưởng đã nhận được tiền chưa.
-- action.en: Ask the bank to trace and recall it; ask the person whether the money came.
-- action.ar: اطلب من البنك تتبّع المبلغ واستعادته؛ واسأل المستفيد هل وصله.
-- source: contract 5, D16
-- why: Credited is not the same as reaching the person.
--
-- Hit: credited to an account nobody expected
--   list A 2026-10 500000
--   pay A 2026-10 500000 credited 2026-10-09 creditor_account=1000000099
--   as of 2026-10-31
--   finds wrong_account E1 500000
-- Near miss: not the listed account, but the person’s own at another bank
--   list A 2026-10 500000
--   account A 2000000001 active creditor_agent=970405
--   pay A 2026-10 500000 credited 2026-10-09 creditor_account=2000000001 creditor_agent=970405
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, payment_number, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
with asked as (
  select p.* from work_payment p where p.net_amount > 0 and p.account_key is not null and coalesce(p.payment_channel not in ('cash', 'post'), true)
), expected as (
  select p.payment_number, x.creditor_agent, x.account_key, x.expectation, m.person_key, m.scheme_id, m.benefit_period,
    x.account_key = p.account_key and coalesce(x.creditor_agent = p.creditor_agent, true) as is_reached
  from asked p join work_match m using (payment_number) join work_expected x on x.person_key = m.person_key
  where case x.expectation
    when 'list' then x.list_status = 'active' and x.scheme_id = m.scheme_id and x.benefit_period = m.benefit_period
    when 'payee' then p.credited_date between x.valid_from and coalesce(x.valid_to, 'infinity')
    else true end
), wrong as (
  select payment_number from work_match join asked using (payment_number)
  except select payment_number from expected where is_reached
), right_ones as (
  select e.payment_number, jsonb_agg(distinct jsonb_strip_nulls(jsonb_build_object('creditor_agent', e.creditor_agent::text, 'creditor_account', coalesce(account_text(e.account_key), h.original), 'expectation', e.expectation))) as accounts
  from wrong join expected e using (payment_number) left join hashed_text h on h.hash_key = e.account_key
  group by e.payment_number
), listed as (
  select payment_number, jsonb_agg(distinct jsonb_build_object('file_id', l.file_id::text, 'line', l.line_number)) as source_rows
  from wrong join work_match m using (payment_number)
  join work_line l on l.person_key = m.person_key and l.scheme_id = m.scheme_id and l.benefit_period = m.benefit_period and l.list_status = 'active'
  group by payment_number
)
select w.person_key, 'wrong_account', w.scheme_id, w.benefit_period, p.payment_number, p.payment_name, p.net_amount, p.currency, w.unit_code,
  jsonb_strip_nulls(jsonb_build_object('expected_accounts', r.accounts)), coalesce(l.source_rows, '[]')
from wrong join asked p using (payment_number) join work_place w using (payment_number) left join right_ones r using (payment_number) left join listed l using (payment_number);
