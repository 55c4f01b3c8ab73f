-- What: how many days each bank took from the instruction to the credit.
-- Reads: published_clock
-- Gives: one row per bank and number of days; below zero where a bank says it credited before it was instructed
-- Parameters: from_period, to_period, unit_codes (null: no limit)

select creditor_agent::text as creditor_agent, instructed_to_credited_days as days, count(*)::text as count
from published_clock
where instructed_to_credited_days is not null and creditor_agent is not null and payment_channel in ('account', 'wallet')
  and (:'from_period'::integer is null or benefit_period >= :'from_period'::integer) and (:'to_period'::integer is null or benefit_period <= :'to_period'::integer)
  and (:'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[]))
group by 1, 2
order by 1, 2;
