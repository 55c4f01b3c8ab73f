-- What: ends telling a webhook at which nothing has arrived for five days.
-- Reads: bank_delivery
-- Writes: webhook_endpoint (disabled_at, disabled_reason), bank_delivery (given_up_at of what waits for it)
-- Gives: the webhook, if it was ended; then the deliveries that are given up with it
-- Rule: D161; counted from the first failure behind the last success
-- Parameters: endpoint_id, at

with success as (
  select max(d.delivered_at) as last_at from bank_delivery d where d.endpoint_id = :'endpoint_id'::text
), failing as (
  select min(d.created_at) as since from bank_delivery d, success s
  where d.endpoint_id = :'endpoint_id'::text and d.delivered_at is null and d.attempt_count > 0 and (s.last_at is null or d.last_attempt_at > s.last_at)
)
update webhook_endpoint w set disabled_at = :'at'::timestamptz, disabled_reason = 'failing'
from failing f, success s
where w.endpoint_id = :'endpoint_id'::text and w.disabled_at is null and f.since is not null
  and greatest(f.since, s.last_at) <= :'at'::timestamptz - interval '5 days'
returning w.endpoint_id;

update bank_delivery set given_up_at = :'at'::timestamptz, next_attempt_at = null
where endpoint_id = :'endpoint_id'::text and delivered_at is null and given_up_at is null
  and exists (select from webhook_endpoint w where w.endpoint_id = :'endpoint_id'::text and w.disabled_at is not null)
returning delivery_id;
