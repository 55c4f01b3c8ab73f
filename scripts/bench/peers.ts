/** What a user would reach for instead: scripts in a folder that the caller names, run as they are. */
import { copyFileSync, createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { answers, measure } from './measure.ts'
import type { Contender } from './parts.ts'

/** The peers that this machine can run, and in words why each of the others is left out. */
export async function findPeers(given: string | undefined, python: string, scratch: string, sampleFolder: string): Promise<{ contenders: Contender[]; skipped: string[] }> {
  if (given === undefined) return { contenders: [], skipped: ['peers: no folder was named (--peers DIR)'] }
  // The scripts run in folders of their own.
  const folder = resolve(given)
  const contenders: Contender[] = []
  const skipped: string[] = []
  const out = join(scratch, 'peers')
  mkdirSync(out, { recursive: true })

  const duckdb = join(folder, 'peer_duckdb.mjs')
  if (!existsSync(duckdb)) skipped.push('DuckDB: peer_duckdb.mjs is not in the folder of peers')
  else if (!(await answers(process.execPath, ['--input-type=module', '-e', "await import('@duckdb/node-api')"]))) skipped.push('DuckDB: the package @duckdb/node-api is not installed')
  else {
    // Copied below the checkout, because a module finds its packages from where it lies.
    const copy = join(out, 'peer_duckdb.mjs')
    copyFileSync(duckdb, copy)
    contenders.push(contender('DuckDB', process.execPath, [copy, sampleFolder, out]))
  }

  const pandas = join(folder, 'peer_pandas.py')
  if (!existsSync(pandas)) skipped.push('pandas: peer_pandas.py is not in the folder of peers')
  else if (!(await answers(python, ['-c', 'import pandas']))) skipped.push(`pandas: ${python} with pandas is not there (--python PROGRAM names another)`)
  else contenders.push(contender('pandas', python, [pandas, await withOneLineEach(sampleFolder, join(scratch, 'one-line-each')), out]))
  return { contenders, skipped }
}

/**
 * The sample with the first line only of each beneficiary, scheme and month: pandas' script cannot join several.
 * Those are one in twenty, so it is spared a little of the work.
 */
async function withOneLineEach(sampleFolder: string, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(sampleFolder)) {
    const path = join(sampleFolder, name)
    if (!name.includes('beneficiary_list')) symlinkSync(path, join(folder, name))
    else await pipeline(firstOfEach(path), createWriteStream(join(folder, name)))
  }
  return folder
}

async function* firstOfEach(path: string): AsyncGenerator<string> {
  const seen = new Set<string>()
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const key = line.split(',', 3).join(',')
    if (!seen.has(key)) yield `${line}\n`
    seen.add(key)
  }
}

function contender(name: string, program: string, values: readonly string[]): Contender {
  return {
    name,
    isSummed: true,
    async round() {
      const { stdout: _, ...measured } = await measure(program, values, { folder: dirname(values[0] ?? '') })
      return [{ name: 'whole script', ...measured }]
    },
  }
}
