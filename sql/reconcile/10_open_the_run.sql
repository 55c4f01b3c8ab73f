-- What: empties the working tables and fixes which files and which schemes this run sees.
-- Reads: source_file, published_file, scheme_code, scheme
-- Writes: work_file_now (one row per sealed file that is not void), work_file (those, and in an increment those of the published result too), work_scheme (one row per scheme)
-- Rule: a proof sees the files of the published result. A file sealed while the run goes on waits for the next one, whole. A scheme whose file was voided keeps its lines, under the defaults.
-- Why here: every later step reads facts only through work_file.

-- each emptied table is a new file or three: those that are empty already are left as they are (a cluster's own nodes do not say)
do $emptying$
declare
  used text;
begin
  select string_agg(name::text, ', ') into used
  from unnest(array[
    'work_file', 'work_file_now', 'work_touched', 'work_scheme', 'entitlement_clock_new', 'entitlement_clock_before', 'work_payee_account', 'work_known', 'work_tally', 'work_clean_count',
    'work_clock_cell', 'work_clock_unit', 'work_access_count', 'work_outcome_count', 'work_bridge_cell', 'work_term', 'work_screen', 'work_shared', 'work_subject', 'work_line', 'work_entitlement',
    'work_payment', 'work_alias', 'work_mandate', 'work_death', 'work_account', 'work_expected', 'work_listed_account', 'work_candidate', 'work_claim', 'work_match', 'work_unmatched', 'work_outcome',
    'work_place', 'work_story', 'work_payment_story', 'work_finding', 'work_ready_finding', 'work_ready_match', 'work_finding_change', 'work_wake', 'gathered.entitlement_line',
    'gathered.payment_report', 'gathered.account_report', 'gathered.withdrawal_report', 'gathered.mandate_row', 'gathered.register_row'
  ]::regclass[]) name
  where pg_relation_size(name) > 0 or to_regclass('pg_catalog.pg_dist_partition') is not null;
  if used is not null then
    execute 'truncate ' || used;
  end if;
end
$emptying$;

insert into work_file_now (file_id)
select file_id from source_file where status = 'sealed' and not :'is_proof'::boolean
union all select file_id from published_file where :'is_proof'::boolean;
insert into work_file (file_id) select file_id from work_file_now union select file_id from published_file where :'is_increment'::boolean;

insert into work_scheme (scheme_id, scheme, currency, due_day, grace_days, settlement_days, collection_days, place)
select c.scheme_id, c.scheme, coalesce(s.currency, 'VND'), s.due_day, coalesce(s.grace_days, 0), coalesce(s.settlement_days, 3), coalesce(s.collection_days, 30), row_number() over (order by c.scheme collate "C")
from scheme_code c left join scheme s using (scheme_id);

select analyze_rows('work_file');
select analyze_rows('work_scheme');
