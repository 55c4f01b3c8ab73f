-- What: how some cases stand now, to be shown before and after many of them are acted on at once, and to be taken away.
-- Reads: case_record, case_event, finding_type, scheme_code, administrative_unit, bank, colleague
-- Gives: one row per case that the reader may see; last_*: who did the last thing, what it was and when (null: nothing was done yet); beneficiary_id null where the case is about no person
-- Rule: a case that is not the reader's is not there, as one that does not exist.
-- Parameters: finding_ids, case_numbers (either may name a case)

select c.person_key::text as person_key, c.finding_id, c.case_number::text as case_number, c.code, t.title, c.unit_code, u.name as unit_name, c.village, case when c.person_key >= 0 then identifier_text(c.person_key) end as beneficiary_id, c.beneficiary_name, s.scheme, to_char(c.benefit_period, 'FM0000"-"00') as benefit_period,
  coalesce(b.name, c.creditor_agent::text) as bank_name, c.account_end, c.amount_at_stake::text as amount_at_stake, c.currency, c.waiting_since, c.deadline_date, c.step, c.version, c.resolution, a.amount::text as appraised_amount,
  e.kind as last_kind, e.happened_at as last_at, l.display_name as last_by, w.display_name as assigned_name
from case_record c
left join finding_type t using (code)
left join scheme_code s using (scheme_id)
left join bank b using (creditor_agent)
left join (select distinct on (unit_code) unit_code, name from administrative_unit order by unit_code, valid_from desc) u on u.unit_code = c.unit_code
left join case_event a on a.person_key = c.person_key and a.finding_id = c.finding_id and a.event_number = c.appraisal_number
left join case_event e on e.person_key = c.person_key and e.finding_id = c.finding_id and e.event_number = c.version
left join colleague l on l.staff_id = e.actor_id
left join colleague w on w.staff_id = c.assigned_to
where c.finding_id = any (:'finding_ids'::text[]) or c.case_number = any (:'case_numbers'::bigint[])
order by c.case_number;
