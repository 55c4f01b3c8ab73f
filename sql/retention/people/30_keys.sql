-- What: puts the new keys in place of the old, in every table that has a column for them.
-- Reads: forgetting_key, forgetting_account, payment_report, the catalogue
-- Writes: forgetting_payment (names of payments without a reference, before and after); every column that holds a key of a person or an account
-- Rule: D196. The tables are found in the catalogue, as for a person's own data (D195), so that one added later is among them. Rows that join go on joining.
-- Why here: rows are told by their new keys from here on.

do $step$
declare
  one record;
begin
  create temporary table forgetting_payment (file_id integer not null, line_number bigint not null, old_name text not null, new_name text) on commit drop;
  -- as 60_merge_payments names them: of what they say, so that other keys give other names
  insert into forgetting_payment (file_id, line_number, old_name)
  select p.file_id, p.line_number,
    p.creditor_agent || '|-|' || md5(concat_ws('|', coalesce(account_key::text, ''), person_key, coalesce((select s.scheme from scheme_code s where s.scheme_id = p.scheme_id), ''), coalesce(benefit_period::text, ''), instructed_amount, coalesce(instructed_at::text, ''), coalesce(bank_reference, '')))
      || '|' || row_number() over (partition by file_id, p.creditor_agent, account_key, person_key, scheme_id, benefit_period, instructed_amount, instructed_at, bank_reference order by line_number)
  from payment_report p join forgetting_key k on k.old_key = p.person_key where p.end_to_end_id is null;

  set constraints case_event_person_key_finding_id_fkey, case_event_approves_an_appraisal, case_attachment_person_key_finding_id_event_number_fkey, case_message_person_key_finding_id_fkey, complaint_person_key_finding_id_fkey deferred;
  for one in
    select c.relname::text as name, a.attname::text as key, a.attname in ('account_key', 'counterparty_key') as is_account
    from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped and a.atttypid = 'bigint'::regtype
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like 'work\_%' and c.relname not in ('trail_entry', 'forgotten_person')
      and a.attname in ('person_key', 'payee_key', 'previous_key', 'other_key', 'beneficiary_key', 'holder_key', 'account_key', 'counterparty_key')
    order by c.relname, a.attnum
  loop
    execute format('update public.%I t set %I = k.new_key from %s k where k.old_key = t.%I', one.name, one.key, case when one.is_account then 'forgetting_account' else 'forgetting_key' end, one.key);
  end loop;
  -- what a run was working with is told from here on by nobody
  for one in
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and (n.nspname = 'gathered' or n.nspname = 'public' and c.relname like 'work\_%')
  loop
    execute 'truncate ' || one.name;
  end loop;

  insert into person_pair_change (person_key) select new_key from forgetting_person;
end
$step$;
