-- What: the campaigns for usable accounts: where, for whom, how far and by when.
-- Reads: campaign, scheme_code
-- Gives: one row per campaign, the nearest day first

select c.name, c.unit_code, s.scheme, c.target_percent::text as target_percent, c.target_date, c.start_date, c.legal_basis
from campaign c left join scheme_code s using (scheme_id)
order by c.target_date, c.name collate "C", c.unit_code collate "C", s.scheme collate "C";
