-- What: whose key this is, if it still holds.
-- Reads: api_key, staff, api_client
-- Gives: one row or none
-- Rule: D158
-- Parameters: token_hash (SHA-256 of the key, hex), at (now)

select k.key_id, s.staff_id, s.user_name, s.display_name, s.roles, s.unit_code, s.scope_level, lpad(k.creditor_agent::text, 6, '0') as creditor_agent, k.scopes, k.allowed_from::text[] as allowed_from,
  coalesce(k.last_used_at > :'at'::timestamptz - interval '1 minute', false) as is_noticed
from api_key k join staff s using (staff_id) left join api_client c using (client_id)
where k.token_hash = :'token_hash' and k.revoked_at is null and k.expires_at > :'at'::timestamptz and c.revoked_at is null
  and s.is_active and s.is_service and s.creditor_agent = k.creditor_agent;
