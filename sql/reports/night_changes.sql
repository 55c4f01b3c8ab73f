-- What: what the published run changed in the cases that a reader may see.
-- Reads: case_record
-- Gives: one row
-- Rule: found: opened on the run's day; gone: closed by itself that day, since nothing finds it any more
-- Parameters: as_of, unit_codes (null: the whole country)

select (select count(*) from case_record where opened_date = :'as_of'::date and (:'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[])))::text as found_count, (select count(*) from case_record where closed_date = :'as_of'::date and step = 'gone' and (:'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[])))::text as gone_count;
