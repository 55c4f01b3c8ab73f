-- What: what the pages' login may not do by itself when a bank is asked or answers: tell the bank, and write the answer into the case.
-- Why: a bank sees no case, so it cannot write into one; and nobody but a bank may answer in its name.
-- Source: contract 8 and 9.10, promises R13, R14; decisions D154, D155

-- Answers go through answer_bank_question alone, which writes them into the case as well.
drop policy answered_by_the_bank on bank_question;
revoke update (answered_at, answered_by, answer_code, answer) on bank_question from tantay_desk;

-- A case waits for one answer at a time: the second press of an impatient finger asks nothing.
create unique index bank_question_one_open on bank_question (person_key, finding_id) where answered_at is null;

-- Which event of the case holds the answer: while it is the last one, nobody has looked at it.
alter table bank_question add column answer_number integer;
comment on column bank_question.answer_number is 'the number of the event that holds the answer; null: none yet';
create index bank_question_by_unit on bank_question (unit_code) where answer_number is not null;

-- Of banks' events the sweep looks for one of a kind about a subject, each minute.
create index bank_event_about on bank_event (subject, kind);

-- Whoever works on a case may ask; what a bank has answered only the function below writes down.
alter policy own_work on case_event with check (
  actor_id = (select desk_staff())
  and exists (select from case_record c where c.person_key = case_event.person_key and c.finding_id = case_event.finding_id and c.unit_code is not distinct from case_event.unit_code)
  and case kind
    when 'approved' then desk_may_approve(person_key, finding_id, appraisal_number, acting_for)
    when 'sent_back' then (acting_for is null and (select desk_has_role('approver'))) or exists (select from staff_absence a where a.absent_id = acting_for and a.deputy_id = actor_id and a.ended_at is null)
    when 'commented' then (select desk_has_role('officer', 'approver', 'payer'))
    when 'bank_asked' then (select desk_has_role('officer', 'approver', 'payer')) and acting_for is null
    when 'bank_answered' then false
    else (select desk_has_role('officer', 'payer')) and acting_for is null
  end);

create function raise_question_event(wanted_question bigint) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  asked bank_question;
begin
  select * into asked from bank_question where question_id = wanted_question and asked_by = desk_staff() and answered_at is null;
  if not found or exists (select from bank_event where subject = wanted_question::text and kind = 'question.asked') then
    raise exception 'no question of this number waits to be told by this reader' using errcode = 'insufficient_privilege';
  end if;
  -- a question is about a case, and goes to the bank of that case alone
  if not exists (select from case_record c where c.person_key = asked.person_key and c.finding_id = asked.finding_id and c.creditor_agent = asked.creditor_agent and c.unit_code is not distinct from asked.unit_code) then
    raise exception 'the question is about no case of that bank' using errcode = 'insufficient_privilege';
  end if;
  perform raise_bank_event(asked.creditor_agent::text, 'question.asked', asked.question_id::text, jsonb_build_object('question_id', asked.question_id::text, 'due_date', asked.due_date), asked.asked_at);
end
$function$;
comment on function raise_question_event is 'tells the bank of a question that the reader has just asked, once';
revoke all on function raise_question_event from public;
grant execute on function raise_question_event to tantay_desk;

create function answer_bank_question(wanted_question bigint, wanted_code text, wanted_answer text, at timestamptz) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  asked bank_question;
  standing case_record;
begin
  select * into asked from bank_question where question_id = wanted_question and creditor_agent = desk_agent() for update;
  if not found then
    return null;
  end if;
  if asked.answered_at is not null then
    return false;
  end if;
  select * into strict standing from case_record where person_key = asked.person_key and finding_id = asked.finding_id for no key update;
  update bank_question set answered_at = at, answered_by = desk_staff(), answer_code = wanted_code, answer = wanted_answer, answer_number = standing.version + 1 where question_id = wanted_question;
  -- as a comment does: it is one more thing that happened, and the case stays at its step, so that no count of cases changes
  insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step, comment, details)
  values (standing.person_key, standing.finding_id, standing.version + 1, standing.unit_code, at, desk_staff(), 'bank_answered', standing.step, wanted_answer, jsonb_build_object('question_id', asked.question_id::text, 'answer_code', wanted_code));
  update case_record set version = standing.version + 1 where person_key = standing.person_key and finding_id = standing.finding_id;
  return true;
end
$function$;
comment on function answer_bank_question is 'the reader''s bank answers a question, once: true; false: it was answered before; null: there is none of this number for this bank';
revoke all on function answer_bank_question from public;
grant execute on function answer_bank_question to tantay_desk;

create function missing_reports() returns table (kind text, scheme text, deadline_date date, last_received_date date) language sql stable security definer rows 10 set search_path = pg_catalog, public, pg_temp as $function$
  select f.evidence ->> 'kind', f.evidence ->> 'scheme', (f.evidence ->> 'deadline_date')::date, (f.evidence ->> 'last_received_date')::date
  from finding f where f.code = 'file_missing' and f.evidence ->> 'source' = desk_agent()::text
$function$;
comment on function missing_reports is 'files that the reader''s bank was to send by a day that has passed, as the published result found them missing';
revoke all on function missing_reports from public;
grant execute on function missing_reports to tantay_desk;
