-- What: what has become of every item of an approved list, as the published result says.
-- Reads: correction_list, correction_item, correction_offset, correction_candidate, account_report, payment_report, published_file, outcome, published_clock, matched_payment, unmatched_payment, finding
-- Writes: work_correction (one row per item), correction_item (what came of it), correction_list (settled, or open again)
-- Rule: D180. Worked out anew each time, so that what a file said is forgotten with the file. Our own EndToEndId comes first; else what the entitlement has more (or less) than when the list was made. What comes back in instalments adds up (D199): the item stays open until all of it has, and its day is that of the last.
-- Why here: what can be listed of the result is known, and the cases then say which list settled them.

delete from work_correction;
insert into work_correction (person_key, list_id, item_number, money_key, moved_amount, progress, moved_date, moved_by, wants_live)
with item as materialized (
  select i.*, l.kind, l.as_of as made_for, i.creditor_agent || '|' || i.end_to_end_id as own_name
  from correction_item i join correction_list l using (list_id)
  where l.state in ('approved', 'sent', 'settled') and i.left_out is null
), standing as materialized (
  select person_key, scheme_id, benefit_period, credited_amount, outcome_class, due_amount from outcome where person_key in (select person_key from item)
), clocked as materialized (
  select person_key, scheme_id, benefit_period, outcome_class, due_amount from published_clock where person_key in (select person_key from item)
), own as (
  select i.person_key, i.list_id, i.item_number,
    coalesce(sum(m.allocated_amount) filter (where m.state = 'credited' and m.scheme_id = i.scheme_id and m.benefit_period = i.benefit_period), 0) as own_amount,
    max(m.credited_date) filter (where m.state = 'credited') as own_date, bool_or(m.state = 'credited') as is_credited, bool_or(m.state in ('rejected', 'returned')) as is_sent_back, bool_or(m.state in ('on_the_way', 'not_collected')) as is_on_the_way
  from item i join matched_payment m on m.person_key = i.person_key and m.payment_name = i.own_name
  group by i.person_key, i.list_id, i.item_number
), now as (
  select i.*, coalesce(o.credited_amount, case when c.outcome_class in ('paid', 'paid_late') then c.due_amount end) as credited_now, coalesce(o.outcome_class, c.outcome_class) as class_now, coalesce(o.due_amount, c.due_amount) as due_now,
    w.own_amount, w.own_date, coalesce(w.is_credited, false) as is_credited, coalesce(w.is_sent_back, false) as is_sent_back, coalesce(w.is_on_the_way, false) as is_on_the_way,
    f.amount_at_stake as stake_now, f.finding_id is not null as is_found
  from item i
  left join own w using (person_key, list_id, item_number)
  left join standing o on o.person_key = i.person_key and o.scheme_id = i.scheme_id and o.benefit_period = i.benefit_period
  left join clocked c on c.person_key = i.person_key and c.scheme_id = i.scheme_id and c.benefit_period = i.benefit_period
  left join finding f on f.person_key = i.person_key and f.finding_id = i.finding_id
), told as (
  -- money that matches nothing has its days in the reports alone
  select i.person_key, i.money_key, max((r.returned_at at time zone 'Asia/Ho_Chi_Minh')::date) as returned_date
  from (select distinct person_key, money_key from item where kind in ('recovery', 'offset') and money_key like 'payment|%') i
  join payment_report r on r.person_key = i.person_key and 'payment|' || r.creditor_agent || '|' || r.end_to_end_id = i.money_key
  join published_file using (file_id)
  where r.transaction_status = 'RTRN' and (r.returned_at at time zone 'Asia/Ho_Chi_Minh')::date <= :'as_of'::date
  group by i.person_key, i.money_key
), kept_back as (
  select x.person_key, x.list_id, x.item_number, sum(least(x.amount, greatest(o.due_amount - o.credited_amount, 0))) as kept_amount
  from correction_offset x join outcome o using (person_key, scheme_id, benefit_period)
  where o.outcome_class in ('paid_short', 'unpaid', 'returned') group by 1, 2, 3
), moved as (
  select n.*, greatest(0, least(n.amount, case
    when n.kind = 'supplementary' then greatest(coalesce(n.own_amount, 0), coalesce(n.credited_now, n.before_amount) - n.before_amount)
    when n.kind = 'carried_over' then case when n.code = 'arrears_missing' then case when n.is_found then 0 else n.amount end when n.class_now = 'carried_over' then n.amount else coalesce(n.credited_now, n.before_amount) - n.before_amount end
    when n.kind = 'account_fix' then case
      when n.is_found or exists (select from correction_candidate c where c.person_key = n.person_key and c.list_kind = 'account_fix' and c.money_key = n.money_key) then 0
      -- carried over, nothing is short any more, and the account is as it was
      when n.class_now = 'carried_over' and not exists (
        select from account_report r join published_file using (file_id)
        where r.person_key % 240 = n.person_key % 240 and r.person_key = n.person_key and r.account_status = 'active' and coalesce(r.reported_date, r.opened_date) > n.made_for) then 0
      else n.amount end
    when n.code in ('not_on_list', 'paid_while_suspended', 'wrong_account') then case when n.is_found then n.before_amount - n.stake_now
      when exists (select from unmatched_payment u where 'payment|' || u.payment_name = n.money_key and u.person_key = n.person_key and u.net_amount = 0) or exists (select from matched_payment m where m.person_key = n.person_key and 'payment|' || m.payment_name = n.money_key and m.state = 'returned') then n.amount else 0 end
    else coalesce(n.before_amount - n.credited_now, 0) + coalesce(k.kept_amount, 0) end)) as moved_amount
  from now n left join kept_back k using (person_key, list_id, item_number)
), judged as (
  select m.*, case
    when m.moved_amount = m.amount then 'settled'
    when m.is_sent_back and not m.is_credited and not m.is_on_the_way then 'failed'
    when m.moved_amount > 0 then 'partly'
    -- nothing is owed any more, and nothing moved: a list or a report was put right instead
    when m.kind = 'supplementary' and (m.class_now is null or m.class_now in ('paid', 'paid_late', 'carried_over', 'paid_over', 'paid_twice')) then 'gone'
    when m.kind = 'carried_over' and m.code <> 'arrears_missing' and m.class_now is null then 'gone'
    when m.kind in ('recovery', 'offset') and not m.is_found and coalesce(m.credited_now <= m.due_now, true) and m.code <> 'paid_after_death' then 'gone'
    when m.code = 'paid_after_death' and m.kind = 'recovery' and not m.is_found then 'gone'
    else 'waiting' end as progress_now
  from moved m
)
select j.person_key, j.list_id, j.item_number, j.money_key, j.moved_amount, j.progress_now,
  case when j.moved_amount > 0 then coalesce(j.own_date, last.moved_date, t.returned_date, :'as_of'::date) end as moved_date,
  case when j.moved_amount > 0 then case when j.is_credited then j.own_name else last.payment_name end end as moved_by,
  j.progress_now = 'waiting' or j.progress_now = 'partly' and not j.is_credited
from judged j
left join lateral (
  select m.payment_name, coalesce(m.returned_date, m.credited_date) as moved_date from matched_payment m
  where m.person_key = j.person_key and case when j.kind = 'supplementary' then m.state = 'credited' else m.state = 'returned' end
    and (m.scheme_id = j.scheme_id and m.benefit_period = j.benefit_period or 'payment|' || m.payment_name = j.money_key)
  order by coalesce(m.returned_date, m.credited_date) desc, m.payment_name collate "C" desc limit 1
) last on j.kind in ('supplementary', 'recovery', 'offset')
left join told t on t.person_key = j.person_key and t.money_key = j.money_key;

-- the same money on two lists: only where a file was taken back after the first was answered; the newer list keeps it
update work_correction f set wants_live = false
where f.wants_live and exists (select from work_correction o where o.person_key = f.person_key and o.money_key = f.money_key and o.wants_live and o.list_id > f.list_id);

update correction_item i set is_live = i.is_live and f.wants_live, progress = f.progress, settled_amount = f.moved_amount, settled_date = f.moved_date, settled_by = f.moved_by
from work_correction f
where f.person_key = i.person_key and f.list_id = i.list_id and f.item_number = i.item_number
  and (i.is_live and not f.wants_live or (i.progress, i.settled_amount, i.settled_date, i.settled_by) is distinct from (f.progress, f.moved_amount, f.moved_date, f.moved_by));

update correction_item i set is_live = true
from work_correction f
where f.person_key = i.person_key and f.list_id = i.list_id and f.item_number = i.item_number and f.wants_live and not i.is_live;

update correction_list l set state = case when n.is_open then 'sent' else 'settled' end, settled_date = case when n.is_open then null else :'as_of'::date end
from (select list_id, bool_or(progress in ('waiting', 'partly')) as is_open from work_correction group by list_id) n
where n.list_id = l.list_id and (l.state = 'sent' and not n.is_open or l.state = 'settled' and n.is_open);
