-- What: for the proof of a night, the beneficiaries of a thirtieth of the units.
-- Reads: entitlement_line
-- Writes: work_touched
-- Rule: everybody who stands on a list of such a unit, so that the unit's counts can be worked out from scratch.
-- Why here: instead of whom something changed for.

insert into work_touched (person_key, round)
select distinct person_key, 0 from public.entitlement_line join work_file using (file_id) where abs(hashtext(unit_code)::bigint) % :'parts'::integer = :'part'::integer;

select analyze_rows('work_touched');
