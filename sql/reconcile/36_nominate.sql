-- What: beneficiaries whose payments may be in order and of whom something must be said all the same.
-- Reads: entitlement_line, work_known, work_coefficient, work_rate, work_rate_unit, work_exclusive_scheme, work_register_unit, birth_place, forgotten_person
-- Writes: work_shared (one row per beneficiary and month or reason)
-- Slices: by person_key % 240, as the screen's
-- Rule: each condition is that of a finding (D31–D36), or wider: whoever is nominated in vain costs time, whoever is not loses a finding.
-- Why here: it asks nothing of the screen and may go on beside it.

insert into work_shared (person_key)
with line as (
  select l.person_key, l.benefit_period,
    -- arrears_missing, due_amount_off_rule, carried_over_mismatch: what an extra line says is weighed in full
    l.component in ('arrears', 'carried_over') as is_of_another_month,
    -- due_amount_off_rule, arrears_missing: no rate explains the amount, or one that has been raised since
    c.scheme_id is not null and r.scheme_id is null as is_off_rule,
    -- id_invalid; an account under the id that came after one of nine digits is the beneficiary's own (D100)
    case when g.person_key is null then l.person_key >= 1000000000000 or b.place_code is null else g.had_old_number or g.is_place_unknown end as is_invalid,
    -- id_mismatch
    case when g.person_key is not null then coalesce(l.birth_year <> g.id_birth_year or l.sex <> g.id_sex, false)
      else l.person_key < 1000000000000 and coalesce(l.birth_year <> 1900 + l.person_key / 100000000 % 10 / 2 * 100 + l.person_key / 1000000 % 100
      or (l.sex = 'female') <> (l.person_key / 100000000 % 2 = 1), false) end as is_mismatched,
    -- stale_verification, never_verified
    coalesce(k.verified_date < (:'as_of'::date - interval '12 months')::date, u.unit_code is not null) as is_unverified,
    -- double_scheme: compared over the month below
    case when l.component = 'regular' then x.scheme_id end as exclusive_scheme_id
  from entitlement_line l join work_file using (file_id)
  left join work_coefficient c on c.scheme_id = l.scheme_id and c.category_code = l.category_code and l.benefit_period >= c.from_period and l.benefit_period < c.before_period and l.component in ('regular', 'carer')
  left join work_rate_unit w on w.scheme_id = l.scheme_id and w.unit_code = l.unit_code
  left join (select * from work_rate where benefit_period = any (array(select benefit_period from work_term))) r on r.scheme_id = l.scheme_id and r.unit_code = coalesce(w.unit_code, '') and r.benefit_period = l.benefit_period and not r.is_owed
    and l.due_amount = round(coalesce(l.quantity, 1) * c.coefficient * r.rate_amount, case l.currency when 'VND' then 0 else 2 end)
    and coalesce(l.list_date, (make_date(l.benefit_period / 100, l.benefit_period % 100, 1) - interval '1 month')::date) >= r.right_from
    and coalesce(l.list_date, (make_date(l.benefit_period / 100, l.benefit_period % 100, 1) - interval '1 month')::date) < r.right_before
  -- of somebody who was forgotten, what the id said is kept apart (D196)
  left join forgotten_person g on g.person_key = l.person_key
  left join birth_place b on b.place_code::bigint = l.person_key / 1000000000
  left join (select * from work_known where person_key % 240 between :'first_bucket'::bigint and :'last_bucket'::bigint) k on k.person_key = l.person_key
  left join work_register_unit u on u.unit_code = l.unit_code
  left join work_exclusive_scheme x on x.scheme_id = l.scheme_id
  where l.person_key % 240 between :'first_bucket'::bigint and :'last_bucket'::bigint
)
select person_key from line
group by person_key, benefit_period
having bool_or(is_of_another_month or is_off_rule or is_invalid or is_mismatched or is_unverified) or min(exclusive_scheme_id) <> max(exclusive_scheme_id);
