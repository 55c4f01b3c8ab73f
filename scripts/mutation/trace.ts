/** What each mutant of one file leaves behind where the original stands in a run: the same rows, other rows, or a failure. */
import { parseSql, type Session, type SqlFile, type SqlValue } from '../../src/db/index.ts'
import { enclosed, undone } from './enclosed.ts'
import type { SqlMutant } from './sql-mutants.ts'
import type { Place } from './trials.ts'

/** `same`: nobody could notice it in this place. `invalid`: PostgreSQL does not take it. */
export type Trace = { readonly kind: 'same' | 'other' } | { readonly kind: 'invalid' | 'failed'; readonly message: string }

/** A statement that is run again until it writes nothing is cut off after so many rounds: it would never end. */
const mostRounds = 60

/** One trace for each mutant; `name` is the file's as the loader calls it, `reconcile/90_….sql`. */
export async function trace(place: Place, name: string, text: string, mutants: readonly SqlMutant[]): Promise<Trace[]> {
  const traces: Trace[] = mutants.map(() => ({ kind: 'same' }))
  const isRepeated = /^-- Repeat/m.test(text)
  const tables = writtenTables(text)
  let previous = ''
  await enclosed(place.database, (inside) => place.judge(inside), async (file, values, session) => {
    const isNew = file.name === name && !(isRepeated && previous === name)
    previous = file.name
    if (!isNew) return
    const original = await leftBehind(session, file, values, isRepeated, tables)
    for (const [at, mutant] of mutants.entries()) {
      if (traces[at]?.kind !== 'same') continue
      traces[at] = await traceOf(mutant)
    }

    async function traceOf(mutant: SqlMutant): Promise<Trace> {
      try {
        const changed = parseSql(text.slice(0, mutant.start) + mutant.becomes + text.slice(mutant.end), name)
        return (await leftBehind(session, changed, values, isRepeated, tables)) === original ? { kind: 'same' } : { kind: 'other' }
      } catch (error) {
        return failureOf(error)
      }
    }
  })
  return traces
}

/** One trace for each mutant of a check: it may raise no false alarm, and must notice every corruption that is its own to notice. */
export async function traceCheck(place: Place, name: string, text: string, mutants: readonly SqlMutant[]): Promise<Trace[]> {
  const traces: Trace[] = mutants.map(() => ({ kind: 'same' }))
  const corruptions = (place.corruptions ?? []).filter(({ check }) => name === `checks/${check}.sql`)
  await enclosed(place.database, (inside) => place.judge(inside), async (file, values, session) => {
    if (file.name !== name) return
    for (const [at, mutant] of mutants.entries()) traces[at] = await traceOf(mutant)

    async function traceOf(mutant: SqlMutant): Promise<Trace> {
      try {
        const changed = parseSql(text.slice(0, mutant.start) + mutant.becomes + text.slice(mutant.end), name)
        const asked = Object.fromEntries(Object.entries(values).filter(([variable]) => changed.variables.has(variable)))
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
      } catch (error) {
        return failureOf(error)
      }
    }
  })
  return traces
}

function failureOf(error: unknown): Trace {
  const { code, message } = error as Error & { code?: string }
  // Class 42: syntax, unknown or ambiguous names, wrong types.
  return { kind: code?.startsWith('42') === true ? 'invalid' : 'failed', message: message.split('\n')[0]?.slice(0, 120) ?? '' }
}

/** Runs the file, reads what stands in the tables that it writes (of a query: its rows), and undoes it. */
function leftBehind(session: Session, file: SqlFile, values: Readonly<Record<string, SqlValue>>, isRepeated: boolean, tables: readonly string[]): Promise<string> {
  const asked = Object.fromEntries(Object.entries(values).filter(([name]) => file.variables.has(name)))
  return undone(session, async () => {
    let last = (await session.run(file, asked)).at(-1)
    for (let round = 1; isRepeated && (last?.rowCount ?? 0) > 0; round += 1) {
      if (round > mostRounds) throw new Error('never ends')
      last = (await session.run(file, asked)).at(-1)
    }
    if (tables.length === 0) return JSON.stringify(last?.rows)
    const sums: string[] = []
    for (const table of tables) {
      const [row] = await session.query<{ sum: string | null }>(`select md5(string_agg(t::text, '|' order by t::text collate "C")) as sum from ${table} t`)
      sums.push(row?.sum ?? '')
    }
    return sums.join()
  })
}

/** The tables that a text of SQL writes. */
function writtenTables(text: string): string[] {
  const code = text.replace(/--[^\n]*/g, '').replace(/'(?:[^']|'')*'/g, "''")
  const named = [...code.matchAll(/\b(?:insert into|update|delete from)\s+([\w.]+)/g)].map(([, table]) => table ?? '')
  const emptied = [...code.matchAll(/\btruncate\s+([\w.,\s]+);/g)].flatMap(([, list]) => (list ?? '').split(',').map((table) => table.trim()))
  return [...new Set([...named, ...emptied])].sort()
}
