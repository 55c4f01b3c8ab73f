-- What: the problems of a file by cause, the most frequent first.
-- Reads: problem
-- Gives: one row per code × column, with the first line it stands on

select code, column_name as "column", count(*) as count, min(line_number) as first_line
from problem
where file_id = :'file_id'::bigint
group by code, column_name
order by count(*) desc, code, column_name;
