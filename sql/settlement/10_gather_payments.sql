-- What: one row per payment of everybody as it stood at the end of the day of the run, and whose payment it is.
-- Reads: payment_report, published_file, source_file, payment_organisation
-- Writes: work_settlement_payment
-- Rule: contract 2, D4 to D6 and D199, as sql/reconcile/60 merges the payments of subjects. An organisation's payments are those in files that it sent; in files of nobody who is one, those into the bank that it alone is stated to pay; else whoever sent the file (D183).
-- Parameters: as_of, time_zone; is_by_changes: what is merged of everybody else stays (D201). payment_report then means the reports of the touched, among them all of each payment
-- Why here: first; what an account says is held against payments, not against reports.

with told as (
  select distinct creditor_agent, end_to_end_id from payment_report where end_to_end_id is not null and :'is_by_changes'::boolean
)
delete from work_settlement_payment p using told t where t.creditor_agent = p.creditor_agent and t.end_to_end_id = p.end_to_end_id;

with told as (
  select r.creditor_agent || '|-|' || md5(concat_ws('|', coalesce(account_key::text, ''), person_key, coalesce((select c.scheme from scheme_code c where c.scheme_id = r.scheme_id), ''), coalesce(benefit_period::text, ''), instructed_amount, coalesce(instructed_at::text, ''), coalesce(bank_reference, ''))) || '|' || row_number() over (partition by file_id, r.creditor_agent, account_key, person_key, scheme_id, benefit_period, instructed_amount, instructed_at, bank_reference order by line_number) as payment_name
  from payment_report r where end_to_end_id is null and :'is_by_changes'::boolean
)
delete from work_settlement_payment p using told t where t.payment_name = p.payment_name;

-- reported once, as many are: nothing to merge
insert into work_settlement_payment (payment_number, source, creditor_agent, end_to_end_id, batch_reference, scheme_id, benefit_period, currency, beneficiary_key, state, instructed_amount, net_amount, returned_amount, payment_date, payment_name, source_rows)
with day as (
  select (:'as_of'::date + 1)::timestamp at time zone :'time_zone'::text as day_end
), sender as (
  select f.file_id, f.source, o.source as organisation
  from published_file join source_file f using (file_id) left join (select distinct source from payment_organisation) o on o.source = f.source
  where f.kind = 'disbursement'
), reports as (
  select p.*, s.source, s.organisation,
    case
      when transaction_status = 'RTRN' and returned_at < day_end then 5
      when transaction_status in ('ACSC', 'ACCC', 'RTRN') and credited_at < day_end then 4
      when transaction_status = 'RJCT' and coalesce(returned_at < day_end, true) and coalesce(instructed_at < day_end, true) then 3
      when transaction_status = 'NCOL' and coalesce(returned_at < day_end, true) and coalesce(instructed_at < day_end, true) then 2
      when instructed_at < day_end then 1
    end as state_rank
  from payment_report p join sender s using (file_id) cross join day
  where p.end_to_end_id is not null
), alone as (
  select creditor_agent, reference_key, end_to_end_id, min(file_id) as file_id, min(line_number) as line_number, min(source) as source, min(organisation) as organisation, min(bank_reference) as bank_reference, min(scheme_id) as scheme_id,
    min(benefit_period) as benefit_period, min(currency) as currency, min(person_key) as person_key, min(state_rank) as state_rank, min(instructed_amount) as instructed_amount,
    min(coalesce(credited_amount, instructed_amount)) as credited_amount, min(coalesce(returned_amount, credited_amount, instructed_amount)) as returned_amount, min(coalesce(instructed_at, credited_at, returned_at)) as first_at
  from reports where state_rank is not null group by creditor_agent, reference_key, end_to_end_id having count(*) = 1
), agent_of as (
  select creditor_agent, min(source) as source from payment_organisation where creditor_agent is not null group by creditor_agent having count(distinct source) = 1
)
select (a.file_id::bigint << 32) + a.line_number, coalesce(a.organisation, o.source, a.source, ''), a.creditor_agent, a.end_to_end_id, a.bank_reference, a.scheme_id, a.benefit_period, a.currency, case when a.person_key >= 0 then a.person_key end,
  (array['on_the_way', 'not_collected', 'rejected', 'credited', 'returned'])[a.state_rank], a.instructed_amount,
  greatest(case when a.state_rank >= 4 then a.credited_amount else 0 end - case when a.state_rank = 5 then a.returned_amount else 0 end, 0), case when a.state_rank = 5 then a.returned_amount else 0 end,
  (a.first_at at time zone :'time_zone'::text)::date, null, jsonb_build_array(jsonb_build_object('file_id', a.file_id::text, 'line', a.line_number))
from alone a left join agent_of o on o.creditor_agent = a.creditor_agent;

-- reported often, or without a reference
insert into work_settlement_payment (payment_number, source, creditor_agent, end_to_end_id, batch_reference, scheme_id, benefit_period, currency, beneficiary_key, state, instructed_amount, net_amount, returned_amount, payment_date, payment_name, source_rows)
with day as (
  select (:'as_of'::date + 1)::timestamp at time zone :'time_zone'::text as day_end
), sender as (
  select f.file_id, f.source, o.source as organisation
  from published_file join source_file f using (file_id) left join (select distinct source from payment_organisation) o on o.source = f.source
  where f.kind = 'disbursement'
), reports as (
  select p.*, s.source, s.organisation,
    case
      when transaction_status = 'RTRN' and returned_at < day_end then 5
      when transaction_status in ('ACSC', 'ACCC', 'RTRN') and credited_at < day_end then 4
      when transaction_status = 'RJCT' and coalesce(returned_at < day_end, true) and coalesce(instructed_at < day_end, true) then 3
      when transaction_status = 'NCOL' and coalesce(returned_at < day_end, true) and coalesce(instructed_at < day_end, true) then 2
      when instructed_at < day_end then 1
    end as state_rank
  from payment_report p join sender s using (file_id) cross join day
), several as (
  select creditor_agent, reference_key, end_to_end_id from reports where state_rank is not null and end_to_end_id is not null group by creditor_agent, reference_key, end_to_end_id having count(*) > 1
), named as (
  select r.*, r.creditor_agent || '|' || r.end_to_end_id as payment_name
  from reports r join several s on s.creditor_agent = r.creditor_agent and s.reference_key = r.reference_key and s.end_to_end_id = r.end_to_end_id
  union all
  select r.*,
    r.creditor_agent || '|-|' || md5(concat_ws('|', coalesce(account_key::text, ''), person_key, coalesce((select c.scheme from scheme_code c where c.scheme_id = r.scheme_id), ''), coalesce(benefit_period::text, ''), instructed_amount, coalesce(instructed_at::text, ''), coalesce(bank_reference, '')))
      || '|' || row_number() over (partition by file_id, r.creditor_agent, account_key, person_key, scheme_id, benefit_period, instructed_amount, instructed_at, bank_reference order by line_number)
  from reports r where end_to_end_id is null
), ranked as (
  select *,
    row_number() over (partition by payment_name order by instructed_at, instructed_amount, creditor_agent, account_key, credited_at,
      person_key < 0, person_key, (select scheme collate "C" from scheme_code c where c.scheme_id = named.scheme_id), benefit_period, currency collate "C", credited_amount, returned_at, returned_amount, transaction_status, payment_channel, return_reason_code collate "C", reason_text collate "C", bank_reference collate "C", file_id, line_number) as place
  from named where state_rank is not null
), told as (
  select *, row_number() over (partition by payment_name, state_rank, (returned_at at time zone :'time_zone'::text)::date, back_amount order by place) as telling,
    (array_agg(coalesce(credited_amount, instructed_amount)) filter (where state_rank >= 4) over (partition by payment_name order by place rows between unbounded preceding and unbounded following))[1] as whole_amount
  from (select *, coalesce(returned_amount, credited_amount, instructed_amount) as back_amount from ranked) r
), merged as (
  select payment_name, min((file_id::bigint << 32) + line_number) as payment_number, min(creditor_agent) as creditor_agent, min(end_to_end_id) as end_to_end_id, max(state_rank) as state_rank,
    min(source collate "C") as source, min(organisation collate "C") as organisation,
    (array_agg(person_key order by place) filter (where person_key >= 0))[1] as beneficiary_key,
    (array_agg(scheme_id order by place) filter (where scheme_id is not null))[1] as scheme_id,
    (array_agg(benefit_period order by place) filter (where benefit_period is not null))[1] as benefit_period,
    (array_agg(currency order by place))[1] as currency,
    (array_agg(instructed_amount order by place))[1] as instructed_amount,
    (array_agg(coalesce(credited_amount, instructed_amount) order by place) filter (where state_rank >= 4))[1] as credited_amount,
    case when max(state_rank) = 5 then least(sum(back_amount) filter (where state_rank = 5 and telling = 1), max(whole_amount)) end as returned_amount,
    (array_agg(bank_reference order by place) filter (where bank_reference is not null))[1] as batch_reference,
    min(coalesce(instructed_at, credited_at, returned_at)) as first_at,
    jsonb_agg(jsonb_build_object('file_id', file_id::text, 'line', line_number) order by file_id, line_number) as source_rows
  from told group by payment_name
), agent_of as (
  select creditor_agent, min(source) as source from payment_organisation where creditor_agent is not null group by creditor_agent having count(distinct source) = 1
)
select m.payment_number, coalesce(m.organisation, o.source, m.source, ''), m.creditor_agent, m.end_to_end_id, m.batch_reference, m.scheme_id, m.benefit_period, m.currency, m.beneficiary_key,
  (array['on_the_way', 'not_collected', 'rejected', 'credited', 'returned'])[m.state_rank], m.instructed_amount,
  greatest(coalesce(m.credited_amount, 0) - coalesce(m.returned_amount, 0), 0), coalesce(m.returned_amount, 0),
  (m.first_at at time zone :'time_zone'::text)::date, case when m.end_to_end_id is null then m.payment_name end, m.source_rows
from merged m left join agent_of o on o.creditor_agent = m.creditor_agent;

select analyze_rows('work_settlement_payment');
