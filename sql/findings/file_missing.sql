-- code: file_missing
-- severity: m
-- actor: B
-- subject: file
-- working_days: 1
-- title.vi: Thiếu tệp phải gửi
-- title.en: Expected file missing
-- title.ar: ملف منتظر لم يصل
-- explanation.vi: Đã qua hạn của tháng mà nguồn này chưa gửi tệp phải gửi.
-- explanation.en: The month’s deadline has passed and this source has not sent the file it owes.
-- explanation.ar: انقضى موعد الشهر ولم ترسل هذه الجهة الملف المطلوب منها.
-- action.vi: Nhắc nguồn gửi tệp; kết quả của tháng chưa đầy đủ cho đến khi có tệp.
-- action.en: Ask the source for it; until it is here the month’s result is incomplete.
-- action.ar: اطلب الملف من الجهة؛ فنتيجة الشهر ناقصة حتى يصل.
-- source: contract 5, Decree 20/2021 article 34, D37
-- why: A file that never came looks like people who were never paid.
--
-- Hit: October’s report of the bank is not here on the day after its deadline
--   expect BANK-A disbursement 20
--   list A 2026-10 500000
--   pay A 2026-10 500000 credited 2026-10-09
--   sent disbursement source=BANK-A received=2026-09-20
--   as of 2026-10-21
--   finds file_missing BANK-A|disbursement 0
-- Hit: one came, of another scheme
--   expect COMMUNE beneficiary_list 5 scheme=HTXH
--   list A 2026-10 500000
--   sent beneficiary_list source=COMMUNE received=2026-10-02
--   as of 2026-10-06
--   finds file_missing COMMUNE|beneficiary_list|HTXH 0
-- Near miss: it came on the last day
--   expect BANK-A disbursement 20
--   list A 2026-10 500000
--   pay A 2026-10 500000 credited 2026-10-09
--   sent disbursement source=BANK-A received=2026-10-20
--   as of 2026-10-31
--   finds nothing
-- Near miss: the deadline is today, and last month’s file came late
--   expect BANK-A disbursement 31
--   list A 2026-09 500000
--   pay A 2026-09 500000 credited 2026-09-09
--   sent disbursement source=BANK-A received=2026-10-03
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, evidence, source_rows)
with expectation as (
  select distinct on (r.source, r.kind, r.scheme_id) r.source, r.kind, r.scheme_id, r.deadline_day, r.file_id, r.line_number
  from source_expectation_row r join work_file using (file_id)
  order by r.source, r.kind, r.scheme_id, r.file_id desc, r.line_number desc
), deadline as (
  select e.*, least(month::date + e.deadline_day - 1, (month + interval '1 month')::date - 1) as deadline_date
  from expectation e, generate_series(date_trunc('month', :'as_of'::date::timestamp) - interval '2 months', date_trunc('month', :'as_of'::date::timestamp), interval '1 month') month
), past as (
  select *, row_number() over (partition by source, kind, scheme_id order by deadline_date desc) as place, lead(deadline_date) over (partition by source, kind, scheme_id order by deadline_date desc) as deadline_before
  from deadline where deadline_date < :'as_of'::date
), sent as (
  select f.source, f.kind, f.file_id, (f.recorded_at at time zone :'time_zone'::text)::date as received_date
  from source_file f join work_file using (file_id) where f.source is not null
), in_time as (
  select p.source, p.kind, p.scheme_id, s.file_id
  from past p join sent s on s.source = p.source and s.kind = p.kind and s.received_date > p.deadline_before
  where p.place = 1
), holding as (
  select distinct l.file_id, l.scheme_id from public.entitlement_line l where l.file_id in (select file_id from in_time where scheme_id is not null and kind = 'beneficiary_list')
  union
  select distinct p.file_id, p.scheme_id from public.payment_report p where p.file_id in (select file_id from in_time where scheme_id is not null and kind = 'disbursement')
), met as (
  select i.source, i.kind, i.scheme_id from in_time i left join holding h on h.file_id = i.file_id and h.scheme_id = i.scheme_id
  where i.scheme_id is null or h.file_id is not null or i.kind not in ('beneficiary_list', 'disbursement')
), missing as (
  select p.*, concat_ws('|', p.source, p.kind, s.scheme) as subject, s.scheme, coalesce(s.currency, 'VND') as currency, (select max(t.received_date) from sent t where t.source = p.source and t.kind = p.kind) as last_received_date
  from past p left join work_scheme s using (scheme_id)
  where p.place = 1 and not exists (select from met m where m.source = p.source and m.kind = p.kind and m.scheme_id is not distinct from p.scheme_id)
)
select -1 - ('x' || left(md5(subject), 15))::bit(60)::bigint, 'file_missing', scheme_id, to_char(deadline_date, 'YYYYMM')::integer, subject, 0, currency,
  jsonb_strip_nulls(jsonb_build_object('source', source, 'kind', kind, 'scheme', scheme, 'deadline_date', deadline_date, 'last_received_date', last_received_date)),
  jsonb_build_array(jsonb_build_object('file_id', file_id::text, 'line', line_number))
from missing;
