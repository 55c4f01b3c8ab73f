-- What: tells the entitlements that are plainly in order from those that need the full rules.
-- Reads: entitlement_line, payment_report, account_report, work_payee_account, work_term, work_scheme
-- Writes: work_screen (one row per beneficiary × scheme × month; outcome_class null = to be looked at in full)
-- Slices: by person_key % 240, the order in which large files are stored: two connections work at once, and each slice's hashes stay small
-- Rule: in order = one active line; one payment by id and month (reported once, or on the way first and credited once, always alike) of exactly that amount, credited in time,
--       to the listed account, which is active and the beneficiary's own or that of a payee whose mandate covers the due date and the credit;
--       or not due yet, nothing sent, account as before. Stricter than contract 4 on purpose: whoever fails it loses nothing but time.
-- Why here: it reads every row once; the rules below then see only a few in a hundred.

insert into work_screen (person_key, scheme_id, benefit_period, outcome_class, due_amount, currency, unit_code, report_count, reference_key, creditor_agent, payment_channel, credited_date, age_band, sex,
  due_date, instructed_at, activated_date, reported_date, account_state, payee_key, has_card, is_first_of_month, missing_fields, village, needs)
with line as (
  select person_key, scheme_id, benefit_period, count(*) as line_count, min(due_amount) as due_amount, min(currency) as currency, min(unit_code) as unit_code,
    min(creditor_agent) as creditor_agent, min(account_key) as account_key, coalesce(min(due_date), '-infinity') as stated_due_date, min(payment_channel) as payment_channel, min(birth_date) as birth_date, min(birth_year) as birth_year, min(sex) as sex,
    min(village) as village, min(needs) as needs, min(payee_key) as payee_key, min(category_code) is null as has_no_category,
    bool_and(list_status = 'active' and component <> 'carried_over') as is_plain
  from entitlement_line join work_file using (file_id)
  where person_key % 240 between :'first_bucket'::bigint and :'last_bucket'::bigint
  group by person_key, scheme_id, benefit_period
), payment as (
  select person_key, scheme_id, benefit_period, count(*) as report_count, min(instructed_amount) as instructed_amount, min(currency) as currency,
    min(creditor_agent) as creditor_agent, min(account_key) as account_key, min(credited_date) as credited_date, min(reference_key) as reference_key, min(payment_channel) as payment_channel,
    min(instructed_at) filter (where instructed_at < (:'as_of'::date + 1)::timestamp at time zone :'time_zone'::text) as instructed_at,
    -- one reference for all reports (two references of one month with one 63-bit key would also have to agree in everything else)
    (count(*) = 1 or count(reference_key) = count(*) and min(reference_key) = max(reference_key) and min(creditor_agent) = max(creditor_agent)
      and min(instructed_amount) = max(instructed_amount) and min(currency) = max(currency) and min(coalesce(account_key, -1)) = max(coalesce(account_key, -1)))
    and count(*) filter (where transaction_status in ('ACSC', 'ACCC')) = 1
    and bool_and(transaction_status in ('PDNG', 'ACSP') or transaction_status in ('ACSC', 'ACCC') and credited_at < (:'as_of'::date + 1)::timestamp at time zone :'time_zone'::text)
    and bool_and(credited_amount is null and returned_at is null) and coalesce(min(payment_channel) = max(payment_channel), true) as is_plain
  from payment_report join work_file using (file_id)
  where person_key >= 0 and person_key % 240 between :'first_bucket'::bigint and :'last_bucket'::bigint
  group by person_key, scheme_id, benefit_period
), account as (
  select person_key, creditor_agent, account_key, max(account_status) = 'active' and bool_or(coalesce(reported_date <= :'as_of'::date, true)) as is_active,
    bool_and(coalesce(reported_date <= :'as_of'::date, true)) and min(account_status) = max(account_status) and count(activated_date) in (0, count(*)) and coalesce(min(activated_date) = max(activated_date), true) and count(card_issued_date) in (0, count(*)) as is_told_alike,
    min(activated_date) as activated_date, min(reported_date) as reported_date, bool_or(card_issued_date is not null) as has_card
  from account_report join work_file using (file_id)
  where person_key % 240 between :'first_bucket'::bigint and :'last_bucket'::bigint
  group by person_key, creditor_agent, account_key
), holding as (
  -- null: reports differ, so the one that stands has to be found first
  select person_key, case when bool_or(is_active) then 'usable' when not bool_and(is_told_alike) then null when bool_or(activated_date is not null) then 'activated' else 'opened' end::account_state as account_state,
    bool_or(is_active and has_card) as has_card
  from account group by person_key
), payee_account as (
  select * from work_payee_account where person_key % 240 between :'first_bucket'::bigint and :'last_bucket'::bigint
), payee_holding as (
  select person_key, bool_or(has_card) as has_card from payee_account where :'as_of'::date between valid_from and valid_to group by person_key
), several as (
  -- who has more than one scheme in a month is counted once, under the first by code
  select person_key, benefit_period, min(place) as first_place
  from line join work_scheme using (scheme_id)
  group by person_key, benefit_period having count(*) > 1
)
select coalesce(l.person_key, p.person_key), coalesce(l.scheme_id, p.scheme_id), coalesce(l.benefit_period, p.benefit_period),
  case
    when l.line_count is distinct from 1 or not l.is_plain then null
    when h.person_key is not null and h.account_state is null and g.person_key is null then null
    when not case
        when l.account_key is null then l.payment_channel in ('cash', 'post')
        when o.person_key is not null then true
        else coalesce(t.due_date between y.valid_from and y.valid_to and coalesce(p.credited_date between y.valid_from and y.valid_to, true), false) end then null
    when p.report_count is null and :'as_of'::date <= t.late_after_date then 'not_due'::outcome_class
    when p.is_plain and p.instructed_amount = l.due_amount and p.currency = l.currency and p.credited_date <= t.late_after_date
      and p.account_key is not distinct from l.account_key and (l.account_key is null or p.creditor_agent = l.creditor_agent) then 'paid'
  end,
  l.due_amount, l.currency, l.unit_code, coalesce(p.report_count, 0),
  p.reference_key, coalesce(p.creditor_agent, l.creditor_agent), coalesce(p.payment_channel, l.payment_channel), p.credited_date,
  case when l.birth_date is not null then age_band(l.birth_date, coalesce(p.credited_date, t.due_date))
    when age_band(make_date(l.birth_year, 1, 1), coalesce(p.credited_date, t.due_date)) = age_band(make_date(l.birth_year, 12, 31), coalesce(p.credited_date, t.due_date)) then age_band(make_date(l.birth_year, 1, 1), coalesce(p.credited_date, t.due_date)) end,
  l.sex,
  t.due_date, p.instructed_at, case when o.person_key is not null then o.activated_date else y.activated_date end, case when o.person_key is not null then o.reported_date else y.reported_date end,
  case when g.person_key is not null then 'usable' when h.person_key is null then 'none' else h.account_state end::account_state,
  case when o.person_key is not null then null when y.person_key is not null then y.payee_key else nullif(l.payee_key, l.person_key) end,
  coalesce(h.account_state = 'usable' and h.has_card, false) or coalesce(g.has_card, false),
  coalesce(v.first_place = c.place, true),
  case when l.birth_date is null and l.birth_year is null then 1 else 0 end + case when l.sex is null then 2 else 0 end + case when l.village is null then 4 else 0 end + case when l.has_no_category then 8 else 0 end
    + case when l.account_key is null and l.payment_channel in ('account', 'wallet') then 16 else 0 end,
  l.village, l.needs
from line l
full join payment p on p.person_key = l.person_key and p.scheme_id = l.scheme_id and p.benefit_period = l.benefit_period
left join account o on o.person_key = l.person_key and o.creditor_agent = l.creditor_agent and o.account_key = l.account_key and o.is_active and o.is_told_alike
left join holding h on h.person_key = l.person_key
left join payee_holding g on g.person_key = l.person_key
left join several v on v.person_key = l.person_key and v.benefit_period = l.benefit_period
left join work_scheme c on c.scheme_id = l.scheme_id
left join payee_account y on y.person_key = l.person_key and y.creditor_agent = l.creditor_agent and y.account_key = l.account_key
left join work_term t on t.scheme_id = l.scheme_id and t.benefit_period = l.benefit_period and t.stated_due_date = l.stated_due_date;
