-- What: tells the entitlements that are plainly in order from those that need the full rules.
-- Reads: entitlement_line, payment_report, account_report, work_term
-- Writes: work_screen (one row per beneficiary × scheme × month; outcome_class null = to be looked at in full)
-- Rule: in order = one active line and, by id and month, one payment of exactly that amount, credited in time, to the listed account, which its holder can use;
--       or not due yet, nothing sent, account usable. Stricter than contract 4 on purpose: whoever fails it loses nothing but time.
-- Why here: it reads every row once; the rules below then see only a few in a hundred.

insert into work_screen (person_key, scheme_id, benefit_period, outcome_class, due_amount, unit_code)
with line as (
  select person_key, scheme_id, benefit_period, count(*) as line_count, min(due_amount) as due_amount, min(currency) as currency, min(unit_code) as unit_code,
    min(creditor_agent) as creditor_agent, min(account_key) as account_key, coalesce(min(due_date), '-infinity') as stated_due_date, min(payment_channel) as payment_channel,
    bool_and(list_status = 'active' and component <> 'carried_over') as is_plain
  from entitlement_line join work_file using (file_id)
  group by person_key, scheme_id, benefit_period
), payment as (
  select person_key, scheme_id, benefit_period, count(*) as payment_count, min(instructed_amount) as instructed_amount, min(currency) as currency,
    min(creditor_agent) as creditor_agent, min(account_key) as account_key, max(credited_date) as credited_date,
    bool_and(transaction_status in ('ACSC', 'ACCC') and credited_at < (:'as_of'::date + 1)::timestamp at time zone :'time_zone'::text and credited_amount is null and returned_at is null) as is_plain
  from payment_report join work_file using (file_id)
  where person_key >= 0
  group by person_key, scheme_id, benefit_period
), account as (
  select person_key, creditor_agent, account_key
  from account_report join work_file using (file_id)
  group by person_key, creditor_agent, account_key
  having count(*) = 1 and min(account_status) = 'active' and (min(reported_date) is null or min(reported_date) <= :'as_of'::date)
)
select coalesce(l.person_key, p.person_key), coalesce(l.scheme_id, p.scheme_id), coalesce(l.benefit_period, p.benefit_period),
  case
    when l.line_count is distinct from 1 or not l.is_plain then null
    when a.account_key is null and not (l.account_key is null and l.payment_channel in ('cash', 'post')) then null
    when p.payment_count is null and :'as_of'::date <= t.late_after_date then 'not_due'::outcome_class
    when p.payment_count = 1 and p.is_plain and p.instructed_amount = l.due_amount and p.currency = l.currency and p.credited_date <= t.late_after_date
      and p.account_key is not distinct from l.account_key and (l.account_key is null or p.creditor_agent = l.creditor_agent) then 'paid'
  end,
  l.due_amount, l.unit_code
from line l
full join payment p on p.person_key = l.person_key and p.scheme_id = l.scheme_id and p.benefit_period = l.benefit_period
left join account a on a.person_key = l.person_key and a.creditor_agent = l.creditor_agent and a.account_key = l.account_key
left join work_term t on t.scheme_id = l.scheme_id and t.benefit_period = l.benefit_period and t.stated_due_date = l.stated_due_date;

analyze work_screen;
