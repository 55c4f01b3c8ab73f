-- What: what lists, banks and the register said about these people in words loses every name, number and day of birth.
-- Reads: forgetting_person, forgetting_key, forgetting_account, forgetting_name, forgetting_birth, forgetting_payment
-- Writes: entitlement_line, payment_report, withdrawal_report, account_statement_row, mandate_row, register_row, exemption_row, outreach_result_row, complaint_row, person_identity, folded_name, person_pair, file_content, file_content_bits, forgotten_file; forgetting_new, forgetting_reference
-- Rule: D196. A reference of a payment stays, because reports are joined by it, but for an id, an account or a name in it.
-- Why here: rows have their new keys.

do $step$
begin
  create temporary table forgetting_new (person_key bigint primary key, component bigint not null, account_group bigint not null, old_key bigint not null, old_text text not null, new_text text not null) on commit drop;
  insert into forgetting_new select new_key, component, account_group, person_key, identifier_text(person_key), identifier_text(new_key) from forgetting_person;
  analyze forgetting_new;

  update entitlement_line l set
    beneficiary_name = coalesce((select n.new_name from forgetting_name n where n.component = p.component and n.old_name = l.beneficiary_name), l.beneficiary_name),
    birth_date = (select b.new_date from forgetting_birth b where b.component = p.component and b.birth_date = l.birth_date),
    payee_name = case when l.payee_key is null then null else l.payee_name end
  from forgetting_new p where p.person_key = l.person_key;
  update entitlement_line l set payee_name = n.new_name from forgetting_new p join forgetting_name n using (component) where p.person_key = l.payee_key and n.old_name = l.payee_name;
  update mandate_row m set payee_name = n.new_name from forgetting_new p join forgetting_name n using (component) where p.person_key = m.payee_key and n.old_name = m.payee_name;
  update register_row r set person_name = n.new_name, birth_date = (select b.new_date from forgetting_birth b where b.component = p.component and b.birth_date = r.birth_date)
  from forgetting_new p join forgetting_name n using (component) where p.person_key = r.person_key and n.old_name = r.person_name;
  update exemption_row e set evidence_reference = '–' from forgetting_new p where p.person_key = e.person_key;
  update outreach_result_row r set evidence_reference = case when r.evidence_reference is not null then '–' end, note = null from forgetting_new p where p.person_key = r.person_key;
  update complaint_row c set phone = null, words = null, person_name = (select n.new_name from forgetting_name n where n.component = p.component and n.old_name = c.person_name) from forgetting_new p where p.person_key = c.person_key;

  delete from person_identity i using forgetting_new p where p.person_key = i.person_key;
  delete from folded_name f using (select distinct old_name from forgetting_name) n where n.old_name = f.beneficiary_name and not exists (select from person_identity i where i.beneficiary_name = f.beneficiary_name);
  update person_pair r set evidence = r.evidence - 'name' - 'other_name' from forgetting_new p where p.person_key = r.person_key;

  create temporary table forgetting_reference (creditor_agent integer not null, old_text text not null, new_text text not null, new_key bigint, primary key (creditor_agent, old_text)) on commit drop;
  insert into forgetting_reference (creditor_agent, old_text, new_text)
  with told as (
    select r.creditor_agent, x.said, coalesce(p.account_group, a.account_group) as account_group, p.old_text as old_id, p.new_text as new_id, a.old_text as old_account, a.new_text as new_account
    from payment_report r join forgetting_key k on k.new_key = r.person_key
    left join forgetting_new p on p.person_key = r.person_key left join forgetting_account a on a.new_key = r.account_key
    cross join lateral (values (r.end_to_end_id), (r.bank_reference)) x (said) where x.said is not null
    union
    select w.creditor_agent, w.end_to_end_id, a.account_group, null, null, a.old_text, a.new_text from withdrawal_report w join forgetting_account a on a.new_key = w.account_key where w.end_to_end_id is not null
  ), mended as (
    select creditor_agent, said, coalesce(replace(said, old_id, new_id), said) as mended_id, old_account, new_account,
      said ~ '[[:alpha:]]{6}' and exists (select from forgetting_name n where n.account_group = told.account_group and length(regexp_replace(name_search(n.old_name), '[^a-z0-9]', '', 'g')) >= 6
        and strpos(regexp_replace(name_search(said), '[^a-z0-9]', '', 'g'), regexp_replace(name_search(n.old_name), '[^a-z0-9]', '', 'g')) > 0) as has_name
    from told
  )
  select distinct on (creditor_agent, said) creditor_agent, said, case when has_name then 'x' || left(replace(gen_random_uuid()::text, '-', ''), 15) else coalesce(replace(mended_id, old_account, new_account), mended_id) end
  from mended where has_name or coalesce(replace(mended_id, old_account, new_account), mended_id) <> said
  order by creditor_agent, said, has_name desc;
  update forgetting_reference set new_key = ('x' || left(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint * 32768;

  -- entries of an organisation's account that tell of these payments, by name too
  update account_statement_row s set entry_text = null
  where s.entry_text is not null and (s.counterparty_key in (select new_key from forgetting_account)
    or s.end_to_end_id in (select r.end_to_end_id from payment_report r join forgetting_key k on k.new_key = r.person_key where r.end_to_end_id is not null));
  update settlement_entry s set entry_text = null
  where s.entry_text is not null and exists (select from account_statement_row r where r.file_id = s.file_id and r.line_number = s.line_number and r.entry_text is null);
  update payment_report r set reason_text = null from forgetting_key k where k.new_key = r.person_key and r.reason_text is not null;
  update payment_report r set bank_reference = f.new_text from forgetting_reference f where f.creditor_agent = r.creditor_agent and f.old_text = r.bank_reference;
  update payment_report r set end_to_end_id = f.new_text, reference_key = f.new_key from forgetting_reference f where f.creditor_agent = r.creditor_agent and f.old_text = r.end_to_end_id;
  update withdrawal_report r set end_to_end_id = f.new_text, reference_key = f.new_key from forgetting_reference f where f.creditor_agent = r.creditor_agent and f.old_text = r.end_to_end_id;
  update account_statement_row s set end_to_end_id = f.new_text from forgetting_reference f where f.old_text = s.end_to_end_id;
  update account_statement_row s set entry_reference = f.new_text from forgetting_reference f where f.old_text = s.entry_reference;
  update settlement_entry s set end_to_end_id = f.new_text from forgetting_reference f where f.old_text = s.end_to_end_id;
  update settlement_entry s set entry_reference = f.new_text from forgetting_reference f where f.old_text = s.entry_reference;
  update settlement_difference s set end_to_end_id = f.new_text from forgetting_reference f where f.old_text = s.end_to_end_id;

  update forgetting_payment t set new_name = n.name
  from (
    select p.file_id, p.line_number,
      p.creditor_agent || '|-|' || md5(concat_ws('|', coalesce(account_key::text, ''), person_key, coalesce((select s.scheme from scheme_code s where s.scheme_id = p.scheme_id), ''), coalesce(benefit_period::text, ''), instructed_amount, coalesce(instructed_at::text, ''), coalesce(bank_reference, '')))
        || '|' || row_number() over (partition by file_id, p.creditor_agent, account_key, person_key, scheme_id, benefit_period, instructed_amount, instructed_at, bank_reference order by line_number) as name
    from payment_report p join forgetting_key k on k.new_key = p.person_key where p.end_to_end_id is null
  ) n where n.file_id = t.file_id and n.line_number = t.line_number;
  insert into forgetting_payment (file_id, line_number, old_name, new_name) select 0, 0, creditor_agent || '|' || old_text, creditor_agent || '|' || new_text from forgetting_reference;

  -- files in which anybody of them stood
  insert into forgotten_file (file_id)
  select file_id from entitlement_line join forgetting_key on new_key = person_key
  union select file_id from entitlement_line join forgetting_key on new_key = payee_key
  union select file_id from payment_report join forgetting_key on new_key = person_key
  union select file_id from withdrawal_report join forgetting_key on new_key = person_key
  union select file_id from account_report join forgetting_key on new_key = person_key
  union select file_id from mandate_row join forgetting_key on new_key in (person_key, payee_key)
  union select file_id from register_row join forgetting_key on new_key = person_key union select file_id from register_row join forgetting_key on new_key = previous_key
  union select file_id from exemption_row join forgetting_key on new_key = person_key
  union select file_id from outreach_result_row join forgetting_key on new_key = person_key
  union select file_id from complaint_row join forgetting_key on new_key = person_key
  union select file_id from account_statement_row join forgetting_account on new_key = counterparty_key
  union select file_id from account_statement_row where end_to_end_id in (select r.end_to_end_id from payment_report r join forgetting_key k on k.new_key = r.person_key where r.end_to_end_id is not null)
  on conflict do nothing;
end
$step$;
