-- What: payments stay merged between two nights for the settlement, and a night writes those entries alone that are taken for something else.
-- Why: merging every payment there ever was took four fifths of a settlement, each night more.

alter table work_settlement_payment add column payment_name text;
comment on table work_settlement_payment is 'one row per payment as of the last settled result, of everybody; kept from night to night, and made anew where it was lost (it is not logged)';
comment on column work_settlement_payment.payment_name is 'by what one without a reference is found again; null: by agent and reference';

create unlogged table work_settlement_class (like settlement_entry);
comment on table work_settlement_class is 'while a result is published: settlement_entry as it will be';

do $working$
begin
  -- as 0042: what a run empties belongs to the engine; a cluster knows its roles node by node
  if to_regclass('pg_catalog.pg_dist_partition') is not null then
    return;
  end if;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    grant create on schema public to tantay_engine;
  end if;
  alter table work_settlement_class owner to tantay_engine;
  revoke create on schema public from tantay_engine;
end
$working$;
