/** Writes a file of the model as the CSV text that the real ingest reads. */
import type { Kind, ModelFile } from './types.ts'

const COLUMNS: Record<Kind, { required: string; optional: string }> = {
  beneficiary_list: {
    required: 'scheme benefit_period beneficiary_id beneficiary_name unit_code due_amount',
    optional:
      'birth_date sex village category_code quantity component origin_period currency due_date payment_channel payee_id payee_name creditor_agent creditor_account needs list_status list_date',
  },
  account_opening: {
    required: 'creditor_agent account_number holder_id holder_name opened_date account_status',
    optional: 'activated_date card_issued_date closed_date reported_date',
  },
  disbursement: {
    required: 'creditor_agent instructed_amount transaction_status',
    optional:
      'end_to_end_id scheme benefit_period beneficiary_id creditor_account creditor_name currency instructed_at credited_amount credited_at returned_at returned_amount return_reason_code reason_text bank_reference payment_channel',
  },
  withdrawal: {
    required: 'creditor_agent account_number reported_through_date',
    optional: 'end_to_end_id first_withdrawal_at withdrawal_channel withdrawn_amount',
  },
  mandate: { required: 'beneficiary_id payee_id payee_name relation valid_from', optional: 'valid_to' },
  population_register: {
    required: 'person_id name vital_status verified_date',
    optional: 'previous_id birth_date sex death_date unit_code eid_level',
  },
  exemption: {
    required: 'beneficiary_id reason_code evidence_reference approved_by valid_from valid_to',
    optional: '',
  },
  scheme: {
    required: 'scheme',
    optional: 'name_vi name_en currency due_day grace_days settlement_days exclusive_set collection_days',
  },
  calendar: { required: 'date kind', optional: 'name' },
  standard_rate: { required: 'scheme amount applies_from', optional: 'unit_code issued_date in_force_date legal_basis' },
  category: { required: 'scheme category_code coefficient', optional: 'name_vi name_en applies_from' },
  administrative_unit: { required: 'unit_code name valid_from', optional: 'unit_type level parent_code valid_to legal_basis' },
  unit_succession: { required: 'old_code new_code effective_date', optional: 'part' },
  coverage_start: { required: 'scheme start_period', optional: 'unit_code' },
  source_expectation: { required: 'source kind deadline_day', optional: 'scheme' },
}

const cell = (value: string): string => (/[",\n\r;\t]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

/** The whole text, header first: the required columns, then those optional ones that some row fills. Throws on an unknown column. */
export function writeCsv(file: ModelFile): string {
  const required = COLUMNS[file.kind].required.split(' ')
  const optional = COLUMNS[file.kind].optional.split(' ')
  for (const row of file.rows) {
    for (const column of Object.keys(row)) {
      if (!required.includes(column) && !optional.includes(column)) throw new Error(`${file.kind} has no column ${column}`)
    }
  }
  const header = [...required, ...optional.filter((column) => file.rows.some((row) => row[column]))]
  const lines = file.rows.map((row) => header.map((column) => cell(row[column] ?? '')).join(','))
  return [header.join(','), ...lines, ''].join('\n')
}

const written = new WeakMap<ModelFile, string>()

/** `writeCsv`, once per file object. */
export function bytesOf(file: ModelFile): string {
  const text = written.get(file) ?? writeCsv(file)
  written.set(file, text)
  return text
}
