/** A bank of the demo hands in its own reports at the counter, so that its clerk finds there what a bank finds. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { Refusal, sha256Of } from '../core/index.ts'
import { accounts, addPerson, oneTimePassword } from '../staff/index.ts'
import { unitsOf } from '../reports/index.ts'
import { receiveUpload } from '../uploads/index.ts'
import type { Context } from './context.ts'

/** The files of a demo, told apart by who hands them in. */
export interface SplitFiles {
  /** The bank with most accounts: its 6 digits. */
  readonly agent: string
  readonly ownPaths: readonly string[]
  readonly otherPaths: readonly string[]
}

/** The name of its clerk. */
export const clerkName = 'nganhang'

const reports = /_(?:account_opening|withdrawal)\.csv$/

/** Takes one bank's lines out of the reports of all banks, into files of its own beside them. */
export async function splitOffBank(paths: readonly string[]): Promise<SplitFiles> {
  const opened = paths.find((path) => /_account_opening\.csv$/.test(path))
  if (opened === undefined) throw new Refusal('failure', 'demo_empty', 'the demo has no report of accounts')
  const counts = new Map<string, number>()
  for (const line of (await linesOf(opened)).slice(1)) counts.set(agentOf(line), (counts.get(agentOf(line)) ?? 0) + 1)
  const [agent] = [...counts].sort(([first, many], [second, few]) => few - many || (first < second ? -1 : 1))[0] ?? ['']
  const ownPaths: string[] = []
  const otherPaths: string[] = []
  for (const path of paths) {
    if (!reports.test(path)) {
      otherPaths.push(path)
      continue
    }
    const [header = '', ...lines] = await linesOf(path)
    const write = async (folder: string, kept: readonly string[]): Promise<string> => {
      const written = join(dirname(path), folder, basename(path))
      await mkdir(dirname(written), { recursive: true })
      await writeFile(written, [header, ...kept, ''].join('\n'))
      return written
    }
    ownPaths.push(await write(agent, lines.filter((line) => agentOf(line) === agent)))
    otherPaths.push(await write('other-banks', lines.filter((line) => agentOf(line) !== agent)))
  }
  return { agent, ownPaths, otherPaths }
}

/** Hands the bank's files in as its clerk would, unless they are here already; the numbers of the files they became. */
export async function handInAtCounter({ database, clock, config: { dataDirectory } }: Context, { agent, ownPaths }: SplitFiles): Promise<string[]> {
  const staffId = await clerkOf({ database, clock }, agent)
  const hashes: string[] = []
  for (const path of ownPaths) {
    const bytes = await readFile(path)
    const sha256 = sha256Of(bytes)
    hashes.push(sha256)
    const [here] = await database.query("select from upload u join source_file f using (file_id) where u.source = $1 and u.sha256 = $2 and f.status = 'sealed'", [agent, sha256])
    if (here === undefined) await receiveUpload(database, { clock, dataDirectory }, Readable.from([bytes]), { source: agent, staffId, channel: 'page', fileName: basename(path).replace(/^\d+_/, '') })
  }
  // Read when it is needed: no other command that works something out runs what waits in the background.
  const { workOff } = await import('../jobs/index.ts')
  await workOff({ database, clock, dataDirectory })
  const files = await database.query<{ file_id: string }>("select file_id from source_file where source = $1 and sha256 = any ($2) and status = 'sealed'", [agent, hashes])
  if (files.length < ownPaths.length) throw new Refusal('fileRefused', 'demo_file_refused', 'a file of the demo’s bank was not taken')
  return files.map(({ file_id: id }) => id)
}

async function clerkOf({ database, clock }: Pick<Context, 'database' | 'clock'>, agent: string): Promise<string> {
  const [known] = await accounts(database, { userName: clerkName })
  if (known !== undefined) return known.staff_id
  const at = clock.now()
  await database.transaction(async (transaction) => {
    const units = await unitsOf(transaction, clock.today())
    await addPerson(transaction, { userName: clerkName, displayName: `Ngân hàng ${agent}`, roles: ['bank'], unitCode: null, creditorAgent: agent, isTotpRequired: false, password: oneTimePassword() }, { staffId: null, reason: 'sample person of the demo', at }, units)
  })
  const [made] = await accounts(database, { userName: clerkName })
  return made?.staff_id ?? ''
}

async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '')
}

const agentOf = (line: string): string => line.slice(0, 6)
