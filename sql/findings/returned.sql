-- code: returned
-- severity: h
-- actor: C/B
-- subject: entitlement
-- working_days: 5
-- title.vi: Bị từ chối hoặc bị trả lại
-- title.en: Rejected or returned
-- title.ar: رُفض أو أُعيد
-- explanation.vi: Lần chi gần nhất không thành: ngân hàng từ chối, hoặc tiền đã vào tài khoản rồi bị trả lại.
-- explanation.en: The last attempt failed: the bank rejected it, or credited it and sent it back.
-- explanation.ar: فشلت المحاولة الأخيرة: رفضها البنك، أو أودعها ثم أعادها.
-- action.vi: Xem mã lý do. Sửa tài khoản hoặc tên cho đúng rồi đưa vào danh sách chi bổ sung; không gửi lại khi chưa sửa.
-- action.en: Read the reason code. Correct the account or the name, then put it on the supplementary list; do not resend it unchanged.
-- action.ar: اقرأ رمز السبب، وصحّح الحساب أو الاسم، ثم أدرج المبلغ في قائمة الصرف التكميلي؛ ولا تُعد الإرسال دون تصحيح.
-- source: contract 5
-- why: The same money bounces every month until the cause is mended.
--
-- Hit: credited, then returned in full
--   list A 2026-10 500000
--   pay A 2026-10 500000 returned 2026-10-12 credited_at=2026-10-09
--   as of 2026-10-31
--   finds returned A 500000
-- Near miss: rejected once, then sent again and credited
--   list A 2026-10 500000
--   pay A 2026-10 500000 rejected - instructed_at=2026-10-05
--   pay A 2026-10 500000 credited 2026-10-08 instructed_at=2026-10-07
--   as of 2026-10-31
--   finds nothing

insert into work_finding (person_key, code, scheme_id, benefit_period, subject, amount_at_stake, currency, unit_code)
select o.person_key, 'returned', o.scheme_id, o.benefit_period, identifier_text(o.person_key), o.due_amount - o.credited_amount, o.currency, o.unit_code
from work_outcome o
where o.outcome_class = 'returned';
