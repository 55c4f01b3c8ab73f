/** Pieces of work for one connection each, and two connections that take them in turn. */
import { readdirSync } from 'node:fs'
import { bucketCount, Refusal } from '../core/index.ts'
import { loadSqlFile, type Session, type SqlFile, type SqlValue } from '../db/index.ts'
import type { FindingType } from './finding-types.ts'
import type { Step } from './steps.ts'

/** One piece of work. */
export interface Task {
  readonly name: string
  readonly work: (lane: Session) => Promise<void>
}

/** What the variables of the statements stand for. */
export type Values = Readonly<Record<string, SqlValue>>

/** How many slices a sliced step is cut into; a divisor of the number of buckets. */
export type Slicing = number

const laneCount = 2

/** One slice for all. */
export const everybodyAtOnce: Slicing = 1

/** One slice for each connection. */
export const onePerLane: Slicing = laneCount

/** Runs the tasks, each on the next free lane; begins no more when one fails, waits for those under way, and throws what failed. */
export async function together(lanes: readonly Session[], tasks: readonly Task[]): Promise<void> {
  const waiting = [...tasks]
  const ends = await Promise.allSettled(lanes.map(async (lane) => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      await task.work(lane).catch((error: unknown) => {
        // What is still waiting would only go on for nothing, after the run may have lost its lock.
        waiting.length = 0
        throw error
      })
    }
  }))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

/** A step as one task, or one for each slice. */
export function tasksOfStep(step: Step, values: Values, slicing: Slicing = everybodyAtOnce): Task[] {
  const file = loadSqlFile(new URL(`../../sql/reconcile/${step.file}.sql`, import.meta.url))
  if (step.slices === undefined) return [{ name: step.file, work: (lane) => runStep(lane, file, step.isRepeated === true, values) }]
  const sliceCount = { 'of beneficiaries': slicing, 'by hash': slicing === bucketCount ? 2 * laneCount : Math.min(slicing, laneCount), 'one a lane': Math.min(slicing, laneCount) }[step.slices]
  return Array.from({ length: sliceCount }, (_, slice) => ({
    name: `${step.file} ${slice + 1}/${sliceCount}`,
    work: (lane) => runSlice(lane, file, step.slices === 'of beneficiaries', { ...values, slice, slice_count: sliceCount, first_bucket: (bucketCount / sliceCount) * slice, last_bucket: (bucketCount / sliceCount) * (slice + 1) - 1 }),
  }))
}

/** Every type of finding is a task of its own: none reads what another writes. */
export function tasksOfFindings(types: readonly FindingType[], values: Values): Task[] {
  return types.map(({ code, query }) => ({ name: `findings/${code}`, work: (lane) => runStep(lane, query, false, values) }))
}

/** The indexes by which an increment finds rows, one task a table; made where they are missing. */
export function tasksOfIndexes(): Task[] {
  return filesOf('indexes').map((file) => ({ name: file.name, work: (lane) => buildMissing(lane, file) }))
}

async function buildMissing(lane: Session, file: SqlFile): Promise<void> {
  const names = file.statements.flatMap(({ text }) => /index if not exists (\w+)/.exec(text)?.[1] ?? [])
  const [missing] = await lane.query<{ found: boolean }>('select exists (select from unnest($1::text[]) name where to_regclass(name) is null) as found', [names.map((name) => `public.${name}`)])
  // Facts belong to the owner of the database, who lets this be done and nothing else.
  if (missing?.found === true) for (const { text } of file.statements) await lane.query('select make_fact_index($1)', [text.replace(/^--.*$/gm, '').trim()])
}

/** Every file of sql/checks: an invariant, a query that must return no row. */
export function tasksOfChecks(values: Values): Task[] {
  return filesOf('checks').map((file) => ({ name: file.name, work: (lane) => check(lane, file, values) }))
}

function filesOf(room: 'checks' | 'indexes'): SqlFile[] {
  const directory = new URL(`../../sql/${room}/`, import.meta.url)
  return readdirSync(directory).filter((name) => name.endsWith('.sql')).sort().map((name) => loadSqlFile(new URL(name, directory)))
}

/** The planner takes the index of the buckets for little better than reading all (D70), and wide rows for cheaply sorted. */
async function runSlice(lane: Session, file: SqlFile, isByBucket: boolean, values: Values): Promise<void> {
  const settings = ['enable_seqscan', 'enable_mergejoin']
  if (isByBucket) for (const setting of settings) await lane.query(`set ${setting} = off`)
  await runStep(lane, file, false, values)
  if (isByBucket) for (const setting of settings) await lane.query(`set ${setting} = on`)
}

async function runStep(lane: Session, file: SqlFile, isRepeated: boolean, values: Values): Promise<void> {
  let written: number
  do written = (await lane.run(file, asked(file, values))).at(-1)?.rowCount ?? 0
  while (isRepeated && written > 0)
}

async function check(lane: Session, file: SqlFile, values: Values): Promise<void> {
  const first = (await lane.run(file, asked(file, values))).at(-1)?.rows[0]
  if (first !== undefined) throw new Refusal('failure', 'check_failed', `${file.name} does not hold, nothing was published; the first row: ${JSON.stringify(first)}`, { place: file.name })
}

/** Those of the values that the file asks for. */
function asked(file: SqlFile, values: Values): Values {
  return Object.fromEntries([...file.variables].map((name) => [name, values[name] ?? null]))
}
