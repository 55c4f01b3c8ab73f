-- What: lays out to which webhooks and addresses an event is told.
-- Reads: bank_event, webhook_endpoint, mail_address
-- Writes: bank_delivery (one row per event and place), bank_event.laid_out_at
-- Rule: D161; a ping goes to the webhook that it names, everything else to whoever wants its kind
-- Parameters: event_id, at, has_mail (false: this installation sends no e-mail)

update bank_event set laid_out_at = :'at'::timestamptz where event_id = :'event_id'::text and laid_out_at is null;

insert into bank_delivery (delivery_id, event_id, source, endpoint_id, mail_to, created_at, next_attempt_at)
select 'dlv_' || replace(gen_random_uuid()::text, '-', ''), e.event_id, e.source, p.endpoint_id, p.mail_to, :'at'::timestamptz, :'at'::timestamptz
from bank_event e
cross join lateral (
  select w.endpoint_id, null::text as mail_to from webhook_endpoint w
  where w.source = e.source and w.disabled_at is null and (e.kind = any (w.kinds) and e.kind <> 'ping' or e.kind = 'ping' and w.endpoint_id = e.subject)
  union all
  select null, m.address from mail_address m where m.source = e.source and e.kind = any (m.kinds) and :'has_mail'::boolean
) p
where e.event_id = :'event_id'::text and e.laid_out_at = :'at'::timestamptz and not exists (select from bank_delivery d where d.event_id = e.event_id)
returning delivery_id, source;
