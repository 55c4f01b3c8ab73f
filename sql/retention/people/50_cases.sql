-- What: cases, questions, complaints and lists of corrections of these people keep what was decided and lose who it was about and what was said.
-- Reads: forgetting_new, forgetting_key, forgetting_account, forgetting_name, forgetting_payment, finding_type, scheme_code
-- Writes: case_record, case_event, case_attachment, case_message, case_batch, complaint, bank_question, correction_item, correction_candidate, finding, matched_payment, unmatched_payment; forgetting_finding (old and new finding_id)
-- Rule: D196. A finding_id is a hash of the subject, so it goes with the id. Evidence in findings is told again by the run that follows.
-- Why here: subjects are made of the new keys and names of payments.

do $step$
begin
  create temporary table forgetting_finding (person_key bigint not null, old_id text not null, new_id text not null, new_subject text not null, primary key (person_key, old_id)) on commit drop;
  insert into forgetting_finding (person_key, old_id, new_id, new_subject)
  with told as (
    select f.person_key, f.finding_id, f.code, f.scheme_id, f.benefit_period, f.subject from finding f
    union select c.person_key, c.finding_id, c.code, c.scheme_id, c.benefit_period, c.subject from case_record c
  ), renamed as (
    select t.*, y.subject as about,
      case y.subject
        when 'payment' then (select n.new_name from forgetting_payment n where n.old_name = t.subject limit 1)
        when 'account' then (select split_part(t.subject, '|', 1) || '|' || a.new_text from forgetting_account a where -1 - a.new_key = t.person_key)
        when 'pair' then (select string_agg(coalesce(p.new_text, part), '|' order by place) from unnest(string_to_array(t.subject, '|')) with ordinality parts (part, place) left join forgetting_new p on p.old_text = part)
        else (select p.new_text from forgetting_new p where p.person_key = t.person_key) end as new_subject
    from told t join finding_type y using (code)
    where t.person_key in (select new_key from forgetting_key) or y.subject = 'payment' and t.subject in (select old_name from forgetting_payment)
  )
  select r.person_key, r.finding_id,
    case r.code when 'complaint' then (
      select case when r.finding_id = complaint_id(p.old_key, s.scheme, r.benefit_period, c.complained_date, null) then complaint_id(p.person_key, s.scheme, r.benefit_period, c.complained_date, null) else md5(gen_random_uuid()::text) end
      from complaint c join forgetting_new p on p.person_key = c.person_key where c.person_key = r.person_key and c.finding_id = r.finding_id)
    else md5(concat_ws('|', r.code, coalesce(s.scheme, ''), coalesce(r.benefit_period::text, ''), r.new_subject)) end,
    r.new_subject
  from renamed r left join scheme_code s using (scheme_id) where r.new_subject is not null and r.new_subject <> r.subject;
  analyze forgetting_finding;

  delete from case_message m using forgetting_key k where k.new_key = m.person_key;
  delete from correction_candidate c using forgetting_key k where k.new_key = c.person_key;
  update case_attachment a set file_name = left(a.sha256, 12) from forgetting_key k where k.new_key = a.person_key;
  update case_event e set comment = null,
    details = (select jsonb_object_agg(d.key, d.value) from jsonb_each(e.details) d where d.key in ('list_id', 'kind', 'amount', 'amount_before', 'date', 'question_id', 'answer_code', 'language', 'to_staff'))
  from forgetting_key k where k.new_key = e.person_key and (e.comment is not null or e.details is not null);
  update complaint c set phone = null, words = null from forgetting_key k where k.new_key = c.person_key;
  update bank_question q set question = '–', about = '{}', answer = case when q.answer is not null then '–' end from forgetting_key k where k.new_key = q.person_key;
  update case_record c set beneficiary_name = n.new_name, name_key = name_search(n.new_name)
  from forgetting_new p join forgetting_name n using (component) where p.person_key = c.person_key and n.old_name = c.beneficiary_name;
  update case_record c set beneficiary_name = null, name_key = null from forgetting_key k where k.new_key = c.person_key and k.new_key < 0;
  update case_record c set account_end = null from forgetting_key k where k.new_key = c.person_key;
  update correction_item i set creditor_account = case when i.creditor_account is not null then coalesce((select a.new_text from forgetting_account a where a.old_text = i.creditor_account), '–') end, creditor_name = null,
    beneficiary_name = (select n.new_name from forgetting_new p join forgetting_name n using (component) where p.person_key = i.person_key and n.old_name = i.beneficiary_name), lines = null
  from forgetting_key k where k.new_key = i.person_key;
  -- a payment that no row gives any more, and an account that others go on having, get a word of their own: the same money stays the same for one person
  update correction_item i set money_key = n.new_key
  from (
    select old.person_key, old.money_key, case when old.money_key like 'payment|%' then 'payment|' || coalesce(
        (select n.new_name from forgetting_payment n where n.old_name = substr(old.money_key, 9) limit 1),
        case when old.money_key like 'payment|%|-|%' then split_part(old.money_key, '|', 2) || '|-|' || md5(gen_random_uuid()::text) || '|1' else replace(substr(old.money_key, 9), coalesce((select p.old_text from forgetting_new p where p.person_key = old.person_key), ''), '–') end)
      else regexp_replace(old.money_key, '[^|]*$', '') || coalesce((select a.new_text from forgetting_account a where a.old_text = substring(old.money_key from '[^|]*$')), 'x' || left(replace(gen_random_uuid()::text, '-', ''), 12)) end as new_key
    from (select distinct c.person_key, c.money_key from correction_item c join forgetting_key k on k.new_key = c.person_key where c.money_key like 'payment|%' or c.money_key like 'account|%' and c.money_key not like '%|none') old
  ) n where n.person_key = i.person_key and n.money_key = i.money_key;
  update correction_item i set settled_by = coalesce((select n.new_name from forgetting_payment n where n.old_name = i.settled_by limit 1), split_part(i.settled_by, '|', 1) || '|-|' || md5(gen_random_uuid()::text) || '|1')
  from forgetting_key k where k.new_key = i.person_key and (i.settled_by like '%|-|%' or i.settled_by in (select old_name from forgetting_payment));

  update complaint c set finding_id = f.new_id from forgetting_finding f where f.person_key = c.person_key and f.old_id = c.finding_id;
  update case_attachment c set finding_id = f.new_id from forgetting_finding f where f.person_key = c.person_key and f.old_id = c.finding_id;
  update case_event c set finding_id = f.new_id from forgetting_finding f where f.person_key = c.person_key and f.old_id = c.finding_id;
  update bank_question c set finding_id = f.new_id from forgetting_finding f where f.person_key = c.person_key and f.old_id = c.finding_id;
  update correction_item c set finding_id = f.new_id from forgetting_finding f where f.person_key = c.person_key and f.old_id = c.finding_id;
  update case_record c set finding_id = f.new_id, subject = f.new_subject from forgetting_finding f where f.person_key = c.person_key and f.old_id = c.finding_id;
  delete from case_batch b where exists (select from forgetting_finding f where strpos(b.entries::text || b.results::text, f.old_id) > 0);

  update finding c set finding_id = f.new_id, subject = f.new_subject from forgetting_finding f where f.person_key = c.person_key and f.old_id = c.finding_id;
  update finding f set evidence = '{}' from forgetting_key k where k.new_key = f.person_key;
  -- what is told of others and names one of these beside them
  insert into person_pair_change (person_key)
  select distinct f.person_key from finding f cross join lateral regexp_matches(f.evidence::text, '(?<![0-9])[0-9]{9}(?:[0-9]{3})?(?![0-9])', 'g') m join forgetting_new p on p.old_text = m[1];
  update finding f set evidence = '{}'
  where exists (select from regexp_matches(f.evidence::text, '(?<![0-9])([0-9]{9}(?:[0-9]{3})?)(?![0-9])', 'g') m join forgetting_new p on p.old_text = m[1]);
  update matched_payment m set evidence = m.evidence || jsonb_build_object('stated_id', p.new_text) from forgetting_new p where m.evidence ->> 'stated_id' = p.old_text;
  update matched_payment m set payment_name = n.new_name from forgetting_payment n where n.old_name = m.payment_name;
  update unmatched_payment m set payment_name = n.new_name from forgetting_payment n where n.old_name = m.payment_name;
end
$step$;
