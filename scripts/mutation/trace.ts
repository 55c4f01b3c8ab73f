/** What each mutant leaves behind where the original stands in a run: the same rows, other rows, or a failure; all of them in one run. */
import { parseSql, type Session, type SqlFile, type SqlValue } from '../../src/db/index.ts'
import { enclosed, undone } from './enclosed.ts'
import type { SqlMutant } from './sql-mutants.ts'
import type { Place } from './trials.ts'

/**
 * `same`: nobody could notice it in this place. `other`: only a whole run can say whether the tests do. `seen`: what
 * differs is what the tests compare. `invalid`: PostgreSQL does not take it.
 */
export type Trace = { readonly kind: 'same' | 'other' } | { readonly kind: 'invalid' | 'failed' | 'seen'; readonly message: string }

/** One file of sql/ and those of its mutants that are to be tried; `name` is the file's as the loader calls it, `reconcile/90_….sql`. */
export interface Suspects {
  readonly name: string
  readonly text: string
  readonly mutants: readonly SqlMutant[]
}

type Values = Readonly<Record<string, SqlValue>>

/** A statement that is run again until it writes nothing is cut off after so many rounds: it would never end. */
const mostRounds = 60

// What test/helpers/engine-result.ts reads of each of these tables, which are published as they stand.
const comparedColumns: Readonly<Record<string, string>> = {
  work_finding: 'greatest(person_key, -1), code, scheme_id, benefit_period, subject, amount_at_stake',
  work_match: 'person_key, payment_number, scheme_id, benefit_period, match_rule, allocated_amount',
  work_outcome: 'person_key, scheme_id, benefit_period, outcome_class, due_amount, credited_amount',
  work_bridge_cell: 'scheme_id, benefit_period, currency, due_amount, to_due_amount, carried_out_amount, carried_in_amount, shortfall, excess_over_amount, excess_twice_amount, unmatched_amount',
}

/** The traces of all mutants, by file and in their order, from one run in this place. */
export async function traceAll(place: Place, suspects: readonly Suspects[]): Promise<Map<string, Trace[]>> {
  const traces = new Map(suspects.map(({ name, mutants }) => [name, mutants.map((): Trace => ({ kind: 'same' }))]))
  let previous = ''
  await enclosed(place.database, (inside) => place.judge(inside), async (file, values, session) => {
    const found = suspects.find(({ name }) => name === file.name)
    // A step that repeats itself is looked at when it begins, with all its rounds.
    const isNew = !(found !== undefined && isRepeated(found.text) && previous === file.name)
    previous = file.name
    const here = traces.get(file.name)
    if (found === undefined || here === undefined || !isNew) return
    const traceOne = file.name.startsWith('checks/') ? await checkTracer(place, found, values, session) : await stepTracer(place, found, file, values, session)
    for (const [at, mutant] of found.mutants.entries()) {
      if (here[at]?.kind !== 'same' && here[at]?.kind !== 'other') continue
      const seen = await traceOne(mutant).catch(failureOf)
      if (seen.kind !== 'same') here[at] = seen
    }
  })
  return traces
}

type Tracer = (mutant: SqlMutant) => Promise<Trace>

async function stepTracer(place: Place, { name, text }: Suspects, file: SqlFile, values: Values, session: Session): Promise<Tracer> {
  const tables = writtenTables(text)
  const original = await leftBehind(session, file, values, isRepeated(text), tables)
  return async (mutant) => {
    const left = await leftBehind(session, parseSql(changedBy(text, mutant), name), values, isRepeated(text), tables)
    if (place.comparesWithModel && left.compared !== original.compared) return { kind: 'seen', message: 'another result than the model' }
    return { kind: left.whole === original.whole ? 'same' : 'other' }
  }
}

/** A check may raise no false alarm, and must notice every corruption that is its own to notice. */
function checkTracer(place: Place, { name, text }: Suspects, values: Values, session: Session): Promise<Tracer> {
  const corruptions = (place.corruptions ?? []).filter(({ check }) => name === `checks/${check}.sql`)
  return Promise.resolve(async (mutant) => {
    const changed = parseSql(changedBy(text, mutant), name)
    const asked = askedBy(changed, values)
    const alarm = await undone(session, () => session.run(changed, asked))
    if (alarm.at(-1)?.rows[0] !== undefined) return { kind: 'failed', message: 'a false alarm' }
    for (const { what, sql, row } of corruptions) {
      const noticed = await undone(session, async () => {
        await session.query(sql)
        return JSON.stringify((await session.run(changed, asked)).at(-1)?.rows[0] ?? null)
      })
      if (noticed === 'null' || !noticed.includes(row ?? '')) return { kind: 'failed', message: `does not notice that ${what}` }
    }
    return { kind: 'same' }
  })
}

/** The text with one thing changed. */
export function changedBy(text: string, { start, end, becomes }: SqlMutant): string {
  return text.slice(0, start) + becomes + text.slice(end)
}

function failureOf(error: unknown): Trace {
  const { code, message } = error as Error & { code?: string }
  // Class 42: syntax, unknown or ambiguous names, wrong types.
  return { kind: code?.startsWith('42') === true ? 'invalid' : 'failed', message: message.split('\n')[0]?.slice(0, 120) ?? '' }
}

const isRepeated = (text: string): boolean => /^-- Repeat/m.test(text)

function askedBy(file: SqlFile, values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => file.variables.has(name)))
}

/** Runs the file, reads what stands in the tables that it writes, and undoes it: all columns, and those that tests compare. */
function leftBehind(session: Session, file: SqlFile, values: Values, repeats: boolean, tables: readonly string[]): Promise<{ whole: string; compared: string }> {
  const asked = askedBy(file, values)
  return undone(session, async () => {
    let last = (await session.run(file, asked)).at(-1)
    for (let round = 1; repeats && (last?.rowCount ?? 0) > 0; round += 1) {
      if (round > mostRounds) throw new Error('never ends')
      last = (await session.run(file, asked)).at(-1)
    }
    const sums = { whole: '', compared: '' }
    for (const table of tables) {
      const compared = comparedColumns[table]
      const [row] = await session.query<{ whole: string | null; compared: string | null }>(
        `select md5(string_agg(t::text, '|' order by t::text collate "C")) as whole, ${compared === undefined ? 'null' : `md5(string_agg(c::text, '|' order by c::text collate "C"))`} as compared
         from ${table} t ${compared === undefined ? '' : `cross join lateral (select ${compared}) c`}`,
      )
      sums.whole += `${row?.whole ?? ''},`
      sums.compared += `${row?.compared ?? ''},`
    }
    return sums
  })
}

/** The tables that a text of SQL writes. */
function writtenTables(text: string): string[] {
  const code = text.replace(/--[^\n]*/g, '').replace(/'(?:[^']|'')*'/g, "''")
  const named = [...code.matchAll(/\b(?:insert into|update|delete from)\s+([\w.]+)/g)].map(([, table]) => table ?? '')
  const emptied = [...code.matchAll(/\btruncate\s+([\w.,\s]+);/g)].flatMap(([, list]) => (list ?? '').split(',').map((table) => table.trim()))
  return [...new Set([...named, ...emptied])].sort()
}
