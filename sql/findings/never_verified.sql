-- code: never_verified
-- severity: l
-- actor: C
-- subject: entitlement
-- working_days: 30
-- title.vi: Chưa đối chiếu với dân cư
-- title.en: Never verified
-- title.ar: لم يُتحقق منه قط
-- explanation.vi: Xã này đã có sổ dân cư, nhưng người này không có trong đó.
-- explanation.en: A population register was loaded for the commune, and the person is not in it.
-- explanation.ar: حُمّل سجل السكان لهذه الوحدة، والشخص غير موجود فيه.
-- action.vi: Hỏi công an xã: người mới chuyển đến, số định danh gõ sai, hay chưa được cập nhật; trong khi chờ vẫn chi.
-- action.en: Ask the commune police: newly arrived, a mistyped number, or not yet entered; keep paying meanwhile.
-- action.ar: اسأل شرطة الوحدة: أهو وافد جديد أم رقم خاطئ أم لم يُدخل بعد؛ واستمر في الصرف.
-- source: contract 5, D32
-- why: The work list of the few that verification has not reached, commune by commune.
--
-- Hit: the commune’s register was loaded without this person; everything else is in order
--   list A 2026-10 500000
--   register B alive unit_code=00001
--   pay A 2026-10 500000 credited 2026-10-09
--   as of 2026-10-31
--   finds never_verified A 0
-- Near miss: only the neighbouring commune’s register was loaded
--   list A 2026-10 500000
--   register B alive unit_code=00002
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code)
with known as (
  select person_key from register_row join work_file using (file_id) where verified_date <= :'as_of'::date
  union select previous_key from register_row join work_file using (file_id) where previous_key is not null and verified_date <= :'as_of'::date
)
select o.person_key, 'never_verified', o.scheme_id, o.benefit_period, identifier_text(o.person_key), 0, o.currency, o.unit_code
from work_outcome o join work_register_unit u using (unit_code)
where not exists (select from known k where k.person_key = o.person_key);
