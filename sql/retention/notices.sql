-- What: takes away deliveries to banks that ended before the day, and then what was told by none that is left.
-- Reads: bank_delivery, bank_event
-- Writes: the same (rows go)
-- Gives: one row: how many
-- Rule: D194; what still waits to be delivered stays
-- Parameters: before
with ended as (
  delete from bank_delivery where created_at < :'before'::timestamptz and (delivered_at is not null or given_up_at is not null) returning event_id, delivery_id
), events as (
  delete from bank_event e where happened_at < :'before'::timestamptz and laid_out_at is not null
    and not exists (select from bank_delivery d where d.event_id = e.event_id and d.delivery_id not in (select delivery_id from ended)) returning 1
)
select ((select count(*) from ended) + (select count(*) from events))::text as gone_count;
