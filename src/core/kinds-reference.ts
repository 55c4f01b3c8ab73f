/** The kinds of files that hold reference rows: schemes, rates, units, banks, calendar; later files override earlier ones. */
import type { Column, Kind } from './kinds-shape.ts'

const anyScheme = { name: 'scheme', type: 'scheme', headers: ['chế độ', 'mã chế độ', 'chính sách', 'mã chính sách', 'chương trình', 'mã chương trình', 'programme', 'programme code', 'program code', 'scheme code'], into: ['scheme_id'] } as const
const scheme = { ...anyScheme, isRequired: true } as const
const legalBasis: Column = { name: 'legal_basis', type: 'text', maximumLength: 1000, headers: ['căn cứ pháp lý', 'căn cứ', 'cơ sở pháp lý', 'số văn bản', 'legal reference'], into: ['legal_basis'] }
const vietnameseName: Column = { name: 'name_vi', type: 'text', maximumLength: 300, headers: ['tên tiếng việt', 'tên', 'vietnamese name'], into: ['name_vi'] }
const englishName: Column = { name: 'name_en', type: 'text', maximumLength: 300, headers: ['tên tiếng anh', 'english name'], into: ['name_en'] }

function text(name: string, headers: readonly string[], more: Partial<Column> = {}): Column {
  return { name, type: 'text', maximumLength: 300, headers, into: [name], ...more }
}
function date(name: string, headers: readonly string[], more: Partial<Column> = {}): Column {
  return { name, type: 'date', headers, into: [name], ...more }
}
function days(name: string, headers: readonly string[], minimum: number, maximum: number, more: Partial<Column> = {}): Column {
  return { name, type: 'whole', minimum, maximum, headers, into: [name], ...more }
}
const required = { isRequired: true } as const
const unitCode = text('unit_code', ['mã đơn vị', 'mã xã', 'mã đơn vị hành chính', 'mã phường', 'mã xã phường', 'mã phường xã', 'mã đvhc', 'commune code', 'ward code', 'unit'], { maximumLength: 20 })

function reference(name: string, lookup: readonly string[], columns: readonly Column[]): Kind {
  return { name, group: 'reference', table: `${name}_row`, rules: [], twins: 'never', lookup, columns }
}

export const referenceKinds: readonly Kind[] = [
  reference('scheme', ['scheme_id'], [
    { ...scheme, type: 'new_scheme' },
    vietnameseName,
    englishName,
    { name: 'currency', type: 'currency', default: 'VND', headers: ['loại tiền', 'tiền tệ'], into: ['currency'] },
    days('due_day', ['ngày chi trả trong tháng', 'ngày đến hạn', 'ngày chi trả hằng tháng', 'payment day'], 1, 31),
    days('grace_days', ['số ngày gia hạn', 'số ngày ân hạn', 'grace period'], 0, 365),
    days('settlement_days', ['số ngày thanh toán', 'số ngày quyết toán', 'settlement period'], 0, 365),
    text('exclusive_set', ['nhóm loại trừ'], { maximumLength: 100 }),
    days('collection_days', ['số ngày chờ nhận', 'số ngày chờ lĩnh', 'collection period'], 0, 3650),
    legalBasis,
  ]),
  reference('standard_rate', ['scheme_id', 'amount', 'applies_from'], [
    scheme,
    unitCode,
    { name: 'amount', type: 'amount', isRequired: true, headers: ['mức chuẩn', 'số tiền', 'mức', 'mức trợ cấp chuẩn', 'mức chuẩn trợ giúp', 'standard rate', 'rate'], into: ['amount'] },
    date('issued_date', ['ngày ban hành', 'ngày ký', 'date issued']),
    date('in_force_date', ['ngày có hiệu lực', 'ngày hiệu lực', 'hiệu lực từ', 'date in force']),
    date('applies_from', ['áp dụng từ', 'áp dụng từ ngày', 'áp dụng kể từ', 'áp dụng kể từ ngày', 'effective from'], required),
    legalBasis,
  ]),
  reference('category', ['scheme_id', 'category_code', 'coefficient'], [
    scheme,
    text('category_code', ['mã loại đối tượng', 'loại đối tượng', 'mã nhóm đối tượng', 'mã nhóm', 'nhóm đối tượng', 'category'], { ...required, maximumLength: 50 }),
    { name: 'coefficient', type: 'decimal', isRequired: true, minimum: 0, maximum: 999_999_999, headers: ['hệ số', 'hệ số trợ cấp', 'coef'], into: ['coefficient'] },
    vietnameseName,
    englishName,
    date('applies_from', ['áp dụng từ', 'áp dụng từ ngày', 'áp dụng kể từ', 'áp dụng kể từ ngày', 'effective from']),
  ]),
  reference('administrative_unit', ['unit_code', 'valid_from'], [
    { ...unitCode, ...required },
    text('name', ['tên', 'tên đơn vị', 'tên đơn vị hành chính', 'tên xã', 'tên đvhc', 'tên xã phường', 'unit name'], required),
    text('unit_type', ['loại đơn vị', 'loại'], { maximumLength: 100 }),
    text('level', ['cấp'], { maximumLength: 50 }),
    text('parent_code', ['mã cấp trên', 'mã tỉnh', 'mã đơn vị cấp trên', 'parent'], { maximumLength: 20 }),
    date('valid_from', ['từ ngày', 'hiệu lực từ', 'hiệu lực từ ngày', 'effective from'], required),
    date('valid_to', ['đến ngày', 'hiệu lực đến', 'hiệu lực đến ngày', 'effective to']),
    legalBasis,
  ]),
  reference('unit_succession', ['old_code', 'new_code', 'effective_date'], [
    text('old_code', ['mã cũ', 'mã đơn vị cũ', 'mã xã cũ', 'old unit code'], { ...required, maximumLength: 20 }),
    text('new_code', ['mã mới', 'mã đơn vị mới', 'mã xã mới', 'new unit code'], { ...required, maximumLength: 20 }),
    date('effective_date', ['ngày hiệu lực', 'ngày có hiệu lực', 'hiệu lực từ', 'date effective'], required),
    { name: 'part', type: 'word', default: 'whole', words: { whole: ['toàn bộ'], part: ['một phần'] }, headers: ['phần'], into: ['part'] },
  ]),
  reference('village', ['unit_code', 'village'], [
    { ...unitCode, ...required },
    text('village', ['thôn', 'bản', 'thôn bản', 'ấp', 'tổ dân phố', 'tên thôn', 'tên thôn bản', 'xóm', 'buôn', 'khu phố', 'village name'], required),
    { name: 'distance_km', type: 'decimal', minimum: 0, maximum: 99_999, headers: ['khoảng cách km', 'khoảng cách', 'khoảng cách đến trung tâm xã', 'distance'], into: ['distance_km'] },
    text('electricity', ['điện', 'có điện', 'điện lưới', 'power'], { maximumLength: 50 }),
    text('signal', ['sóng', 'sóng di động', 'sóng điện thoại', 'mobile signal'], { maximumLength: 50 }),
    { name: 'cash_point_km', type: 'decimal', minimum: 0, maximum: 99_999, headers: ['cách điểm rút tiền km', 'khoảng cách điểm rút tiền', 'khoảng cách đến điểm rút tiền', 'distance to cash point'], into: ['cash_point_km'] },
  ]),
  reference('bank', ['creditor_agent', 'name'], [
    { name: 'creditor_agent', type: 'agent', isRequired: true, headers: ['mã bin', 'bin', 'mã ngân hàng', 'bank bin', 'mã bin ngân hàng', 'bin ngân hàng', 'bin code', 'bank code'], into: ['creditor_agent'] },
    text('name', ['tên', 'tên ngân hàng', 'bank name'], required),
    text('citad_institution', ['mã citad', 'citad', 'mã tổ chức citad', 'citad code'], { maximumLength: 20 }),
    text('swift', ['mã swift', 'bic', 'swift code', 'swift bic', 'bic code'], { maximumLength: 20 }),
  ]),
  reference('reason_code', ['code'], [
    text('code', ['mã', 'mã lý do', 'mã lỗi', 'reason code'], { ...required, maximumLength: 50 }),
    text('class', ['nhóm', 'phân loại', 'loại', 'reason class'], { maximumLength: 50 }),
    text('owner', ['trách nhiệm', 'bên chịu trách nhiệm', 'bên xử lý', 'người xử lý', 'who acts'], { maximumLength: 50 }),
    { name: 'retryable', type: 'flag', headers: ['có thể gửi lại', 'gửi lại được', 'can retry'], into: ['retryable'] },
    { name: 'person_caused', type: 'flag', headers: ['do người hưởng', 'do người nhận', 'caused by person'], into: ['person_caused'] },
    vietnameseName,
    englishName,
  ]),
  reference('calendar', ['calendar_date', 'kind'], [
    date('date', ['ngày', 'ngày tháng', 'ngày nghỉ lễ', 'day'], { ...required, into: ['calendar_date'] }),
    { name: 'kind', type: 'word', isRequired: true, words: { holiday: ['nghỉ lễ', 'ngày nghỉ', 'nghỉ'], working: ['làm bù', 'làm việc', 'ngày làm việc'] }, headers: ['loại', 'loại ngày', 'kiểu ngày', 'day kind'], into: ['kind'] },
    text('name', ['tên', 'tên ngày nghỉ', 'tên ngày lễ', 'tên ngày', 'holiday name']),
  ]),
  reference('coverage_start', ['scheme_id', 'start_period'], [
    scheme,
    unitCode,
    { name: 'start_period', type: 'period', isRequired: true, headers: ['tháng bắt đầu', 'kỳ bắt đầu', 'bắt đầu từ tháng', 'bắt đầu đối soát từ', 'start month', 'first month'], into: ['start_period'] },
  ]),
  reference('cash_limit', ['limit_kind', 'amount', 'currency', 'applies_from'], [
    { name: 'limit_kind', type: 'word', isRequired: true, words: { agent_day: ['đại lý một ngày', 'đại lý mỗi ngày', 'agent a day'], customer_day: ['khách hàng một ngày', 'khách hàng mỗi ngày', 'customer a day'] }, headers: ['loại hạn mức', 'hạn mức', 'kind of limit', 'limit kind'], into: ['limit_kind'] },
    { name: 'amount', type: 'amount', isRequired: true, headers: ['số tiền', 'số tiền hạn mức', 'limit amount'], into: ['amount'] },
    { name: 'currency', type: 'currency', default: 'VND', headers: ['loại tiền', 'tiền tệ', 'currency code'], into: ['currency'] },
    date('applies_from', ['áp dụng từ', 'áp dụng từ ngày', 'hiệu lực từ', 'applies since'], required),
    legalBasis,
  ]),
  reference('campaign', ['name', 'target_percent', 'target_date'], [
    text('name', ['tên chiến dịch', 'chiến dịch', 'tên đợt', 'đợt cao điểm', 'tên đợt cao điểm', 'campaign', 'campaign name'], required),
    unitCode,
    anyScheme,
    { name: 'target_percent', type: 'decimal', isRequired: true, minimum: 0, maximum: 100, headers: ['chỉ tiêu', 'chỉ tiêu %', 'chỉ tiêu phần trăm', 'tỷ lệ mục tiêu', 'mục tiêu', 'target', 'target percentage'], into: ['target_percent'] },
    date('target_date', ['hạn hoàn thành', 'ngày hoàn thành', 'thời hạn hoàn thành', 'ngày mục tiêu', 'completion date'], required),
    date('start_date', ['ngày bắt đầu', 'bắt đầu từ ngày', 'ngày phát động', 'start date'], required),
    legalBasis,
  ]),
  reference('payer_account', ['debtor_name', 'debtor_agent', 'debtor_account', 'applies_from'], [
    unitCode,
    text('debtor_name', ['tên chủ tài khoản chi', 'tên đơn vị chi trả', 'đơn vị chi trả', 'payer', 'payer name'], required),
    { name: 'debtor_agent', type: 'agent', isRequired: true, headers: ['mã ngân hàng chi', 'ngân hàng chi', 'payer bank', 'payer bank code'], into: ['debtor_agent'] },
    text('debtor_account', ['tài khoản chi', 'số tài khoản chi', 'payer account'], { ...required, maximumLength: 34 }),
    { name: 'cash_agent', type: 'agent', headers: ['mã đơn vị chi tiền mặt', 'đơn vị chi tiền mặt', 'cash agent'], into: ['cash_agent'] },
    { name: 'offset_percent', type: 'decimal', default: '0', minimum: 0, maximum: 100, headers: ['tỷ lệ bù trừ', 'tỷ lệ bù trừ tối đa', 'mức bù trừ tối đa %', 'largest offset'], into: ['offset_percent'] },
    { name: 'not_collected', type: 'word', default: 'next_list', words: { next_list: ['chuyển kỳ sau', 'danh sách tháng sau', 'next list'], supplementary: ['chi bổ sung', 'danh sách bổ sung'] }, headers: ['tiền không nhận', 'tiền chưa lĩnh', 'money not collected'], into: ['not_collected'] },
    { name: 'collection_months', type: 'whole', default: '3', minimum: 0, maximum: 24, headers: ['số tháng chuyển kỳ', 'số tháng chuyển kỳ tối đa', 'months carried over'], into: ['collection_months'] },
    date('applies_from', ['áp dụng từ', 'áp dụng từ ngày', 'hiệu lực từ', 'applies since'], required),
    legalBasis,
  ]),
  reference('source_expectation', ['source', 'kind', 'deadline_day'], [
    text('source', ['nguồn', 'bên gửi', 'đơn vị gửi', 'sender'], { ...required, maximumLength: 100 }),
    text('kind', ['loại tệp', 'loại', 'kind of file', 'file kind'], { ...required, maximumLength: 50 }),
    anyScheme,
    days('deadline_day', ['ngày hạn', 'hạn trong tháng', 'hạn gửi', 'ngày hạn trong tháng', 'deadline'], 1, 31, required),
  ]),
]
