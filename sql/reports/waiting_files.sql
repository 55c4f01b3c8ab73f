-- What: how many files are sealed and could be reconciled, the rows that come with the product aside.
-- Reads: source_file
-- Gives: one row

select count(*) as count
from source_file
where status = 'sealed' and kind <> 'pack';
