/** What the pages about many cases at once, lists to take away, complaints and answers say in Vietnamese, the source language. */
import type { TrailKind } from '../../trail/index.ts'

export const many = {
  errorTitle: 'Cần sửa',
  appraisedAs: (resolution: string) => `Thẩm định: ${resolution}`,
  changedBy: (name: string, what: string, when: string) => `${name} đã làm trước bạn: ${what.toLowerCase()}, lúc ${when}. Xem lại hồ sơ rồi làm lại nếu vẫn cần.`,
  changedByRun: (what: string, when: string) => `Hồ sơ đã đổi sau lần đối soát: ${what.toLowerCase()}, lúc ${when}. Xem lại rồi làm lại nếu vẫn cần.`,
  stepWrong: (step: string) => `Hồ sơ đang ở bước “${step}”, chưa làm được việc này.`,
  actions: { receive: 'Tiếp nhận', assign: 'Giao việc', approve: 'Phê duyệt', sendBack: 'Trả lại', answer: 'Trả kết quả', reopen: 'Mở lại', askBank: 'Hỏi ngân hàng' },
  refusals: {
    case_unknown: 'Không có hồ sơ nào mang số này trong đơn vị của bạn.',
    case_changed: 'Hồ sơ đã được thay đổi. Xem lại rồi làm lại nếu vẫn cần.',
    case_twice: 'Hồ sơ này có ở hai dòng. Giữ một dòng.',
    version_missing: 'Ô phiên bản trống hoặc đã bị sửa. Tải bảng mới.',
    decision_missing: 'Chưa ghi quyết định.',
    decision_unknown: 'Quyết định không có trong danh sách. Chọn một từ ở trang hướng dẫn.',
    amount_invalid: 'Viết số tiền chỉ bằng chữ số, ví dụ 540000.',
    amount_unwanted: 'Bước này không có số tiền. Để trống ô số tiền.',
    formula_cell: 'Ô này là công thức. Gõ thẳng giá trị vào ô.',
    cell_unreadable: 'Có ô không đọc được. Gõ lại giá trị.',
  },
  act: {
    title: 'Xử lý nhiều hồ sơ', back: 'Về danh sách', chooseTitle: (count: string) => `Làm gì với ${count} hồ sơ đã chọn?`, preview: 'Xem trước', nothingChosen: 'Chưa chọn hồ sơ nào, hoặc chọn nhiều hơn 1.000. Đánh dấu các hồ sơ cần xử lý, hoặc lọc bớt danh sách, rồi làm lại.',
    what: 'Việc cần làm', pick: 'Chọn một việc', appraiseAs: 'Thẩm định với kết luận', comment: 'Vì sao', commentHint: 'Bắt buộc khi thẩm định, trả lại hoặc mở lại. Ghi vào từng hồ sơ. Khi hỏi ngân hàng, đây là câu hỏi; để trống thì dùng câu có sẵn.', to: 'Giao cho', toHint: 'Chỉ dùng khi giao việc.', toNobody: 'Không ai',
    faults: { action: 'Chọn việc cần làm', comment: 'Viết một câu vì sao', commentTooLong: 'Rút ngắn ghi chú dưới 4.000 ký tự', to: 'Chọn người được giao' },
    previewTitle: 'Xem trước khi làm', ready: (count: string) => `${count} hồ sơ sẽ thay đổi. Chưa có gì được ghi.`, noneReady: 'Không hồ sơ nào làm được việc này. Chưa có gì được ghi.', idle: (count: string) => `${count} dòng không ghi quyết định, được để nguyên.`,
    stoppedTitle: (count: string) => `${count} hồ sơ không làm được`, stoppedSentence: 'Các hồ sơ khác không bị ảnh hưởng.', readyTitle: 'Sẽ thay đổi', caseColumn: 'Hồ sơ', whyColumn: 'Vì sao', whatColumn: 'Việc', amountColumn: 'Số tiền',
    confirm: (count: string) => `Làm với ${count} hồ sơ`, leave: 'Thôi', resultTitle: 'Đã xong', unfinishedTitle: 'Chưa xong', done: (done: string, refused: string) => `Đã làm: ${done} hồ sơ. Không làm được: ${refused}.`,
    left: (count: string) => `Còn ${count} hồ sơ chưa làm. Nếu trang này đứng yên lâu, bấm làm tiếp: không hồ sơ nào bị làm hai lần.`, goOn: 'Làm tiếp',
    resultWorkbook: 'Tải lại bảng Excel kèm kết quả', resultCsv: 'Tải CSV', resultWorkbookSentence: 'Bảng giữ nguyên mọi dòng bạn đã gửi, thêm cột kết quả. Sửa các dòng chưa làm được rồi gửi lại.', refusedTitle: (count: string) => `${count} hồ sơ không làm được`, doneTitle: (count: string) => `${count} hồ sơ đã làm`,
    casesWith: (count: string, sums: string) => `${count} hồ sơ, ${sums}`, row: (number: string) => `Dòng ${number}`, caseNumber: (number: string) => `Hồ sơ ${number}`, standsNow: (step: string) => `Hiện nay: ${step}`, wanted: (action: string) => `Bạn muốn: ${action}`, showAll: (count: string) => `Xem cả ${count} hồ sơ`,
    notYet: 'Chưa làm', doneWord: 'Đã làm', refusedWord: 'Không làm được',
  },
  columns: {
    case_number: 'Số hồ sơ', title: 'Trường hợp', scheme: 'Chế độ', benefit_period: 'Tháng hưởng', beneficiary_id: 'Số định danh', beneficiary_name: 'Họ và tên', unit: 'Xã, phường', village: 'Thôn, bản', bank: 'Ngân hàng', account_end: 'Cuối số tài khoản', amount_at_stake: 'Số tiền liên quan', currency: 'Loại tiền', waiting_since: 'Chờ từ ngày', deadline: 'Hạn xử lý', step: 'Bước hiện tại', version: 'Phiên bản', decision: 'Quyết định', amount: 'Số tiền quyết định', comment: 'Vì sao', result: 'Kết quả',
    assigned: 'Người đang xử lý',
  },
  casesSheet: 'Hồ sơ', guideSheet: 'Hướng dẫn', guideTitle: 'Khi nào dùng',
  guide: [
    'Người hưởng đã được chi phần còn thiếu; để trống số tiền là toàn bộ', 'Tiền chi thừa đã thu lại; để trống số tiền là toàn bộ', 'Phần thừa trừ vào kỳ chi sau; để trống số tiền là toàn bộ', 'Số tài khoản sai đã được sửa', 'Danh sách sai đã được sửa', 'Đúng quy định, đã giải thích cho người dân', 'Lỗi của ngân hàng, ngân hàng đã sửa', 'Không thể thu hồi; để trống số tiền là toàn bộ', 'Kiểm tra lại thì không có gì sai', 'Có dấu hiệu vi phạm, chuyển cơ quan thanh tra',
    'Nhận hồ sơ về mình', 'Đồng ý với kết luận của người thẩm định', 'Chưa đồng ý; ghi rõ cần làm thêm gì', 'Đã báo cho người dân', 'Làm lại hồ sơ đã đóng; ghi rõ vì sao',
  ],
  workbook: {
    title: 'Xử lý bằng Excel', sentence: 'Tải danh sách về, ghi quyết định vào từng dòng, rồi gửi lại. Trước khi làm, hệ thống cho bạn xem từng dòng.',
    takeTitle: '1. Tải bảng về', cases: (count: string, most: string) => `Danh sách này có ${count} hồ sơ. Mỗi bảng chứa nhiều nhất ${most} hồ sơ, gấp nhất trước.`, numbers: 'Số định danh', masked: 'Che, chỉ để bốn số cuối', whole: 'Hiện đầy đủ', takeXlsx: 'Tải bảng Excel', takeCsv: 'Tải CSV',
    fillTitle: '2. Ghi quyết định', fill: ['Chỉ ghi vào ba cột: Quyết định, Số tiền quyết định, Vì sao.', 'Quyết định: chọn trong danh sách của ô, hoặc xem trang Hướng dẫn.', 'Dòng nào để trống thì giữ nguyên. Mỗi lần gửi nhiều nhất 1.000 quyết định.', 'Giữ nguyên số hồ sơ và phiên bản.'],
    returnTitle: '3. Gửi bảng lại', returnSentence: 'Chưa có gì được ghi khi gửi: bạn xem trước rồi mới xác nhận.', file: 'Bảng đã ghi (Excel hoặc CSV)',
    faults: { file_missing: 'Chọn tệp đã ghi quyết định.', nothing_decided: 'Không dòng nào trong tệp có quyết định.', too_many_rows: 'Tệp có hơn 1.000 quyết định. Chia thành nhiều tệp.', header_missing: 'Không thấy các cột Số hồ sơ, Phiên bản và Quyết định. Gửi bảng đã tải từ đây.', file_too_large: 'Tệp lớn quá 10 MB hoặc hơn 5.000 dòng. Chia thành nhiều tệp.', reason: 'Chọn lý do cần số đầy đủ.', unreadable: 'Không đọc được tệp này. Lưu lại dạng Excel (.xlsx) hoặc CSV rồi gửi lại.' },
  },
  exports: {
    title: 'Tải về', xlsx: 'Excel', csv: 'CSV', print: 'In', whole: 'Với số định danh đầy đủ', back: 'Về danh sách', wholeTitle: 'Tải danh sách với số đầy đủ', wholeSentence: 'Số định danh là dữ liệu cá nhân. Lý do và người tải được ghi lại.', why: 'Vì sao cần số đầy đủ', format: 'Dạng tệp', take: 'Tải về', chooseReason: 'Chọn một lý do',
    reasons: { bank: 'Đối chiếu với ngân hàng', register: 'Đối chiếu với dữ liệu dân cư', inspection: 'Thanh tra, kiểm toán', visit: 'Đến nhà người thụ hưởng' },
    rows: (count: string) => `${count} dòng.`, printHint: 'Bấm Ctrl + P để in.', tooLongTitle: 'Danh sách quá dài', tooLong: (most: string) => `Một tệp chứa nhiều nhất ${most} dòng. Lọc bớt danh sách rồi tải lại.`,
    queueTitle: 'Trường hợp cần xử lý', queueSentence: (asOf: string) => `Theo kết quả đối soát đến hết ngày ${asOf}.`, filesTitle: 'Tệp dữ liệu', filesSentence: 'Mới nhất trước.', peopleTitle: 'Những người trong hồ sơ', peopleSentence: 'Người của hồ sơ và những người được nhắc đến, trong phạm vi bạn được xem.', problemsTitle: (file: string) => `Lỗi trong tệp ${file}`, problemsSentence: 'Mỗi dòng là một giá trị chưa nhận được.',
    file: { id: 'Số tệp', name: 'Tên tệp', kind: 'Loại', source: 'Nơi gửi', status: 'Tình trạng', received: 'Nhận lúc', lines: 'Số dòng', accepted: 'Đã nhận', repeats: 'Trùng', problems: 'Lỗi', ignored: 'Bỏ qua' },
    trail: { title: 'Nhật ký', sentence: 'Ai đã xem, tải, gửi gì và khi nào; mới nhất trước.', number: 'Số', at: 'Lúc', who: 'Ai', what: 'Việc', subject: 'Về', reason: 'Lý do', details: 'Chi tiết' },
    kinds: { viewed_numbers: 'Xem số đầy đủ', viewed_person: 'Xem trang của một người', exported: 'Tải danh sách', message_sent: 'Gửi tin nhắn', message_failed: 'Tin nhắn chưa gửi được', letter_printed: 'In thư', signed_in: 'Đăng nhập', sign_in_failed: 'Đăng nhập không được', signed_out: 'Đăng xuất', password_changed: 'Đổi mật khẩu', second_factor_set: 'Đặt lớp bảo vệ thứ hai', sessions_ended: 'Kết thúc các phiên', identity_linked: 'Liên kết tài khoản', deputy_named: 'Cử người thay', deputy_ended: 'Thôi cử người thay', key_issued: 'Cấp khóa cho hệ thống', key_revoked: 'Thu hồi khóa của hệ thống', notice_place_added: 'Thêm nơi nhận thông báo', notice_place_removed: 'Bỏ nơi nhận thông báo', file_handed_in: 'Nộp tệp', file_discarded: 'Bỏ tệp chưa nộp', period_prepared: 'Lập kỳ chi để chốt', period_appraised: 'Thẩm định kỳ chi', period_approved: 'Phê duyệt kỳ chi', period_issued: 'Chốt kỳ, ra biên bản', period_sent_back: 'Trả lại kỳ chi', period_reopen_asked: 'Xin mở lại kỳ chi', period_reopened: 'Cho mở lại kỳ chi', period_reopen_refused: 'Không cho mở lại kỳ chi', night_asked_again: 'Cho chạy lại một đêm đối soát', night_skipped: 'Bỏ qua một đêm đối soát', case_acted: 'Xử lý hồ sơ', cases_followed: 'Cập nhật hồ sơ theo kết quả', run_published: 'Công bố kết quả đối soát', file_sealed: 'Nhận tệp', file_refused: 'Từ chối tệp', file_voided: 'Hủy tệp', profile_saved: 'Lưu mẫu tệp', staff_changed: 'Thay đổi tài khoản', staff_change_confirmed: 'Xác nhận thay đổi tài khoản', staff_change_withdrawn: 'Rút thay đổi tài khoản', band_changed: 'Đề nghị hạn mức phê duyệt', band_change_confirmed: 'Xác nhận hạn mức phê duyệt', band_change_withdrawn: 'Rút đề nghị hạn mức', trail_checked: 'Kiểm tra nhật ký', person_forgotten: 'Gỡ một người khỏi nhật ký', row_forgotten: 'Xóa dữ liệu hết hạn lưu', retention_set: 'Đặt thời hạn lưu', retention_applied: 'Xóa dữ liệu theo thời hạn lưu', restored: 'Khôi phục từ bản sao lưu', backup_restored: 'Khôi phục từ bản sao lưu', file_retaken: 'Đọc lại tệp bị lỗi', list_made: 'Lập danh sách chi bổ sung, thu hồi', list_approved: 'Phê duyệt danh sách', list_sent: 'Gửi danh sách', list_withdrawn: 'Rút danh sách' } satisfies Record<TrailKind, string>,
    account: { sentence: 'Mọi tài khoản, theo tên đăng nhập.', userName: 'Tên đăng nhập', displayName: 'Họ tên', roles: 'Vai trò', place: 'Nơi làm việc', active: 'Đang dùng', secondFactor: 'Có mã xác thực', created: 'Lập lúc', lastSignedIn: 'Đăng nhập gần nhất', yes: 'có', no: 'không' },
    problem: { line: 'Dòng', column: 'Cột', raw: 'Giá trị trong tệp', cause: 'Vì sao', suggestion: 'Gợi ý' },
  },
  complaint: {
    link: 'Tiếp nhận phản ánh', findTitle: 'Người dân báo chưa nhận được tiền', findSentence: 'Trước hết, tìm người đó. Chỉ mất khoảng một phút.', number: 'Số căn cước hoặc số CMND', numberHint: '12 hoặc 9 chữ số', or: 'hoặc', name: 'Họ tên', nameHint: 'Gõ không dấu cũng được. Tìm trong danh sách của đơn vị bạn.', unit: 'Mã xã, phường', find: 'Tìm',
    findFaults: { unreadable: 'Số định danh phải có 12 hoặc 9 chữ số.', nothing: 'Nhập số định danh hoặc họ tên.', unit: 'Nhập mã xã, phường để tìm theo tên.' },
    nobody: (name: string) => `Không tìm thấy “${name}” trong danh sách`, nobodyNext: 'Thử một phần của tên, hoặc nhập số định danh: vẫn tiếp nhận được phản ánh của người chưa có trong danh sách.', foundTitle: 'Là ai trong những người này?', tooMany: 'Có nhiều người hơn. Gõ thêm tên đệm hoặc họ.', born: (year: string) => `sinh ${year}`,
    back: 'Tìm người khác', formTitle: 'Ghi phản ánh', unknownPerson: 'Không ai trong danh sách của đơn vị bạn có số này. Vẫn ghi được phản ánh: nhập họ tên người đó.', fullName: 'Họ và tên', month: 'Tháng chưa nhận được tiền', monthHint: 'Tháng mà khoản tiền thuộc về', monthWritten: 'Tháng, ví dụ 10/2026', otherMonth: 'Tháng khác, ví dụ 07/2026', anotherMonth: 'Tháng khác', scheme: 'Chế độ', schemeUnknown: 'Không rõ',
    words: 'Người dân nói gì', wordsHint: 'Ghi bằng lời của họ. Không bắt buộc.', wantedAnswer: 'Muốn được trả lời bằng cách nào', answerWays: { letter: 'Văn bản', text_message: 'Tin nhắn', in_person: 'Gặp trực tiếp', phone: 'Gọi điện' }, phone: 'Số điện thoại', phoneHint: 'Cần khi trả lời bằng tin nhắn hoặc gọi điện', cameBy: 'Phản ánh qua', ways: { desk: 'Tại bộ phận một cửa', phone: 'Điện thoại', home: 'Khi đến nhà', letter: 'Đơn' },
    check: 'Kiểm tra lại', checkTitle: 'Kiểm tra trước khi ghi', notSaid: 'không ghi', answeredWithin: (days: string) => `Phải trả lời trong ${days} ngày làm việc.`, take: 'Tiếp nhận', change: 'Sửa', knownTitle: (month: string) => `Hệ thống biết gì về tháng ${month}`, knownNothing: 'Không có khoản nào của tháng này trong danh sách của đơn vị bạn.', dueAndCame: (due: string, came: string) => `phải chi ${due}, đã ghi có ${came}`,
    alreadyTaken: 'Tháng này đã có phản ánh đang xử lý:', alsoOpen: 'Tháng này đang có hồ sơ khác:', caseNumber: (number: string) => `Hồ sơ ${number}`,
    taken: 'Đã tiếp nhận phản ánh.', again: 'Phản ánh này đã được tiếp nhận hôm nay; đây là hồ sơ của nó.', saidTitle: 'Người dân phản ánh', saidOn: (day: string, way: string) => `${day}, ${way.toLowerCase()}`, wantsAnswer: (way: string) => `Muốn trả lời: ${way.toLowerCase()}`, noWords: 'Báo chưa nhận được tiền.', fromFile: 'Nhận từ tệp', answerLinks: 'Trả lời người dân', monthCases: 'Cùng tháng này',
    errors: { elsewhere: 'Hôm nay nơi khác cũng quản lý người này đã nhận khiếu nại về tháng này. Hỏi nơi đó, hoặc ghi lại vào ngày mai.', month: 'Chọn tháng, hoặc gõ tháng và năm, ví dụ 10/2026', monthAhead: 'Tháng này chưa đến', tooLong: 'Rút ngắn lại', wantedAnswer: 'Chọn cách trả lời', phoneMissing: 'Nhập số điện thoại để trả lời bằng tin nhắn hoặc gọi điện', phone: 'Số điện thoại chưa đúng, ví dụ 0912 345 678', name: 'Nhập họ và tên', letters: 'Có ký tự bị lỗi. Gõ lại.' },
  },
  candidates: {
    title: 'Khoản tiền này là của ai?', back: 'Về hồ sơ', payment: (account: string, bank: string) => `Chuyển vào tài khoản ${account} tại ${bank}.`, paymentOn: (day: string, account: string, bank: string) => `Ghi có ngày ${day} vào tài khoản ${account} tại ${bank}.`, who: 'Những người có thể', none: 'Không phải ai trong số này', ifNone: 'Nếu không phải ai: kết luận', why: 'Vì sao', whyHint: 'Căn cứ vào lệnh chi, giấy tờ hoặc lời người nhận thay.', next: 'Quyết định này là thẩm định: người khác sẽ phê duyệt.', decide: 'Ghi quyết định', closed: (step: string) => `Hồ sơ đang ở bước “${step}”; bạn chỉ xem được.`, choose: 'Chọn một người, hoặc “Không phải ai trong số này”',
    other: 'Một người ở đơn vị khác', otherSentence: 'Bạn không xem được người này. Nếu các thẻ khác không đúng, chuyển cấp trên.', number: 'Số định danh', born: 'Năm sinh', village: 'Thôn, bản', unit: 'Xã, phường', account: 'Tài khoản', noAccount: 'danh sách không ghi', openOf: (open: string, due: string) => `còn ${open} trên ${due}`,
  },
  answer: {
    back: 'Về hồ sơ', nameless: 'người thụ hưởng', anyScheme: 'trợ cấp', schemeOf: (scheme: string, month: string) => `${scheme} tháng ${month}`, askAt: (unit: string) => `Bộ phận một cửa ${unit}, trong giờ làm việc. Mang theo thư này và giấy tờ tùy thân.`,
    letterTitle: 'Thư trả lời', letterLanguage: 'Viết bằng:', letterHint: 'Không ghi số định danh, số tài khoản hay số tiền: thư có thể bị người khác đọc.', place: 'Nơi gửi', found: 'Đã tìm thấy và đã làm gì', nextLabel: 'Tiếp theo', ask: 'Hỏi ở đâu', makeLetter: 'Xem thư để in', change: 'Sửa thư', printHint: 'Bấm Ctrl + P để in. Việc in thư được ghi lại.',
    notYetTitle: 'Chưa trả lời được', notYet: 'Người dân chỉ được trả lời sau khi kết luận đã được phê duyệt.',
    messageTitle: 'Tin nhắn trả lời', messageLanguage: 'Viết bằng:', length: (count: string) => `${count} ký tự`, phone: 'Gửi đến số', phoneFault: 'Nhập số điện thoại, ví dụ 0912 345 678', send: 'Gửi tin nhắn', noGateway: 'Nơi này chưa nối với cổng tin nhắn. Hãy gửi thư hoặc gọi điện.', sentTitle: 'Các tin trước đây', states: { sending: 'Đang gửi', sent: 'Đã gửi', failed: 'Chưa gửi được' }, again: 'Gửi lại tin này', failures: { timeout: 'Cổng tin nhắn không trả lời kịp.', unreachable: 'Không nối được với cổng tin nhắn.' }, refusedWith: (status: string) => `Cổng tin nhắn từ chối (mã ${status}).`,
    message: (name: string, about: string, decision: string, next: string, unit: string) => `Kính gửi ${name}. Về ${about}: ${decision} ${next} Hỏi thêm: ${unit}.`,
    decisions: {
      none: 'việc của ông/bà đã được xem xét.', repaid: 'khoản còn thiếu đã được chi bổ sung.', recovered: 'khoản chi thừa đã được thu hồi.', offset_next_period: 'khoản chi thừa sẽ được trừ vào kỳ sau.', account_corrected: 'số tài khoản nhận tiền đã được sửa.', list_corrected: 'danh sách chi trả đã được sửa.', explained_legal: 'việc chi trả là đúng quy định.', bank_error_fixed: 'ngân hàng đã khắc phục lỗi.', written_off: 'khoản này không phải nộp lại.', false_alarm: 'đã kiểm tra, tiền đã được chi đúng.', escalated_to_inspection: 'việc này đã chuyển cơ quan thanh tra xem xét.',
    },
    next: {
      none: 'Chúng tôi sẽ báo thêm khi có kết quả.', repaid: 'Xin kiểm tra tài khoản trong vài ngày tới.', recovered: 'Ông/bà không phải làm gì thêm.', offset_next_period: 'Kỳ sau ông/bà sẽ nhận ít hơn phần này.', account_corrected: 'Kỳ chi tới tiền sẽ vào tài khoản đúng.', list_corrected: 'Kỳ chi tới sẽ theo danh sách đúng.', explained_legal: 'Nếu chưa đồng ý, ông/bà có quyền khiếu nại.', bank_error_fixed: 'Xin kiểm tra lại tài khoản hoặc hỏi ngân hàng.', written_off: 'Ông/bà không phải làm gì thêm.', false_alarm: 'Nếu vẫn chưa thấy tiền, xin đến gặp chúng tôi.', escalated_to_inspection: 'Chúng tôi sẽ báo khi có kết luận.',
    },
    letter: {
      placeAndDay: (place: string, day: string) => `${place}, ngày ${day}`, title: (about: string) => `Trả lời về ${about}`, dear: (name: string) => `Kính gửi ông/bà ${name},`, aboutComplaint: (day: string, about: string) => `Ngày ${day}, ông/bà báo chưa nhận được tiền ${about}. Cảm ơn ông/bà đã cho chúng tôi biết.`, aboutCase: (about: string) => `Chúng tôi đã xem xét khoản ${about} của ông/bà.`, foundHeading: 'Kết quả', nextHeading: 'Tiếp theo', askHeading: 'Nếu cần hỏi thêm', quote: (number: string) => `Khi hỏi, xin nói số hồ sơ ${number}.`,
    },
  },
}

export type ManyWords = typeof many
