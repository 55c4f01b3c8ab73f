/** How one bank is doing beside all other banks as one: laid out once per published result, never with another bank's own figures. */
import { countryOffsetMinutes, daysBetween, isShareSafe, isSmall, smallestPublished, suppressSmall, survival } from '../core/index.ts'
import { loadSqlFile, rowsOf, type Database, type Desk, type Session } from '../db/index.ts'
import { bankFacts, reasonsOf, spanOf, stratumOf, type BankFacts, type PaymentCount } from './bank-facts.ts'
import { unitsOf } from './clock/units.ts'
import { publishedRun } from './overview.ts'
import { consistently } from './snapshot.ts'

/** Shares that banks are measured by. */
export const scoreMeasures = ['reports_in_time', 'prompt', 'rejected', 'returned', 'withdrawn', 'answered_in_time'] as const
export type ScoreMeasure = (typeof scoreMeasures)[number]
/** Times, in days. */
export const scoreTimes = ['credit_median', 'credit_p90', 'withdrawal_median', 'lag'] as const
export type ScoreTime = (typeof scoreTimes)[number]

/** A share: decimal between 0 and 1, of how many; `part` null where it is estimated over time, so that no count stands behind it. */
export interface ScoreShare {
  readonly part: number | null
  readonly whole: number
  readonly share: string
}

/** What is said of one bank, or of several as one; null: there is nothing to measure, or (of others) too little to say. */
export interface ScoreFigures {
  readonly shares: Readonly<Record<ScoreMeasure, ScoreShare | null>>
  /** Days; whole, or with a fraction where several banks or an even number meet. */
  readonly times: Readonly<Record<ScoreTime, string | null>>
  /** Why payments were rejected or sent back, the most frequent first; code null: none was given; count null: too few to say. */
  readonly reasons: readonly { readonly code: string | null; readonly count: number | null }[]
  /** Payments that were given; null: too few to say. */
  readonly payment_count: number | null
}

/** A bank's score-card. */
export interface BankScore {
  readonly as_of: string
  readonly own: ScoreFigures
  /** All other banks as one; null where they are fewer than three, for two could tell each other apart. */
  readonly others: ScoreFigures | null
}

/** Fewer banks than these are never shown as one. */
const fewestOthers = 3
const withdrawnDays = 7

const file = (name: string): ReturnType<typeof loadSqlFile> => loadSqlFile(new URL(`../../sql/reports/${name}.sql`, import.meta.url))
const files = { deadlines: file('bank_deadlines'), answers: file('bank_answers') }

// Any number that nobody else locks; "scores" as ASCII.
const lockKey = '126888164586867'

/** The bank's score-card as of the published result, read with the bank's own rights, laid out first where nobody has asked before; null before the first result. */
export async function bankScore(database: Database, desk: Desk, creditorAgent: string): Promise<BankScore | null> {
  const read = (): Promise<{ readonly isPublished: boolean; readonly score: BankScore | null }> => consistently(desk, async (session) => {
    const run = await publishedRun(session)
    const [row] = run === null ? [] : await session.query<{ own: ScoreFigures; others: ScoreFigures | null }>('select own, others from bank_score where run_id = $1 and creditor_agent = $2', [run.run_id, creditorAgent])
    return { isPublished: run !== null, score: run === null || row === undefined ? null : { as_of: run.as_of, ...row } }
  })
  const first = await read()
  if (first.score !== null || !first.isPublished) return first.score
  await layOutScores(database, creditorAgent)
  return (await read()).score
}

/** Lays out the score-cards of all banks of the published result, and that of one that has no payment yet. */
async function layOutScores(database: Database, creditorAgent: string): Promise<void> {
  await database.transaction(async (transaction) => {
    // Two banks that ask at once: the second waits, and finds it laid out.
    await transaction.query('select pg_advisory_xact_lock($1)', [lockKey])
    const run = await publishedRun(transaction)
    if (run === null || (await transaction.query('select from bank_score where run_id = $1 and creditor_agent = $2', [run.run_id, creditorAgent])).length > 0) return
    const tallies = await talliesOf(transaction, run)
    // A result that was published in between would mix with this one: then whoever asks next lays out that one.
    if ((await publishedRun(transaction))?.run_id !== run.run_id) return
    const agents = [...new Set([...tallies.keys(), creditorAgent])]
    const rows = agents.map((agent) => ({ creditor_agent: agent, ...scoreOf(agent, tallies, run.as_of) }))
    await transaction.query('insert into bank_score (run_id, creditor_agent, own, others) select $1, r.creditor_agent, r.own, r.others from jsonb_to_recordset($2::jsonb) as r (creditor_agent integer, own jsonb, others jsonb) on conflict (run_id, creditor_agent) do nothing', [run.run_id, JSON.stringify(rows)])
  })
}

/** What was counted of one bank. */
interface Tally extends Pick<BankFacts, 'payments' | 'transfers'> {
  readonly clocks: Parameters<typeof stratumOf>[0]
  readonly through: string | null
  readonly reports: survival.Proportion
  readonly answers: survival.Proportion
}

async function talliesOf(session: Session, run: NonNullable<Awaited<ReturnType<typeof publishedRun>>>): Promise<ReadonlyMap<string, Tally>> {
  const facts = await bankFacts(session, run, await unitsOf(session, run.as_of))
  const days = { as_of: run.as_of, offset_minutes: countryOffsetMinutes }
  const deadlines = new Map((await rowsOf<{ creditor_agent: string; expected_count: number; in_time_count: number }>(session, files.deadlines, days)).map((row) => [row.creditor_agent, { part: row.in_time_count, whole: row.expected_count }]))
  const answers = new Map((await rowsOf<{ creditor_agent: string; due_count: number; in_time_count: number }>(session, files.answers, days)).map((row) => [row.creditor_agent, { part: row.in_time_count, whole: row.due_count }]))
  return new Map([...new Set([...facts.agents, ...deadlines.keys(), ...answers.keys()])].map((agent) => [agent, {
    payments: facts.payments.filter((row) => row.creditor_agent === agent), transfers: facts.transfers.filter((row) => row.creditor_agent === agent),
    clocks: facts.clocks.get(agent) ?? [], through: facts.through.get(agent) ?? null, reports: deadlines.get(agent) ?? nothing, answers: answers.get(agent) ?? nothing,
  }]))
}

const nothing: survival.Proportion = { part: 0, whole: 0 }

/** One bank, and all others as one. */
export function scoreOf(agent: string, tallies: ReadonlyMap<string, Tally>, asOf: string): Pick<BankScore, 'own' | 'others'> {
  const own = tallies.get(agent)
  const others = [...tallies].filter(([other]) => other !== agent).map(([, tally]) => tally)
  return { own: figuresOf(own === undefined ? [] : [own], asOf), others: others.length < fewestOthers ? null : guarded(others, figuresOf(others, asOf)) }
}

function figuresOf(banks: readonly Tally[], asOf: string): ScoreFigures {
  const payments = banks.flatMap((bank) => bank.payments)
  const paid = countOf(payments, 'all')
  const span = spanOf(banks.flatMap((bank) => bank.transfers))
  const stratum = stratumOf(banks.flatMap((bank) => bank.clocks))
  const withdrawn = survival.shareWithin(stratum.curve, withdrawnDays)
  const lags = banks.flatMap(({ through }) => (through === null ? [] : [daysBetween(through, asOf)]))
  return {
    payment_count: paid,
    shares: {
      reports_in_time: shareOf(sumOf(banks.map(({ reports }) => reports))),
      prompt: shareOf({ part: span.prompt_count, whole: span.count }),
      rejected: shareOf({ part: countOf(payments, 'rejected'), whole: paid }),
      returned: shareOf({ part: countOf(payments, 'returned'), whole: paid }),
      withdrawn: withdrawn === null ? null : { part: null, whole: stratum.curve.count, share: withdrawn.share },
      answered_in_time: shareOf(sumOf(banks.map(({ answers }) => answers))),
    },
    times: {
      credit_median: textOf(span.median_days), credit_p90: textOf(span.p90_days), withdrawal_median: textOf(survival.quantileOf(stratum.curve, '0.5').days),
      lag: lags.length === 0 ? null : survival.decimalOfRatio({ numerator: BigInt(lags.reduce((sum, days) => sum + days, 0)), denominator: BigInt(lags.length) }),
    },
    reasons: reasonsOf(payments),
  }
}

/** Of others: what only one or two of them make up, or a handful of payments or people, is not said. */
function guarded(banks: readonly Tally[], { shares, times, reasons, payment_count: paid }: ScoreFigures): ScoreFigures {
  const makers: Readonly<Record<ScoreMeasure | 'lag', (bank: Tally) => boolean>> = {
    reports_in_time: ({ reports }) => reports.whole > 0, prompt: ({ transfers }) => transfers.length > 0, rejected: ({ payments }) => payments.length > 0, returned: ({ payments }) => payments.length > 0,
    withdrawn: ({ clocks }) => clocks.some(({ event }) => event !== 'not_reported'), answered_in_time: ({ answers }) => answers.whole > 0, lag: ({ through }) => through !== null,
  }
  const isMany = (measure: ScoreMeasure | 'lag'): boolean => banks.filter(makers[measure]).length >= fewestOthers
  const said = (measure: ScoreMeasure): ScoreShare | null => {
    const one = shares[measure]
    if (one === null || !isMany(measure) || one.whole < smallestPublished) return null
    return one.part === null || isShareSafe(one.part, one.whole) ? one : null
  }
  const kept = Object.fromEntries(scoreMeasures.map((measure) => [measure, said(measure)])) as Record<ScoreMeasure, ScoreShare | null>
  const hasTimes = (measure: ScoreMeasure): boolean => isMany(measure) && (shares[measure]?.whole ?? 0) >= smallestPublished
  return {
    payment_count: !isMany('rejected') || paid === null || isSmall(paid) ? null : paid,
    shares: kept,
    times: { credit_median: hasTimes('prompt') ? times.credit_median : null, credit_p90: hasTimes('prompt') ? times.credit_p90 : null, withdrawal_median: hasTimes('withdrawn') ? times.withdrawal_median : null, lag: isMany('lag') ? times.lag : null },
    reasons: guardedReasons(banks, reasons),
  }
}

/** Reasons that a few payments have, or a bank or two give, are not counted; nor is one alone left out, which the total would tell. */
function guardedReasons(banks: readonly Tally[], reasons: ScoreFigures['reasons']): ScoreFigures['reasons'] {
  const safe = suppressSmall({ cells: [reasons.map(({ count }) => count ?? 0)], printed: { rowTotals: true, columnTotals: false, total: false } }).cells[0] ?? []
  const shown = reasons.map(({ code }, place) => ({ code, count: banks.filter(({ payments }) => payments.some((row) => row.result !== 'all' && row.reason_code === code)).length >= fewestOthers ? (safe[place] ?? null) : null }))
  const isAlone = shown.filter(({ count }) => count === null).length === 1
  const least = shown.findLastIndex(({ count }) => count !== null)
  return isAlone ? shown.map((one, place) => (place === least ? { ...one, count: null } : one)) : shown
}

function countOf(rows: readonly PaymentCount[], result: PaymentCount['result']): number {
  return rows.reduce((sum, row) => sum + (row.result === result ? Number.parseInt(row.payments, 10) : 0), 0)
}

function sumOf(parts: readonly survival.Proportion[]): survival.Proportion {
  return parts.reduce((sum, { part, whole }) => ({ part: sum.part + part, whole: sum.whole + whole }), nothing)
}

function shareOf({ part, whole }: survival.Proportion): ScoreShare | null {
  return whole === 0 ? null : { part, whole, share: survival.decimalOfRatio({ numerator: BigInt(part), denominator: BigInt(whole) }) }
}

function textOf(days: number | null): string | null {
  return days === null ? null : String(days)
}
