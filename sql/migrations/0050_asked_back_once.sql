-- What: the same payment is asked back once, whatever it is called, and all that is kept back of a month stays within the share.
-- Why: a payment to a wrong account that a mandate makes right becomes part of what a month has too much; and two offsets of one person kept back the share twice.

create or replace view correction_proposal with (security_invoker = true) as
select c.person_key, c.finding_id, c.list_kind, c.code, c.scheme_id, c.benefit_period, c.unit_code, c.currency, c.amount, c.before_amount, c.money_key, c.payment_channel, c.creditor_agent, c.creditor_account, c.account_origin,
  c.creditor_name, c.beneficiary_name, c.return_reason_code, c.monthly_amount, c.asked, c.from_whom, c.lines,
  case
    when exists (select from correction_item i where i.person_key = c.person_key and i.money_key = c.money_key and i.is_live) then 'on_list'
    -- one payment, asked back for what it is and as part of what a month has too much
    when c.list_kind in ('recovery', 'offset') and exists (
      select from correction_item i
      cross join lateral (select case when i.money_key like 'payment|%' then i.money_key else c.money_key end as payment_key, case when i.money_key like 'payment|%' then c.scheme_id else i.scheme_id end as scheme_id, case when i.money_key like 'payment|%' then c.benefit_period else i.benefit_period end as benefit_period) x
      where i.person_key = c.person_key and i.is_live and (i.money_key like 'payment|%' and c.money_key like 'excess|%' or i.money_key like 'excess|%' and c.money_key like 'payment|%')
        and (i.scheme_id = c.scheme_id and i.benefit_period = c.benefit_period
          or exists (select from matched_payment m where m.person_key = c.person_key and m.scheme_id = x.scheme_id and m.benefit_period = x.benefit_period and 'payment|' || m.payment_name = x.payment_key))) then 'on_list'
    when c.left_out is not null and not coalesce(k.decision = any (c.lifted_by), false) then c.left_out
    when k.decision is not null and not k.decision = any (case c.list_kind
      when 'supplementary' then array['repaid', 'account_corrected', 'bank_error_fixed', 'list_corrected']
      when 'carried_over' then array['repaid', 'account_corrected', 'bank_error_fixed', 'list_corrected', 'offset_next_period']
      when 'recovery' then array['recovered']
      when 'offset' then array['offset_next_period']
      else array['repaid', 'account_corrected', 'bank_error_fixed', 'list_corrected', 'recovered'] end) then 'decided_otherwise'
    when k.decision is not null and k.decided_amount > 0 and k.decided_amount <> c.amount then 'decided_otherwise'
    when k.is_sent_back then 'sent_back'
    when c.list_kind in ('supplementary', 'carried_over') and exists (
      select from case_record m join complaint p using (person_key, finding_id)
      where m.person_key = c.person_key and m.code = 'complaint' and m.is_open and coalesce(m.benefit_period = c.benefit_period, true) and coalesce(m.scheme_id = c.scheme_id, true)) then 'complaint_open'
    when c.list_kind <> 'account_fix' and (c.person_key, c.finding_id) in (select q.person_key, q.finding_id from bank_question q where q.answered_at is null) then 'bank_asked'
  end as left_out
from correction_candidate c
left join lateral (
  select case when m.step in ('approved', 'answered') then m.resolution end as decision,
    (select e.amount from case_event e where e.person_key = m.person_key and e.finding_id = m.finding_id and e.event_number = m.appraisal_number and m.step in ('approved', 'answered')) as decided_amount,
    m.step = 'received' and coalesce((select e.kind = 'sent_back' from case_event e where e.person_key = m.person_key and e.finding_id = m.finding_id and e.kind in ('appraised', 'sent_back', 'amount_changed', 'found_again') order by e.event_number desc limit 1), false) as is_sent_back
  from case_record m where m.person_key = c.person_key and m.finding_id = c.finding_id
) k on true;

-- Whether each item is what would be proposed today, were it not on this list.
create function correction_list_stands(wanted_list bigint) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  kept integer[];
  is_standing boolean;
begin
  with freed as (
    update correction_item set is_live = false where list_id = wanted_list and is_live returning item_number
  )
  select coalesce(array_agg(item_number), '{}') into kept from freed;
  select not exists (
    select from correction_item i join correction_list l using (list_id)
    left join correction_proposal p on p.person_key = i.person_key and p.finding_id = i.finding_id and p.list_kind = l.kind
    where i.list_id = wanted_list and i.left_out is null
      and (p.finding_id is null or p.left_out is not null or p.amount <> i.amount or (p.money_key, p.creditor_agent, p.creditor_account, p.before_amount) is distinct from (i.money_key, i.creditor_agent, i.creditor_account, i.before_amount))
  ) into is_standing;
  update correction_item set is_live = true where list_id = wanted_list and item_number = any (kept);
  return is_standing;
end
$function$;
revoke execute on function correction_list_stands(bigint) from public;

create or replace function approve_correction_list(wanted_list bigint, wanted_version integer, at timestamptz) returns text language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $function$
declare
  made correction_list;
  most numeric;
  item correction_item;
  rest numeric;
  kept_month date;
  kept numeric;
begin
  select * into made from correction_list where list_id = wanted_list and desk_keeps_list(unit_code) for update;
  if not found then return 'list_unknown'; end if;
  if not desk_has_role('approver', 'payer') then return 'not_allowed'; end if;
  if made.version <> wanted_version then return 'list_changed'; end if;
  if made.state <> 'draft' then return 'not_a_draft'; end if;
  if made.made_by = desk_staff() then return 'own_list'; end if;
  if made.item_count = 0 then return 'list_empty'; end if;
  if made.kind in ('recovery', 'offset') and (made.decision_number is null or made.decision_date is null) then return 'decision_missing'; end if;
  -- what is asked back or kept back under another name is seen only once it is committed
  if made.kind in ('recovery', 'offset') then perform pg_advisory_xact_lock(hashtextextended('correction_offset', 0)); end if;
  select max(amount) into most from correction_item where list_id = wanted_list and left_out is null;
  if not exists (select from staff s join approval_band b using (scope_level) where s.staff_id = desk_staff() and most <= coalesce(b.up_to_amount, 'infinity')) then return 'beyond_band'; end if;
  -- every item must stand as it was read: the finding, its amount, the account, and nothing that has come between
  if not correction_list_stands(wanted_list) then return 'outdated'; end if;
  if not exists (
    select from correction_item i where i.list_id = wanted_list
    having count(*) filter (where i.left_out is null) = made.item_count and coalesce(sum(i.amount) filter (where i.left_out is null), 0) = made.item_amount
      and count(*) = made.found_count and coalesce(sum(i.amount), 0) = made.found_amount and count(distinct i.finding_id) = made.found_count
  ) then return 'not_reconciled'; end if;
  begin
    update correction_item set is_live = true where list_id = wanted_list and left_out is null;
  exception when unique_violation then
    return 'already_listed';
  end;
  -- the share holds for all that is kept back of a person's month in a scheme: what no longer fits waits for a later month
  if made.kind = 'offset' then
    for item in select * from correction_item where list_id = wanted_list and left_out is null order by item_number loop
      rest := item.amount;
      kept_month := make_date(made.target_period / 100, made.target_period % 100, 1);
      while rest > 0 loop
        kept := least(rest, item.monthly_amount - coalesce((select sum(o.amount) from correction_offset o where o.person_key = item.person_key and o.scheme_id = item.scheme_id and o.benefit_period = to_char(kept_month, 'YYYYMM')::integer), 0));
        if kept > 0 then
          insert into correction_offset (person_key, list_id, item_number, scheme_id, benefit_period, amount) values (item.person_key, wanted_list, item.item_number, item.scheme_id, to_char(kept_month, 'YYYYMM')::integer, kept);
          rest := rest - kept;
        end if;
        kept_month := kept_month + interval '1 month';
      end loop;
    end loop;
  end if;
  update correction_list set state = 'approved', version = version + 1, approved_at = at, approved_by = desk_staff() where list_id = wanted_list;
  return 'done';
end
$function$;
