/** Findings about files: refused because they do not add up to what was declared, or not there by the day they are expected (D37). */
import { createHash } from 'node:crypto'
import { type Known, apart } from './finding.ts'
import type { FindingResult, ModelFile, Row } from './types.ts'
import { USUAL_DAY } from './types.ts'
import { type Day, type Money, dayOf, dayText, lastDayOfMonth, monthOf, moneyOf, moneyText, sum } from './values.ts'
import { bytesOf } from './write-csv.ts'

const SUM_COLUMN: Partial<Record<ModelFile['kind'], string>> = { beneficiary_list: 'due_amount', disbursement: 'instructed_amount', withdrawal: 'withdrawn_amount' }

export const nameOf = (file: ModelFile): string => file.name ?? `${file.kind}.csv`

const linesSum = (file: ModelFile): Money => sum(file.rows.map((row) => moneyOf(row[SUM_COLUMN[file.kind] ?? ''] || '0')))
const isCountWrong = ({ controlCount, rows }: ModelFile): boolean => controlCount !== undefined && controlCount !== rows.length
const isSumWrong = (file: ModelFile): boolean => file.controlSum !== undefined && moneyOf(file.controlSum) !== linesSum(file)

/** A file whose lines are not what its sender declared: no row of it counts. */
export const isRefused = (file: ModelFile): boolean => isCountWrong(file) || isSumWrong(file)

export function controlMismatches({ handedIn }: Known): FindingResult[] {
  const refused = handedIn.flatMap((file, at) => (isRefused(file) ? [{ file, at, bytes: bytesOf(file) }] : []))
  const latest = refused.filter(({ at, bytes }) => !refused.some((other) => other.at > at && other.bytes === bytes))
  return latest
    .filter(({ file, at, bytes }) => !handedIn.some((other, later) => later > at && !isRefused(other) && (bytesOf(other) === bytes || isSuccessor(other, file))))
    .map(({ file, bytes }) => ({
      code: 'control_total_mismatch', scheme: null, benefit_period: null, beneficiary_id: null,
      subject: `${nameOf(file)} ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`,
      amount_at_stake: moneyText(isSumWrong(file) ? apart(moneyOf(file.controlSum ?? ''), linesSum(file)) : 0n),
    }))
}

const isSuccessor = (other: ModelFile, file: ModelFile): boolean =>
  nameOf(other) === nameOf(file) && other.kind === file.kind && (other.source ?? '') === (file.source ?? '')

/** `sealed`: the files that count, each once. */
export function missingFiles({ rules, sealed, asOf }: Known): FindingResult[] {
  return rules.rows('source_expectation').flatMap((expected): FindingResult[] => {
    const { source = '', kind = '', scheme = '', deadline_day: day = '' } = expected
    const [deadline, before] = lastDeadlines(Number.parseInt(day, 10), asOf)
    // A bank's report of withdrawals tells nothing of schemes.
    const namesScheme = scheme !== '' && (kind === 'beneficiary_list' || kind === 'disbursement')
    const isMet = sealed.some(
      (file) => file.source === source && file.kind === kind && dayOf(file.receivedOn ?? USUAL_DAY) > before && (!namesScheme || file.rows.some((row: Row) => row['scheme'] === scheme)),
    )
    if (isMet) return []
    return [{ code: 'file_missing', scheme: scheme || null, benefit_period: monthOf(deadline), beneficiary_id: null, subject: [source, kind, scheme].filter((part) => part !== '').join('|'), amount_at_stake: '0' }]
  })
}

/** The last deadline before D, and the one before that. */
function lastDeadlines(dayOfMonth: number, asOf: Day): [Day, Day] {
  const deadlineIn = (period: string): Day => Math.min(dayOf(`${period}-01`) + dayOfMonth - 1, lastDayOfMonth(period))
  const monthBefore = (day: Day): string => monthOf(dayOf(`${dayText(day).slice(0, 7)}-01`) - 1)
  const thisMonth = deadlineIn(monthOf(asOf))
  const last = thisMonth < asOf ? thisMonth : deadlineIn(monthBefore(asOf))
  return [last, deadlineIn(monthBefore(last))]
}
