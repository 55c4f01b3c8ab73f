-- What: lists of corrections with who did what to them, the newest first.
-- Reads: correction_list, scheme_code, colleague, finding_unit, administrative_unit
-- Gives: one row per list
-- Rule: D179.
-- Parameters: list_id (null: all that the reader may see), before (lists with smaller numbers; null: from the newest), row_limit

with shown as materialized (
  select list_id from correction_list where (:'list_id'::bigint is null or list_id = :'list_id'::bigint) and (:'before'::bigint is null or list_id < :'before'::bigint) order by list_id desc limit :'row_limit'::bigint
), answered as materialized (
  select list_id, sum(settled_amount) as settled_amount, count(*) filter (where progress = 'settled') as settled_count from correction_item where left_out is null and list_id in (select list_id from shown) group by list_id
)
select l.list_id, l.kind, l.reference, l.version, l.state, l.unit_code, (select u.name from administrative_unit u where u.unit_code = l.unit_code order by u.valid_from desc limit 1) as unit_name, s.scheme, to_char(l.benefit_period, 'FM0000"-"00') as benefit_period, to_char(l.target_period, 'FM0000"-"00') as target_period,
  l.currency, l.as_of, l.found_count, l.found_amount, l.item_count, l.item_amount, l.left_count, l.left_amount, l.decision_number, l.decision_date, l.made_at, l.made_by, m.display_name as made_name, l.approved_at, a.display_name as approved_name,
  l.sent_at, t.display_name as sent_name, l.sent_file, l.settled_date, l.withdrawn_at, w.display_name as withdrawn_name, l.withdrawn_reason,
  coalesce(n.settled_amount, 0) as settled_amount, coalesce(n.settled_count, 0) as settled_count
from correction_list l join shown using (list_id) left join answered n on n.list_id = l.list_id left join scheme_code s using (scheme_id)
left join colleague m on m.staff_id = l.made_by left join colleague a on a.staff_id = l.approved_by left join colleague t on t.staff_id = l.sent_by left join colleague w on w.staff_id = l.withdrawn_by
order by l.list_id desc;
