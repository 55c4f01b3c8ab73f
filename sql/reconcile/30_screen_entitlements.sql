-- What: tells the entitlements that are plainly in order from those that need the full rules.
-- Reads: entitlement_line, payment_report, account_report, mandate_row, work_term
-- Writes: work_screen (one row per beneficiary × scheme × month; outcome_class null = to be looked at in full)
-- Rule: in order = one active line; one payment by id and month (reported once, or on the way first and credited once, always alike) of exactly that amount, credited in time,
--       to the listed account, which is active and the beneficiary's own or that of a payee whose mandate covers the due date and the credit;
--       or not due yet, nothing sent, account as before. Stricter than contract 4 on purpose: whoever fails it loses nothing but time.
-- Why here: it reads every row once; the rules below then see only a few in a hundred.

insert into work_screen (person_key, scheme_id, benefit_period, outcome_class, due_amount, unit_code, report_count)
with line as (
  select person_key, scheme_id, benefit_period, count(*) as line_count, min(due_amount) as due_amount, min(currency) as currency, min(unit_code) as unit_code,
    min(creditor_agent) as creditor_agent, min(account_key) as account_key, coalesce(min(due_date), '-infinity') as stated_due_date, min(payment_channel) as payment_channel,
    bool_and(list_status = 'active' and component <> 'carried_over') as is_plain
  from entitlement_line join work_file using (file_id)
  group by person_key, scheme_id, benefit_period
), payment as (
  select person_key, scheme_id, benefit_period, count(*) as report_count, min(instructed_amount) as instructed_amount, min(currency) as currency,
    min(creditor_agent) as creditor_agent, min(account_key) as account_key, min(credited_date) as credited_date,
    -- one reference for all reports (two references of one month with one 63-bit key would also have to agree in everything else)
    (count(*) = 1 or count(reference_key) = count(*) and min(reference_key) = max(reference_key) and min(creditor_agent) = max(creditor_agent)
      and min(instructed_amount) = max(instructed_amount) and min(currency) = max(currency) and min(coalesce(account_key, -1)) = max(coalesce(account_key, -1)))
    and count(*) filter (where transaction_status in ('ACSC', 'ACCC')) = 1
    and bool_and(transaction_status in ('PDNG', 'ACSP') or transaction_status in ('ACSC', 'ACCC') and credited_at < (:'as_of'::date + 1)::timestamp at time zone :'time_zone'::text)
    and bool_and(credited_amount is null and returned_at is null) as is_plain
  from payment_report join work_file using (file_id)
  where person_key >= 0
  group by person_key, scheme_id, benefit_period
), account as (
  select creditor_agent, account_key, min(person_key) as holder_key
  from account_report join work_file using (file_id)
  group by creditor_agent, account_key
  having min(person_key) = max(person_key) and max(account_status) = 'active' and bool_or(coalesce(reported_date <= :'as_of'::date, true))
), mandate as (
  select person_key, payee_key, min(valid_from) as valid_from, coalesce(min(valid_to), 'infinity') as valid_to
  from mandate_row join work_file using (file_id)
  group by person_key, payee_key having count(*) = 1
)
select coalesce(l.person_key, p.person_key), coalesce(l.scheme_id, p.scheme_id), coalesce(l.benefit_period, p.benefit_period),
  case
    when l.line_count is distinct from 1 or not l.is_plain then null
    when not case
        when l.account_key is null then l.payment_channel in ('cash', 'post')
        when a.holder_key = l.person_key then true
        else coalesce(t.due_date between m.valid_from and m.valid_to and coalesce(p.credited_date between m.valid_from and m.valid_to, true), false) end then null
    when p.report_count is null and :'as_of'::date <= t.late_after_date then 'not_due'::outcome_class
    when p.is_plain and p.instructed_amount = l.due_amount and p.currency = l.currency and p.credited_date <= t.late_after_date
      and p.account_key is not distinct from l.account_key and (l.account_key is null or p.creditor_agent = l.creditor_agent) then 'paid'
  end,
  l.due_amount, l.unit_code, coalesce(p.report_count, 0)
from line l
full join payment p on p.person_key = l.person_key and p.scheme_id = l.scheme_id and p.benefit_period = l.benefit_period
left join account a on a.creditor_agent = l.creditor_agent and a.account_key = l.account_key
left join mandate m on m.person_key = l.person_key and m.payee_key = a.holder_key
left join work_term t on t.scheme_id = l.scheme_id and t.benefit_period = l.benefit_period and t.stated_due_date = l.stated_due_date;

analyze work_screen;
