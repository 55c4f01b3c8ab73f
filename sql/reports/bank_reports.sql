-- What: until which day each bank has reported withdrawals.
-- Reads: withdrawal_report, published_file
-- Gives: one row per bank; no day lies after that of the run

select creditor_agent::text as creditor_agent, least(max(reported_through_date), :'as_of'::date) as reported_through_date
from withdrawal_report join published_file using (file_id)
group by creditor_agent
order by 1;
