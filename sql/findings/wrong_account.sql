-- code: wrong_account
-- severity: h
-- actor: B
-- subject: payment
-- title.vi: Sai tài khoản
-- title.en: Wrong account
-- title.ar: حساب خاطئ
-- explanation.vi: Tiền đã ghi có vào tài khoản không có trong danh sách, không phải của người thụ hưởng, cũng không phải của người nhận thay còn hiệu lực.
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

insert into work_finding (person_key, code, scheme_id, benefit_period, payment_number, subject, amount_at_stake, currency, unit_code)
with asked as (
  select p.* from work_payment p where p.net_amount > 0 and p.account_key is not null and coalesce(p.payment_channel not in ('cash', 'post'), true)
), accepted as (
  select distinct p.payment_number
  from asked p join work_match m using (payment_number) join work_expected x on x.person_key = m.person_key and x.account_key = p.account_key
  where coalesce(x.creditor_agent = p.creditor_agent, true)
    and case x.expectation
      when 'list' then x.list_status = 'active' and x.scheme_id = m.scheme_id and x.benefit_period = m.benefit_period
      when 'payee' then p.credited_date between x.valid_from and coalesce(x.valid_to, 'infinity')
      else true end
)
select w.person_key, 'wrong_account', w.scheme_id, w.benefit_period, p.payment_number, p.payment_name, p.net_amount, p.currency, w.unit_code
from asked p join work_place w using (payment_number)
where exists (select from work_match m where m.payment_number = p.payment_number) and not exists (select from accepted a where a.payment_number = p.payment_number);
