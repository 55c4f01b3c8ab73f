-- code: duplicate_entitlement_line
-- severity: m
-- actor: C
-- subject: entitlement
-- working_days: 10
-- title.vi: Trùng dòng trong danh sách
-- title.en: Listed twice
-- title.ar: مدرج مرتين
-- explanation.vi: Cùng một khoản được ghi hai lần trong một tệp, hoặc hai xã cùng ghi.
-- explanation.en: The same line stands twice in one file, or on the lists of two units at once.
-- explanation.ar: السطر نفسه مكرر في ملف واحد، أو في قائمتي وحدتين معًا.
-- action.vi: Thống nhất giữa hai bên: giữ một dòng, dừng dòng kia. Trong khi chờ, số tiền nhỏ hơn được tính.
-- action.en: Agree which line stands and stop the other. Until then the smaller amount counts.
-- action.ar: اتفق على السطر الصحيح وأوقف الآخر. وإلى ذلك الحين يُعتمد المبلغ الأصغر.
-- source: contract 2, D1
-- why: A move between communes must leave no double month.
--
-- Hit: two communes list the same person for the same month
--   list A 2026-10 500000 unit_code=00001
--   list A 2026-10 540000 unit_code=00002
--   as of 2026-10-01
--   finds duplicate_entitlement_line A 40000
-- Near miss: the old commune stopped its line
--   list A 2026-10 500000 unit_code=00001 list_status=stopped
--   list A 2026-10 540000 unit_code=00002
--   as of 2026-10-01
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code, evidence, source_rows)
select l.person_key, 'duplicate_entitlement_line', l.scheme_id, l.benefit_period, identifier_text(l.person_key), sum(l.doubled_amount), min(l.currency), min(l.unit_code collate "C"),
  jsonb_strip_nulls(jsonb_build_object('beneficiary_name', min(l.beneficiary_name), 'village', min(l.village), 'statements', jsonb_path_query_array(jsonb_agg(l.doubled_rows), '$[*][*]'))),
  (select jsonb_agg(jsonb_build_object('file_id', r -> 'file_id', 'line', r -> 'line')) from jsonb_path_query(jsonb_agg(l.doubled_rows), '$[*][*]') r)
from work_line l
where l.doubled_amount is not null
group by l.person_key, l.scheme_id, l.benefit_period;
