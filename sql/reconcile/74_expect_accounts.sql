-- What: which accounts a subject's money may go to, and what is known of those that the lists name.
-- Reads: work_line, work_entitlement, work_account, work_alias, work_mandate
-- Writes: work_expected, work_listed_account
-- Slices: by beneficiary, so that two connections work at once
-- Rule: list account, own account (under any of the person's ids), account of a payee between the days of a mandate; D9, D11.
-- Why here: rules 4 and 5 and every finding about accounts ask the same question.

insert into work_expected (person_key, account_key, creditor_agent, expectation, scheme_id, benefit_period, list_status, valid_from, valid_to)
select distinct person_key, account_key, creditor_agent, 'list', scheme_id, benefit_period, list_status, null::date, null::date
from work_line where account_key is not null and abs(person_key % :'slice_count'::bigint) = :'slice'::bigint
union all
select distinct al.person_key, ac.account_key, ac.creditor_agent, 'own', null::smallint, null::integer, null::list_status, null::date, null::date
from work_alias al join work_account ac on ac.holder_key = al.alias_key
where abs(al.person_key % :'slice_count'::bigint) = :'slice'::bigint
union all
select m.person_key, ac.account_key, ac.creditor_agent, 'payee', null, null, null, m.valid_from, m.valid_to
from work_mandate m join work_account ac on ac.holder_key = m.payee_key
where abs(m.person_key % :'slice_count'::bigint) = :'slice'::bigint;

select analyze_rows('work_expected');

insert into work_listed_account (person_key, scheme_id, benefit_period, account_key, creditor_agent, holder_key, account_status, is_own, has_mandate, is_covered, file_id, line_number)
with named as (
  select distinct l.person_key, l.scheme_id, l.benefit_period, e.due_date, a.account_key, a.creditor_agent, a.holder_key, a.account_status, a.file_id, a.line_number
  from work_line l
  join work_entitlement e on e.person_key = l.person_key and e.scheme_id = l.scheme_id and e.benefit_period = l.benefit_period
  join work_account a on a.account_key = l.account_key and coalesce(a.creditor_agent = l.creditor_agent, true)
  where l.list_status = 'active' and abs(l.person_key % :'slice_count'::bigint) = :'slice'::bigint
)
select n.person_key, n.scheme_id, n.benefit_period, n.account_key, n.creditor_agent, n.holder_key, n.account_status,
  bool_or(w.alias_key is not null), bool_or(m.payee_key is not null), coalesce(bool_or(n.due_date between m.valid_from and coalesce(m.valid_to, 'infinity')), false), n.file_id, n.line_number
from named n
left join work_alias w on w.person_key = n.person_key and w.alias_key = n.holder_key
left join work_mandate m on m.person_key = n.person_key and m.payee_key = n.holder_key
group by n.person_key, n.scheme_id, n.benefit_period, n.account_key, n.creditor_agent, n.holder_key, n.account_status, n.file_id, n.line_number;

select analyze_rows('work_listed_account');
