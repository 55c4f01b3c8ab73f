/** `npm run bench -- soak`: lives through the months, prints a table of them and what grew; ends with 1 when a law was broken. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { monthRows, slopesOf } from './slopes.ts'
import { soak } from './soak.ts'

interface Asked {
  readonly scratch: string
  readonly beneficiaries: number
  readonly months: number
  readonly from: string
  readonly seed: string
  readonly nights: number
  readonly json: string | null
  readonly say: (message: string) => void
}

/** Gives whether every law held each night. */
export async function soakCommand({ scratch, nights, json, ...asked }: Asked): Promise<boolean> {
  mkdirSync(scratch, { recursive: true })
  const log = json === null ? null : `${json}.nights`
  if (log !== null) rmSync(log, { force: true })
  const figures = await soak({ ...asked, scratch, mostNights: nights, log })
  const rows = monthRows(figures)
  const slopes = slopesOf(figures)
  const [head] = rows
  const columns = head === undefined ? [] : (Object.keys(head) as (keyof typeof head)[])
  process.stdout.write(`${asked.beneficiaries} beneficiaries at first, ${asked.months} months from ${asked.from}, seed ${asked.seed}: ${figures.nights.length} nights in ${Math.round(figures.seconds)} s, ${figures.broken.length} laws broken\n\n`)
  process.stdout.write(`| ${columns.map((name) => name.replaceAll('_', ' ')).join(' | ')} |\n|${columns.map(() => '---:|').join('')}\n${rows.map((row) => `| ${columns.map((name) => String(row[name] ?? '')).join(' | ')} |`).join('\n')}\n\n`)
  process.stdout.write(`${JSON.stringify({ slopes, events: figures.events, broken: figures.broken.slice(0, 20) }, null, 1)}\n`)
  if (json !== null) {
    const machine = { cores: availableParallelism(), memory_megabytes: Math.round(totalmem() / 1_048_576), node: process.version }
    writeFileSync(json, `${JSON.stringify({ ...asked, say: undefined, machine, slopes, by_month: rows, ...figures }, null, 1)}\n`)
  }
  return figures.broken.length === 0
}
