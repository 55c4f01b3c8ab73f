-- What: the keys of systems that were given out by hand, without anything by which somebody could use them.
-- Reads: api_key, staff
-- Gives: one row per key, by bank and system, the newest first
-- Rule: D158
-- Parameters: at (now), creditor_agent (6 digits), user_name, key_id (each null: any)

select k.key_id, k.staff_id, s.user_name, s.display_name, lpad(k.creditor_agent::text, 6, '0') as creditor_agent, k.slot, k.token_end, k.scopes, k.allowed_from::text[] as allowed_from,
  k.created_at, k.expires_at, k.revoked_at, k.last_used_at,
  case when k.revoked_at is not null then case when k.revoked_at >= k.expires_at then 'expired' else 'revoked' end when k.expires_at <= :'at'::timestamptz then 'expired' when not s.is_active then 'disabled' else 'live' end as state
from api_key k join staff s using (staff_id)
where k.client_id is null
  and (:'creditor_agent'::text is null or k.creditor_agent = :'creditor_agent'::integer)
  and (:'user_name'::text is null or s.user_name = :'user_name'::text)
  and (:'key_id'::bigint is null or k.key_id = :'key_id'::bigint)
order by k.creditor_agent, s.user_name collate "C", k.key_id desc;
