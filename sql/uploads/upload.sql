-- What: one file that was handed in, with the counts of the file it became.
-- Reads: handed_in (by row-level security: a bank its own alone)
-- Writes: nothing; one row, or none
-- Rule: counts are those of the sealed or refused file; a draft and what is on its way have none
-- Source: contract 8
select * from handed_in where upload_id = :'upload_id'::text;
