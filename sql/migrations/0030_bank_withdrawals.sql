-- What: until which day a bank has reported withdrawals, and how many credits still wait for such a report.
-- Why: reports of withdrawals and clocks are of people, and a bank sees no row of them; of itself it may know these two numbers.
-- Source: contract 1 (withdrawal), 9.10, promises R13, R14; decision D152

create function desk_withdrawal_reports() returns table (reported_through_date date, unreported_count bigint) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $function$
  select
    (select date '1970-01-01' + max(stamp) from source_file f join file_content c using (file_id) cross join unnest(c.stamps) stamp
      where f.source = desk_agent()::text and f.kind = 'withdrawal' and f.status = 'sealed' and stamp >= 0),
    (select coalesce(sum(entitlement_count), 0)::bigint from clock_cell where creditor_agent = desk_agent() and days is null)
  where desk_agent() is not null
$function$;
comment on function desk_withdrawal_reports is 'of the reader''s own bank: the latest day that its own files report withdrawals through (null: none yet), and how many credited entitlements of the published result no report speaks of; no row for anybody else';
