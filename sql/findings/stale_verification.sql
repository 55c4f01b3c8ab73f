-- code: stale_verification
-- severity: l
-- actor: C
-- subject: entitlement
-- working_days: 30
-- title.vi: Xác minh dân cư đã quá 12 tháng
-- title.en: Verified more than 12 months ago
-- title.ar: مضى على التحقق أكثر من 12 شهرًا
-- explanation.vi: Sổ dân cư có người này, nhưng lần đối chiếu gần nhất đã quá 12 tháng.
-- explanation.en: The population register knows the person, but was last verified more than 12 months ago.
-- explanation.ar: الشخص معروف في سجل السكان، لكن آخر تحقق منه مضى عليه أكثر من 12 شهرًا.
-- action.vi: Đưa vào đợt đối chiếu “đúng, đủ, sạch, sống” tới; với người già yếu thì đến tận nhà.
-- action.en: Put the person on the next verification round; visit those who cannot come.
-- action.ar: أدرجه في جولة التحقق القادمة، وزُر من لا يستطيع الحضور.
-- source: contract 5, D32
-- why: A list that nobody has looked at for a year pays people who moved or died.
--
-- Hit: last verified a year and a day ago; everything else is in order
--   list A 2026-10 500000
--   register A alive verified_date=2025-10-30
--   pay A 2026-10 500000 credited 2026-10-09
--   as of 2026-10-31
--   finds stale_verification A 0
-- Near miss: a year ago to the day
--   list A 2026-10 500000
--   register A alive verified_date=2025-10-31
--   as of 2026-10-31
--   finds nothing
-- Near miss: verified again under the new number
--   list A 2026-10 500000 beneficiary_id=162000001
--   register A alive person_id=162000001 verified_date=2024-01-31
--   register B alive previous_id=162000001 verified_date=2026-01-31
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
with known as (
  select person_key, verified_date, file_id, line_number from register_row join work_file using (file_id) where verified_date <= :'as_of'::date
  union all
  select previous_key, verified_date, file_id, line_number from register_row join work_file using (file_id) where previous_key is not null and verified_date <= :'as_of'::date
), latest as (
  select distinct on (person_key) person_key, verified_date, file_id, line_number from known order by person_key, verified_date desc, file_id desc, line_number desc
)
select o.person_key, 'stale_verification', o.scheme_id, o.benefit_period, identifier_text(o.person_key), 0, o.currency, o.unit_code,
  jsonb_build_object('verified_date', l.verified_date), jsonb_build_array(jsonb_build_object('file_id', l.file_id::text, 'line', l.line_number))
from work_outcome o join latest l using (person_key)
where l.verified_date < (:'as_of'::date - interval '12 months')::date;
