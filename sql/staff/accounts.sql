-- What: the accounts of people who may use the pages, without anything by which somebody could become them.
-- Reads: staff, staff_session, staff_change
-- Gives: one row per person, by user name
-- Rule: D130
-- Parameters: search (words of the names without marks; null: everybody), staff_id, user_name (null: any), after (a user name; null: from the first), row_limit (null: all)

select s.staff_id, s.user_name, s.display_name, s.roles, s.unit_code, s.scope_level, lpad(s.creditor_agent::text, 6, '0') as creditor_agent, s.is_active, s.password_hash is not null as has_password, s.password_is_one_time,
  s.is_totp_required, s.totp_secret is not null as has_second_factor, s.oidc_subject, s.created_at,
  (select max(a.created_at) from staff_session a where a.staff_id = s.staff_id and a.is_complete) as last_signed_in_at,
  (select count(*)::integer from staff_change c where c.staff_id = s.staff_id and c.needs_second and c.confirmed_at is null and c.withdrawn_at is null) as waiting_count
from staff s
where (:'staff_id'::bigint is null or s.staff_id = :'staff_id'::bigint)
  and (:'user_name'::text is null or s.user_name = :'user_name'::text)
  and (:'search'::text is null or strpos(s.user_name, lower(:'search'::text)) > 0 or strpos(name_search(s.display_name), name_search(:'search'::text)) > 0 or s.unit_code = :'search'::text)
  and (:'after'::text is null or s.user_name collate "C" > :'after'::text)
order by s.user_name collate "C"
limit :'row_limit'::bigint;
