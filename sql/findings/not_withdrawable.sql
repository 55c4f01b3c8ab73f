-- code: not_withdrawable
-- severity: h
-- actor: B
-- subject: entitlement
-- working_days: 5
-- title.vi: Tiền đã vào nhưng không rút được
-- title.en: Credited but cannot be withdrawn
-- title.ar: أُودع ولا يمكن سحبه
-- explanation.vi: Tiền đã ghi có, nhưng tài khoản nhận đang đóng, bị khóa, ngủ đông hoặc chưa kích hoạt, và chưa thấy ai rút.
-- explanation.en: The money was credited, but that account is closed, blocked, dormant or not activated, and nobody is reported to have withdrawn it.
-- explanation.ar: أُودع المال لكن ذلك الحساب مغلق أو مجمّد أو خامل أو غير مفعّل، ولم يُبلَّغ عن سحبه.
-- action.vi: Ngân hàng mở lại hoặc kích hoạt tài khoản, hoặc trả tiền tại quầy; báo cho người thụ hưởng nơi nhận.
-- action.en: The bank reopens or activates the account, or pays at the counter; tell the person where.
-- action.ar: يعيد البنك فتح الحساب أو تفعيله أو يصرف عند الشباك، ويُبلَّغ الشخص بالمكان.
-- source: contract 5, D35
-- why: Counted as paid everywhere else; the person stands before a machine that gives nothing.
--
-- Hit: credited, and dormant since
--   list A 2026-10 500000
--   account A 1000000001 dormant
--   pay A 2026-10 500000 credited 2026-10-09
--   as of 2026-10-31
--   finds not_withdrawable A 500000
-- Near miss: it was withdrawn before the account was closed
--   list A 2026-10 500000
--   account A 1000000001 closed
--   pay A 2026-10 500000 credited 2026-10-09
--   withdrawal E1 2026-10-12 2026-10-31
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
with withdrawn as (
  select distinct p.payment_number
  from work_payment p join withdrawal_report w on w.creditor_agent = p.creditor_agent and w.end_to_end_id = p.end_to_end_id join work_file using (file_id)
  where w.first_withdrawal_date <= :'as_of'::date
), shut as (
  select distinct m.person_key, m.scheme_id, m.benefit_period, a.creditor_agent, a.account_key, a.account_status, a.file_id, a.line_number
  from work_match m join work_payment p using (payment_number) join work_account a on a.account_key = p.account_key and a.creditor_agent = p.creditor_agent
  where p.net_amount > 0 and coalesce(p.payment_channel not in ('cash', 'post'), true) and a.account_status <> 'active'
    and not exists (select from withdrawn w where w.payment_number = m.payment_number)
), held as (
  select s.person_key, s.scheme_id, s.benefit_period,
    jsonb_agg(jsonb_build_object('creditor_agent', s.creditor_agent::text, 'creditor_account', coalesce(account_text(s.account_key), h.original), 'account_status', s.account_status) order by s.creditor_agent, s.account_key) as credited_accounts,
    jsonb_agg(jsonb_build_object('file_id', s.file_id::text, 'line', s.line_number)) as source_rows
  from shut s left join hashed_text h on h.hash_key = s.account_key
  group by s.person_key, s.scheme_id, s.benefit_period
)
select o.person_key, 'not_withdrawable', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.credited_amount, o.currency, o.unit_code, jsonb_build_object('credited_accounts', held.credited_accounts), held.source_rows
from work_outcome o join held using (person_key, scheme_id, benefit_period)
where o.credited_amount > 0;
