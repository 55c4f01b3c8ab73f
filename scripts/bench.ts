/**
 * Measures the product against the floor (COPY of the same files) and against peers, on a simulated province.
 *
 *     npm run bench -- --beneficiaries 100000 --peers DIR --json FILE
 *
 * Other benches are named first: `npm run bench -- febrl --data DIR`, `names`, `link` (scripts/bench/linkage.ts),
 * `npm run bench -- pages --data DIR` (scripts/bench/pages.ts), `npm run bench -- strata --data DIR` (scripts/bench/strata.ts),
 * `npm run bench -- counter` and `counter-kill` (scripts/bench/counter-command.ts), `npm run bench -- faults` (scripts/bench/fault-command.ts),
 * `npm run bench -- soak` (scripts/bench/soak).
 *
 * It writes below `.tantay/bench` of the checkout, removes that again, and touches no other database. Contenders take
 * turns in alternating order; only ratios within one sitting mean anything, and one under 1.15 is a tie.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadConfig } from '../src/config.ts'
import { simulate, type SimulatedFile } from '../src/simulate/index.ts'
import { auditBench } from './bench/audit.ts'
import { counterCommand } from './bench/counter-command.ts'
import { faultCommand } from './bench/fault-command.ts'
import { openFloor } from './bench/floors.ts'
import { linkageBench } from './bench/linkage.ts'
import { interruption, median } from './bench/measure.ts'
import type { Contender, Part } from './bench/parts.ts'
import { pagesBench, timesAsTable } from './bench/pages.ts'
import { findPeers } from './bench/peers.ts'
import { soakCommand } from './bench/soak/command.ts'
import { strataBench } from './bench/strata.ts'
import { checkTruth, measureOneFile, measureProduct, type Night, type Place, type Sample } from './bench/product.ts'

const help = `npm run bench -- [options]
  --beneficiaries N   size of the simulated province (100000)
  --seed S            its seed (1)
  --repeat N          rounds that count, of which the median is taken (3)
  --warm-up N         rounds before them that do not count (1)
  --peers DIR         a folder with peer_duckdb.mjs and peer_pandas.py
  --python PROGRAM    the Python that has pandas (python3)
  --json FILE         where to write all figures
  --skip-truth        do not compare every finding with the planted truth

Both nights are measured: all files and a full run, then the next day's files (one payment in a hundred) and the run after
them. With TANTAY_TEST_DATABASE_URL the product works in a database of that server instead of an embedded one.

npm run bench -- febrl --data DIR [--learn]   the published linkage benchmark, with weights fixed on dataset 1
npm run bench -- names [--seed S] [--people N]  Vietnamese identities with planted slips, by kind of slip
npm run bench -- link [--people N]            N people checked against themselves (1000000)
npm run bench -- pages --data DIR [--requests N] [--json FILE]  how long the list and persons' pages take, on a folder with a published run
npm run bench -- strata --data DIR [--json FILE]  how long times to cash take by every stratum and every two, and the other reports
npm run bench -- counter [--uploads 50] [--lines 100000] [--beneficiaries N]  banks hand in while officers read
npm run bench -- counter --big [--megabytes 1024] [--heap 96]  one very large file through a server with little memory
npm run bench -- counter-kill [--points 300] [--seed S]  uploads while server and database are killed
npm run bench -- faults messages [--work NAME] [--fault KIND] [--every N] [--only K]  every message between program and database in turn
npm run bench -- faults swarm [--beneficiaries N] [--points 300] [--seed S] [--only K] [--data DIR]  random faults in runs over many rows; goes on where it was stopped
npm run bench -- faults resources  full disks, time limits, little memory
npm run bench -- faults pause [--seconds 600]  a process asleep for so long, while another takes over
npm run bench -- audit [--points 1000] [--seed S] [--entries 200000]  manipulations of the trail, many writers, a long walk
npm run bench -- soak [--beneficiaries N] [--months 24] [--from 2026-01] [--seed S] [--nights N] [--data DIR] [--json FILE]  night after night, all laws each night (docs/soak.md)
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    learn: { type: 'boolean', default: false },
    people: { type: 'string' },
    requests: { type: 'string', default: '300' },
    uploads: { type: 'string', default: '50' },
    lines: { type: 'string', default: '100000' },
    big: { type: 'boolean', default: false },
    megabytes: { type: 'string', default: '1024' },
    heap: { type: 'string', default: '96' },
    points: { type: 'string', default: '300' },
    entries: { type: 'string', default: '200000' },
    months: { type: 'string', default: '24' },
    from: { type: 'string', default: '2026-01' },
    nights: { type: 'string', default: '100000' },
    beneficiaries: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    repeat: { type: 'string', default: '3' },
    'warm-up': { type: 'string', default: '1' },
    peers: { type: 'string' },
    python: { type: 'string', default: 'python3' },
    json: { type: 'string' },
    'skip-truth': { type: 'boolean', default: false },
    work: { type: 'string' },
    fault: { type: 'string' },
    every: { type: 'string', default: '1' },
    only: { type: 'string' },
    seconds: { type: 'string', default: '600' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) process.stdout.write(help)
else if (positionals[0] === 'audit') await auditBench({ seed: values.seed, points: values.points === '300' ? '1000' : values.points, entries: values.entries })
else if (positionals[0] === 'pages') await measurePages()
else if (positionals[0] === 'strata') await measureStrata()
else if (positionals[0] === 'counter' || positionals[0] === 'counter-kill') await measureCounter(positionals[0])
else if (positionals[0] === 'faults') await measureFaults()
else if (positionals[0] === 'soak') await liveThroughMonths()
else if (positionals.length > 0) await linkageBench(positionals[0] ?? '', values)
else {
  await bench().catch((failure: unknown) => {
    if (!interruption.signal.aborted) throw failure
    process.exitCode = 130
  })
}

async function bench(): Promise<void> {
  // Read before anything is made: a slip on the command line costs no simulation.
  const [beneficiaries, repeat, warmUp] = [whole(values.beneficiaries, 'beneficiaries', 200), whole(values.repeat, 'repeat', 1), whole(values['warm-up'], 'warm-up', 0)]
  const scratch = join(dirname(fileURLToPath(new URL('.', import.meta.url))), '.tantay', 'bench')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interruption.abort()
    })
  }
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true })
  const say = (message: string): void => void process.stderr.write(`bench: ${message}\n`)
  try {
    const sampleFolder = join(scratch, 'sample')
    say(`simulating ${String(beneficiaries)} beneficiaries`)
    const simulation = await simulate({ beneficiaries, seed: values.seed, out: sampleFolder, nights: 2 })
    if (simulation.secondNight === null) throw new Error('the second night is missing')
    const sample: Sample = { ...nightOf(simulation), next: nightOf(simulation.secondNight) }
    const { files } = sample
    const place: Place = { scratch, serverUrl: loadConfig().testDatabaseUrl }
    const truth = values['skip-truth'] ? null : await checkTruth(place, sample)
    for (const [night, found] of (truth ?? []).entries()) say(`truth of night ${String(night + 1)}: ${String(found.findings)} findings, ${String(found.missed.length)} missed, ${String(found.extra.length)} extra, ${String(found.wrong_outcomes.length)} outcome counts wrong`)

    const floor = await openFloor(scratch, sample)
    const peers = await findPeers(values.peers, values.python, scratch, sampleFolder)
    for (const reason of peers.skipped) say(`skipped ${reason}`)
    const contenders: Contender[] = [
      { name: 'tantay', isSummed: true, round: () => measureProduct(place, sample) },
      { name: 'tantay, one file', isSummed: false, round: () => measureOneFile(place, sample) },
      { name: floor.means, isSummed: false, round: floor.round },
      ...peers.contenders,
    ]
    const rounds = await takeTurns(contenders, warmUp, repeat, say).finally(floor.close)
    const lines = contenders.flatMap((contender) => summarise(contender, rounds.get(contender) ?? []))
    const rows = Object.fromEntries(files.map((file) => [file.kind, file.rows]))
    process.stdout.write(`${String(beneficiaries)} beneficiaries, ${String(Object.values(rows).reduce((sum, count) => sum + count, 0))} rows; medians of ${String(repeat)}\n\n${asTable(lines)}\n`)
    if (values.json !== undefined) {
      const machine = { cores: availableParallelism(), memory_megabytes: Math.round(totalmem() / 1_048_576), node: process.version }
      writeFileSync(values.json, `${JSON.stringify({ beneficiaries, seed: values.seed, rows, machine, truth, skipped: peers.skipped, lines }, null, 1)}\n`)
    }
    // A fast wrong answer is no result.
    for (const { missed, extra, wrong_outcomes: wrong } of truth ?? []) {
      if (missed.length + extra.length + wrong.length > 0) process.exitCode = 1
      for (const line of [...missed.slice(0, 5).map((key) => `missed: ${key}`), ...extra.slice(0, 5).map((key) => `extra: ${key}`), ...wrong.slice(0, 5).map((key) => `wrong: ${key}`)]) say(line)
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** The files of one simulated night, those apart that ingest has to refuse. */
function nightOf({ files, truth }: { readonly files: readonly SimulatedFile[]; readonly truth: { readonly path: string; readonly as_of: string } }): Night {
  return { files: files.filter(({ isRefused }) => isRefused !== true), refused: files.filter(({ isRefused }) => isRefused === true).map(({ path }) => path), truthPath: truth.path, asOf: truth.as_of }
}

async function measurePages(): Promise<void> {
  const times = await pagesBench({ data: publishedFolder('pages'), requests: whole(values.requests, 'requests', 1), say: sayOf })
  process.stdout.write(`milliseconds, one request after the other\n\n${timesAsTable(times)}\n`)
  keepTimes(times)
}

async function measureStrata(): Promise<void> {
  const times = await strataBench({ data: publishedFolder('strata'), say: sayOf })
  const total = (of: typeof times): string => `${(of.reduce((sum, { seconds }) => sum + seconds, 0)).toFixed(1)} s`
  const one = times.filter(({ question }) => question.startsWith('by ') && !question.includes(' and '))
  const two = times.filter(({ question }) => question.includes(' and '))
  process.stdout.write(`every stratum ${total(one)} (${one.length} questions), every two ${total(two)} (${two.length}), slowest ${times.toSorted((first, second) => second.seconds - first.seconds).slice(0, 3).map(({ question, seconds }) => `${question} ${seconds} s`).join(', ')}\n`)
  keepTimes(times)
}

/** In a folder of its own below `.tantay`, removed again unless `--data` names one. */
async function measureCounter(what: 'counter' | 'counter-kill'): Promise<void> {
  const scratch = values.data ?? join(dirname(fileURLToPath(new URL('.', import.meta.url))), '.tantay', 'bench-counter')
  if (values.data === undefined) rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch, { recursive: true })
  try {
    const figures = await counterCommand(what, {
      scratch, isBig: values.big, say: sayOf, seed: whole(values.seed, 'seed', 0), points: whole(values.points, 'points', 1), uploads: whole(values.uploads, 'uploads', 1), lines: whole(values.lines, 'lines', 1),
      beneficiaries: whole(values.beneficiaries, 'beneficiaries', 200), megabytes: whole(values.megabytes, 'megabytes', 1), heap: whole(values.heap, 'heap', 32),
    })
    keepTimes([figures])
    if (!figures.isKept) process.exitCode = 1
  } finally {
    if (values.data === undefined) rmSync(scratch, { recursive: true, force: true })
  }
}

/** In a folder of its own below `.tantay`, removed again unless `--data` names one. */
async function measureFaults(): Promise<void> {
  const scratch = values.data ?? join(dirname(fileURLToPath(new URL('.', import.meta.url))), '.tantay', 'bench-faults')
  mkdirSync(scratch, { recursive: true })
  try {
    const figures = await faultCommand(positionals[1] ?? 'messages', {
      scratch, say: sayOf, seed: whole(values.seed, 'seed', 0), points: whole(values.points, 'points', 1), beneficiaries: values.beneficiaries === '100000' ? null : whole(values.beneficiaries, 'beneficiaries', 200),
      every: whole(values.every, 'every', 1), only: values.only === undefined ? null : whole(values.only, 'only', 0), work: values.work ?? null, fault: values.fault ?? null, seconds: whole(values.seconds, 'seconds', 1),
    })
    keepTimes(figures.all)
    if (!figures.isKept) process.exitCode = 1
  } finally {
    if (values.data === undefined) rmSync(scratch, { recursive: true, force: true })
  }
}

/** In a folder of its own below `.tantay`, removed again unless `--data` names one. */
async function liveThroughMonths(): Promise<void> {
  const scratch = values.data ?? join(dirname(fileURLToPath(new URL('.', import.meta.url))), '.tantay', 'bench-soak')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { interruption.abort() })
  try {
    const asked = { beneficiaries: whole(values.beneficiaries, 'beneficiaries', 20), months: whole(values.months, 'months', 1), nights: whole(values.nights, 'nights', 1), from: values.from, seed: values.seed }
    if (!(await soakCommand({ ...asked, scratch, json: values.json ?? null, say: sayOf }))) process.exitCode = 1
  } finally {
    if (values.data === undefined) rmSync(scratch, { recursive: true, force: true })
  }
}

function sayOf(message: string): void {
  process.stderr.write(`bench: ${message}\n`)
}

function publishedFolder(name: string): string {
  if (values.data !== undefined) return values.data
  process.stderr.write(`bench: ${name} needs --data DIR, a folder with a published run\n`)
  process.exit(2)
}

function keepTimes(times: readonly object[]): void {
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine: { cores: availableParallelism(), memory_megabytes: Math.round(totalmem() / 1_048_576), node: process.version }, times }, null, 1)}\n`)
}

async function takeTurns(contenders: readonly Contender[], warmUps: number, repeats: number, say: (message: string) => void): Promise<Map<Contender, Part[][]>> {
  const rounds = new Map<Contender, Part[][]>(contenders.map((contender) => [contender, []]))
  for (let round = -warmUps; round < repeats; round += 1) {
    // To and fro, so that nobody always comes after the same neighbour.
    const order = round % 2 === 0 ? contenders : contenders.toReversed()
    for (const contender of order) {
      const parts = await contender.round()
      if (round >= 0) rounds.get(contender)?.push(parts)
      say(`${round < 0 ? 'warm-up' : `round ${String(round + 1)}`}: ${contender.name} ${parts.map((part) => `${part.name} ${part.seconds.toFixed(2)} s`).join(', ')}`)
    }
  }
  return rounds
}

/** One part of one contender over all rounds. */
interface Line {
  readonly contender: string
  readonly part: string
  readonly seconds: number
  readonly all_seconds: readonly number[]
  readonly peak_megabytes: number | null
  readonly database_megabytes: number | null
}

function summarise(contender: Contender, rounds: readonly Part[][]): Line[] {
  const first = rounds[0] ?? []
  const lines = first.map(({ name }, index) => line(contender.name, name, rounds.flatMap((parts) => parts[index] ?? [])))
  if (!contender.isSummed) return lines
  const isNext = ({ name }: Part): boolean => name.startsWith('next night')
  return [...lines, ...total('total', (part) => !isNext(part)), ...total('next night: total', isNext)]

  function total(name: string, isOfIt: (part: Part) => boolean): Line[] {
    const summed = rounds.map((parts) => parts.filter((part) => isOfIt(part) && part.isWithinPrevious !== true))
    if ((summed[0]?.length ?? 0) < 2) return []
    return [line(contender.name, name, summed.map((parts): Part => ({
      name,
      seconds: parts.reduce((sum, part) => sum + part.seconds, 0),
      peakMegabytes: most(parts.map((part) => part.peakMegabytes)),
      databaseMegabytes: most(parts.map((part) => part.databaseMegabytes)),
    })))]
  }
}

function line(contender: string, part: string, measured: readonly Part[]): Line {
  const seconds = measured.map((each) => each.seconds)
  return { contender, part, seconds: median(seconds), all_seconds: seconds, peak_megabytes: most(measured.map((each) => each.peakMegabytes)), database_megabytes: most(measured.map((each) => each.databaseMegabytes)) }
}

function most(figures: readonly (number | null)[]): number | null {
  return figures.reduce((greatest, figure) => (figure === null ? greatest : Math.max(greatest ?? 0, figure)), null)
}

function asTable(lines: readonly Line[]): string {
  const megabytes = (figure: number | null): string => (figure === null ? '' : figure.toFixed(0))
  const rows = [
    ['', '', 'seconds', 'from–to', 'peak MB', 'database MB'],
    ...lines.map((each) => [each.contender, each.part, each.seconds.toFixed(2), `${Math.min(...each.all_seconds).toFixed(2)}–${Math.max(...each.all_seconds).toFixed(2)}`, megabytes(each.peak_megabytes), megabytes(each.database_megabytes)]),
  ]
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) => row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()).join('\n')
}

function whole(text: string, name: string, least: number): number {
  const value = /^\d{1,9}$/.test(text) ? parseInt(text, 10) : NaN
  if (value >= least) return value
  process.stderr.write(`bench: --${name} takes a whole number from ${String(least)} on, not ${text}\n`)
  process.exit(2)
}
