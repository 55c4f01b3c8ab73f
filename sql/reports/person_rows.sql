-- What: everything stored about one person that the reader may see, row by row, for a page.
-- Reads: person_rows (the catalogue's tables with a column that names a person, D195), scheme_code
-- Gives: one row per stored row: its table, and its columns as texts; numbers as PostgreSQL writes them, schemes by their code
-- Parameters: person_keys: the person, and the keys under which rows of their accounts stand
select r.table_name, (
  select jsonb_object_agg(c.key, c.value) || case when s.scheme is null then '{}' else jsonb_build_object('scheme', s.scheme) end
  from jsonb_each_text(r.row_text::jsonb) c where c.value is not null
) as columns
from person_rows(:'person_keys'::bigint[]) r left join scheme_code s on s.scheme_id = (r.row_text::jsonb ->> 'scheme_id')::smallint;
