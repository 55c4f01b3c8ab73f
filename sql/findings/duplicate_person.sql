-- code: duplicate_person
-- severity: m
-- actor: C
-- subject: pair
-- working_days: 15
-- title.vi: Có thể là một người
-- title.en: Perhaps one person twice
-- title.ar: ربما شخص واحد مرتين
-- explanation.vi: Hai số định danh trong cùng một tháng mang cùng họ tên, ngày sinh và xã, hoặc giống nhau đến mức cần kiểm tra.
-- explanation.en: Two identity numbers of one month share name, birth date and commune, or are so alike that somebody should look.
-- explanation.ar: رقما هوية في الشهر نفسه يشتركان في الاسم وتاريخ الميلاد والبلدية، أو يتشابهان بما يستدعي التحقق.
-- action.vi: Hỏi từng người và đối chiếu giấy tờ: nếu là một người, giữ một số và dừng dòng kia; nếu là hai người, ghi rõ để không hỏi lại.
-- action.en: Ask both and compare their papers: if it is one person, keep one number and stop the other line; if two, record it so that nobody asks again.
-- action.ar: اسأل كليهما وقارن الوثائق: إن كان شخصًا واحدًا فاحتفظ برقم وأوقف السطر الآخر؛ وإن كانا شخصين فسجّل ذلك كي لا يُسألا مجددًا.
-- source: contract 5, D48
-- why: An old and a new number, or a name written in two ways, is how one person is paid twice without anybody noticing.
--
-- Hit: an old and a new number, one name in two spellings, one birth date, one commune
--   list A 2026-10 500000 beneficiary_name=Hòa birth_date=1950-03-12
--   list B 2026-10 540000 beneficiary_name=Hoà birth_date=1950-03-12
--   as of 2026-10-01
--   finds duplicate_person 001087000001|001087000002 500000
-- Near miss: twins
--   list A 2026-10 500000 beneficiary_name=Thúy birth_date=1950-03-12
--   list B 2026-10 500000 beneficiary_name=Thủy birth_date=1950-03-12
--   as of 2026-10-01
--   finds nothing
-- Near miss: father and son of one name
--   list A 2026-10 500000 beneficiary_name=Páo birth_date=1950-03-12
--   list B 2026-10 500000 beneficiary_name=Páo birth_date=1974-03-12
--   as of 2026-10-01
--   finds nothing
-- Near miss: the register says that one number is the other's former one
--   list A 2026-10 500000 beneficiary_name=Hòa birth_date=1950-03-12
--   list B 2026-10 500000 beneficiary_name=Hòa birth_date=1950-03-12
--   register A alive previous_id=001087000002
--   as of 2026-10-01
--   finds nothing
-- Near miss: a common name, another commune
--   list A 2026-10 500000 beneficiary_name=Hoa birth_date=1950-03-12 unit_code=00001
--   list B 2026-10 500000 beneficiary_name=Hoa birth_date=1950-03-12 unit_code=00002
--   as of 2026-10-01
--   finds nothing
-- Near miss: the line of one of the two was stopped
--   list A 2026-10 500000 beneficiary_name=Hòa birth_date=1950-03-12
--   list B 2026-10 500000 beneficiary_name=Hòa birth_date=1950-03-12 list_status=stopped
--   as of 2026-10-01
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
with described as (
  select w.person_key, w.benefit_period, w.unit_code, l.birth_date, l.beneficiary_name, min(w.person_key) over same_birth < max(w.person_key) over same_birth as has_company
  from work_line w join entitlement_line l on l.person_key = w.person_key and l.file_id = w.file_id and l.line_number = w.line_number
  where w.list_status = 'active' and l.birth_date is not null
  window same_birth as (partition by w.benefit_period, w.unit_code, l.birth_date)
), spelled as (
  select distinct person_key, benefit_period, unit_code, birth_date, name_spelling(beneficiary_name) as spelling
  from described where has_company
), paired as (
  select a.person_key as first_key, b.person_key as second_key, a.benefit_period, true as is_same
  from spelled a join spelled b using (benefit_period, unit_code, birth_date, spelling)
  where identifier_text(a.person_key) collate "C" < identifier_text(b.person_key)
  union
  select p.person_key, p.other_key, a.benefit_period, false
  from person_pair p join work_entitlement a using (person_key) join work_entitlement b on b.person_key = p.other_key and b.benefit_period = a.benefit_period
  -- what a void list said is not used until linkage has taken it out
  where not exists (select from linked_file where file_id not in (select file_id from work_file))
), pair as (
  select first_key, second_key, benefit_period, bool_or(is_same) as is_same
  from paired p
  where not exists (select from work_alias k where k.person_key = p.first_key and k.alias_key = p.second_key)
    and not exists (select from work_alias k where k.person_key = p.second_key and k.alias_key = p.first_key)
  group by first_key, second_key, benefit_period
), concerned as (
  select first_key as person_key, benefit_period from pair union select second_key, benefit_period from pair
), due as (
  select person_key, benefit_period, sum(due_amount) as due_amount, min(currency) as currency, min(unit_code collate "C") as unit_code
  from work_entitlement join concerned using (person_key, benefit_period) group by person_key, benefit_period
), told as (
  select w.person_key, w.benefit_period, min(l.beneficiary_name collate "C") as beneficiary_name, min(l.birth_date) as birth_date, min(w.village collate "C") as village,
    jsonb_agg(jsonb_build_object('file_id', w.file_id::text, 'line', w.line_number) order by w.file_id, w.line_number) as source_rows
  from work_line w join entitlement_line l on l.person_key = w.person_key and l.file_id = w.file_id and l.line_number = w.line_number
  join concerned c on c.person_key = w.person_key and c.benefit_period = w.benefit_period
  where w.list_status = 'active'
  group by w.person_key, w.benefit_period
), side as materialized (
  -- one text for both columns: by the month alone these sides would be joined all with all
  select person_key || '|' || benefit_period as place, due.*, told.beneficiary_name, told.birth_date, told.village, told.source_rows
  from due join told using (person_key, benefit_period)
)
select p.first_key, 'duplicate_person', null, p.benefit_period, identifier_text(p.first_key) || '|' || identifier_text(p.second_key), least(f.due_amount, s.due_amount), f.currency, f.unit_code,
  jsonb_strip_nulls(jsonb_build_object('beneficiary_name', f.beneficiary_name, 'village', f.village, 'name_class', case when not p.is_same then null when f.beneficiary_name = s.beneficiary_name then 'E0' else 'E1' end, 'score', r.score::text,
    'beneficiaries', jsonb_build_array(
      jsonb_build_object('beneficiary_id', identifier_text(p.first_key), 'beneficiary_name', f.beneficiary_name, 'birth_date', f.birth_date, 'unit_code', f.unit_code, 'due_amount', f.due_amount::text),
      jsonb_build_object('beneficiary_id', identifier_text(p.second_key), 'beneficiary_name', s.beneficiary_name, 'birth_date', s.birth_date, 'unit_code', s.unit_code, 'due_amount', s.due_amount::text)),
    'comparisons', r.evidence -> 'comparisons')),
  f.source_rows || s.source_rows
from pair p
join side f on f.place = p.first_key || '|' || p.benefit_period
join side s on s.place = p.second_key || '|' || p.benefit_period
left join person_pair r on r.person_key = p.first_key and r.other_key = p.second_key;
