-- code: double_scheme
-- severity: h
-- actor: C
-- subject: entitlement
-- working_days: 10
-- title.vi: Hưởng hai chế độ loại trừ nhau
-- title.en: Two schemes that exclude each other
-- title.ar: برنامجان لا يجوز الجمع بينهما
-- explanation.vi: Trong cùng một tháng, một người có trong danh sách của hai chế độ mà luật chỉ cho hưởng một, mức cao hơn.
-- explanation.en: In one month the person is listed in two schemes of which the law grants only one, the higher.
-- explanation.ar: الشخص مدرج في شهر واحد ضمن برنامجين لا يجيز القانون إلا أحدهما، وهو الأعلى.
-- action.vi: Kiểm tra hồ sơ, giữ chế độ có mức cao hơn và ra quyết định thôi hưởng chế độ kia; báo trước cho người thụ hưởng.
-- action.en: Look at the file, keep the higher one and decide the end of the other; tell the person beforehand.
-- action.ar: راجع الملف وأبقِ الأعلى وأصدر قرارًا بإنهاء الآخر، وأبلغ الشخص مسبقًا.
-- source: contract 5, Decree 20/2021 article 6, Decree 176/2025, D31
-- why: Of social pension and monthly assistance only the higher is due; money paid by mistake has to be asked back from the old and the poor.
--
-- Hit: social assistance and social pension in one month, both paid in order
--   list A 2026-10 810000
--   list A 2026-10 540000 scheme=HTXH
--   pay A 2026-10 810000 credited 2026-10-09
--   pay A 2026-10 540000 credited 2026-10-09 scheme=HTXH
--   as of 2026-10-31
--   finds double_scheme A 540000
-- Near miss: the last arrears of the one, in the first month of the other
--   list A 2026-10 540000 component=arrears origin_period=2026-09
--   list A 2026-10 540000 scheme=HTXH
--   as of 2026-10-31
--   finds nothing
-- Near miss: allowances for merit exclude nothing
--   list A 2026-10 540000 scheme=HTXH
--   list A 2026-10 3012000 scheme=NCC
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
with doubled as (
  -- few stand in two of them; only they are added up and told
  select l.person_key, l.benefit_period, x.exclusive_set
  from work_line l join work_exclusive_scheme x using (scheme_id)
  where l.list_status = 'active' and l.component = 'regular'
  group by l.person_key, l.benefit_period, x.exclusive_set having min(l.scheme_id) <> max(l.scheme_id)
), listed as (
  select l.person_key, l.benefit_period, l.scheme_id, x.exclusive_set, s.scheme, sum(l.due_amount) as due_amount,
    jsonb_agg(jsonb_build_object('file_id', l.file_id::text, 'line', l.line_number) order by l.file_id, l.line_number) as source_rows
  from work_line l join work_exclusive_scheme x using (scheme_id) join work_scheme s using (scheme_id)
  join doubled d on d.person_key = l.person_key and d.benefit_period = l.benefit_period and d.exclusive_set = x.exclusive_set
  where l.list_status = 'active' and l.component = 'regular'
  group by l.person_key, l.benefit_period, l.scheme_id, x.exclusive_set, s.scheme
), ranked as (
  select *, row_number() over (partition by person_key, benefit_period, exclusive_set order by due_amount desc, scheme collate "C" desc) as place,
    jsonb_agg(jsonb_build_object('scheme', scheme, 'due_amount', due_amount::text)) over whole_set as schemes,
    jsonb_agg(source_rows) over whole_set as nested_rows
  from listed
  window whole_set as (partition by person_key, benefit_period, exclusive_set order by due_amount desc, scheme collate "C" desc rows between unbounded preceding and unbounded following)
)
select o.person_key, 'double_scheme', o.scheme_id, o.benefit_period, identifier_text(o.person_key), r.due_amount, o.currency, o.unit_code, jsonb_build_object('schemes', r.schemes), jsonb_path_query_array(r.nested_rows, '$[*][*]')
from ranked r join work_outcome o using (person_key, scheme_id, benefit_period)
where r.place > 1;
