-- What: what a bank was told, where, and how it went; never by which secret, and of an address only that it was one.
-- Reads: bank_delivery, bank_event
-- Gives: one row per delivery, the newest first
-- Rule: D161; row-level security leaves those of the reader's bank
-- Parameters: source, endpoint_id (null: all of them), before_at, before_id (where a page begins; null: the first), row_limit

select d.delivery_id, d.event_id, e.kind, e.subject, e.happened_at, d.endpoint_id, d.mail_to is not null as is_mail, d.created_at, d.attempt_count, d.last_attempt_at, d.last_status, d.last_error, d.next_attempt_at, d.delivered_at, d.given_up_at,
  case when d.delivered_at is not null then 'delivered' when d.given_up_at is not null then 'given_up' else 'waiting' end as state
from bank_delivery d join bank_event e using (event_id)
where d.source = :'source'::text
  and (:'endpoint_id'::text is null or d.endpoint_id = :'endpoint_id'::text)
  and (:'before_at'::timestamptz is null or (d.created_at, d.delivery_id) < (:'before_at'::timestamptz, :'before_id'::text))
order by d.created_at desc, d.delivery_id desc
limit :'row_limit'::bigint;
