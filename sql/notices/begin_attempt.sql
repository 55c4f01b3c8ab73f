-- What: counts one more attempt at a delivery that is still to be made, and gives what it takes to make it.
-- Reads: bank_delivery, bank_event, webhook_endpoint, mail_address
-- Writes: bank_delivery (attempt_count, last_attempt_at)
-- Gives: one row; none when it was delivered, given up, or never was
-- Rule: D161
-- Parameters: delivery_id, at

with begun as (
  update bank_delivery set attempt_count = attempt_count + 1, last_attempt_at = :'at'::timestamptz
  where delivery_id = :'delivery_id'::text and delivered_at is null and given_up_at is null
  returning delivery_id, event_id, source, endpoint_id, mail_to, attempt_count
)
select b.delivery_id, b.source, b.attempt_count, b.endpoint_id, b.mail_to, e.event_id, e.kind, e.subject, e.happened_at, e.payload,
  w.url, w.secret, case when w.former_secret_until > :'at'::timestamptz then w.former_secret end as former_secret, w.disabled_at is not null as is_disabled,
  m.language, m.address is null and b.mail_to is not null as is_removed
from begun b join bank_event e using (event_id) left join webhook_endpoint w using (endpoint_id) left join mail_address m on m.source = b.source and m.address = b.mail_to;
