-- What: the first reference rows for Vietnam, as file 0; later files of the same kinds override them row by row.
-- Trust: rows marked [unverified] rest on general knowledge, not on a text that was read; an installation should confirm them.

insert into source_file (file_id, sha256, file_name, kind, source, status, size_bytes, recorded_at, sealed_at)
values (0, 'vietnam-pack-1', 'vietnam-pack', 'pack', 'tantay', 'sealed', 0, '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z');

insert into scheme_code (scheme_id, scheme)
select nextval('scheme_id_sequence'), scheme from unnest(array['BTXH', 'HTXH', 'NCC', 'BHXH']) with ordinality as listed (scheme, position) order by position;

-- due_day 20: the payment organisation reports who received their money before the 20th (Decree 20/2021, article 34); 10 for pensions: the last day of the cash points [unverified]
insert into scheme_row (file_id, line_number, scheme_id, name_vi, name_en, currency, due_day, grace_days, settlement_days, exclusive_set, collection_days, legal_basis)
select 0, position, scheme_id, name_vi, name_en, 'VND', due_day, 0, 3, exclusive_set, 30, legal_basis
from (values
  (1, 'BTXH', 'Trợ cấp xã hội hằng tháng', 'Monthly social assistance', 20, 'assistance-or-social-pension', 'Nghị định 20/2021/NĐ-CP'),
  (2, 'HTXH', 'Trợ cấp hưu trí xã hội', 'Social pension', 20, 'assistance-or-social-pension', 'Nghị định 176/2025/NĐ-CP'),
  (3, 'NCC', 'Trợ cấp ưu đãi người có công', 'Allowance for people with merit', 20, null, 'Nghị định 77/2024/NĐ-CP [unverified]'),
  (4, 'BHXH', 'Lương hưu, trợ cấp bảo hiểm xã hội', 'Pensions and social insurance allowances', 10, null, '[unverified]')
) as pack (position, scheme, name_vi, name_en, due_day, exclusive_set, legal_basis) join scheme_code using (scheme);

insert into standard_rate_row (file_id, line_number, scheme_id, unit_code, amount, issued_date, in_force_date, applies_from, legal_basis)
select 0, position, scheme_id, null, amount, issued_date::date, in_force_date::date, applies_from::date, legal_basis
from (values
  (1, 'BTXH', 360000, null, '2021-07-01', '2021-07-01', 'Nghị định 20/2021/NĐ-CP, điều 4'),
  (2, 'BTXH', 500000, null, '2024-07-01', '2024-07-01', 'Nghị định 76/2024/NĐ-CP [unverified]'),
  (3, 'BTXH', 540000, '2026-08-21', '2026-10-05', '2026-07-01', 'Nghị định 335/2026/NĐ-CP, điều 4 [unverified]'),
  (4, 'HTXH', 500000, null, '2025-07-01', '2025-07-01', 'Nghị định 176/2025/NĐ-CP'),
  (5, 'HTXH', 540000, '2026-08-21', '2026-10-05', '2026-07-01', 'Nghị định 335/2026/NĐ-CP [unverified]'),
  (6, 'NCC', 2789000, null, '2024-07-01', '2024-07-01', 'Nghị định 77/2024/NĐ-CP [unverified]'),
  (7, 'NCC', 3012000, null, '2026-10-01', '2026-07-01', 'Nghị định 321/2026/NĐ-CP [unverified]')
) as pack (position, scheme, amount, issued_date, in_force_date, applies_from, legal_basis) join scheme_code using (scheme);

-- 6-digit BIN of the card scheme; a bank is never derived from a name
insert into bank_row (file_id, line_number, creditor_agent, name, citad_institution)
values
  (0, 1, 970436, 'Vietcombank', '203'), (0, 2, 970415, 'VietinBank', '201'), (0, 3, 970418, 'BIDV', null), (0, 4, 970405, 'Agribank', '204'),
  (0, 5, 970422, 'MB', null), (0, 6, 970407, 'Techcombank', null), (0, 7, 970416, 'ACB', '307'), (0, 8, 970432, 'VPBank', null),
  (0, 9, 970403, 'Sacombank', null), (0, 10, 970437, 'HDBank', null), (0, 11, 970449, 'LPBank', null), (0, 12, 970423, 'TPBank', '358'),
  (0, 13, 970443, 'SHB', null), (0, 14, 970441, 'VIB', null), (0, 15, 970426, 'MSB', null), (0, 16, 970440, 'SeABank', null),
  (0, 17, 970425, 'ABBank', '323'), (0, 18, 970428, 'Nam A Bank', null), (0, 19, 970412, 'PVcomBank', null), (0, 20, 970452, 'KienlongBank', null),
  (0, 21, 970448, 'OCB', null), (0, 22, 970409, 'Bac A Bank', null), (0, 23, 970438, 'BaoViet Bank', null), (0, 24, 970429, 'SCB', null), (0, 25, 970419, 'NCB', null);

-- Public holidays of 2026 and 2027 on weekdays; days of Tết are announced each year, later files override [unverified for 2027]
insert into calendar_row (file_id, line_number, calendar_date, kind, name)
values
  (0, 1, '2026-01-01', 'holiday', 'Tết Dương lịch'),
  (0, 2, '2026-02-16', 'holiday', 'Tết Nguyên đán'), (0, 3, '2026-02-17', 'holiday', 'Tết Nguyên đán'), (0, 4, '2026-02-18', 'holiday', 'Tết Nguyên đán'),
  (0, 5, '2026-02-19', 'holiday', 'Tết Nguyên đán'), (0, 6, '2026-02-20', 'holiday', 'Tết Nguyên đán'),
  (0, 7, '2026-04-27', 'holiday', 'Nghỉ bù Giỗ Tổ Hùng Vương'), (0, 8, '2026-04-30', 'holiday', 'Ngày Chiến thắng'), (0, 9, '2026-05-01', 'holiday', 'Quốc tế Lao động'),
  (0, 10, '2026-09-01', 'holiday', 'Quốc khánh'), (0, 11, '2026-09-02', 'holiday', 'Quốc khánh'),
  (0, 12, '2027-01-01', 'holiday', 'Tết Dương lịch'),
  (0, 13, '2027-02-05', 'holiday', 'Tết Nguyên đán'), (0, 14, '2027-02-08', 'holiday', 'Tết Nguyên đán'), (0, 15, '2027-02-09', 'holiday', 'Tết Nguyên đán'),
  (0, 16, '2027-02-10', 'holiday', 'Tết Nguyên đán'), (0, 17, '2027-04-16', 'holiday', 'Giỗ Tổ Hùng Vương'),
  (0, 18, '2027-04-30', 'holiday', 'Ngày Chiến thắng'), (0, 19, '2027-09-02', 'holiday', 'Quốc khánh'), (0, 20, '2027-09-03', 'holiday', 'Quốc khánh');

-- ISO 20022 external reason codes; person_caused is false throughout: no bank's failure counts as a person not collecting
insert into reason_code_row (file_id, line_number, code, class, owner, retryable, person_caused, name_vi, name_en)
values
  (0, 1, 'AC01', 'fix-data', 'commune', true, false, 'Sai số tài khoản', 'Incorrect account number'),
  (0, 2, 'AC03', 'fix-data', 'commune', true, false, 'Số tài khoản người nhận không hợp lệ', 'Invalid creditor account number'),
  (0, 3, 'AC04', 'new-account', 'beneficiary', true, false, 'Tài khoản đã đóng', 'Closed account'),
  (0, 4, 'AC06', 'bank-side', 'bank', true, false, 'Tài khoản bị phong tỏa', 'Blocked account'),
  (0, 5, 'AC07', 'new-account', 'beneficiary', true, false, 'Tài khoản người nhận đã đóng', 'Closed creditor account'),
  (0, 6, 'AC13', 'new-account', 'commune', true, false, 'Loại tài khoản chuyển không hợp lệ', 'Invalid debtor account type'),
  (0, 7, 'AC14', 'new-account', 'commune', true, false, 'Loại tài khoản nhận không hợp lệ', 'Invalid creditor account type'),
  (0, 8, 'AG01', 'new-account', 'bank', true, false, 'Tài khoản không được nhận loại tiền này', 'Transaction forbidden on this account type'),
  (0, 9, 'AG02', 'payer-side', 'payer', true, false, 'Sai mã nghiệp vụ ngân hàng', 'Invalid bank operation code'),
  (0, 10, 'AM01', 'payer-side', 'payer', true, false, 'Số tiền bằng không', 'Zero amount'),
  (0, 11, 'AM02', 'payer-side', 'payer', true, false, 'Số tiền vượt mức cho phép', 'Amount not allowed'),
  (0, 12, 'AM03', 'payer-side', 'payer', true, false, 'Loại tiền không được phép', 'Currency not allowed'),
  (0, 13, 'AM04', 'payer-side', 'payer', true, false, 'Tài khoản chi không đủ tiền', 'Insufficient funds'),
  (0, 14, 'AM05', 'payer-side', 'payer', false, false, 'Lệnh chi trùng', 'Duplication'),
  (0, 15, 'AM09', 'payer-side', 'payer', true, false, 'Sai số tiền', 'Wrong amount'),
  (0, 16, 'AM10', 'payer-side', 'payer', true, false, 'Sai tổng kiểm soát', 'Invalid control sum'),
  (0, 17, 'BE01', 'ask', 'commune', true, false, 'Tên hoặc số giấy tờ không khớp với tài khoản', 'Inconsistent with end customer'),
  (0, 18, 'BE04', 'fix-data', 'commune', true, false, 'Thiếu địa chỉ người nhận', 'Missing creditor address'),
  (0, 19, 'BE05', 'payer-side', 'payer', true, false, 'Không nhận ra bên khởi tạo', 'Unrecognised initiating party'),
  (0, 20, 'BE06', 'fix-data', 'commune', true, false, 'Không nhận ra khách hàng', 'Unknown end customer'),
  (0, 21, 'BE07', 'payer-side', 'payer', true, false, 'Thiếu địa chỉ bên chuyển', 'Missing debtor address'),
  (0, 22, 'BE08', 'bank-side', 'bank', true, false, 'Lỗi của ngân hàng', 'Bank error'),
  (0, 23, 'CNOR', 'payer-side', 'payer', true, false, 'Ngân hàng nhận chưa đăng ký', 'Creditor bank is not registered'),
  (0, 24, 'DNOR', 'payer-side', 'payer', true, false, 'Ngân hàng chuyển chưa đăng ký', 'Debtor bank is not registered'),
  (0, 25, 'CUST', 'ask', 'bank', false, false, 'Theo yêu cầu của khách hàng', 'Requested by customer'),
  (0, 26, 'DUPL', 'payer-side', 'payer', false, false, 'Thanh toán trùng', 'Duplicate payment'),
  (0, 27, 'TECH', 'bank-side', 'bank', true, false, 'Sự cố kỹ thuật', 'Technical problem'),
  (0, 28, 'FRAD', 'ask', 'bank', false, false, 'Nghi gian lận', 'Fraudulent origin'),
  (0, 29, 'FR01', 'ask', 'bank', false, false, 'Gian lận', 'Fraud'),
  (0, 30, 'DT01', 'payer-side', 'payer', true, false, 'Sai ngày', 'Invalid date'),
  (0, 31, 'ED01', 'bank-side', 'bank', true, false, 'Ngân hàng đại lý không xử lý được', 'Correspondent bank not possible'),
  (0, 32, 'ED03', 'bank-side', 'bank', true, false, 'Yêu cầu thông tin số dư', 'Balance info request'),
  (0, 33, 'ED05', 'bank-side', 'bank', true, false, 'Quyết toán không thành công', 'Settlement failed'),
  (0, 34, 'FF01', 'payer-side', 'payer', true, false, 'Sai định dạng tệp', 'Invalid file format'),
  (0, 35, 'MD06', 'ask', 'beneficiary', true, false, 'Người nhận yêu cầu hoàn tiền', 'Refund request by end customer'),
  (0, 36, 'MD07', 'person-event', 'commune', false, false, 'Người nhận đã mất', 'End customer deceased'),
  (0, 37, 'MS02', 'ask', 'bank', true, false, 'Khách hàng không nêu lý do', 'Not specified reason, customer'),
  (0, 38, 'MS03', 'ask', 'bank', true, false, 'Ngân hàng không nêu lý do', 'Not specified reason, agent'),
  (0, 39, 'NARR', 'ask', 'bank', true, false, 'Lý do bằng lời', 'Narrative'),
  (0, 40, 'NOAS', 'ask', 'bank', true, false, 'Khách hàng không trả lời', 'No answer from customer'),
  (0, 41, 'NOOR', 'ask', 'payer', true, false, 'Không nhận được giao dịch gốc', 'No original transaction received'),
  (0, 42, 'RC01', 'fix-data', 'commune', true, false, 'Sai mã ngân hàng', 'Bank identifier incorrect'),
  (0, 43, 'RC03', 'payer-side', 'payer', true, false, 'Sai mã ngân hàng chuyển', 'Invalid debtor bank identifier'),
  (0, 44, 'RC04', 'fix-data', 'commune', true, false, 'Sai mã ngân hàng nhận', 'Invalid creditor bank identifier'),
  (0, 45, 'RR01', 'payer-side', 'payer', true, false, 'Thiếu tài khoản bên chuyển', 'Missing debtor account'),
  (0, 46, 'RR02', 'payer-side', 'payer', true, false, 'Thiếu tên bên chuyển', 'Missing debtor name'),
  (0, 47, 'RR03', 'fix-data', 'commune', true, false, 'Thiếu tên người nhận', 'Missing creditor name'),
  (0, 48, 'RR04', 'ask', 'bank', true, false, 'Lý do pháp lý', 'Regulatory reason'),
  (0, 49, 'SL02', 'ask', 'bank', true, false, 'Dịch vụ riêng của ngân hàng nhận', 'Specific service of creditor agent'),
  (0, 50, 'TM01', 'payer-side', 'payer', true, false, 'Quá giờ giao dịch', 'Invalid cut-off time');
