-- What: files handed in, newest first, a page at a time; the rows that come with the product are no file anybody sent.
-- Reads: source_file
-- Gives: one row per file with a smaller file_id than :'before_file_id', at most :'row_limit' of them

select file_id, file_name, kind, source, status, recorded_at, line_count, accepted_count, repeat_count, ignored_count, problem_count
from source_file
where kind <> 'pack' and (:'before_file_id'::bigint is null or file_id < :'before_file_id'::bigint)
order by file_id desc
limit :'row_limit'::int;
