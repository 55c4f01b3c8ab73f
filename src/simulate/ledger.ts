/** The accounts of two payment organisations in the simulated province: what they were given, paid, got back and handed back, with faults planted in them. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { columns, type SimulatedFile, type Sink } from './files.ts'
import { asOf } from './month.ts'
import { camtStatement, organisationFileName, swiftStatement, type StatementEntry, type StatementFormat } from './statement-files.ts'

/** Two small banks, each with its own way to write statements: their payments are held in memory, all others are not. */
const organisations: readonly { readonly agent: string; readonly name: string; readonly account: string; readonly format: StatementFormat }[] = [
  { agent: '970452', name: 'Ngân hàng chi trả thứ nhất (mô phỏng)', account: '3100970452', format: camtStatement },
  { agent: '970437', name: 'Ngân hàng chi trả thứ hai (mô phỏng)', account: '3100970437', format: swiftStatement },
]
const payerAccount = '95270000001'
const fee = 33_000n

const statementFileNames: readonly string[] = organisations.map(({ agent, format }, index) => `8${index}_account_statement_${agent}.${format.extension}`)

/** A payment as all reports of it together say. */
interface Payment {
  readonly reference: string
  readonly bankReference: string
  readonly cell: string
  instructedAt: string
  amount: bigint
  rank: number
  credited: bigint
  returned: bigint
  creditedDay: string
  day: string
}

/** What is planted in one account. */
interface Planted {
  readonly cause: 'return_not_booked' | 'charge' | 'hand_back_missing'
  readonly end_to_end_id: string | null
  readonly amount: string
}

/** What the settlement of one organisation must say of one month; amounts in đồng. */
interface TrueSettlement {
  readonly source: string
  readonly benefit_period: string | null
  readonly received: string
  readonly credited: string
  readonly on_the_way: string
  readonly not_collected: string
  readonly handed_back: string
  readonly difference: string
}

/** What truth.json says of settlements. */
export interface SettlementTruth {
  readonly months: readonly TrueSettlement[]
  readonly planted: readonly (Planted & { readonly source: string })[]
}

const ranks: Readonly<Record<string, number>> = { PDNG: 1, ACSP: 1, NCOL: 2, RJCT: 3, ACSC: 4, ACCC: 4, RTRN: 5 }
const at = (name: string): number => columns.disbursement.split(',').indexOf(name)
const fields = { reference: at('end_to_end_id'), scheme: at('scheme'), period: at('benefit_period'), agent: at('creditor_agent'), amount: at('instructed_amount'), instructedAt: at('instructed_at'), status: at('transaction_status'), credited: at('credited_amount'), creditedAt: at('credited_at'), returnedAt: at('returned_at'), returned: at('returned_amount'), bankReference: at('bank_reference') }

/** Watches the payments of the organisations go by, and writes their statements at the end. */
export class Ledger {
  private readonly payments = new Map<string, Map<string, Payment>>(organisations.map(({ agent }) => [agent, new Map<string, Payment>()]))

  /** The same place for rows, watched. */
  watching(files: Sink): Sink {
    return {
      add: (kind, row, part) => {
        if (kind === 'disbursement') this.take(row)
        files.add(kind, row, part)
      },
    }
  }

  /** Writes who the organisations are and their statements; what they must come to is the truth. */
  write(folder: string): { readonly files: SimulatedFile[]; readonly truth: SettlementTruth } {
    const rows = organisations.map(({ agent, name, account }) => `${agent},${name},${account},${agent},${payerAccount}\n`)
    const path = join(folder, organisationFileName)
    writeFileSync(path, `source,name,account_number,creditor_agent,payer_account\n${rows.join('')}`)
    const returning = organisations.find(({ agent }) => this.returnedOf(agent) !== undefined)
    const told = organisations.map((organisation, index) => this.writeOne(organisation, index, organisation === returning, folder))
    return {
      files: [{ kind: 'payment_organisation', path, rows: rows.length }, ...told.map(({ file }) => file)],
      truth: { months: told.flatMap(({ months }) => months), planted: told.flatMap(({ planted }) => planted) },
    }
  }

  private take(row: string): void {
    const values = row.trimEnd().split(',')
    const value = (field: keyof typeof fields): string => values[fields[field]] ?? ''
    const own = this.payments.get(value('agent'))
    if (own === undefined) return
    const amount = BigInt(value('amount'))
    const rank = ranks[value('status')] ?? 1
    const credited = rank < 4 ? 0n : BigInt(value('credited') || value('amount'))
    const returned = rank < 5 ? 0n : BigInt(value('returned') || credited)
    const day = (value('returnedAt') || value('creditedAt') || value('instructedAt')).slice(0, 10)
    const creditedDay = value('creditedAt').slice(0, 10)
    const reference = value('reference')
    const key = reference === '' ? `without ${own.size}` : reference
    const known = own.get(key)
    if (known === undefined) {
      own.set(key, { reference, bankReference: value('bankReference'), cell: `${value('scheme')}|${value('period')}`, instructedAt: value('instructedAt'), amount, rank, credited, returned, creditedDay, day })
      return
    }
    // One amount stands by an order that does not depend on arrival.
    if (value('instructedAt') < known.instructedAt || (value('instructedAt') === known.instructedAt && amount < known.amount)) [known.instructedAt, known.amount] = [value('instructedAt'), amount]
    if (rank > known.rank) [known.rank, known.credited, known.returned, known.creditedDay, known.day] = [rank, credited, returned, creditedDay, day]
  }

  private paymentsOf(agent: string): Payment[] {
    return [...(this.payments.get(agent)?.values() ?? [])].flatMap(asItStood)
  }

  private returnedOf(agent: string): Payment | undefined {
    return this.paymentsOf(agent).find(({ rank, reference }) => rank === 5 && reference !== '')
  }

  private writeOne({ agent, account, format }: (typeof organisations)[number], index: number, losesReturn: boolean, folder: string): { file: SimulatedFile; months: TrueSettlement[]; planted: SettlementTruth['planted'] } {
    const payments = this.paymentsOf(agent)
    const unbooked = losesReturn ? payments.find(({ rank, reference }) => rank === 5 && reference !== '') : undefined
    const { entries, months, kept } = movementsOf(payments, unbooked, index)
    if (index === 1) entries.push(entryOf({ date: asOf, isCredit: false, amount: fee, type: 'charge', text: 'Phi dich vu' }))
    const planted = [
      ...(unbooked === undefined ? [] : [{ source: agent, cause: 'return_not_booked' as const, end_to_end_id: unbooked.reference, amount: `${unbooked.returned}` }]),
      ...(kept === 0n ? [] : [{ source: agent, cause: 'hand_back_missing' as const, end_to_end_id: null, amount: `${kept}` }]),
      ...(index === 1 ? [{ source: agent, cause: 'charge' as const, end_to_end_id: null, amount: `${fee}` }] : []),
    ]
    const path = join(folder, statementFileNames[index] ?? '')
    const truth = [...months].map(([period, month]): TrueSettlement => ({ source: agent, benefit_period: period === '' ? null : period, received: `${month.received}`, credited: `${month.credited}`, on_the_way: `${month.on_the_way}`, not_collected: `${month.not_collected}`, handed_back: `${month.handed_back}`, difference: `${month.difference}` }))
    if (index === 1) addTo(truth, agent, fee)
    return { file: { kind: 'account_statement', path, rows: writeStatements(path, format, account, entries) }, months: truth, planted }
  }
}

/** A payment as it stood on the day of the reconciliation; nothing of one that was only sent later. */
function asItStood(payment: Payment): Payment[] {
  const { rank, day, creditedDay, instructedAt } = payment
  if (day <= asOf) return [payment]
  if (rank === 5 && creditedDay <= asOf) return [{ ...payment, rank: 4, returned: 0n, day: creditedDay }]
  const sent = instructedAt.slice(0, 10)
  return sent === '' || sent > asOf ? [] : [{ ...payment, rank: 1, credited: 0n, returned: 0n, day: sent }]
}

/** A charge names no month. */
function addTo(truth: TrueSettlement[], source: string, charge: bigint): void {
  const place = truth.findIndex(({ benefit_period: period }) => period === null)
  const none = truth[place] ?? { source, benefit_period: null, received: '0', credited: '0', on_the_way: '0', not_collected: '0', handed_back: '0', difference: '0' }
  truth.splice(place < 0 ? truth.length : place, place < 0 ? 0 : 1, { ...none, difference: `${BigInt(none.difference) + charge}` })
}

interface Month {
  received: bigint
  credited: bigint
  on_the_way: bigint
  not_collected: bigint
  handed_back: bigint
  difference: bigint
}

const entryOf = (given: Partial<StatementEntry> & Pick<StatementEntry, 'date' | 'isCredit' | 'amount'>): StatementEntry => ({ type: '', endToEndId: '', reference: '', counterparty: '', text: '', ...given })

/** What moves on the account for its payments, and what the months come to; `kept`: what should have been handed back and was not. */
function movementsOf(payments: readonly Payment[], unbooked: Payment | undefined, index: number): { entries: StatementEntry[]; months: Map<string, Month>; kept: bigint } {
  const entries: StatementEntry[] = []
  const cells = new Map<string, { funded: bigint; back: bigint; first: string }>()
  const months = new Map<string, Month>()
  const lots = new Map<string, { amount: bigint; date: string }>()
  for (const [order, payment] of payments.entries()) {
    const { amount, rank, credited, returned, day, reference, bankReference } = payment
    const [, period = ''] = payment.cell.split('|')
    const month = months.get(period) ?? { received: 0n, credited: 0n, on_the_way: 0n, not_collected: 0n, handed_back: 0n, difference: 0n }
    months.set(period, month)
    const cell = cells.get(payment.cell) ?? { funded: 0n, back: 0n, first: day }
    cells.set(payment.cell, cell)
    const first = payment.instructedAt === '' ? day : payment.instructedAt.slice(0, 10)
    if (first < cell.first) cell.first = first
    cell.funded += amount
    month.credited += credited - returned
    if (rank === 1) month.on_the_way += amount
    if (rank === 2) month.not_collected += amount
    // What is on the way is booked for every second, what was rejected came back at once or never left.
    const out = rank >= 4 ? credited : rank === 2 || order % 2 === 1 ? 0n : amount
    const back = payment === unbooked ? 0n : rank === 5 ? returned : rank === 3 ? out : 0n
    if (reference === '' && rank !== 4) throw new Error('a payment without a reference that is not simply credited')
    if (reference === '') {
      const lot = lots.get(bankReference) ?? { amount: 0n, date: day }
      lots.set(bankReference, { amount: lot.amount + out, date: day > lot.date ? day : lot.date })
    } else if (out > 0n) entries.push(entryOf({ date: first, isCredit: false, amount: out, endToEndId: reference, reference: bankReference }))
    if (back > 0n) entries.push(entryOf({ date: day, isCredit: true, amount: back, type: 'return', endToEndId: reference }))
    if (payment === unbooked) month.difference += returned
    if (rank === 3 || rank === 5) cell.back += payment === unbooked ? 0n : rank === 3 ? amount : returned
    // What was asked for and not paid, or paid in part, stays with the organisation until it is handed back.
    if (rank >= 4 && credited < amount) cell.back += amount - credited
  }
  for (const [reference, { amount, date }] of lots) entries.push(entryOf({ date, isCredit: false, amount, reference }))
  const largest = [...cells].filter(([, { back }]) => back > 0n).sort(([a, { back: first }], [b, { back: second }]) => (first > second ? -1 : first < second ? 1 : a < b ? -1 : 1))[0]?.[0]
  let kept = 0n
  for (const [name, { funded, back, first }] of cells) {
    const [scheme = '', period = ''] = name.split('|')
    const text = ['Kinh phi chi tra', scheme === '' ? '' : `/SCHM/${scheme}`, period === '' ? '' : `/PERD/${period}`].filter((part) => part !== '').join(' ').replace(/ \/PERD/, '/PERD')
    entries.push(entryOf({ date: first, isCredit: true, amount: funded, counterparty: payerAccount, text }))
    const month = months.get(period)
    if (month !== undefined) month.received += funded
    if (back === 0n) continue
    if (index === 0 && name === largest) {
      kept = back
      continue
    }
    entries.push(entryOf({ date: asOf, isCredit: false, amount: back, counterparty: payerAccount, text: text.replace('Kinh phi chi tra', 'Hoan tra kinh phi') }))
    if (month !== undefined) month.handed_back += back
  }
  return { entries, months, kept }
}

/** One statement a month, in one file; how many rows they are. */
function writeStatements(path: string, format: StatementFormat, account: string, entries: readonly StatementEntry[]): number {
  const sorted = [...entries].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.isCredit === b.isCredit ? 0 : a.isCredit ? -1 : 1))
  const monthNames = [...new Set([...sorted.map(({ date }) => date.slice(0, 7)), asOf.slice(0, 7)])].sort()
  const target = openSync(path, 'w')
  let opening = 0n
  for (const [index, month] of monthNames.entries()) {
    const own = sorted.filter(({ date }) => date.startsWith(month))
    const head = { account, number: index + 1, from: `${month}-01`, to: month === asOf.slice(0, 7) ? asOf : (own.at(-1)?.date ?? `${month}-28`), opening }
    const isLast = index === monthNames.length - 1
    const closing = own.reduce((sum, { isCredit, amount }) => sum + (isCredit ? amount : -amount), opening)
    const begin = format.head(head, closing)
    writeSync(target, format.extension === 'xml' && index > 0 ? withoutDocument(begin) : begin)
    for (const entry of own) writeSync(target, format.entry(entry, head))
    opening = closing
    writeSync(target, format.extension === 'xml' && !isLast ? format.tail(head, opening).replace('</BkToCstmrStmt></Document>', '') : format.tail(head, opening))
  }
  closeSync(target)
  return sorted.length + monthNames.length * 2
}

/** Further statements of one message stand beside the first. */
function withoutDocument(head: string): string {
  return head.slice(head.indexOf('<Stmt>'))
}
