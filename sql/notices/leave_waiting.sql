-- What: finds what is to be told and has no work left for it: told of while no server ran, or its work was lost.
-- Reads: bank_event, bank_delivery, graphile_worker.jobs
-- Gives: one row per event or delivery, the one or the other named
-- Rule: D161
-- Parameters: none

select e.event_id, null::text as delivery_id, e.source, null::timestamptz as run_at
from bank_event e where e.laid_out_at is null and not exists (select from graphile_worker.jobs j where j.key = e.event_id)
union all
select null, d.delivery_id, d.source, d.next_attempt_at
from bank_delivery d where d.delivered_at is null and d.given_up_at is null and not exists (select from graphile_worker.jobs j where j.key = d.delivery_id)
order by 4 nulls first, 1, 2;
