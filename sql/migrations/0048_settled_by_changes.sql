-- What: payments stay merged between two nights for the settlement, and a night writes those entries alone that are taken for something else.
-- Why: merging every payment there ever was took four fifths of a settlement, each night more.

alter table work_settlement_payment add column payment_name text;
comment on table work_settlement_payment is 'one row per payment as of the last settled result, of everybody; kept from night to night, and made anew where it was lost (it is not logged)';
comment on column work_settlement_payment.payment_name is 'by what one without a reference is found again; null: by agent and reference';

create unlogged table work_settlement_class (like settlement_entry);
comment on table work_settlement_class is 'while a result is published: settlement_entry as it will be';

-- what a run empties
grant truncate on work_settlement_class to tantay_engine;
