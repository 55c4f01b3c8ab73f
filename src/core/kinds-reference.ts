/** The kinds of files that hold reference rows: schemes, rates, units, banks, calendar; later files override earlier ones. */
import type { Column, Kind } from './kinds-shape.ts'

const anyScheme = { name: 'scheme', type: 'scheme', headers: ['chế độ', 'mã chế độ', 'chính sách', 'mã chính sách'], into: ['scheme_id'] } as const
const scheme = { ...anyScheme, isRequired: true } as const
const legalBasis: Column = { name: 'legal_basis', type: 'text', maximumLength: 1000, headers: ['căn cứ pháp lý', 'căn cứ'], into: ['legal_basis'] }
const vietnameseName: Column = { name: 'name_vi', type: 'text', maximumLength: 300, headers: ['tên tiếng việt', 'tên'], into: ['name_vi'] }
const englishName: Column = { name: 'name_en', type: 'text', maximumLength: 300, headers: ['tên tiếng anh'], into: ['name_en'] }

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
const unitCode = text('unit_code', ['mã đơn vị', 'mã xã', 'mã đơn vị hành chính'], { maximumLength: 20 })

function reference(name: string, lookup: readonly string[], columns: readonly Column[]): Kind {
  return { name, group: 'reference', table: `${name}_row`, rules: [], twins: 'never', lookup, columns }
}

export const referenceKinds: readonly Kind[] = [
  reference('scheme', ['scheme_id'], [
    { ...scheme, type: 'new_scheme' },
    vietnameseName,
    englishName,
    { name: 'currency', type: 'currency', default: 'VND', headers: ['loại tiền', 'tiền tệ'], into: ['currency'] },
    days('due_day', ['ngày chi trả trong tháng', 'ngày đến hạn'], 1, 31),
    days('grace_days', ['số ngày gia hạn'], 0, 365),
    days('settlement_days', ['số ngày thanh toán'], 0, 365),
    text('exclusive_set', ['nhóm loại trừ'], { maximumLength: 100 }),
    days('collection_days', ['số ngày chờ nhận'], 0, 3650),
    legalBasis,
  ]),
  reference('standard_rate', ['scheme_id', 'amount', 'applies_from'], [
    scheme,
    unitCode,
    { name: 'amount', type: 'amount', isRequired: true, headers: ['mức chuẩn', 'số tiền'], into: ['amount'] },
    date('issued_date', ['ngày ban hành']),
    date('in_force_date', ['ngày có hiệu lực']),
    date('applies_from', ['áp dụng từ', 'áp dụng từ ngày'], required),
    legalBasis,
  ]),
  reference('category', ['scheme_id', 'category_code', 'coefficient'], [
    scheme,
    text('category_code', ['mã loại đối tượng', 'loại đối tượng'], { ...required, maximumLength: 50 }),
    { name: 'coefficient', type: 'decimal', isRequired: true, minimum: 0, maximum: 999_999_999, headers: ['hệ số'], into: ['coefficient'] },
    vietnameseName,
    englishName,
    date('applies_from', ['áp dụng từ', 'áp dụng từ ngày']),
  ]),
  reference('administrative_unit', ['unit_code', 'valid_from'], [
    { ...unitCode, ...required },
    text('name', ['tên', 'tên đơn vị', 'tên đơn vị hành chính'], required),
    text('unit_type', ['loại đơn vị', 'loại'], { maximumLength: 100 }),
    text('level', ['cấp'], { maximumLength: 50 }),
    text('parent_code', ['mã cấp trên', 'mã tỉnh'], { maximumLength: 20 }),
    date('valid_from', ['từ ngày', 'hiệu lực từ'], required),
    date('valid_to', ['đến ngày', 'hiệu lực đến']),
    legalBasis,
  ]),
  reference('unit_succession', ['old_code', 'new_code', 'effective_date'], [
    text('old_code', ['mã cũ'], { ...required, maximumLength: 20 }),
    text('new_code', ['mã mới'], { ...required, maximumLength: 20 }),
    date('effective_date', ['ngày hiệu lực', 'ngày có hiệu lực'], required),
    { name: 'part', type: 'word', default: 'whole', words: { whole: ['toàn bộ'], part: ['một phần'] }, headers: ['phần'], into: ['part'] },
  ]),
  reference('village', ['unit_code', 'village'], [
    { ...unitCode, ...required },
    text('village', ['thôn', 'bản', 'thôn bản', 'ấp', 'tổ dân phố'], required),
    { name: 'distance_km', type: 'decimal', minimum: 0, maximum: 99_999, headers: ['khoảng cách km', 'khoảng cách'], into: ['distance_km'] },
    text('electricity', ['điện'], { maximumLength: 50 }),
    text('signal', ['sóng', 'sóng di động'], { maximumLength: 50 }),
    { name: 'cash_point_km', type: 'decimal', minimum: 0, maximum: 99_999, headers: ['cách điểm rút tiền km', 'khoảng cách điểm rút tiền'], into: ['cash_point_km'] },
  ]),
  reference('bank', ['creditor_agent', 'name'], [
    { name: 'creditor_agent', type: 'agent', isRequired: true, headers: ['bin', 'mã bin', 'mã ngân hàng', 'bank bin'], into: ['creditor_agent'] },
    text('name', ['tên', 'tên ngân hàng', 'bank name'], required),
    text('citad_institution', ['mã citad', 'citad'], { maximumLength: 20 }),
    text('swift', ['mã swift', 'bic'], { maximumLength: 20 }),
  ]),
  reference('reason_code', ['code'], [
    text('code', ['mã', 'mã lý do'], { ...required, maximumLength: 50 }),
    text('class', ['nhóm', 'phân loại'], { maximumLength: 50 }),
    text('owner', ['trách nhiệm', 'bên chịu trách nhiệm'], { maximumLength: 50 }),
    { name: 'retryable', type: 'flag', headers: ['có thể gửi lại'], into: ['retryable'] },
    { name: 'person_caused', type: 'flag', headers: ['do người hưởng'], into: ['person_caused'] },
    vietnameseName,
    englishName,
  ]),
  reference('calendar', ['calendar_date', 'kind'], [
    date('date', ['ngày'], { ...required, into: ['calendar_date'] }),
    { name: 'kind', type: 'word', isRequired: true, words: { holiday: ['nghỉ lễ', 'ngày nghỉ', 'nghỉ'], working: ['làm bù', 'làm việc', 'ngày làm việc'] }, headers: ['loại', 'loại ngày'], into: ['kind'] },
    text('name', ['tên', 'tên ngày nghỉ']),
  ]),
  reference('source_expectation', ['source', 'kind', 'deadline_day'], [
    text('source', ['nguồn', 'bên gửi'], { ...required, maximumLength: 100 }),
    text('kind', ['loại tệp', 'loại'], { ...required, maximumLength: 50 }),
    anyScheme,
    days('deadline_day', ['ngày hạn', 'hạn trong tháng'], 1, 31, required),
  ]),
]
