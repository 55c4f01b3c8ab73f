-- What: how many beneficiaries of a month can be reached through an account, by commune and village: who is entitled, who has an account, who can use it, who was paid and who has the money.
-- Reads: access_count, exemption_row, published_clock, published_file
-- Gives: one row per unit and village, as listed; counts are people, each once in a month
-- Rule: contract 6, D101: coverage = with a usable account / (active beneficiaries − those with a valid exemption). Who is exempt and has a usable account all the same counts as covered, and is not taken off.
-- Parameters: benefit_period, scheme (null: all), unit_codes (null: everywhere), as_of

with exempt as (
  select c.unit_code, c.village, count(*) as exempt_count
  from published_clock c join (
    select distinct person_key from exemption_row join published_file using (file_id) where :'as_of'::date between valid_from and valid_to
  ) e using (person_key)
  where c.benefit_period = :'benefit_period'::integer and c.account_state <> 'usable' and case when :'scheme'::text is null then c.is_first_of_month else c.scheme_id = (select scheme_id from scheme_code where scheme = :'scheme'::text) end
    and (:'unit_codes'::text[] is null or c.unit_code = any (:'unit_codes'::text[]))
  group by c.unit_code, c.village
), counted as (
  select unit_code, village, sum(entitlement_count) as active_count,
    sum(entitlement_count) filter (where account_state <> 'none') as opened_count,
    sum(entitlement_count) filter (where account_state in ('activated', 'usable')) as activated_count,
    sum(entitlement_count) filter (where account_state = 'usable') as usable_count,
    sum(entitlement_count) filter (where account_state = 'usable' and has_card) as card_count,
    sum(entitlement_count) filter (where payment_channel in ('account', 'wallet')) as by_account_count,
    sum(entitlement_count) filter (where is_paid) as paid_count,
    sum(entitlement_count) filter (where is_paid and payment_channel in ('account', 'wallet')) as paid_by_account_count,
    sum(entitlement_count) filter (where is_withdrawn) as withdrawn_count
  from access_count
  where benefit_period = :'benefit_period'::integer and case when :'scheme'::text is null then is_first_of_month else scheme_id = (select scheme_id from scheme_code where scheme = :'scheme'::text) end
    and (:'unit_codes'::text[] is null or unit_code = any (:'unit_codes'::text[]))
  group by unit_code, village
)
select c.unit_code, c.village, c.active_count::text, coalesce(e.exempt_count, 0)::text as exempt_count, coalesce(c.opened_count, 0)::text as opened_count, coalesce(c.activated_count, 0)::text as activated_count, coalesce(c.usable_count, 0)::text as usable_count,
  coalesce(c.card_count, 0)::text as card_count, coalesce(c.by_account_count, 0)::text as by_account_count, coalesce(c.paid_count, 0)::text as paid_count, coalesce(c.paid_by_account_count, 0)::text as paid_by_account_count, coalesce(c.withdrawn_count, 0)::text as withdrawn_count
from counted c left join exempt e on e.unit_code = c.unit_code and e.village is not distinct from c.village
where c.active_count <> 0
order by c.unit_code collate "C", c.village collate "C" nulls last;
