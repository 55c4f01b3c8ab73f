/** The kinds of files that hold facts: who is due, which accounts there are, what was paid, withdrawn, mandated, registered. */
import type { Column, Kind } from './kinds-shape.ts'

const nameLength = 300

const sexWords = { male: ['m', 'nam', 'nam giới'], female: ['f', 'nữ', 'nữ giới'] }
const channelWords = {
  account: ['tài khoản', 'tk', 'chuyển khoản', 'qua tài khoản', 'bank account'],
  cash: ['tiền mặt', 'tm'],
  post: ['bưu điện', 'bưu cục', 'qua bưu điện'],
  wallet: ['ví', 'ví điện tử', 'e wallet', 'mobile money'],
}

const scheme = { name: 'scheme', type: 'scheme', headers: ['chế độ', 'chính sách', 'mã chế độ', 'mã chính sách', 'programme', 'scheme code'], into: ['scheme_id'] } as const
const period = { name: 'benefit_period', type: 'period', headers: ['kỳ chi trả', 'kỳ hưởng', 'kỳ trợ cấp', 'tháng hưởng', 'tháng chi trả', 'kychitra', 'period', 'benefit month'], into: ['benefit_period'] } as const
const currency = { name: 'currency', type: 'currency', default: 'VND', headers: ['loại tiền', 'tiền tệ', 'đơn vị tiền tệ', 'ccy'], into: ['currency'] } as const
const beneficiaryHeaders = ['số định danh', 'số định danh cá nhân', 'số đdcn', 'đdcn', 'cccd', 'số cccd', 'số cccd đdcn', 'số căn cước', 'số căn cước công dân', 'căn cước công dân', 'cmnd', 'số cmnd', 'mã định danh', 'mã đối tượng', 'personal id', 'id number', 'national id']
const agent = { name: 'creditor_agent', type: 'agent', headers: ['ngân hàng', 'mã ngân hàng', 'mã nh', 'manganhang', 'bin', 'mã bin', 'bank', 'bank code', 'bank bin'], into: ['creditor_agent'] } as const
const accountHeaders = ['số tài khoản', 'số tk', 'stk', 'tài khoản', 'tài khoản nhận', 'số tài khoản nhận', 'sotaikhoannguoinhan', 'account', 'account no', 'account number']
const payeeHeaders = ['số định danh người nhận', 'số định danh người nhận thay', 'cccd người nhận', 'cccd người nhận thay', 'mã người nhận thay', 'payee']
const payeeNameHeaders = ['người nhận thay', 'tên người nhận', 'tên người nhận thay', 'họ tên người nhận thay', 'họ và tên người nhận thay', 'người giám hộ', 'tên người giám hộ']
const unitHeaders = ['mã đơn vị', 'mã xã', 'mã đơn vị hành chính', 'mã địa bàn', 'unit', 'commune code']
const birthHeaders = ['ngày sinh', 'năm sinh', 'ngày tháng năm sinh', 'ngày tháng năm sinh dd mm yyyy', 'date of birth', 'dob', 'birthday']
const sexHeaders = ['giới tính', 'giới', 'gender']
const nameHeaders = ['họ và tên', 'họ tên', 'tên đối tượng', 'họ tên đối tượng', 'họ và tên đối tượng', 'full name', 'name']

function person(name: string, headers: readonly string[], more: Partial<Column> = {}): Column {
  return { name, type: 'person', headers, into: ['person_key'], ...more }
}

export const factKinds: readonly Kind[] = [
  {
    name: 'beneficiary_list',
    group: 'fact',
    table: 'entitlement_line',
    sumColumn: 'due_amount',
    rules: ['scheme_currency', 'origin_period'],
    twins: 'always',
    lookup: ['person_key', 'benefit_period', 'scheme_id', 'due_amount'],
    nullableLookup: { list_date: `'-infinity'::date` },
    columns: [
      { ...scheme, isRequired: true },
      { ...period, isRequired: true },
      person('beneficiary_id', beneficiaryHeaders, { isRequired: true }),
      { name: 'beneficiary_name', type: 'text', isRequired: true, maximumLength: nameLength, headers: nameHeaders, into: ['beneficiary_name'] },
      { name: 'birth_date', type: 'birth', headers: birthHeaders, into: ['birth_date', 'birth_year'] },
      { name: 'sex', type: 'word', words: sexWords, headers: sexHeaders, into: ['sex'] },
      { name: 'unit_code', type: 'text', isRequired: true, maximumLength: 20, headers: unitHeaders, into: ['unit_code'] },
      { name: 'village', type: 'text', maximumLength: nameLength, headers: ['thôn', 'bản', 'thôn bản', 'thôn xóm', 'ấp', 'tổ dân phố', 'khu phố'], into: ['village'] },
      { name: 'category_code', type: 'text', maximumLength: 50, headers: ['mã loại đối tượng', 'loại đối tượng', 'loại đối tượng mã', 'nhóm đối tượng', 'category'], into: ['category_code'] },
      { name: 'quantity', type: 'decimal', minimum: 0, maximum: 999_999_999, headers: ['số lượng', 'số suất'], into: ['quantity'] },
      {
        name: 'component',
        type: 'word',
        default: 'regular',
        words: {
          regular: ['hằng tháng', 'hàng tháng', 'thường xuyên'],
          arrears: ['truy lĩnh'],
          carried_over: ['kỳ trước chuyển sang', 'chuyển kỳ', 'chuyển kỳ sau'],
          funeral: ['mai táng', 'mai táng phí'],
          top_up: ['phần bổ sung', 'tỉnh bổ sung'],
          carer: ['người chăm sóc', 'chăm sóc'],
          one_off: ['một lần'],
        },
        headers: ['khoản', 'loại khoản', 'khoản chi'],
        into: ['component'],
      },
      { name: 'origin_period', type: 'period', headers: ['kỳ gốc', 'tháng truy lĩnh', 'kỳ phát sinh'], into: ['origin_period'] },
      { name: 'due_amount', type: 'amount', isRequired: true, headers: ['số tiền', 'số tiền đồng', 'số tiền được hưởng', 'mức hưởng', 'mức trợ cấp', 'thành tiền', 'tổng số tiền', 'số tiền phải chi', 'amount', 'amount due'], into: ['due_amount'] },
      currency,
      { name: 'due_date', type: 'date', headers: ['ngày đến hạn', 'hạn chi trả', 'ngày chi trả'], into: ['due_date'] },
      { name: 'payment_channel', type: 'word', default: 'account', words: channelWords, headers: ['hình thức chi trả', 'mahinhthucchitra', 'hình thức nhận', 'channel'], into: ['payment_channel'] },
      { name: 'payee_id', type: 'party', headers: payeeHeaders, into: ['payee_key'] },
      { name: 'payee_name', type: 'text', maximumLength: nameLength, headers: payeeNameHeaders, into: ['payee_name'] },
      agent,
      { name: 'creditor_account', type: 'account', headers: accountHeaders, into: ['account_key'] },
      { name: 'needs', type: 'text', maximumLength: 500, headers: ['nhu cầu', 'nhu cầu hỗ trợ'], into: ['needs'] },
      {
        name: 'list_status',
        type: 'word',
        default: 'active',
        words: { active: ['đang hưởng', 'hưởng'], suspended: ['tạm dừng', 'tạm dừng hưởng', 'tạm đình chỉ'], stopped: ['thôi hưởng', 'dừng hưởng', 'chấm dứt', 'cắt giảm'] },
        headers: ['trạng thái', 'trạng thái hưởng', 'tình trạng hưởng'],
        into: ['list_status'],
      },
      { name: 'list_date', type: 'date', headers: ['ngày lập', 'ngày lập danh sách', 'ngày danh sách'], into: ['list_date'] },
    ],
  },
  {
    name: 'account_opening',
    group: 'fact',
    table: 'account_report',
    rules: [],
    twins: 'never',
    lookup: ['person_key', 'account_key', 'creditor_agent', 'opened_date'],
    nullableLookup: { reported_date: `'-infinity'::date` },
    columns: [
      { ...agent, isRequired: true },
      { name: 'account_number', type: 'account', isRequired: true, headers: accountHeaders, into: ['account_key'] },
      { name: 'holder_id', type: 'party', isRequired: true, headers: [...beneficiaryHeaders, 'cccd chủ tài khoản', 'số định danh chủ tài khoản', 'cccd chủ tk'], into: ['person_key'] },
      { name: 'holder_name', type: 'text', isRequired: true, maximumLength: nameLength, headers: ['chủ tài khoản', 'tên chủ tài khoản', 'tên chủ tk', 'tên tài khoản', ...nameHeaders], into: [] },
      { name: 'opened_date', type: 'date', isRequired: true, headers: ['ngày mở', 'ngày mở tài khoản', 'ngày mở tk', 'open date'], into: ['opened_date'] },
      {
        name: 'account_status',
        type: 'word',
        isRequired: true,
        words: {
          active: ['hoạt động', 'đang hoạt động', 'đã kích hoạt'],
          inactive: ['chưa kích hoạt', 'chưa hoạt động'],
          dormant: ['ngủ đông', 'tạm ngủ'],
          blocked: ['phong tỏa', 'bị phong tỏa', 'bị khóa', 'tạm khóa'],
          closed: ['đã đóng', 'đóng', 'đã tất toán'],
        },
        headers: ['trạng thái', 'trạng thái tài khoản', 'tình trạng tài khoản', 'status'],
        into: ['account_status'],
      },
      { name: 'activated_date', type: 'date', headers: ['ngày kích hoạt'], into: ['activated_date'] },
      { name: 'card_issued_date', type: 'date', headers: ['ngày phát hành thẻ', 'ngày giao thẻ'], into: ['card_issued_date'] },
      { name: 'closed_date', type: 'date', headers: ['ngày đóng', 'ngày đóng tài khoản'], into: ['closed_date'] },
      { name: 'reported_date', type: 'date', headers: ['ngày báo cáo'], into: ['reported_date'] },
    ],
  },
  {
    name: 'disbursement',
    group: 'fact',
    table: 'payment_report',
    sumColumn: 'instructed_amount',
    rules: ['status_dates'],
    twins: 'without_reference',
    lookup: ['person_key', 'creditor_agent', 'instructed_amount', 'transaction_status'],
    nullableLookup: { reference_key: '-1', benefit_period: '-1' },
    columns: [
      { name: 'end_to_end_id', type: 'reference', maximumLength: 100, headers: ['mã giao dịch đầu cuối', 'mã lệnh', 'mã lệnh chi', 'số lệnh', 'endtoendid', 'reference'], into: ['reference_key', 'end_to_end_id'] },
      scheme,
      period,
      person('beneficiary_id', beneficiaryHeaders),
      { ...agent, isRequired: true },
      { name: 'creditor_account', type: 'account', headers: accountHeaders, into: ['account_key'] },
      { name: 'creditor_name', type: 'text', headers: ['tên người hưởng', 'tên người thụ hưởng', 'người thụ hưởng', 'tên chủ tài khoản', 'tên chủ tk', 'tên tài khoản', ...nameHeaders], into: [] },
      { name: 'instructed_amount', type: 'amount', isRequired: true, headers: ['số tiền', 'số tiền đồng', 'số tiền chuyển', 'số tiền lệnh', 'số tiền chi', 'amount'], into: ['instructed_amount'] },
      currency,
      { name: 'instructed_at', type: 'instant', headers: ['ngày lệnh', 'thời điểm lệnh', 'ngày lập lệnh', 'ngày chuyển', 'ngày giao dịch', 'instructed date'], into: ['instructed_at'] },
      {
        name: 'transaction_status',
        type: 'word',
        isRequired: true,
        words: {
          PDNG: ['pending', 'đang chờ', 'chờ xử lý'],
          ACSP: ['đang chuyển', 'đang xử lý', 'in process'],
          NCOL: ['not collected', 'chưa nhận', 'không nhận', 'không đến nhận', 'chưa đến nhận'],
          RJCT: ['rejected', 'bị từ chối', 'từ chối', 'không thành công', 'thất bại'],
          ACSC: ['credited', 'đã ghi có', 'ghi có', 'thành công', 'đã chuyển', 'đã nhận'],
          ACCC: ['đã ghi có tài khoản', 'ghi có tài khoản'],
          RTRN: ['returned', 'bị trả lại', 'trả lại', 'đã hoàn trả', 'hoàn trả'],
        },
        headers: ['trạng thái', 'trạng thái giao dịch', 'kết quả', 'kết quả giao dịch', 'status'],
        into: ['transaction_status'],
      },
      { name: 'credited_amount', type: 'amount', headers: ['số tiền ghi có', 'số tiền đã ghi có', 'số tiền thực nhận'], into: ['credited_amount'] },
      { name: 'credited_at', type: 'instant', headers: ['ngày ghi có', 'thời điểm ghi có', 'credited date'], into: ['credited_at', 'credited_date'] },
      { name: 'returned_at', type: 'instant', headers: ['ngày trả lại', 'ngày hoàn trả', 'thời điểm hoàn trả', 'returned date'], into: ['returned_at'] },
      { name: 'returned_amount', type: 'amount', headers: ['số tiền trả lại', 'số tiền hoàn trả'], into: ['returned_amount'] },
      { name: 'return_reason_code', type: 'text', maximumLength: 50, headers: ['mã lý do', 'mã lý do trả lại', 'mã lỗi', 'reason code'], into: ['return_reason_code'] },
      { name: 'reason_text', type: 'text', maximumLength: 1000, headers: ['lý do', 'lý do trả lại', 'diễn giải lý do', 'reason'], into: ['reason_text'] },
      { name: 'bank_reference', type: 'text', maximumLength: 100, headers: ['số tham chiếu', 'số bút toán', 'mã giao dịch ngân hàng', 'mã tham chiếu'], into: ['bank_reference'] },
      { name: 'payment_channel', type: 'word', words: channelWords, headers: ['hình thức chi trả', 'hình thức nhận', 'channel'], into: ['payment_channel'] },
    ],
  },
  {
    name: 'withdrawal',
    group: 'fact',
    table: 'withdrawal_report',
    sumColumn: 'withdrawn_amount',
    rules: [],
    twins: 'never',
    lookup: ['person_key', 'account_key', 'creditor_agent', 'reported_through_date'],
    nullableLookup: { reference_key: '-1' },
    columns: [
      { ...agent, isRequired: true },
      { name: 'account_number', type: 'account', isRequired: true, headers: accountHeaders, into: ['account_key', 'person_key'] },
      { name: 'end_to_end_id', type: 'reference', maximumLength: 100, headers: ['mã giao dịch đầu cuối', 'mã lệnh', 'mã lệnh chi', 'số lệnh', 'endtoendid', 'reference'], into: ['reference_key', 'end_to_end_id'] },
      { name: 'first_withdrawal_at', type: 'instant', headers: ['ngày rút đầu tiên', 'thời điểm rút đầu tiên', 'ngày rút tiền', 'ngày rút'], into: ['first_withdrawal_at', 'first_withdrawal_date'] },
      {
        name: 'withdrawal_channel',
        type: 'word',
        words: {
          atm: ['cây atm', 'máy atm'],
          branch: ['quầy', 'tại quầy', 'chi nhánh'],
          agent: ['đại lý'],
          post: ['bưu điện', 'bưu cục'],
          pos: ['máy pos', 'quẹt thẻ'],
          transfer: ['chuyển khoản'],
          home: ['tại nhà'],
        },
        headers: ['kênh rút', 'kênh rút tiền', 'channel'],
        into: ['withdrawal_channel'],
      },
      { name: 'withdrawn_amount', type: 'amount', headers: ['số tiền rút', 'số tiền đã rút'], into: ['withdrawn_amount'] },
      { name: 'reported_through_date', type: 'date', isRequired: true, headers: ['báo cáo đến ngày', 'số liệu đến ngày', 'đến ngày'], into: ['reported_through_date'] },
    ],
  },
  {
    name: 'mandate',
    group: 'fact',
    table: 'mandate_row',
    rules: [],
    twins: 'never',
    lookup: ['person_key', 'payee_key', 'valid_from'],
    columns: [
      person('beneficiary_id', beneficiaryHeaders, { isRequired: true }),
      { name: 'payee_id', type: 'party', isRequired: true, headers: payeeHeaders, into: ['payee_key'] },
      { name: 'payee_name', type: 'text', isRequired: true, maximumLength: nameLength, headers: payeeNameHeaders, into: ['payee_name'] },
      {
        name: 'relation',
        type: 'word',
        isRequired: true,
        words: {
          guardian: ['giám hộ', 'người giám hộ'],
          parent: ['cha mẹ', 'bố mẹ', 'cha', 'mẹ', 'bố'],
          authorised: ['ủy quyền', 'được ủy quyền', 'người được ủy quyền', 'authorized'],
          institution: ['cơ sở trợ giúp xã hội', 'cơ sở bảo trợ', 'cơ sở'],
          household_head: ['chủ hộ'],
        },
        headers: ['quan hệ', 'mối quan hệ'],
        into: ['relation'],
      },
      { name: 'valid_from', type: 'date', isRequired: true, headers: ['từ ngày', 'hiệu lực từ', 'có hiệu lực từ ngày'], into: ['valid_from'] },
      { name: 'valid_to', type: 'date', headers: ['đến ngày', 'hiệu lực đến', 'có hiệu lực đến ngày'], into: ['valid_to'] },
    ],
  },
  {
    name: 'population_register',
    group: 'fact',
    table: 'register_row',
    rules: [],
    twins: 'never',
    lookup: ['person_key', 'verified_date', 'vital_status'],
    columns: [
      person('person_id', beneficiaryHeaders, { isRequired: true }),
      person('previous_id', ['số cmnd cũ', 'số định danh cũ', 'cmnd cũ', 'số cũ'], { into: ['previous_key'] }),
      { name: 'name', type: 'text', isRequired: true, maximumLength: nameLength, headers: nameHeaders, into: ['person_name'] },
      { name: 'birth_date', type: 'birth', headers: birthHeaders, into: ['birth_date', 'birth_year'] },
      { name: 'sex', type: 'word', words: sexWords, headers: sexHeaders, into: ['sex'] },
      {
        name: 'vital_status',
        type: 'word',
        isRequired: true,
        words: { alive: ['còn sống', 'sống'], dead: ['đã chết', 'chết', 'đã mất', 'deceased'], missing: ['mất tích'] },
        headers: ['tình trạng', 'tình trạng sống', 'trạng thái'],
        into: ['vital_status'],
      },
      { name: 'death_date', type: 'date', headers: ['ngày chết', 'ngày mất'], into: ['death_date'] },
      { name: 'unit_code', type: 'text', maximumLength: 20, headers: unitHeaders, into: ['unit_code'] },
      { name: 'verified_date', type: 'date', isRequired: true, headers: ['ngày xác minh', 'ngày xác thực', 'ngày đối chiếu'], into: ['verified_date'] },
      { name: 'eid_level', type: 'whole', minimum: 0, maximum: 2, headers: ['mức định danh', 'mức độ định danh', 'mức định danh điện tử'], into: ['eid_level'] },
    ],
  },
  {
    name: 'exemption',
    group: 'fact',
    table: 'exemption_row',
    rules: [],
    twins: 'never',
    lookup: ['person_key', 'valid_from', 'valid_to', 'reason_code'],
    columns: [
      person('beneficiary_id', beneficiaryHeaders, { isRequired: true }),
      { name: 'reason_code', type: 'text', isRequired: true, maximumLength: 50, headers: ['mã lý do', 'lý do miễn'], into: ['reason_code'] },
      { name: 'evidence_reference', type: 'text', isRequired: true, maximumLength: 300, headers: ['căn cứ', 'số văn bản', 'minh chứng'], into: ['evidence_reference'] },
      { name: 'approved_by', type: 'text', isRequired: true, maximumLength: nameLength, headers: ['người duyệt', 'người phê duyệt'], into: ['approved_by'] },
      { name: 'valid_from', type: 'date', isRequired: true, headers: ['từ ngày', 'hiệu lực từ'], into: ['valid_from'] },
      { name: 'valid_to', type: 'date', isRequired: true, headers: ['đến ngày', 'hiệu lực đến'], into: ['valid_to'] },
    ],
  },
]
