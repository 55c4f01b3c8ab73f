-- What: withdraws the cases of complaints whose file was withdrawn before anybody worked on them, opens again those that another file still states, and brings up how long each has waited.
-- Reads: complaint, complaint_row, source_file, scheme_code, calendar, finding_type
-- Writes: case_event (one row per case withdrawn or opened again), case_record
-- Rule: D136: what somebody has begun to work on stays, whatever becomes of its file; nothing else closes a complaint by itself.

insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step)
select c.person_key, c.finding_id, c.version + 1, c.unit_code, :'at'::timestamptz, null, 'gone', 'gone'
from case_record c join complaint k on k.person_key = c.person_key and k.finding_id = c.finding_id
where c.code = 'complaint' and c.is_open and c.step = 'new' and k.taken_by is null
  and not exists (select from case_event e where e.person_key = c.person_key and e.finding_id = c.finding_id and e.actor_id is not null)
  and not exists (
    select from complaint_row r join source_file f on f.file_id = r.file_id left join scheme_code s on s.scheme_id = r.scheme_id
    where r.person_key = c.person_key and f.status = 'sealed' and c.finding_id = complaint_id(r.person_key, s.scheme, r.benefit_period, r.complained_date, null));

update case_record c set version = c.version + 1, step = 'gone', is_found = false, closed_date = :'as_of'::date
from case_event e
where c.code = 'complaint' and c.is_found and e.person_key = c.person_key and e.finding_id = c.finding_id and e.event_number = c.version + 1 and e.kind = 'gone';

insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step)
select c.person_key, c.finding_id, c.version + 1, c.unit_code, :'at'::timestamptz, null, 'found_again', 'new'
from case_record c
where c.code = 'complaint' and not c.is_found and exists (
  select from complaint_row r join source_file f on f.file_id = r.file_id left join scheme_code s on s.scheme_id = r.scheme_id
  where r.person_key = c.person_key and f.status = 'sealed' and c.finding_id = complaint_id(r.person_key, s.scheme, r.benefit_period, r.complained_date, null));

update case_record c set version = c.version + 1, step = 'new', is_found = true, closed_date = null, reopened_count = c.reopened_count + 1
from case_event e
where c.code = 'complaint' and not c.is_found and e.person_key = c.person_key and e.finding_id = c.finding_id and e.event_number = c.version + 1 and e.kind = 'found_again';

update case_record c set urgency = case_urgency(c.amount_at_stake, :'as_of'::date - c.waiting_since, 4)
where c.code = 'complaint' and c.is_open and c.urgency <> case_urgency(c.amount_at_stake, :'as_of'::date - c.waiting_since, 4);
