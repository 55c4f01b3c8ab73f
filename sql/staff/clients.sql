-- What: the clients that ask for short-lived tokens, without anything by which somebody could be taken for one.
-- Reads: api_client, staff
-- Gives: one row per client, by bank and id
-- Rule: D162
-- Parameters: none

select c.client_id, s.user_name, lpad(c.creditor_agent::text, 6, '0') as creditor_agent, c.scopes, c.allowed_from::text[] as allowed_from, c.created_at, c.revoked_at
from api_client c join staff s using (staff_id)
order by c.creditor_agent, c.client_id collate "C";
