-- What: how many entries of an organisation's account are in each class, and what they come to.
-- Reads: settlement_entry
-- Gives: one row per class and currency
-- Parameters: source, has_period (false: every month), benefit_period (null with has_period: no month stated)

select settlement_class::text as class, currency, count(*)::text as entry_count, sum(amount) filter (where is_credit)::text as credit, sum(amount) filter (where not is_credit)::text as debit
from settlement_entry
where source = :'source'::text and (not :'has_period'::boolean or benefit_period is not distinct from :'benefit_period'::integer)
group by settlement_class, currency order by settlement_class, currency;
