-- What: everything that is stored about one person, in one question.
-- Why: whoever asks what is held about them must be told all of it (Law 91/2025/QH15), with what a later table adds too.
-- How: the tables are those with a column that names a person; each row as it is, with what its keys stand for. To pages
--   it gives what the reader may see, by the rows' own policies.
-- Source: decision D195

create function person_rows(wanted bigint[]) returns table (table_name text, meaning text, row_text text) language plpgsql stable security invoker set search_path = pg_catalog, public, pg_temp as $function$
declare
  one record;
begin
  for one in
    select c.relname::text as name, obj_description(c.oid, 'pg_class') as meaning, string_agg(format('t.%I = any ($1)', a.attname), ' or ' order by a.attnum) as condition,
      bool_or(k.attnum is not null) as has_account
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and not a.attisdropped and a.atttypid = 'bigint'::regtype and a.attname in ('person_key', 'payee_key', 'previous_key', 'other_key', 'beneficiary_key')
    left join pg_attribute k on k.attrelid = c.oid and not k.attisdropped and k.attname = 'account_key'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname not like 'work\_%' and has_table_privilege(c.oid, 'select')
    group by c.oid, c.relname order by c.relname
  loop
    return query execute format('select %L::text, %L::text, (to_jsonb(t) - ''person_salt'' %s)::text from public.%I t where %s', one.name, one.meaning,
      case when one.has_account then '|| jsonb_build_object(''account_number'', coalesce(account_text(t.account_key), (select h.original from hashed_text h where h.hash_key = t.account_key)))' else '' end, one.name, one.condition) using wanted;
  end loop;
end
$function$;
comment on function person_rows(bigint[]) is 'one row per stored row about the person with that person_key, or under a key of an account of theirs: table, what the table holds, the row as JSON with its account as written';
