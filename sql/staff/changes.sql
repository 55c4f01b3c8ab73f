-- What: what was done to accounts, by whom and why, and what waits for a second administrator.
-- Reads: staff_change, staff
-- Gives: one row per change, the newest first, at most 200
-- Rule: D132
-- Parameters: staff_id (null: everybody's), is_waiting (true: only what waits)

select c.change_id, c.staff_id, s.user_name, s.display_name, c.changed_at, c.changed_by, author.display_name as changed_by_name, c.change, c.reason, c.needs_second,
  c.confirmed_at, second.display_name as confirmed_by_name, c.withdrawn_at, refuser.display_name as withdrawn_by_name
from staff_change c
join staff s using (staff_id)
left join staff author on author.staff_id = c.changed_by
left join staff second on second.staff_id = c.confirmed_by
left join staff refuser on refuser.staff_id = c.withdrawn_by
where (:'staff_id'::bigint is null or c.staff_id = :'staff_id'::bigint)
  and (not :'is_waiting'::boolean or (c.needs_second and c.confirmed_at is null and c.withdrawn_at is null))
order by c.change_id desc
limit 200;
