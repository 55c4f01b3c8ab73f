-- What: the problems of a file line by line, a page at a time.
-- Reads: problem
-- Gives: one row per value that could not be taken, from the first line after :'after_line' on, at most :'row_limit' of them

select line_number as line, column_name as "column", code, raw, suggestion
from problem
where file_id = :'file_id'::bigint and line_number > :'after_line'::bigint
order by line_number, column_name nulls first, code
limit :'row_limit'::int;
