-- What: which accounts a subject's money may go to, and what is known about each.
-- Reads: register_row, mandate_row, account_report, work_line, work_payment
-- Writes: work_alias, work_death, work_mandate, work_account, work_expected, work_listed_account
-- Rule: list account, own account (under any of the person's ids), account of a payee between the days of a mandate; D9, D11, D14.
-- Why here: rules 4 and 5 and every finding about accounts ask the same question.

insert into work_alias (person_key, alias_key)
with standing as (
  select distinct on (person_key) person_key, previous_key
  from register_row join work_file using (file_id)
  order by person_key, verified_date desc, file_id desc, line_number desc
)
select person_key, person_key from work_subject
union select s.person_key, s.previous_key from standing s join work_subject using (person_key) where s.previous_key is not null
union select s.previous_key, s.person_key from standing s join work_subject w on w.person_key = s.previous_key;

analyze work_alias;

insert into work_death (person_key, death_period)
with standing as (
  select distinct on (person_key) person_key, vital_status, death_date, verified_date
  from register_row join work_file using (file_id)
  order by person_key, verified_date desc, file_id desc, line_number desc
), dead as (
  select person_key, coalesce(death_date, verified_date) as last_date from standing where vital_status = 'dead' and coalesce(death_date, verified_date) <= :'as_of'::date
)
select a.person_key, min(extract(year from d.last_date) * 100 + extract(month from d.last_date))::integer
from dead d join work_alias a on a.alias_key = d.person_key group by a.person_key;

insert into work_mandate (person_key, payee_key, valid_from, valid_to, relation)
select distinct m.person_key, m.payee_key, m.valid_from, m.valid_to, m.relation
from mandate_row m join work_file using (file_id) join work_subject using (person_key);

analyze work_mandate;

insert into work_account (account_key, creditor_agent, holder_key, account_status, file_id, line_number)
with concerned as (
  select account_key from work_line where account_key is not null
  union select account_key from work_payment where account_key is not null
  union select r.account_key from account_report r join work_file using (file_id) join work_alias a on a.alias_key = r.person_key
  union select r.account_key from account_report r join work_file using (file_id) join work_mandate m on m.payee_key = r.person_key
), in_file as (
  select distinct on (r.creditor_agent, r.account_key, r.file_id) r.*
  from account_report r join work_file using (file_id) join concerned using (account_key)
  where coalesce(r.reported_date <= :'as_of'::date, true)
  order by r.creditor_agent, r.account_key, r.file_id, r.reported_date desc nulls last, r.account_status desc, r.person_key, r.line_number
), dated as (
  select *, max(file_id) filter (where reported_date is null) over (partition by creditor_agent, account_key) as last_undated_file from in_file
)
select distinct on (creditor_agent, account_key) account_key, creditor_agent, person_key, account_status, file_id, line_number
from dated where file_id >= coalesce(last_undated_file, 0)
order by creditor_agent, account_key, reported_date desc nulls last, file_id desc;

analyze work_account;

insert into work_expected (person_key, account_key, creditor_agent, expectation, scheme_id, benefit_period, list_status, valid_from, valid_to)
select distinct person_key, account_key, creditor_agent, 'list', scheme_id, benefit_period, list_status, null::date, null::date
from work_line where account_key is not null
union all
select distinct al.person_key, ac.account_key, ac.creditor_agent, 'own', null::smallint, null::integer, null::list_status, null::date, null::date
from work_alias al join work_account ac on ac.holder_key = al.alias_key
union all
select m.person_key, ac.account_key, ac.creditor_agent, 'payee', null, null, null, m.valid_from, m.valid_to
from work_mandate m join work_account ac on ac.holder_key = m.payee_key;

analyze work_expected;

insert into work_listed_account (person_key, scheme_id, benefit_period, account_key, creditor_agent, holder_key, account_status, is_own, has_mandate, is_covered, file_id, line_number)
with named as (
  select distinct l.person_key, l.scheme_id, l.benefit_period, e.due_date, a.account_key, a.creditor_agent, a.holder_key, a.account_status, a.file_id, a.line_number
  from work_line l
  join work_entitlement e on e.person_key = l.person_key and e.scheme_id = l.scheme_id and e.benefit_period = l.benefit_period
  join work_account a on a.account_key = l.account_key and coalesce(a.creditor_agent = l.creditor_agent, true)
  where l.list_status = 'active'
)
select n.person_key, n.scheme_id, n.benefit_period, n.account_key, n.creditor_agent, n.holder_key, n.account_status,
  bool_or(w.alias_key is not null), bool_or(m.payee_key is not null), coalesce(bool_or(n.due_date between m.valid_from and coalesce(m.valid_to, 'infinity')), false), n.file_id, n.line_number
from named n
left join work_alias w on w.person_key = n.person_key and w.alias_key = n.holder_key
left join work_mandate m on m.person_key = n.person_key and m.payee_key = n.holder_key
group by n.person_key, n.scheme_id, n.benefit_period, n.account_key, n.creditor_agent, n.holder_key, n.account_status, n.file_id, n.line_number;

analyze work_listed_account;
