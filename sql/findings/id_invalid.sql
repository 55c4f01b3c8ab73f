-- code: id_invalid
-- severity: l
-- actor: C
-- subject: entitlement
-- working_days: 20
-- title.vi: Số định danh không hợp lệ
-- title.en: Identification number not valid
-- title.ar: رقم هوية غير صالح
-- explanation.vi: Ba số đầu không phải mã nơi đăng ký khai sinh nào, hoặc là số CMND 9 số mà sổ dân cư chưa nối với số định danh.
-- explanation.en: Its first three digits are no place of birth registration, or it is an old 9-digit number that the population register does not know.
-- explanation.ar: أرقامه الثلاثة الأولى ليست رمز مكان تسجيل ميلاد، أو هو رقم قديم من تسع خانات لا يعرفه سجل السكان.
-- action.vi: Đối chiếu với thẻ căn cước hoặc giấy khai sinh và sửa lại số trong danh sách; chưa sửa thì vẫn chi bình thường.
-- action.en: Compare it with the card or the birth certificate and correct the list; keep paying meanwhile.
-- action.ar: قارنه بالبطاقة أو بشهادة الميلاد وصحّح القائمة، واستمر في الصرف إلى ذلك الحين.
-- source: contract 5, Circular 07/2016/TT-BCA annex 1, D32
-- why: A wrong number finds neither the account nor the register entry; it says nothing against the person.
--
-- Hit: no province ever had the code 003; everything else is in order
--   list A 2026-10 500000 beneficiary_id=003087000001
--   pay A 2026-10 500000 credited 2026-10-09 beneficiary_id=003087000001
--   as of 2026-10-31
--   finds id_invalid 003087000001 0
-- Hit: an old number that no register entry joins to a new one
--   list A 2026-10 500000 beneficiary_id=162000001
--   pay A 2026-10 500000 credited 2026-10-09 beneficiary_id=162000001
--   as of 2026-10-31
--   finds id_invalid 162000001 0
-- Near miss: an old number that the register knows as somebody’s former one
--   list A 2026-10 500000 beneficiary_id=162000001
--   register B alive previous_id=162000001
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence)
with known as (
  select person_key from register_row join work_file using (file_id)
  union select previous_key from register_row join work_file using (file_id) where previous_key is not null
)
select o.person_key, 'id_invalid', o.scheme_id, o.benefit_period, identifier_text(o.person_key), 0, o.currency, o.unit_code,
  case when o.person_key < 1000000000000 then jsonb_build_object('place_code', left(identifier_text(o.person_key), 3)) when g.is_place_unknown then '{}' else jsonb_build_object('has_register_entry', false) end
-- of somebody who was forgotten, what the id said is kept apart (D196)
from work_outcome o left join forgotten_person g using (person_key)
where case when g.is_place_unknown then true when g.person_key is not null and not g.had_old_number then false
  when o.person_key < 1000000000000 then left(identifier_text(o.person_key), 3) not in (select place_code from birth_place) else o.person_key not in (select person_key from known) end;
