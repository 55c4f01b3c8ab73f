-- What: the units for which a population register was loaded.
-- Reads: register_row
-- Writes: work_register_unit (one row per unit)
-- Rule: D32: only there can the lack of an entry be told from the lack of a register.
-- Why here: it concerns everybody in the unit, so the whole register is asked, whoever is looked at.

truncate work_register_unit;

insert into work_register_unit (unit_code)
select distinct unit_code from public.register_row join work_file using (file_id) where unit_code is not null and verified_date <= :'as_of'::date;

select analyze_rows('work_register_unit');
