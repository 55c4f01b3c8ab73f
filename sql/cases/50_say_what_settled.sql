-- What: tells the case of an item that a list of corrections has settled which list and payment it was.
-- Reads: correction_list, correction_item, case_record
-- Writes: case_event (one row per case and list), case_record
-- Rule: D180. Said once; and once more when the finding came back in between. The case stays at its step: what is gone is closed by the rule before.
-- Why last: a case that is found again in this result is open before anything is said of it.

insert into case_event (person_key, finding_id, event_number, unit_code, happened_at, actor_id, kind, step, details)
select c.person_key, c.finding_id, c.version + 1, c.unit_code, :'at'::timestamptz, null, 'settled', c.step,
  jsonb_build_object('list_id', s.list_id::text, 'kind', s.kind, 'amount', s.settled_amount::text, 'date', s.settled_date, 'payment', s.settled_by)
from case_record c join lateral (
  select i.list_id, l.kind, i.settled_amount, i.settled_date, i.settled_by
  from correction_item i join correction_list l using (list_id)
  where i.person_key = c.person_key and i.finding_id = c.finding_id and i.left_out is null and i.progress = 'settled' and l.state in ('approved', 'sent', 'settled')
    and not exists (select from case_event e where e.person_key = c.person_key and e.finding_id = c.finding_id and e.kind = 'settled' and e.details ->> 'list_id' = i.list_id::text
      and e.event_number > coalesce((select max(b.event_number) from case_event b where b.person_key = c.person_key and b.finding_id = c.finding_id and b.kind = 'found_again'), 0))
  order by i.list_id desc limit 1
) s on true
where (c.person_key, c.finding_id) in (select person_key, finding_id from correction_item where left_out is null and progress = 'settled');

update case_record c set version = c.version + 1
from case_event e
where e.person_key = c.person_key and e.finding_id = c.finding_id and e.event_number = c.version + 1 and e.kind = 'settled';
