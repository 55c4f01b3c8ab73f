/** Many cases at once: each acted on by itself as `act` does it, tried out first, so that one case's refusal stops no other. */
import { isAskedOf, money, readyQuestions, Refusal, resolutionsOfMoney, type Amount, type Reader, type Resolution, type Texts } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Session, type Transaction } from '../db/index.ts'
import { act } from './act.ts'
import { askBank } from './bank-questions.ts'
import type { Action } from './actions.ts'
import type { BatchEntry } from './many-batch.ts'

/** What can be done to many cases at once; an appraisal without an amount takes the one that its resolution stands for. */
export type ManyAction = Exclude<Action, { readonly kind: 'appraise' | 'comment' | 'addEvidence' | 'askBank' }> | { readonly kind: 'appraise'; readonly resolution: Resolution; readonly amount: Amount | null; readonly comment: string }
  /** An empty comment asks what is usually asked about findings of that code, in the country's language. */
  | { readonly kind: 'askBank'; readonly comment: string }

/** What came of one entry. */
export type EntryResult = { readonly state: 'done'; readonly version: number } | { readonly state: 'refused'; readonly code: string; readonly details: Readonly<Record<string, string | number | null>> }

/** A case as it stands, as short as a list of many needs it. */
export interface ManyCase {
  readonly person_key: string
  readonly finding_id: string
  readonly case_number: string
  readonly code: string
  readonly title: Texts | null
  readonly unit_code: string | null
  readonly unit_name: string | null
  readonly village: string | null
  /** Null: the case is about an account, or a payment that names nobody. */
  readonly beneficiary_id: string | null
  readonly beneficiary_name: string | null
  readonly scheme: string | null
  /** `YYYY-MM`; null: none. */
  readonly benefit_period: string | null
  readonly bank_name: string | null
  /** The last four characters of the account. */
  readonly account_end: string | null
  readonly amount_at_stake: Amount
  readonly currency: string
  readonly waiting_since: string
  readonly deadline_date: string
  readonly step: string
  readonly version: number
  readonly resolution: string | null
  /** Of the appraisal that stands; null: none does. */
  readonly appraised_amount: Amount | null
  /** The last thing done; null: nothing was. */
  readonly last_kind: string | null
  readonly last_at: string | null
  /** Null: a run did it. */
  readonly last_by: string | null
  /** Null: nobody has taken it. */
  readonly assigned_name: string | null
}

/** What opens transactions in which the reader acts. */
interface Acting {
  readonly transaction: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>
}

const manyCasesFile = loadSqlFile(new URL('../../sql/cases/many_cases.sql', import.meta.url))

/** More than these at once nobody looks through. */
export const mostAtOnce = 1000

/** The cases of these ids or numbers that the reader may see, by number. */
export async function manyCases(session: Session, wanted: { readonly findingIds?: readonly string[]; readonly caseNumbers?: readonly string[] }): Promise<ManyCase[]> {
  const rows = await rowsOf<ManyCase>(session, manyCasesFile, { finding_ids: wanted.findingIds ?? [], case_numbers: wanted.caseNumbers ?? [] })
  return rows.map((row) => ({ ...row, amount_at_stake: money.amountFromDatabase(row.amount_at_stake), appraised_amount: row.appraised_amount === null ? null : money.amountFromDatabase(row.appraised_amount) }))
}

/** The amount of an appraisal for which nobody wrote one: where money moves, all that is at stake. */
export function usualAmount(resolution: Resolution, atStake: Amount): Amount {
  return resolutionsOfMoney.has(resolution) ? atStake : money.zero
}

/**
 * What would come of each entry if it were confirmed now, in their order: everything is done, and taken back. So the
 * preview knows every rule that the deed will meet, and no rule is written twice.
 */
export async function rehearseMany(desk: Acting, entries: readonly BatchEntry[], by: { readonly actor: Reader; readonly at: string }): Promise<EntryResult[]> {
  const results: EntryResult[] = []
  try {
    await desk.transaction(async (transaction) => {
      const known = await casesOf(transaction, entries)
      for (const entry of entries) {
        await transaction.query('savepoint one_case')
        const result = await actOn(transaction, entry, known, by)
        results.push(result)
        if (result.state === 'refused') await transaction.query('rollback to savepoint one_case')
      }
      throw new TakenBack()
    })
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error
  }
  return results
}

/** Ends a transaction whose work was only tried. */
class TakenBack extends Error {}

/**
 * Does what the entries say from `from` on, each in a transaction of its own, and tells what came of each as it goes.
 *
 * @param onResults is told all results so far, every so many entries and at the end
 */
export async function performMany(desk: Acting, entries: readonly BatchEntry[], done: readonly EntryResult[], by: { readonly actor: Reader; readonly at: string }, onResults: (results: readonly EntryResult[], isLast: boolean) => Promise<void>): Promise<EntryResult[]> {
  const results = [...done]
  const known = await desk.transaction((transaction) => casesOf(transaction, entries))
  for (const entry of entries.slice(done.length)) {
    results.push(await performOne(desk, entry, known, by))
    if (results.length % resultsPerNote === 0 && results.length < entries.length) await onResults(results, false)
  }
  await onResults(results, true)
  return results
}

const resultsPerNote = 50

async function performOne(desk: Acting, entry: BatchEntry, known: ReadonlyMap<string, ManyCase>, by: { readonly actor: Reader; readonly at: string }): Promise<EntryResult> {
  try {
    return await desk.transaction(async (transaction) => {
      const result = await actOn(transaction, entry, known, by)
      // What was refused leaves nothing behind.
      if (result.state === 'refused') throw new Left(result)
      return result
    })
  } catch (error) {
    if (error instanceof Left) return error.result
    throw error
  }
}

class Left extends Error {
  readonly result: EntryResult
  constructor(result: EntryResult) {
    super('refused')
    this.result = result
  }
}

async function casesOf(session: Session, entries: readonly BatchEntry[]): Promise<ReadonlyMap<string, ManyCase>> {
  const ids = entries.map(({ findingId }) => findingId).filter((id) => id !== null)
  return new Map((await manyCases(session, { findingIds: ids })).map((one) => [one.finding_id, one]))
}

async function actOn(transaction: Transaction, { findingId, version, action, fault }: BatchEntry, known: ReadonlyMap<string, ManyCase>, { actor, at }: { readonly actor: Reader; readonly at: string }): Promise<EntryResult> {
  if (fault !== null || action === null) return { state: 'refused', code: fault ?? 'decision_missing', details: {} }
  const one = findingId === null ? undefined : known.get(findingId)
  if (findingId === null || one === undefined) return { state: 'refused', code: 'case_unknown', details: {} }
  try {
    if (action.kind === 'askBank') {
      if (!isAskedOf(one.code)) return { state: 'refused', code: 'nothing_to_ask', details: {} }
      const question = action.comment === '' ? readyQuestions[one.code].vi : action.comment
      const { version: after } = await askBank(transaction, { findingId, asker: actor, at, question, dueDate: null })
      await transaction.query(checkNow)
      return { state: 'done', version: after }
    }
    const whole: Action = action.kind === 'appraise' ? { ...action, amount: action.amount ?? usualAmount(action.resolution, one.amount_at_stake) } : action
    const changed = await act(transaction, { findingId, expectedVersion: version, actor, at, action: whole })
    // What is only checked at the end of a transaction is to be known now.
    await transaction.query(checkNow)
    return { state: 'done', version: changed.version }
  } catch (error) {
    if (error instanceof Refusal) return { state: 'refused', code: error.code, details: error.details }
    // What the rules let through and the database does not is refused all the same, and stops no other case.
    if (isRefusedByDatabase(error)) return { state: 'refused', code: 'not_allowed', details: {} }
    throw error
  }
}

/** The trail's place in its chain waits for the end of the transaction: taken now, all others would wait for this one. */
const checkNow = 'set constraints case_record_stands_at_its_last_event, case_record_approval_is_of_the_appraisal immediate'

/** A constraint that does not hold, or a row that is not the reader's to write. */
function isRefusedByDatabase(error: unknown): boolean {
  const code = (error as { readonly code?: unknown }).code
  return typeof code === 'string' && (code.startsWith('23') || code === '42501')
}
