-- code: control_total_mismatch
-- severity: h
-- actor: B
-- subject: file
-- working_days: 1
-- title.vi: Tệp bị từ chối vì sai số kiểm soát
-- title.en: File refused: its control totals do not agree
-- title.ar: رُفض الملف لعدم تطابق مجاميع الضبط
-- explanation.vi: Số dòng hoặc tổng số tiền đã khai khác với các dòng trong tệp. Cả tệp không được nhận.
-- explanation.en: The declared number of lines or sum differs from the lines in the file. Nothing of it was taken in.
-- explanation.ar: عدد الأسطر أو المجموع المصرّح به يختلف عما في الملف، ولم يُقبل منه شيء.
-- action.vi: Nguồn gửi kiểm tra: thiếu dòng, thừa dòng hay sai tổng; rồi gửi lại tệp đúng.
-- action.en: The sender checks whether lines are missing, doubled or added up wrongly, and sends a right file.
-- action.ar: تتحقق الجهة المرسلة من نقص الأسطر أو تكرارها أو خطأ الجمع، ثم ترسل ملفًا صحيحًا.
-- source: contract 2 and 5, D27, D37
-- why: A file cut in half is still a file; only its totals tell.
--
-- Hit: a sum of 600,000 was declared, the lines add up to 500,000
--   list A 2026-10 500000
--   sent beneficiary_list control_sum=600000 is_refused=yes
--   as of 2026-10-31
--   finds control_total_mismatch beneficiary_list.csv 100000
-- Hit: two lines were declared, there is one
--   list A 2026-10 500000
--   sent beneficiary_list control_count=2 is_refused=yes
--   as of 2026-10-31
--   finds control_total_mismatch beneficiary_list.csv 0
-- Near miss: both agree
--   list A 2026-10 500000
--   sent beneficiary_list control_sum=500000 control_count=1
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, subject, amount_at_stake, currency, evidence, source_rows)
with refused as (
  select distinct on (sha256) sha256, file_id, file_name, kind, source, header_line, refusal
  from source_file
  where status = 'refused' and refusal ->> 'code' in ('control_count_mismatch', 'control_sum_mismatch')
  order by sha256, file_id desc
), sealed as (
  select f.sha256, f.file_id, f.file_name, f.kind, f.source from source_file f join work_file using (file_id)
), standing as (
  select *, file_name || ' ' || left(sha256, 12) as subject, refusal -> 'control' as control from refused r
  where not exists (select from sealed s where s.sha256 = r.sha256)
    and not exists (select from sealed s where s.file_name = r.file_name and s.kind = r.kind and s.source is not distinct from r.source and s.file_id > r.file_id)
)
select -1 - ('x' || left(sha256, 15))::bit(60)::bigint, 'control_total_mismatch', subject, coalesce(abs((control ->> 'declared_amount')::numeric - (control ->> 'counted_amount')::numeric), 0), 'VND',
  jsonb_strip_nulls(jsonb_build_object('file_name', file_name, 'source', source, 'kind', nullif(kind, 'unknown'), 'declared_amount', control ->> 'declared_amount', 'counted_amount', control ->> 'counted_amount', 'declared_count', control ->> 'declared_count', 'counted_count', control ->> 'counted_count')),
  jsonb_build_array(jsonb_build_object('file_id', file_id::text, 'line', coalesce((refusal ->> 'line')::bigint, header_line, 1)))
from standing;
