/** What must hold after every night of a soak, said of what the engine answered and of what the months expect. */
import type { Receipt } from '../../../src/ingest/index.ts'
import type { Deed, LivedNight } from '../../../src/simulate/index.ts'
import type { NightFound } from './engine.ts'

/** Codes that nothing in the months can cause: a single one is an error of the engine, or of the months. */
export const neverFound = ['ambiguous_payment', 'double_scheme', 'id_invalid', 'conflicting_line', 'carried_over_mismatch'] as const

/** What is wrong with the receipt of a deed; null: nothing. */
export function wrongReceipt(does: Deed['does'] | 'wrong' | 'refused', rows: number, receipt: Pick<Receipt, 'status' | 'lines' | 'accepted' | 'repeats' | 'ignored' | 'problem_count' | 'repeat_of'>): string | null {
  const { status, lines, accepted, repeats, ignored, problem_count: problems, repeat_of: repeatOf } = receipt
  if (does === 'refused') return status === 'refused' ? null : `a file whose total contradicts it was ${status}`
  if (status !== 'sealed') return `the file was ${status}`
  if (accepted + repeats + problems + ignored !== lines) return `${accepted} + ${repeats} + ${problems} + ${ignored} lines are not ${lines}`
  if (problems > 0) return `${problems} lines have problems`
  if (does === 'repeat') return repeatOf === null ? 'the same bytes were taken in twice' : null
  if (repeatOf !== null) return `new bytes were taken for those of file ${repeatOf}`
  if (does === 'repeat in other clothes') return repeats === rows ? null : `of ${rows} rows that were known ${repeats} were recognised`
  return accepted + repeats === rows ? null : `of ${rows} rows ${accepted + repeats} were taken in`
}

/** Where a published result is not what was expected; empty: nowhere. */
export function unexpected(expected: LivedNight['expected'], found: NightFound): string[] {
  const outcome = (each: NightFound['outcomes'][number]): [string, string] => [`${each.scheme} ${each.benefit_period} ${each.class}`, `${each.count} of ${each.due}, credited ${each.credited}`]
  const unmatched = (each: NightFound['unmatched'][number]): [string, string] => [`${each.scheme} ${each.benefit_period} unmatched`, each.amount]
  const never = found.findings.filter(({ code }) => (neverFound as readonly string[]).includes(code)).map(({ code, count }) => `${count} findings ${code}, of which there are none`)
  return [...differences(expected.outcomes.map(outcome), found.outcomes.map(outcome)), ...differences(expected.unmatched.map(unmatched), found.unmatched.map(unmatched)), ...never, ...wrongFindings(found)]
}

/** The classes that are findings by themselves have one for each entitlement, with what is missing or too much at stake. */
function wrongFindings({ outcomes, findings }: NightFound): string[] {
  const byClass = Map.groupBy(outcomes, (each) => each.class)
  // not_collected is found only after the scheme's days for collecting.
  const classes = ['unpaid', 'unpaid_no_account', 'returned', 'stuck', 'paid_short', 'paid_over', 'paid_twice', 'paid_late']
  return differences(
    classes.flatMap((code): [string, string][] => {
      const cells = byClass.get(code) ?? []
      if (cells.length === 0) return []
      const stake = cells.reduce((sum, { due, credited }) => sum + (code === 'paid_late' ? 0n : code.startsWith('paid_') && code !== 'paid_short' ? BigInt(credited) - BigInt(due) : BigInt(due) - BigInt(credited)), 0n)
      return [[code, `${cells.reduce((sum, { count }) => sum + count, 0)} findings, ${stake} at stake`]]
    }),
    findings.filter(({ code }) => classes.includes(code)).map(({ code, count, amount_at_stake: stake }): [string, string] => [code, `${count} findings, ${stake} at stake`]),
  )
}

function differences(expected: readonly (readonly [string, string])[], found: readonly (readonly [string, string])[]): string[] {
  const [wanted, got] = [new Map(expected), new Map(found)]
  return [...new Set([...wanted.keys(), ...got.keys()])].sort().filter((key) => wanted.get(key) !== got.get(key)).map((key) => `${key}: ${got.get(key) ?? 'nothing'}, expected ${wanted.get(key) ?? 'nothing'}`)
}
