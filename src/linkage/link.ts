/** Finds people who stand on the lists under two ids: new descriptions in, scored pairs out, in one transaction. */
import { foldName, hashBytes, keyText, type Key } from '../core/index.ts'
import { certainly, loadSqlFile, takeRunLock, whenBack, withFence, type Connection, type Database, type Fence, type Row, type SqlValue, type Transaction } from '../db/index.ts'
import { namePoints } from './name-points.ts'
import { bounds, personComparisons, reviewThreshold, type Description } from './person.ts'
import { scorePair } from './score.ts'

export interface LinkOptions {
  /** Lists not yet compared wait when they have more lines than this together (void ones are taken out all the same); absent: compares whatever there is. */
  readonly mostLines?: number
  /** Held already, by a night; absent: taken for this linkage. */
  readonly fence?: Fence
  /** Told each step as it begins. */
  readonly onProgress?: (message: string) => void
}

/** What a linkage did. */
export interface Linkage {
  /** Lines of lists that were not compared when it began. */
  readonly waiting_lines: number
  /** False when there were more than `mostLines` of them. */
  readonly is_linked: boolean
  /** Persons compared anew, with everybody. */
  readonly persons: number
  /** Pairs that shared a key and could reach the threshold. */
  readonly candidates: number
  /** Pairs above the threshold, among all persons. */
  readonly pairs: number
  readonly seconds: number
}

const fetchCount = 4_000
const busyMessage = 'a run is going on, or people are being compared already; try again when that has ended'

/**
 * Brings person_pair up to the sealed lists. The result is a function of those alone: each score depends on two
 * descriptions and fixed tables, so it does not matter in which order, or how often, lists were compared.
 *
 * @throws Refusal `run_in_progress` (try again) while a run or another linkage is at work
 */
export async function linkPersons(database: Database, options: LinkOptions = {}): Promise<Linkage> {
  const began = performance.now()
  const [waiting] = await database.query<{ lines: string; files: string; gone: string }>(
    `select coalesce(sum(accepted_count + repeat_count), 0) as lines, count(*) as files, (select count(*) from linked_file l join source_file f using (file_id) where f.status <> 'sealed') as gone
     from source_file where status = 'sealed' and kind = 'beneficiary_list' and file_id not in (select file_id from linked_file)`,
  )
  const waitingLines = parseInt(waiting?.lines ?? '0', 10)
  const seconds = (): number => Math.floor(performance.now() - began) / 1000
  const isWithNew = waitingLines <= (options.mostLines ?? Infinity)
  if (waiting?.gone === '0' && (waiting.files === '0' || !isWithNew)) return { waiting_lines: waitingLines, is_linked: isWithNew, persons: 0, candidates: 0, pairs: await countPairs(database), seconds: seconds() }
  const behind = (fence: Fence): Promise<Linkage> => database.onConnection(async (connection) => {
    await fence.enter(connection)
    // The lock of a run: a run must not read pairs that change under it.
    await takeRunLock(connection, 'first', busyMessage)
    await prepare(connection)
    const { persons, candidates } = await certainly(database, connection, async (transaction) => {
      await fence.require(transaction)
      return linkInside(transaction, isWithNew, options.onProgress ?? (() => undefined))
    })
    return { waiting_lines: waitingLines, is_linked: isWithNew, persons, candidates, pairs: await whenBack(() => countPairs(database)), seconds: seconds() }
  })
  return options.fence === undefined ? withFence(database, { purpose: 'linkage', busyMessage }, behind) : behind(options.fence)
}

async function countPairs(session: Pick<Database, 'query'>): Promise<number> {
  const [row] = await session.query<{ count: string }>('select count(*) as count from person_pair')
  return parseInt(row?.count ?? '0', 10)
}

/** As in a run: joins over several columns look tiny to the planner, so nested loops only where nothing else can be done. */
async function prepare(connection: Connection): Promise<void> {
  await connection.query("set work_mem = '256MB'")
  await connection.query('set enable_nestloop = off')
}

async function linkInside(transaction: Transaction, isWithNew: boolean, onProgress: (message: string) => void): Promise<{ persons: number; candidates: number }> {
  const run = async (name: string, values: Readonly<Record<string, SqlValue>> = {}): Promise<number> => {
    onProgress(name)
    return (await transaction.run(loadSqlFile(new URL(`../../sql/linkage/${name}.sql`, import.meta.url)), values)).at(-1)?.rowCount ?? 0
  }
  await run('10_describe_persons', { is_with_new: isWithNew })
  await run('20_new_names')
  await eachBatch(transaction, 'new_name', (rows) => storeNames(transaction, rows.map((row) => row['beneficiary_name'] as string)))
  const isEverybody = await isFirst(transaction)
  await allowLookUps(transaction)
  await run('30_store_identities', { is_with_new: isWithNew })
  for (const block of ['40_pair_by_name_and_year', '42_pair_by_day_and_given_name', '44_pair_by_day_and_unit', '46_pair_by_name_and_unit']) await run(block, { ...bounds, is_everybody: isEverybody })
  let candidates = 0
  await run('50_candidates')
  const folds = rememberNames()
  await eachBatch(transaction, 'candidate', async (rows) => {
    candidates += rows.length
    await storePairs(transaction, rows as unknown as readonly Candidate[], folds)
  })
  await run('60_name_changes')
  const [persons] = await transaction.query<{ count: string }>('select count(*) as count from work_person')
  return { persons: parseInt(persons?.count ?? '0', 10), candidates }
}

/** Where no list was ever compared, everybody is new, and nobody need be looked up among the new. */
async function isFirst(transaction: Transaction): Promise<boolean> {
  const [row] = await transaction.query<{ is_first: boolean }>('select not exists (select from linked_file) as is_first')
  return row?.is_first === true
}

/** A few people are looked up in the indexes one by one; many are joined as a whole. */
async function allowLookUps(transaction: Transaction): Promise<void> {
  const [row] = await transaction.query<{ is_few: boolean }>('select (select count(*) from work_person) * 20 < (select count(*) from person_identity) as is_few')
  await transaction.query(`set local enable_nestloop = ${row?.is_few === true ? 'on' : 'off'}`)
}

/** Reads a cursor to its end, so many rows at a time: memory stays flat, and the connection is free in between. */
async function eachBatch(transaction: Transaction, cursor: 'new_name' | 'candidate', work: (rows: readonly Row[]) => Promise<void>): Promise<void> {
  for (;;) {
    const rows = await transaction.query(`fetch ${fetchCount} from ${cursor}`)
    if (rows.length === 0) break
    await work(rows)
  }
  await transaction.query(`close ${cursor}`)
}

async function storeNames(transaction: Transaction, names: readonly string[]): Promise<void> {
  const folds = names.map((name) => foldName(name).fold)
  const tokens = folds.map((fold) => fold.split(' '))
  await transaction.query('insert into folded_name (beneficiary_name, name_key, given_key, name_points) select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::smallint[]) on conflict (beneficiary_name) do nothing', [
    names,
    tokens.map((parts) => textKey([...parts].sort().join(' '))),
    tokens.map((parts) => textKey(parts.at(-1) ?? '')),
    folds.map(namePoints),
  ])
}

const encoder = new TextEncoder()
const key: Key = { high: 0, low: 0 }

/** A stable 64-bit key of a text; two texts with one key would only make a candidate too many. */
function textKey(text: string): string {
  const bytes = encoder.encode(text)
  hashBytes(key, bytes, 0, bytes.length, 0x6e616d65)
  return keyText(key)
}

interface Candidate {
  readonly first_key: string
  readonly second_key: string
  readonly first_name: string
  readonly second_name: string
  readonly first_points: number
  readonly second_points: number
  readonly first_birth_date: string | null
  readonly second_birth_date: string | null
  readonly first_birth_year: number | null
  readonly second_birth_year: number | null
  readonly first_sex: string | null
  readonly second_sex: string | null
  readonly first_unit_code: string
  readonly second_unit_code: string
}

type Folds = (name: string) => Description['name']

/** Names come again and again; what is remembered is forgotten before it grows large. */
function rememberNames(): Folds {
  const known = new Map<string, Description['name']>()
  return (name) => {
    let folded = known.get(name)
    if (folded === undefined) {
      if (known.size >= 20_000) known.clear()
      known.set(name, (folded = foldName(name)))
    }
    return folded
  }
}

/** Scores the candidates and keeps, of each two persons, the best-scoring two descriptions. */
async function storePairs(transaction: Transaction, rows: readonly Candidate[], folds: Folds): Promise<void> {
  const best = new Map<string, { person: string; other: string; score: number; evidence: string }>()
  for (const row of rows) {
    const sides = [sideOf(row, 'first', folds), sideOf(row, 'second', folds)] as const
    const { score, parts } = scorePair(personComparisons, sides[0].description, sides[1].description)
    if (score < reviewThreshold) continue
    const [first, second] = inOrder(...sides)
    const evidence = JSON.stringify({ score: String(score), name: first.name, other_name: second.name, comparisons: parts.map((part) => ({ compared: part.compared, agreement: part.level, points: String(part.points) })) })
    const pair = `${first.key}|${second.key}`
    const known = best.get(pair)
    // Of equals the smaller text stands, so that it does not matter which came first.
    if (known === undefined || known.score < score || (known.score === score && evidence < known.evidence)) best.set(pair, { person: first.key, other: second.key, score, evidence })
  }
  const pairs = [...best.values()]
  await transaction.query(
    `insert into person_pair (person_key, other_key, score, evidence)
     select * from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::jsonb[])
     on conflict (person_key, other_key) do update set score = excluded.score, evidence = excluded.evidence
     where excluded.score > person_pair.score or excluded.score = person_pair.score and excluded.evidence::text collate "C" < person_pair.evidence::text collate "C"`,
    [pairs.map((pair) => pair.person), pairs.map((pair) => pair.other), pairs.map((pair) => pair.score), pairs.map((pair) => pair.evidence)],
  )
}

interface Side {
  readonly key: string
  readonly name: string
  readonly description: Description
}

function sideOf(row: Candidate, side: 'first' | 'second', folds: Folds): Side {
  const [key, name] = [row[`${side}_key`], row[`${side}_name`]]
  return {
    key,
    name,
    description: {
      hasOldNumber: key.length > digitsOfNewNumber, name: folds(name), namePoints: row[`${side}_points`], birthDate: row[`${side}_birth_date`], birthYear: row[`${side}_birth_year`], sex: row[`${side}_sex`], unitCode: row[`${side}_unit_code`],
    },
  }
}

/** Keys of old numbers lie above every number of twelve digits. */
const digitsOfNewNumber = 12

/** The smaller id first, as text: 024123456 comes before 079087123456. */
function inOrder(first: Side, second: Side): [Side, Side] {
  return idText(first.key) < idText(second.key) ? [first, second] : [second, first]
}

function idText(key: string): string {
  return key.length > digitsOfNewNumber ? key.slice(-9) : key.padStart(digitsOfNewNumber, '0')
}
