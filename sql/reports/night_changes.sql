-- What: what the published run changed in the cases that a reader may see.
-- Reads: case_tally
-- Gives: one row
-- Rule: found: opened on the run's day; gone: closed by itself that day, since nothing finds it any more
-- Parameters: as_of, unit_codes (null: the whole country)

select coalesce(sum(case_count) filter (where opened_date = :'as_of'::date), 0)::text as found_count, coalesce(sum(case_count) filter (where closed_date = :'as_of'::date and step = 'gone'), 0)::text as gone_count
from case_tally
where :'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[]);
