-- What: the days on which so much money falls due to be fetched in one village that a cash agent may not hand it out in a day.
-- Reads: published_clock, cash_limit_row, village_row, published_file
-- Gives: one row per village and day of credit whose money is above the limit then in force, the greatest first; amounts as text
-- Rule: D103: what was credited to accounts there that day, against the newest limit of that kind; villages as listed
-- Parameters: from_period, to_period, unit_codes (null: no limit), row_limit

with payday as (
  select c.unit_code, c.village, c.credited_date, s.currency, count(*) as people, sum(c.due_amount) as amount
  from published_clock c join scheme s using (scheme_id)
  where c.is_paid and c.credited_date is not null and c.village is not null and c.payment_channel in ('account', 'wallet')
    and (:'from_period'::integer is null or c.benefit_period >= :'from_period'::integer) and (:'to_period'::integer is null or c.benefit_period <= :'to_period'::integer)
    and (:'unit_codes'::text[] is null or c.unit_code = any (:'unit_codes'::text[]))
  group by c.unit_code, c.village, c.credited_date, s.currency
), agent_limit as (
  select l.currency, l.amount, l.applies_from, l.legal_basis, lead(l.applies_from, 1, 'infinity') over (partition by l.currency order by l.applies_from) as applies_before
  from (
    select distinct on (currency, applies_from) currency, amount, applies_from, legal_basis
    from cash_limit_row join published_file using (file_id) where limit_kind = 'agent_day' order by currency, applies_from, file_id desc, line_number desc
  ) l
), place as (
  select distinct on (unit_code, village) unit_code, village, distance_km, cash_point_km from village_row join published_file using (file_id) order by unit_code, village, file_id desc, line_number desc
)
select p.unit_code, p.village, p.credited_date, p.currency, p.people::text as people, p.amount::text as amount, l.amount::text as limit_amount, l.legal_basis, v.distance_km::text as distance_km, v.cash_point_km::text as cash_point_km
from payday p join agent_limit l on l.currency = p.currency and p.credited_date >= l.applies_from and p.credited_date < l.applies_before
left join place v on v.unit_code = p.unit_code and v.village = p.village
where p.amount > l.amount
order by p.amount / l.amount desc, p.unit_code collate "C", p.village collate "C", p.credited_date
limit :'row_limit'::integer;
