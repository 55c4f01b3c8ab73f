-- What: files that were handed in, the newest first, with the counts of the files they became.
-- Reads: handed_in (by row-level security: a bank its own alone)
-- Writes: nothing; at most row_limit rows, behind the place of the last one of the page before
-- Rule: a draft that somebody looks at on a page is not handed in yet, and is not listed; what was sealed and withdrawn is void
-- Source: contract 8
select * from handed_in
where (:'source'::text is null or source = :'source'::text)
  and (:'before_at'::timestamptz is null or (received_at, upload_id collate "C") < (:'before_at'::timestamptz, :'before_id'::text collate "C"))
  and status not in ('draft', 'discarded')
  and (:'status'::text is null or status = :'status'::text)
  and (:'kind'::text is null or coalesce(kind, declared_kind) = :'kind'::text)
order by received_at desc, upload_id collate "C" desc
limit :'row_limit'::bigint;
