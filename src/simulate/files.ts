/** Writes the simulated files row by row, so that a province of any size needs no more memory than a village. */
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { organisationFileName, statementFilePattern } from './statement-files.ts'

/** The columns of each simulated kind, in the order written. */
export const columns = {
  standard_rate: 'scheme,unit_code,amount,issued_date,in_force_date,applies_from,legal_basis',
  category: 'scheme,category_code,coefficient,name_vi,name_en,applies_from',
  administrative_unit: 'unit_code,name,unit_type,level,parent_code,valid_from,valid_to,legal_basis',
  source_expectation: 'source,kind,scheme,deadline_day',
  village: 'unit_code,village,distance_km,electricity,signal,cash_point_km',
  beneficiary_list:
    'scheme,benefit_period,beneficiary_id,beneficiary_name,birth_date,sex,unit_code,village,category_code,quantity,component,origin_period,due_amount,currency,due_date,payment_channel,payee_id,payee_name,creditor_agent,creditor_account,needs,list_status,list_date',
  account_opening: 'creditor_agent,account_number,holder_id,holder_name,opened_date,account_status,activated_date,card_issued_date,closed_date,reported_date',
  disbursement:
    'end_to_end_id,scheme,benefit_period,beneficiary_id,creditor_agent,creditor_account,creditor_name,instructed_amount,currency,instructed_at,transaction_status,credited_amount,credited_at,returned_at,returned_amount,return_reason_code,reason_text,bank_reference,payment_channel',
  withdrawal: 'creditor_agent,account_number,end_to_end_id,first_withdrawal_at,withdrawal_channel,withdrawn_amount,reported_through_date',
  mandate: 'beneficiary_id,payee_id,payee_name,relation,valid_from,valid_to',
  population_register: 'person_id,previous_id,name,birth_date,sex,vital_status,death_date,unit_code,verified_date,eid_level',
} as const

export type SimulatedKind = keyof typeof columns

const fileNames: Record<SimulatedKind, string> = {
  standard_rate: '01_standard_rate.csv',
  category: '02_category.csv',
  administrative_unit: '05_administrative_unit.csv',
  source_expectation: '06_source_expectation.csv',
  village: '07_village.csv',
  beneficiary_list: '10_beneficiary_list.csv',
  account_opening: '20_account_opening.csv',
  disbursement: '30_disbursement.csv',
  withdrawal: '40_withdrawal.csv',
  mandate: '50_mandate.csv',
  population_register: '60_population_register.csv',
}

/** A written file; `rows` without the header. */
export interface SimulatedFile {
  readonly kind: SimulatedKind | 'payment_organisation' | 'account_statement'
  readonly path: string
  readonly rows: number
  /** The file contradicts itself: ingest must refuse it whole. */
  readonly isRefused?: true
}

interface Part {
  readonly path: string
  readonly descriptor: number
  readonly buffer: Buffer
  used: number
}

/** Where rows of stories go. */
export interface Sink {
  /** Adds a row. Rows of one `part` (a bank) stand together in the file, as when every bank sends its own. */
  add(kind: SimulatedKind, row: string, part?: string): void
}

/** Rows of a night that nobody asked for. */
export const noFiles: Sink = {
  add: () => {
    // Told, so that chance runs on alike, and not written.
  },
}

/** All files of one night, in the order in which they are to be taken in. */
export interface Files extends Sink {
  /** Puts the parts together and closes the files; a kind without a row has no file, as an empty one would be refused. */
  finish(): SimulatedFile[]
  /** Removes what an interrupted simulation left half written. */
  abandon(): void
}

const bufferSize = 1 << 18
/** No simulated row is longer, in bytes. */
const longestRow = 2048

/** Opens the files of a night in a folder, which is made when it is not there; those that an earlier simulation left are removed. */
export function openFiles(folder: string): Files {
  removeFiles(folder)
  const partsFolder = join(folder, '.parts')
  rmSync(partsFolder, { recursive: true, force: true })
  mkdirSync(partsFolder, { recursive: true })
  const parts = new Map<string, Part>()
  const counts = new Map<SimulatedKind, number>()

  const write = (part: Part): void => {
    writeFully(part.descriptor, part.buffer, part.used)
    part.used = 0
  }
  const closeAll = (): void => {
    for (const part of parts.values()) closeSync(part.descriptor)
  }
  return {
    add(kind, row, name = '') {
      const key = `${kind}-${name}`
      let part = parts.get(key)
      if (part === undefined) {
        const path = join(partsFolder, key)
        parts.set(key, (part = { path, descriptor: openSync(path, 'w+'), buffer: Buffer.allocUnsafe(bufferSize), used: 0 }))
      }
      if (part.used + longestRow > bufferSize) write(part)
      // Straight into bytes: rows kept as text until the next write would cost several times their size.
      part.used += part.buffer.write(row, part.used)
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    },
    finish() {
      for (const part of parts.values()) write(part)
      const kinds = (Object.keys(columns) as SimulatedKind[]).filter((kind) => counts.has(kind))
      const written = kinds.map((kind) => {
        const path = join(folder, fileNames[kind])
        const own = [...parts].filter(([key]) => key.startsWith(`${kind}-`)).sort(([a], [b]) => (a < b ? -1 : 1))
        joinParts(path, `${columns[kind]}\n`, own.map(([, part]) => part))
        return { kind, path, rows: counts.get(kind) ?? 0 }
      })
      closeAll()
      rmSync(partsFolder, { recursive: true })
      return written
    },
    abandon() {
      closeAll()
      rmSync(partsFolder, { recursive: true, force: true })
    },
  }
}

/** Removes the files of an earlier simulation, and nothing else that is in the folder. */
export function removeFiles(folder: string): void {
  const statements = existsSync(folder) ? readdirSync(folder).filter((name) => statementFilePattern.test(name)) : []
  for (const name of [...Object.values(fileNames), refusedFileName, 'truth.json', organisationFileName, ...statements]) rmSync(join(folder, name), { force: true })
}

/** A file that must be refused. */
export const refusedFileName = '70_disbursement_wrong_total.csv'

function joinParts(path: string, header: string, parts: readonly Part[]): void {
  const target = openSync(path, 'w')
  writeSync(target, header)
  const block = Buffer.allocUnsafe(1 << 20)
  for (const part of parts) {
    for (let position = 0; ; ) {
      const count = readSync(part.descriptor, block, 0, block.length, position)
      if (count === 0) break
      writeFully(target, block, count)
      position += count
    }
    // Freed at once: the whole province need not be on disk twice.
    rmSync(part.path)
  }
  closeSync(target)
}

function writeFully(descriptor: number, block: Buffer, count: number): void {
  for (let done = 0; done < count; ) done += writeSync(descriptor, block, done, count - done)
}
