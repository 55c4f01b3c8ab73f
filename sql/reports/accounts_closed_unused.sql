-- What: accounts that were closed before any payment reached them.
-- Reads: account_report, payment_report, published_clock, published_file, through closed_unused_accounts() (0029)
-- Gives: one row per unit of a month's beneficiaries, with how many of them had such an account
-- Rule: D103: the newest report of the account says closed, and no payment was credited to it by the day of the run
-- Parameters: benefit_period, unit_codes (null: everywhere), as_of

select unit_code, people::text as people
from closed_unused_accounts(:'benefit_period'::integer, :'as_of'::date, :'unit_codes'::text[])
order by unit_code collate "C";
