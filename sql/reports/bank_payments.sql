-- What: how many payments each bank was given, and how many it rejected or sent back, and why.
-- Reads: payment_report, published_file
-- Gives: one row per bank, result (all, rejected or returned) and reason code (null: none given); a payment reported often counts once
-- Rule: contract 2: what had happened by the end of the day of the run
-- Parameters: as_of, offset_minutes (the country's clocks before UTC's), from_period, to_period (null: any month; payments that state none count then only)

with day as (
  select (:'as_of'::date + 1)::timestamp at time zone 'UTC' - make_interval(mins => :'offset_minutes'::integer) as day_end
), seen as (
  select creditor_agent, coalesce(reference_key, hashint8extended(line_number, file_id)) as payment, transaction_status, return_reason_code
  from payment_report join published_file using (file_id) cross join day
  where coalesce(instructed_at, credited_at, returned_at, '-infinity') < day_end and coalesce(returned_at < day_end or transaction_status not in ('RJCT', 'RTRN'), true)
    and (:'from_period'::integer is null or benefit_period >= :'from_period'::integer) and (:'to_period'::integer is null or benefit_period <= :'to_period'::integer)
)
select creditor_agent::text as creditor_agent, 'all' as result, null as reason_code, count(distinct payment)::text as payments from seen group by creditor_agent
union all
select creditor_agent::text, case transaction_status when 'RJCT' then 'rejected' else 'returned' end, return_reason_code, count(distinct payment)::text
from seen where transaction_status in ('RJCT', 'RTRN') group by creditor_agent, transaction_status, return_reason_code
order by 1, 2, 4 desc, 3;
