/** Files that are about places and files instead of people: units, who is to send what, and one that contradicts itself. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Of } from '../core/index.ts'
import type { Expectations } from './expectations.ts'
import { columns, type Files, refusedFileName, type SimulatedFile } from './files.ts'
import { asOf, morning, nextAsOf, period, type SchemeCode } from './month.ts'
import type { Commune, Province } from './places.ts'
import { paymentRow, type World } from './world.ts'

/** The provinces and communes. */
export function writeUnits(files: Files, provinces: readonly Province[], communes: readonly Commune[]): void {
  const basis = 'Dữ liệu mô phỏng'
  for (const province of provinces) files.add('administrative_unit', `${province.unitCode},${province.name},tỉnh,province,,2025-07-01,,${basis}\n`)
  for (const commune of communes) files.add('administrative_unit', `${commune.unitCode},${commune.name},${commune.unitType},commune,${commune.provinceCode},2025-07-01,,${basis}\n`)
}

/** Senders that never send, so that their files are missing whatever name the other files are taken in under. */
const silentSources: readonly { readonly source: string; readonly kind: string; readonly scheme: SchemeCode; readonly deadlineDay: number }[] = [
  { source: 'Quỹ tín dụng nhân dân Sông Lam', kind: 'withdrawal', scheme: 'NCC', deadlineDay: 20 },
  { source: 'Bưu điện tỉnh', kind: 'disbursement', scheme: 'HTXH', deadlineDay: 10 },
  // Missed in October on the first night, in November too on the second.
  { source: 'Sở Y tế', kind: 'beneficiary_list', scheme: 'BTXH', deadlineDay: 1 },
]

/** Who is to send what until when, and that they did not. */
export function writeExpectedSources(files: Files, expectations: Expectations): void {
  for (const { source, kind, scheme, deadlineDay } of silentSources) {
    files.add('source_expectation', `${source},${kind},${scheme},${String(deadlineDay)}\n`)
    for (const [night, day] of ([asOf, nextAsOf] as const).entries()) {
      const month = lastDeadlineMonth(day, deadlineDay)
      expectations.onlyIn(night === 0 ? 0 : 1, () => {
        expectations.fileFinding('file_missing', `${source}|${kind}|${scheme}`, 0n, scheme, month)
      })
    }
  }
}

/** The month of the last deadline before a day of the two nights. */
function lastDeadlineMonth(day: string, deadlineDay: number): string {
  return `${day.slice(0, 7)}-${String(deadlineDay).padStart(2, '0')}` < day ? day.slice(0, 7) : period
}

/** A bank's payments to three people who are on no list, whose total row says 100,000 đồng less than the lines. */
export function writeWrongTotal(folder: string, world: World, expectations: Expectations): SimulatedFile {
  let total = 0n
  const rows = [1, 2, 3].map(() => {
    const account = world.unreportedAccount()
    const amount = 540_000n
    total += amount
    const stranger = world.stranger()
    return paymentRow({
      id: stranger.id, scheme: 'BTXH', period, agent: account.agent, accountNumber: account.number, creditorName: stranger.bankName, amount,
      instructedAt: morning(world.random, '2026-10-14'), status: 'ACSP', reference: world.reference(),
    })
  })
  const difference = 100_000n
  const totalRow = columns.disbursement.split(',').map((name) => (name === 'end_to_end_id' ? 'TỔNG CỘNG' : name === 'instructed_amount' ? String(total - difference) : ''))
  const content = `${columns.disbursement}\n${rows.join('')}${totalRow.join(',')}\n`
  const path = join(folder, refusedFileName)
  writeFileSync(path, content)
  const digest = sha256Of(content)
  expectations.fileFinding('control_total_mismatch', `${refusedFileName} ${digest.slice(0, 12)}`, difference, null, null)
  return { kind: 'disbursement', path, rows: rows.length, isRefused: true }
}
