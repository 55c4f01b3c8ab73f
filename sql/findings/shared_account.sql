-- code: shared_account
-- severity: h
-- actor: A
-- subject: account
-- working_days: 10
-- title.vi: Nhiều người chung một tài khoản
-- title.en: Account shared by several
-- title.ar: حساب مشترك بين عدة أشخاص
-- explanation.vi: Từ ba người thụ hưởng trở lên dùng chung một tài khoản mà không có giám hộ hay ủy quyền.
-- explanation.en: Three or more beneficiaries share one account without guardianship or authorisation.
-- explanation.ar: يشترك ثلاثة مستفيدين أو أكثر في حساب واحد دون وصاية أو تفويض.
-- action.vi: Thanh tra đối chiếu từng người với chủ tài khoản; xác nhận người thụ hưởng còn sống và có nhận tiền.
-- action.en: Have it inspected: each person against the holder; confirm that they live and receive the money.
-- action.ar: يُفحص كل شخص مع صاحب الحساب؛ ويُتأكد من أنه حي ويستلم المبلغ.
-- source: contract 5, D15
-- why: Invented or dead beneficiaries end in one account.
--
-- Hit: three people, one account, no mandate
--   list A 2026-10 500000 creditor_account=1000000007
--   list B 2026-10 500000 creditor_account=1000000007
--   list C 2026-10 500000 creditor_account=1000000007
--   pay A 2026-10 500000 credited 2026-10-09 creditor_account=1000000007
--   as of 2026-10-31
--   finds shared_account 970436|1000000007 500000
-- Near miss: one of the three is covered by a valid mandate with the holder
--   list A 2026-10 500000 creditor_account=1000000007
--   list B 2026-10 500000 creditor_account=1000000007
--   list C 2026-10 500000 creditor_account=1000000007
--   account G 1000000007 active
--   mandate A G 2026-01-01 2026-12-31
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
with used as (
  select o.person_key, o.scheme_id, o.benefit_period, coalesce(l.creditor_agent, a.creditor_agent) as creditor_agent, l.account_key, 0 as credited_amount
  from work_outcome o join work_line l using (person_key, scheme_id, benefit_period)
  left join work_account a on a.account_key = l.account_key and l.creditor_agent is null
  where l.list_status = 'active' and l.account_key is not null
  union all
  select o.person_key, o.scheme_id, o.benefit_period, x.creditor_agent, x.account_key, 0
  from work_outcome o join work_expected x using (person_key)
  where x.expectation = 'own'
  union all
  select o.person_key, o.scheme_id, o.benefit_period, p.creditor_agent, p.account_key, m.allocated_amount
  from work_outcome o join work_match m using (person_key, scheme_id, benefit_period) join work_payment p using (payment_number)
  where p.net_amount > 0 and p.account_key is not null
), busy as (
  select creditor_agent, account_key, benefit_period from used group by 1, 2, 3 having count(distinct person_key) >= 3
), counted as (
  select u.*, o.unit_code, o.currency, a.holder_key
  from used u join work_outcome o using (person_key, scheme_id, benefit_period)
  join busy b on b.account_key = u.account_key and b.benefit_period = u.benefit_period and b.creditor_agent is not distinct from u.creditor_agent
  left join work_account a on a.account_key = u.account_key and a.creditor_agent = u.creditor_agent
  where not exists (select from work_mandate m where m.person_key = u.person_key and m.payee_key = a.holder_key and o.due_date between m.valid_from and coalesce(m.valid_to, 'infinity'))
), known as (
  select person_key, min(beneficiary_name) as beneficiary_name from work_line group by person_key
), shared as (
  select creditor_agent, account_key, benefit_period, min(holder_key) as holder_key, min(currency) as currency, min(unit_code collate "C") as unit_code, sum(credited_amount) as amount,
    jsonb_agg(distinct jsonb_build_object('beneficiary_id', identifier_text(person_key), 'beneficiary_name', beneficiary_name)) as beneficiaries
  from counted join known using (person_key) group by creditor_agent, account_key, benefit_period
  having count(distinct person_key) >= 3
), member as (
  select distinct u.creditor_agent, u.account_key, u.benefit_period, u.person_key
  from counted u join shared s on s.account_key = u.account_key and s.benefit_period = u.benefit_period and s.creditor_agent is not distinct from u.creditor_agent
), resting as (
  select creditor_agent, account_key, benefit_period, jsonb_agg(distinct source_row) as source_rows
  from (
    select m.*, jsonb_build_object('file_id', l.file_id::text, 'line', l.line_number) as source_row
    from member m join work_line l on l.person_key = m.person_key and l.benefit_period = m.benefit_period and l.list_status = 'active'
    union all
    select m.*, source_row
    from member m join work_match w on w.person_key = m.person_key and w.benefit_period = m.benefit_period
    join work_payment p on p.payment_number = w.payment_number and p.account_key = m.account_key
    cross join lateral jsonb_array_elements(p.source_rows) source_row
  ) found group by creditor_agent, account_key, benefit_period
)
select -1 - s.account_key, 'shared_account', null, s.benefit_period, coalesce(s.creditor_agent::text, '') || '|' || coalesce(account_text(s.account_key), h.original), s.amount, s.currency, s.unit_code,
  jsonb_strip_nulls(jsonb_build_object('creditor_agent', s.creditor_agent::text, 'creditor_account', coalesce(account_text(s.account_key), h.original), 'holder_id', coalesce(identifier_text(s.holder_key), n.original), 'credited_amount', s.amount::text, 'beneficiaries', s.beneficiaries)),
  r.source_rows
from shared s
join resting r on r.account_key = s.account_key and r.benefit_period = s.benefit_period and r.creditor_agent is not distinct from s.creditor_agent
left join hashed_text h on h.hash_key = s.account_key left join hashed_text n on n.hash_key = s.holder_key;
