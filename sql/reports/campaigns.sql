-- What: the campaigns for usable accounts that have begun, with the place and scheme of each.
-- Reads: campaign, scheme_code
-- Gives: one row per campaign, place and scheme, the one that ends first first; the target in percent as text
-- Rule: the newest file that states a campaign stands; one without a place is for the whole country, one without a scheme for all
-- Parameters: as_of

select c.name, c.unit_code, s.scheme, trim_scale(c.target_percent)::text as target_percent, c.target_date, c.start_date, c.legal_basis
from campaign c left join scheme_code s using (scheme_id)
where c.start_date <= :'as_of'::date
order by c.target_date, c.name collate "C", c.unit_code collate "C" nulls first, s.scheme collate "C" nulls first;
