-- What: of all statements about a line, the one that stands; and from the active ones the entitlements of the subjects.
-- Reads: entitlement_line, work_subject, work_term, work_start
-- Writes: work_line (one row per line key), work_entitlement (one row per beneficiary × scheme × month with an active line)
-- Rule: D1. A unit's later statement replaces its earlier one; twice in a file, or active from two units, the smaller amount stands.
-- Why here: amounts due come before any payment is laid against them.

insert into work_line (person_key, scheme_id, benefit_period, category_code, component, origin_period, due_amount, currency, due_date, late_after_date, list_status, payment_channel,
  creditor_agent, account_key, unit_code, file_id, line_number, doubled_amount, doubled_rows, beneficiary_name, village, birth_date, birth_year, sex, payee_key, needs)
with stated as (
  select l.*, case when list_status = 'active' then l.due_amount else 0 end as effective_amount, t.due_date as term_due_date, t.late_after_date
  from entitlement_line l join work_subject using (person_key) join work_file using (file_id)
  join work_term t on t.scheme_id = l.scheme_id and t.benefit_period = l.benefit_period and t.stated_due_date = coalesce(l.due_date, '-infinity')
), counted as (
  select *, count(*) over (partition by person_key, scheme_id, benefit_period, category_code, component, origin_period) as statement_count from stated
), in_file as (
  select *,
    row_number() over (partition by person_key, scheme_id, benefit_period, category_code, component, origin_period, unit_code, file_id order by effective_amount, due_amount, creditor_agent, account_key, term_due_date, line_number) as place_in_file,
    count(*) over same_file as times_in_file,
    max(effective_amount) over same_file - min(effective_amount) over same_file as spread_in_file,
    jsonb_agg(jsonb_build_object('file_id', file_id::text, 'line', line_number, 'unit_code', unit_code, 'due_amount', due_amount::text, 'list_status', list_status)) over same_file as rows_in_file
  from counted where statement_count > 1
  window same_file as (partition by person_key, scheme_id, benefit_period, category_code, component, origin_period, unit_code, file_id)
), from_unit as (
  select *, max(file_id) filter (where list_date is null) over (partition by person_key, scheme_id, benefit_period, category_code, component, origin_period, unit_code) as last_undated_file
  from in_file where place_in_file = 1
), latest as (
  select *, row_number() over (partition by person_key, scheme_id, benefit_period, category_code, component, origin_period, unit_code order by list_date desc nulls last, file_id desc) as place_from_unit
  from from_unit where file_id >= coalesce(last_undated_file, 0)
), across_units as (
  select *,
    row_number() over (partition by person_key, scheme_id, benefit_period, category_code, component, origin_period order by (list_status = 'active') desc, due_amount, unit_code collate "C") as place,
    count(*) filter (where list_status = 'active') over same_key as active_units,
    max(due_amount) filter (where list_status = 'active') over same_key - min(due_amount) filter (where list_status = 'active') over same_key as spread_across_units,
    jsonb_agg(jsonb_build_object('file_id', file_id::text, 'line', line_number, 'unit_code', unit_code, 'due_amount', due_amount::text, 'list_status', list_status)) over same_key as rows_across_units
  from latest where place_from_unit = 1
  window same_key as (partition by person_key, scheme_id, benefit_period, category_code, component, origin_period)
)
select person_key, scheme_id, benefit_period, category_code, component, origin_period, due_amount, currency, term_due_date, late_after_date, list_status, payment_channel,
  creditor_agent, account_key, unit_code, file_id, line_number,
  case when active_units > 1 then coalesce(nullif(spread_across_units, 0), due_amount)
    when times_in_file > 1 then coalesce(nullif(spread_in_file, 0), effective_amount) end,
  case when active_units > 1 then rows_across_units when times_in_file > 1 then rows_in_file end,
  beneficiary_name, village, birth_date, birth_year, sex, payee_key, needs
from across_units where place = 1
union all
-- stated once, as nearly all are: nothing to weigh
select person_key, scheme_id, benefit_period, category_code, component, origin_period, due_amount, currency, term_due_date, late_after_date, list_status, payment_channel,
  creditor_agent, account_key, unit_code, file_id, line_number, null, null, beneficiary_name, village, birth_date, birth_year, sex, payee_key, needs
from counted where statement_count = 1;

select analyze_rows('work_line');

insert into work_entitlement (person_key, scheme_id, benefit_period, due_amount, open_amount, currency, due_date, late_after_date, is_at_counter, is_by_account, unit_code, start_period)
with entitlement as (
  select person_key, scheme_id, benefit_period, sum(due_amount) as due_amount, min(currency) as currency, min(due_date) as due_date, min(late_after_date) as late_after_date,
    bool_or(payment_channel in ('cash', 'post')) as is_at_counter, bool_and(payment_channel in ('account', 'wallet')) as is_by_account, min(unit_code collate "C") as unit_code
  from work_line where list_status = 'active'
  group by person_key, scheme_id, benefit_period
)
select e.person_key, e.scheme_id, e.benefit_period, e.due_amount, e.due_amount, e.currency, e.due_date, e.late_after_date, e.is_at_counter, e.is_by_account, e.unit_code, coalesce(own.start_period, everywhere.start_period, 0)
from entitlement e
left join work_start own on own.scheme_id = e.scheme_id and own.unit_code = e.unit_code
left join work_start everywhere on everywhere.scheme_id = e.scheme_id and everywhere.unit_code = '';

select analyze_rows('work_entitlement');
