-- What: the lines of a file that are no data, each run of them with its reason.
-- Reads: ignored_lines
-- Gives: at most :'row_limit' rows, in the order of the file

select first_line, last_line, reason
from ignored_lines
where file_id = :'file_id'::bigint
order by first_line
limit :'row_limit'::int;
