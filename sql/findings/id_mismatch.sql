-- code: id_mismatch
-- severity: l
-- actor: C
-- subject: entitlement
-- working_days: 20
-- title.vi: Số định danh không khớp năm sinh hoặc giới tính
-- title.en: Number at odds with birth year or sex
-- title.ar: الرقم لا يوافق سنة الميلاد أو الجنس
-- explanation.vi: Năm sinh hoặc giới tính trong danh sách khác với phần tương ứng của số định danh 12 số.
-- explanation.en: The list says another birth year or sex than the 12-digit number itself does.
-- explanation.ar: تذكر القائمة سنة ميلاد أو جنسًا غير ما يدل عليه الرقم.
-- action.vi: Xem thẻ căn cước: có thể danh sách gõ sai, cũng có thể thẻ ghi khác. Chỉ là cảnh báo, không dừng chi.
-- action.en: Look at the card: the list may be mistyped, or the card may differ. It is a warning; do not stop paying.
-- action.ar: راجع البطاقة فقد يكون الخطأ في القائمة أو في البطاقة. هذا تنبيه فقط فلا توقف الصرف.
-- source: contract 5, Decree 137/2015, D32
-- why: The number has no check digit; birth year and sex are the only part of it that a list can confirm.
--
-- Hit: the number says born in 1987, the list 1978; everything else is in order
--   list A 2026-10 500000 birth_date=1978-03-05
--   pay A 2026-10 500000 credited 2026-10-09
--   as of 2026-10-31
--   finds id_mismatch A 0
-- Hit: a man’s number, a woman’s line
--   list A 2026-10 500000 sex=female
--   pay A 2026-10 500000 credited 2026-10-09
--   as of 2026-10-31
--   finds id_mismatch A 0
-- Hit: the digit of another century
--   list A 2026-10 500000 beneficiary_id=001287000001 birth_date=1987
--   as of 2026-10-31
--   finds id_mismatch 001287000001 0
-- Near miss: born in 2019, a girl
--   list A 2026-10 500000 beneficiary_id=001319000001 birth_date=2019-02-28 sex=female
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence)
with said as (
  select l.person_key, l.scheme_id, l.benefit_period, f.birth_year, f.sex,
    case when g.person_key is null then 1900 + l.person_key / 100000000 % 10 / 2 * 100 + l.person_key / 1000000 % 100 else g.id_birth_year end as id_birth_year,
    case when g.person_key is null then case l.person_key / 100000000 % 2 when 0 then 'male' else 'female' end::sex else g.id_sex end as id_sex
  from work_line l join entitlement_line f on f.person_key = l.person_key and f.file_id = l.file_id and f.line_number = l.line_number
  -- of somebody who was forgotten, what the id said is kept apart (D196)
  left join forgotten_person g on g.person_key = l.person_key
  where l.list_status = 'active' and (l.person_key < 1000000000000 or g.person_key is not null)
), odd as (
  select person_key, scheme_id, benefit_period, id_birth_year, id_sex, min(birth_year) filter (where birth_year <> id_birth_year) as stated_birth_year, min(sex) filter (where sex <> id_sex) as stated_sex
  from said where birth_year <> id_birth_year or sex <> id_sex
  group by 1, 2, 3, 4, 5
)
select o.person_key, 'id_mismatch', o.scheme_id, o.benefit_period, identifier_text(o.person_key), 0, o.currency, o.unit_code,
  jsonb_strip_nulls(jsonb_build_object('stated_birth_year', d.stated_birth_year::text, 'id_birth_year', case when d.stated_birth_year is not null then d.id_birth_year::text end,
    'stated_sex', d.stated_sex, 'id_sex', case when d.stated_sex is not null then d.id_sex end))
from odd d join work_outcome o using (person_key, scheme_id, benefit_period);
