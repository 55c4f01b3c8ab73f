/** What the pages of corrections say in Vietnamese, the source language: money paid in addition, taken back, kept back, carried over, and accounts put right. */
export const corrections = {
  title: 'Chi bổ sung và thu hồi', lead: (count: string, amount: string) => `${count} khoản có thể chi bổ sung ngay, ${amount}.`, leadNone: 'Lúc này không có khoản nào chi bổ sung được.', sentence: (day: string) => `Theo kết quả đối soát đến hết ngày ${day}. Danh sách do một người lập, một người khác phê duyệt.`,
  proposedTitle: 'Có thể lập ngay', kind: 'Loại danh sách', onList: 'Đưa vào danh sách', leftOut: 'Chưa đưa vào', make: 'Lập danh sách', see: 'Xem', nothing: 'không có', items: (count: string) => `${count} khoản`,
  kinds: { supplementary: 'Chi bổ sung', recovery: 'Thu hồi', offset: 'Bù trừ vào tháng sau', account_fix: 'Sửa tài khoản', carried_over: 'Đưa vào danh sách tháng sau' },
  means: {
    supplementary: 'Tiền chưa đến tay người dân mà nay chi được: có tài khoản dùng được, không khiếu nại, không đang chuyển.', recovery: 'Tiền chi trùng, chi thừa, sai người hoặc sai tài khoản, phải thu về theo quyết định.',
    offset: 'Tiền chi thừa được giữ lại dần trong các tháng sau, khi hồ sơ đã được phê duyệt bù trừ.', account_fix: 'Tài khoản đóng, khóa, sai số hoặc sai chủ: ngân hàng nào cần làm gì.', carried_over: 'Tiền chưa chi được và truy lĩnh, thành dòng của danh sách tháng sau, ghi rõ tháng gốc.',
  },
  listsTitle: 'Các danh sách', listsNone: 'Chưa có danh sách nào. Lập danh sách đầu tiên ở bảng trên.', name: 'Số', place: 'Nơi', country: 'Cả nước', month: 'Tháng hưởng', allMonths: 'Mọi tháng', amount: 'Số tiền', state: 'Tình trạng', answered: 'Đã về', older: 'Danh sách cũ hơn', newest: 'Về danh sách mới nhất', pages: 'Trang của danh sách',
  states: { draft: 'Chờ phê duyệt', approved: 'Đã phê duyệt, chưa gửi', sent: 'Đã gửi, chờ kết quả', settled: 'Đã xong', withdrawn: 'Đã rút' },
  check: {
    title: (kind: string) => `Lập danh sách: ${kind}`, back: 'Về chi bổ sung và thu hồi', filter: 'Phạm vi', scheme: 'Chế độ', allSchemes: 'Mọi chế độ', apply: 'Xem lại', currency: 'Loại tiền', checkTitle: 'Kiểm tra trước khi lập', inList: (count: string, amount: string) => `${count} khoản vào danh sách, ${amount}.`, inListNone: 'Không có khoản nào vào danh sách.',
    sums: (found: string, list: string, left: string) => `${found} phát hiện = ${list} vào danh sách + ${left} để lại.`, target: 'Tháng của danh sách', firstMonth: 'Tháng đầu tiên giữ lại', monthHint: 'Ví dụ 2026-12.', decision: 'Số quyết định', decisionHint: 'Cần có trước khi phê duyệt, ví dụ 125/QĐ-SNV.', decisionDate: 'Ngày quyết định', dateHint: 'Ví dụ 27/11/2026.', submit: 'Lập danh sách này', submitSentence: 'Sau khi lập, người khác phê duyệt rồi mới gửi được.',
  },
  byCode: 'Theo loại phát hiện', code: 'Loại phát hiện', count: 'Số khoản', whyTitle: 'Để lại và vì sao', why: 'Lý do',
  reasons: {
    deceased: 'Người hưởng đã mất, hoặc ngân hàng báo đã mất', stopped: 'Đã dừng hoặc tạm dừng hưởng', on_the_way: 'Tiền đang chuyển hoặc treo tại ngân hàng', offset: 'Đang giữ lại theo quyết định bù trừ', disputed: 'Còn tranh chấp: báo cáo mâu thuẫn hoặc khoản tiền chưa rõ của ai', needs_decision: 'Mã trả lại không được tự chi lại: cần hồ sơ được phê duyệt “chi lại”',
    next_list: 'Không đến nhận: chuyển sang danh sách tháng sau', account_fix: 'Chưa có tài khoản dùng được', no_cash_agent: 'Chi tiền mặt nhưng chưa rõ đơn vị chi', on_list: 'Đã ở trong danh sách khác', decided_otherwise: 'Hồ sơ đã quyết định cách khác', sent_back: 'Thẩm định bị trả lại', complaint_open: 'Đang có khiếu nại', bank_asked: 'Đang hỏi ngân hàng',
    later_month: 'Tháng hưởng không sớm hơn tháng của danh sách', payable_now: 'Chi bổ sung được ngay', beyond_months: 'Đã chuyển kỳ quá số tháng cho phép', counted_elsewhere: 'Đã tính ở phát hiện khác của cùng khoản tiền', not_decided: 'Hồ sơ chưa được phê duyệt bù trừ', nothing_to_keep_back: 'Chưa có tỷ lệ bù trừ, hoặc số được giữ lại không đến 1 đồng', nothing_to_ask: 'Không phải lỗi của tài khoản', same_account: 'Tài khoản này đã có trong danh sách',
  },
  list: {
    onIt: (count: string, amount: string) => `${count} khoản, ${amount}`, law: (found: string, foundAmount: string, list: string, listAmount: string, left: string, leftAmount: string) => `Khớp đến từng đồng: ${found} phát hiện (${foundAmount}) = ${list} trong danh sách (${listAmount}) + ${left} để lại (${leftAmount}).`,
    facts: 'Về danh sách này', basis: 'Lập từ kết quả', until: (day: string) => `đến hết ngày ${day}`, madeBy: 'Người lập', approvedBy: 'Người phê duyệt', sentBy: 'Người gửi', withdrawnBy: 'Người rút', nobody: 'chưa có', by: (name: string, moment: string) => `${name}, ${moment}`, decision: 'Quyết định', decided: (number: string, day: string) => `${number} ngày ${day}`, none: 'chưa ghi', target: 'Cho tháng', progress: 'Kết quả', settled: (count: string, all: string, amount: string) => `${count} / ${all} khoản đã xong, ${amount}`,
    itemsTitle: 'Trong danh sách', person: 'Người hưởng', into: 'Vào đâu', from: 'Thu từ', asked: 'Cần làm', itemState: 'Kết quả', next: 'Trang sau', first: 'Về đầu danh sách', showing: (reason: string) => `Đang xem phần để lại: ${reason}.`, showItems: 'Xem các khoản trong danh sách', cash: 'Tiền mặt', nameless: 'Không rõ tên',
    files: 'Tải về', csv: 'CSV', xlsx: 'Excel', order: 'Lệnh chi pain.001', leftFile: 'Phần để lại (CSV)', noOrder: 'Chưa có tài khoản chi của đơn vị, nên chưa lập được lệnh chi pain.001. Nạp tệp “tài khoản chi trả” (payer_account).', orderLater: 'Lệnh chi (pain.001) lấy được sau khi danh sách đã gửi.', notYet: 'Tải được sau khi phê duyệt.', footer: 'Tên người nhận viết như ngân hàng nhận; nội dung chỉ ghi “TCXH”.',
  },
  acts: {
    title: 'Việc cần làm', approve: 'Phê duyệt danh sách này', approveSentence: (count: string, amount: string) => `Bạn đồng ý với ${count} khoản, ${amount}. Trước khi ghi, từng khoản được kiểm tra lại với kết quả mới nhất.`, approved: 'Đã phê duyệt.', own: 'Bạn lập danh sách này, nên người khác phải phê duyệt.', waits: 'Chờ người lập gửi đi.', redraft: 'Lập lại từ kết quả mới nhất', redraftDone: 'Đã lập lại.', send: 'Gửi đi',
    sendSentence: { supplementary: 'Từ lúc này các khoản được coi là đang chuyển, và hệ thống chờ ngân hàng báo kết quả. Gửi tệp pain.001 hoặc Excel cho ngân hàng.', carried_over: 'Các dòng được nhận vào như một danh sách của tháng đó.', account_fix: 'Ngân hàng thấy yêu cầu tại quầy của mình; hồ sơ nào hỏi được thì câu hỏi cũng được gửi.', recovery: 'Ghi nhận là đã gửi thông báo thu hồi. Tiền về sẽ được nhận ra từ báo cáo trả lại.', offset: 'Từ tháng đầu tiên, phần giữ lại không bị coi là chi thiếu phải chi bổ sung.' },
    sent: 'Đã gửi.', withdraw: 'Rút danh sách', withdrawSentence: 'Các khoản được trả lại, có thể đưa vào danh sách khác.', reason: 'Lý do rút', withdrawn: 'Đã rút.',
  },
  madeDone: 'Đã lập danh sách. Người khác phê duyệt tiếp.',
  progress: { waiting: 'Đang chờ', partly: (amount: string, rest: string) => `Đã về ${amount}, còn ${rest}`, settled: (day: string) => `Xong ngày ${day}`, failed: 'Bị từ chối hoặc trả lại', gone: 'Không còn phải chi' },
  fromWhom: { person: 'người hưởng', holder: 'chủ tài khoản', heirs: 'người thừa kế, ngân hàng', bank: 'ngân hàng' },
  asks: { activate: 'Kích hoạt', unblock: 'Mở khóa', open_new: 'Mở tài khoản mới', open_account: 'Mở tài khoản', confirm_holder: 'Xác nhận chủ tài khoản', correct_number: 'Cho biết số đúng', renew_mandate: 'Gia hạn giấy ủy quyền' },
  origins: { listed: 'như danh sách', own: 'tài khoản khác của chính người hưởng', payee: 'tài khoản người nhận thay', proved: 'đã nhận được tiền' },
  onCase: { title: 'Trong danh sách chi bổ sung, thu hồi', event: (name: string, day: string) => `${name}, ${day}`, payment: (reference: string) => `Khoản tiền ${reference}` },
  bank: { title: 'Tài khoản cần sửa', lead: (count: string) => `${count} tài khoản của ngân hàng cần sửa.`, empty: 'Không có tài khoản nào cần sửa.', account: 'Số tài khoản', asked: 'Cần làm', reason: 'Mã trả lại', since: 'Gửi ngày', link: 'Tài khoản cần sửa', why: 'Khi báo cáo tài khoản cho thấy đã sửa, dòng này tự mất đi.' },
  faults: {
    list_unknown: 'Không có danh sách này.', not_allowed: 'Bạn không có quyền làm việc này.', list_changed: 'Danh sách vừa được sửa. Xem lại rồi làm tiếp.', not_a_draft: 'Danh sách không còn ở bước chờ phê duyệt.', not_approved: 'Danh sách chưa được phê duyệt.', own_list: 'Người lập không được tự phê duyệt.', list_empty: 'Danh sách không có khoản nào.', decision_missing: 'Chưa ghi số và ngày quyết định.', beyond_band: 'Có khoản vượt mức bạn được phê duyệt.',
    outdated: 'Từ khi lập, có khoản đã thay đổi: đã chi, đang khiếu nại hoặc đã ở danh sách khác. Người lập cần lập lại.', not_reconciled: 'Danh sách không khớp với các phát hiện, nên không phê duyệt được. Báo người quản trị.', already_listed: 'Có khoản vừa được phê duyệt ở danh sách khác. Người lập cần lập lại.', not_withdrawable: 'Danh sách này không rút được nữa.', already_out: 'Tiền đã đi. Muốn rút, trước hết hủy tệp đã nhận vào.', reason_missing: 'Viết lý do.', month_wrong: 'Viết tháng như 2026-12.', date_wrong: 'Viết ngày như 27/11/2026.', no_result: 'Chưa có kết quả đối soát nào.', not_taken: 'Chưa gửi được: có dòng không nhận vào được. Báo người quản trị.',
  },
}

/** The sentences of these pages. */
export type CorrectionsWords = typeof corrections
