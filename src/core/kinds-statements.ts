/** The kinds of files that say how the payer and a payment organisation stand: the organisation's own account, who it is, and by when it reports. */
import type { Column, Kind } from './kinds-shape.ts'

const accountNumber: Column = { name: 'account_number', type: 'account', isRequired: true, headers: ['số tài khoản', 'số tk', 'tài khoản', 'số tài khoản đơn vị chi trả', 'own account', 'statement account', 'account no'], into: ['account_key'] }
const currency = { name: 'currency', type: 'currency', default: 'VND', headers: ['loại tiền', 'tiền tệ', 'đơn vị tiền tệ', 'ccy'], into: ['currency'] } as const
const legalBasis: Column = { name: 'legal_basis', type: 'text', maximumLength: 1000, headers: ['căn cứ pháp lý', 'căn cứ', 'cơ sở pháp lý', 'số văn bản', 'legal reference'], into: ['legal_basis'] }

function text(name: string, maximumLength: number, headers: readonly string[], into: readonly string[] = [name]): Column {
  return { name, type: 'text', maximumLength, headers, into }
}

export const statementKinds: readonly Kind[] = [
  {
    name: 'account_statement',
    group: 'fact',
    table: 'account_statement_row',
    rules: ['statement_sides'],
    twins: 'always',
    stampColumn: 'entry_date',
    lookup: ['person_key', 'entry_date', 'amount', 'entry_kind'],
    columns: [
      // Rows lie with their account, as those of payments that name nobody do.
      { ...accountNumber, into: ['account_key', 'person_key'] },
      { ...text('statement_number', 35, ['số sao kê', 'số sổ phụ', 'sổ phụ số', 'statement no', 'statement id']), isRequired: true },
      { name: 'entry_date', type: 'date', isRequired: true, headers: ['ngày hạch toán', 'ngày ghi sổ', 'ngày bút toán', 'booking date', 'posting date'], into: ['entry_date'] },
      { name: 'value_date', type: 'date', headers: ['ngày giá trị', 'ngày hiệu lực', 'valuta'], into: ['value_date'] },
      {
        name: 'entry_kind',
        type: 'word',
        isRequired: true,
        words: {
          opening: ['số dư đầu kỳ', 'số dư đầu', 'dư đầu kỳ', 'opening balance'],
          credit: ['có', 'ghi có', 'phát sinh có', 'crdt', 'cr', 'c'],
          debit: ['nợ', 'ghi nợ', 'phát sinh nợ', 'dbit', 'dr', 'd'],
          closing: ['số dư cuối kỳ', 'số dư cuối', 'dư cuối kỳ', 'closing balance'],
        },
        headers: ['nợ có', 'ghi nợ ghi có', 'bên nợ có', 'loại bút toán', 'credit debit', 'debit credit', 'dr cr'],
        into: ['entry_kind'],
      },
      { name: 'amount', type: 'balance', isRequired: true, headers: ['số tiền', 'số tiền bút toán', 'số tiền phát sinh', 'entry amount'], into: ['amount'] },
      currency,
      {
        name: 'entry_type',
        type: 'word',
        words: { payment: ['chi trả', 'chuyển tiền'], return: ['hoàn trả', 'trả lại', 'bị trả lại', 'returned'], charge: ['phí', 'phí dịch vụ', 'fee', 'charges'], interest: ['lãi', 'lãi tiền gửi'] },
        headers: ['loại giao dịch', 'nghiệp vụ', 'transaction type'],
        into: ['entry_type'],
      },
      text('end_to_end_id', 100, ['mã giao dịch đầu cuối', 'mã lệnh', 'mã lệnh chi', 'số lệnh', 'endtoendid', 'payment reference']),
      text('entry_reference', 100, ['số tham chiếu', 'số bút toán', 'mã lô', 'tham chiếu', 'batch reference', 'reference', 'bank reference']),
      { name: 'scheme', type: 'scheme', headers: ['chế độ', 'mã chế độ', 'chính sách', 'mã chính sách', 'programme', 'scheme code'], into: ['scheme_id'] },
      { name: 'benefit_period', type: 'period', headers: ['kỳ chi trả', 'kỳ hưởng', 'tháng hưởng', 'tháng chi trả', 'period', 'benefit month'], into: ['benefit_period'] },
      { name: 'counterparty_account', type: 'account', headers: ['tài khoản đối ứng', 'số tài khoản đối ứng', 'tk đối ứng', 'contra account'], into: ['counterparty_key'] },
      text('counterparty_name', 300, ['tên đối ứng', 'đơn vị đối ứng', 'tên tài khoản đối ứng', 'contra name'], []),
      text('entry_text', 1000, ['nội dung', 'diễn giải', 'nội dung giao dịch', 'text', 'description', 'narrative']),
    ],
  },
  {
    name: 'payment_organisation',
    group: 'reference',
    table: 'payment_organisation_row',
    rules: [],
    twins: 'never',
    lookup: ['source', 'account_key'],
    columns: [
      { ...text('source', 100, ['nguồn', 'bên gửi', 'mã tổ chức chi trả', 'sender', 'organisation', 'organisation code']), isRequired: true },
      { ...text('name', 300, ['tên', 'tên tổ chức', 'tên tổ chức chi trả', 'tổ chức chi trả', 'organisation name']), isRequired: true },
      accountNumber,
      { name: 'creditor_agent', type: 'agent', headers: ['mã ngân hàng', 'mã bin', 'bin', 'bank code'], into: ['creditor_agent'] },
      { name: 'payer_account', type: 'account', headers: ['tài khoản cơ quan chi trả', 'tài khoản bên trả', 'tài khoản kho bạc', 'tài khoản nguồn', 'payer account number'], into: ['payer_key'] },
      legalBasis,
    ],
  },
  {
    name: 'report_deadline',
    group: 'reference',
    table: 'report_deadline_row',
    rules: [],
    twins: 'never',
    lookup: ['report', 'deadline_day', 'applies_from'],
    columns: [
      { name: 'report', type: 'word', isRequired: true, words: { monthly: ['báo cáo tháng', 'hằng tháng', 'hàng tháng'] }, headers: ['báo cáo', 'loại báo cáo'], into: ['report'] },
      { name: 'deadline_day', type: 'whole', isRequired: true, minimum: 1, maximum: 31, headers: ['ngày hạn', 'hạn trong tháng', 'hạn báo cáo', 'deadline'], into: ['deadline_day'] },
      { name: 'applies_from', type: 'date', isRequired: true, headers: ['áp dụng từ', 'áp dụng từ ngày', 'hiệu lực từ', 'applies since'], into: ['applies_from'] },
      legalBasis,
    ],
  },
]
