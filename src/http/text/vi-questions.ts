/** What the pages about questions to banks, their answers and a bank's score-card say in Vietnamese, the source language. */
export const questions = {
  answerCodes: {
    account_open: 'Tài khoản đang hoạt động', account_closed: 'Tài khoản đã đóng', account_blocked: 'Tài khoản bị khóa', account_dormant: 'Tài khoản ngủ hoặc chưa kích hoạt', holder_confirmed: 'Đúng chủ tài khoản', holder_differs: 'Chủ tài khoản là người khác',
    credited: 'Đã ghi có', not_credited: 'Chưa ghi có', will_be_credited: 'Sẽ ghi có', returned: 'Đã trả lại tiền', other: 'Trả lời khác',
  },
  about: {
    account: 'Tài khoản', state: 'Tình trạng đã báo', payment: 'Khoản tiền', reference: 'Số tham chiếu', amount: 'Số tiền', instructed: 'Ngày lệnh chi', credited: 'Ngày ghi có', returned: 'Ngày trả lại', reason: 'Mã lý do', lines: 'Dòng trong tệp của ngân hàng', line: (file: string, line: string) => `Tệp ${file}, dòng ${line}`, lineGone: 'Không đọc được dòng này nữa.',
  },
  desk: {
    title: 'Hỏi ngân hàng', ask: (bank: string) => `Hỏi ${bank}`, sees: 'Ngân hàng sẽ chỉ thấy câu hỏi và những dòng dưới đây, với số tài khoản đầy đủ. Không viết về chế độ, hoàn cảnh hay tháng khác của người thụ hưởng.', question: 'Câu hỏi', questionHint: 'Câu có sẵn; bạn sửa được.', due: 'Cần trả lời trước hết ngày', dueHint: 'Ví dụ 27/11/2026. Thường là 3 ngày làm việc.', send: 'Gửi câu hỏi',
    asked: (name: string, bank: string, moment: string) => `${name} hỏi ${bank}, ${moment}`, answered: (name: string, bank: string, moment: string) => `${name} (${bank}) trả lời, ${moment}`, waiting: (day: string) => `Chờ trả lời đến hết ${day}.`, late: (day: string) => `Quá hạn trả lời từ ${day}.`, sent: 'Đã gửi câu hỏi cho ngân hàng.',
    queue: 'Ngân hàng', queues: { asked: 'Đang chờ ngân hàng trả lời', answered: 'Ngân hàng đã trả lời' }, hasAnswered: 'Ngân hàng đã trả lời', isAsked: 'Chờ ngân hàng trả lời', today: (count: string) => `Ngân hàng đã trả lời ${count} hồ sơ. Xem câu trả lời và làm tiếp.`,
    errors: { question_missing: 'Viết câu hỏi.', question_too_long: 'Rút ngắn câu hỏi dưới 2.000 ký tự.', due_date_wrong: 'Chọn một ngày sau hôm nay, trong vòng 60 ngày.', due_date_unreadable: 'Viết ngày như 27/11/2026.' },
  },
  bank: {
    title: 'Câu hỏi cho ngân hàng', lead: (open: string, overdue: string) => `${open} câu hỏi chờ trả lời, trong đó ${overdue} câu đã quá hạn.`, leadOpen: (open: string) => `${open} câu hỏi chờ trả lời.`, leadNone: 'Không có câu hỏi nào đang chờ.', why: 'Cán bộ xã và tỉnh hỏi về những khoản tiền chưa đến tay người dân. Câu trả lời vào thẳng hồ sơ của họ.',
    filter: 'Xem', states: { open: 'Đang chờ', answered: 'Đã trả lời', all: 'Tất cả' }, empty: 'Không có câu hỏi nào ở đây.', emptyOpen: 'Khi có câu hỏi mới, câu hỏi sẽ xuất hiện ở đây.', number: 'Số', asked: 'Hỏi lúc', due: 'Hạn trả lời', question: 'Câu hỏi', answer: 'Trả lời', overdue: 'Quá hạn', pages: 'Trang của danh sách', next: 'Trang sau', first: 'Về đầu danh sách', list: 'Danh sách câu hỏi',
    one: (asked: string) => `Câu hỏi ngày ${asked}`, back: 'Về danh sách câu hỏi', what: 'Được hỏi', aboutTitle: 'Về khoản nào', answerTitle: 'Trả lời', code: 'Kết quả tra soát', words: 'Nói thêm', wordsHint: 'Một, hai câu để cán bộ biết làm gì tiếp. Không bắt buộc, trừ khi chọn “Trả lời khác”.', check: 'Xem lại trước khi gửi', checkTitle: 'Gửi câu trả lời này?', checkSentence: 'Gửi rồi thì không sửa được. Cán bộ có thể hỏi thêm.', send: 'Gửi trả lời', change: 'Sửa',
    sent: 'Đã gửi câu trả lời. Cán bộ sẽ thấy ngay trong hồ sơ.', answeredBy: (name: string, moment: string) => `${name} trả lời, ${moment}`, noWords: 'Không nói thêm.', alreadyTitle: 'Câu hỏi này đã được trả lời', already: 'Dưới đây là câu trả lời đã gửi trước. Câu bạn vừa viết chưa được gửi.',
    errors: { title: 'Chưa gửi được', code_missing: 'Chọn một kết quả.', answer_missing: 'Viết câu trả lời.', answer_too_long: 'Rút ngắn dưới 2.000 ký tự.' }, export: { sentence: 'Câu hỏi mới nhất trước.', account: 'Số tài khoản', reference: 'Số tham chiếu', amount: 'Số tiền', currency: 'Loại tiền', credited: 'Ngày ghi có', code: 'Loại', answeredAt: 'Trả lời lúc', answeredBy: 'Người trả lời', words: 'Nói thêm' },
  },
  score: {
    title: 'Kết quả của ngân hàng', asOf: (day: string) => `Tính đến hết ngày ${day}`, noRun: 'Chưa có kết quả đối soát nào, nên chưa tính được.', noPayments: 'Ngân hàng chưa có khoản chi nào trong kết quả này.',
    lead: (own: string, others: string) => `Ghi có trong ngày lệnh chi hoặc ngày sau: ${own} số khoản; các ngân hàng khác gộp lại: ${others}.`, leadAlone: (own: string) => `Ghi có trong ngày lệnh chi hoặc ngày sau: ${own} số khoản.`, leadNothing: 'Chưa có khoản nào để đo thời gian ghi có.',
    explain: 'Bên cạnh số của bạn là mọi ngân hàng khác gộp làm một. Không ngân hàng nào thấy số riêng của ngân hàng khác.', fewOthers: 'Có dưới ba ngân hàng khác, nên không so sánh: nếu không, người ta đoán được đó là ai.', hidden: 'chưa đủ để so sánh', nothing: 'chưa có',
    pictureTitle: 'So với các ngân hàng khác', pictureSentence: 'Mỗi hàng là một tỷ lệ; dải màu là của bạn, vạch đứng là của các ngân hàng khác gộp lại.', measure: 'Chỉ số', own: 'Ngân hàng của bạn', others: 'Các ngân hàng khác gộp lại', counts: (part: string, whole: string) => `${part} / ${whole}`,
    names: { reports_in_time: 'Báo cáo đúng hạn', prompt: 'Ghi có trong ngày lệnh chi hoặc ngày sau', rejected: 'Bị từ chối', returned: 'Bị trả lại', withdrawn: 'Rút trong 7 ngày sau khi ghi có', answered_in_time: 'Câu hỏi được trả lời đúng hạn' },
    times: { credit_median: 'Một nửa số khoản được ghi có trong', credit_p90: 'Chín phần mười được ghi có trong', withdrawal_median: 'Một nửa số người rút trong', lag: 'Báo cáo rút tiền chậm so với ngày đối soát' }, timesTitle: 'Thời gian', tableTitle: 'Tỷ lệ', days: (count: string) => `${count} ngày`, sameDay: 'trong ngày', notReached: 'chưa đến một nửa',
    reasonsTitle: 'Vì sao bị từ chối hoặc trả lại', reasonsNone: 'Không có khoản nào bị từ chối hoặc trả lại.', reason: 'Lý do', noReason: 'Không ghi lý do', payments: 'Số khoản', shareOfAll: 'Trong số khoản được giao', questionsLink: 'Xem các câu hỏi',
  },
}

/** The sentences of these pages. */
export type QuestionsWords = typeof questions
