-- What: how many findings of each code the published run has, and what is at stake; one row per code × currency, amounts as text.

select code, sum(finding_count)::integer as count, sum(amount_at_stake)::text as amount_at_stake, currency
from finding_total group by code, currency order by code, currency;
