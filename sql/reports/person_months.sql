-- What: every month of one beneficiary: what was due, what came and when, and how long it took until it was fetched.
-- Reads: subject, outcome, published_clock, matched_payment; for who is no subject entitlement_line, payment_report, through published_file
-- Gives: one row per scheme × month, the newest first; payments: what was laid against it
-- Rule: who is no subject is plainly in order, as sql/reconcile/30_screen_entitlements found: what was credited by id and month is what was due, in time; else nothing is due yet.
-- Parameters: person_key, offset_minutes (the country's clocks before UTC's)

with who as materialized (
  select not exists (select 1 from subject where person_key = :'person_key'::bigint) as is_in_order
), line as (
  select l.scheme_id, l.benefit_period, min(l.due_amount) as due_amount, min(l.currency) as currency
  from entitlement_line l join published_file using (file_id)
  where l.person_key = :'person_key'::bigint and (select is_in_order from who)
  group by l.scheme_id, l.benefit_period
), payment as (
  select p.scheme_id, p.benefit_period, min(p.creditor_agent) as creditor_agent, min(p.account_key) as account_key, min(p.instructed_at) as instructed_at, min(p.credited_date) as credited_date
  from payment_report p join published_file using (file_id)
  where p.person_key = :'person_key'::bigint and (select is_in_order from who)
  group by p.scheme_id, p.benefit_period
), in_order as (
  select l.scheme_id, l.benefit_period, case when p.scheme_id is null then 'not_due' else 'paid' end as outcome_class, l.due_amount, case when p.scheme_id is null then 0 else l.due_amount end as credited_amount, l.currency,
    case when p.scheme_id is not null then jsonb_build_array(jsonb_build_object('state', 'credited', 'rule', 'id_period', 'allocated_amount', l.due_amount::text, 'creditor_agent', p.creditor_agent::text, 'creditor_account', coalesce(account_text(p.account_key), h.original),
      'instructed_date', ((p.instructed_at at time zone 'UTC') + make_interval(mins => :'offset_minutes'::integer))::date, 'credited_date', p.credited_date)) end as payments
  from line l left join payment p using (scheme_id, benefit_period) left join hashed_text h on h.hash_key = p.account_key
), placed as (
  select m.scheme_id, m.benefit_period, jsonb_agg(jsonb_build_object('state', m.state, 'rule', m.match_rule, 'allocated_amount', m.allocated_amount::text, 'creditor_agent', m.creditor_agent::text, 'creditor_account', coalesce(account_text(m.account_key), h.original),
    'instructed_date', m.instructed_date, 'credited_date', m.credited_date, 'returned_date', m.returned_date) order by m.credited_date, m.instructed_date, m.payment_name collate "C") as payments
  from matched_payment m left join hashed_text h on h.hash_key = m.account_key
  where m.person_key = :'person_key'::bigint
  group by m.scheme_id, m.benefit_period
), worked_out as (
  select o.scheme_id, o.benefit_period, o.outcome_class::text as outcome_class, o.due_amount, o.credited_amount, o.currency, p.payments
  from outcome o
  left join placed p on p.scheme_id = o.scheme_id and p.benefit_period = o.benefit_period
  where o.person_key = :'person_key'::bigint
), told as (
  select * from worked_out union all select * from in_order
)
select c.scheme, to_char(m.benefit_period, 'FM0000"-"00') as benefit_period, m.outcome_class, m.due_amount::text as due_amount, m.credited_amount::text as credited_amount, m.currency, t.due_date, t.cash_event::text as cash_event, t.days, t.due_to_instructed_days, t.instructed_to_credited_days, t.credited_to_withdrawable_days, coalesce(m.payments, '[]') as payments
from told m join scheme_code c using (scheme_id)
left join published_clock t on t.person_key = :'person_key'::bigint and t.scheme_id = m.scheme_id and t.benefit_period = m.benefit_period
order by m.benefit_period desc, c.scheme collate "C";
