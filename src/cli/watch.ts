/** The command that watches a drop folder: what is put there is handed in once it stands still, and put away with its result (D160). */
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { exitCodes, Refusal } from '../core/index.ts'
import { withLock } from '../db/index.ts'
import { printJson, say, type GlobalOptions } from './context.ts'
import type { Counter } from './sending/counter.ts'
import { counterOf, declaredIn, sendingOf, takeSendingFlags, worstOf, type SendingFlags } from './sending/flags.ts'
import { filesWaiting, placeFor, putAway, Stillness, type Waiting } from './sending/folder.ts'
import { packParcel } from './sending/parcel.ts'
import { inWords, shown } from './sending/progress.ts'
import { fetchProblems, sendFile, type Sending } from './sending/send.ts'

interface WatchFlags extends SendingFlags {
  readonly settle: string
  readonly every: string
  readonly once?: boolean
}

/** What one round needs. */
interface Watching {
  readonly folder: string
  readonly counter: Counter
  readonly sending: Sending
  readonly flags: WatchFlags
  readonly isJson: boolean
}

/** After our own fault, or without an answer, a file is left alone for so long. */
const restMilliseconds = 300_000

/** Adds the command. */
export function addWatchCommand(program: Command): void {
  takeSendingFlags(program.command('watch').description('hand in whatever is put into a folder; then it is moved to done/ or refused/ in it, with its result beside it'))
    .argument('<folder>')
    .option('--settle <seconds>', 'how long a file must stand still before it is taken', '10')
    .option('--every <seconds>', 'how often to look', '5')
    .option('--once', 'hand in what is there, and end')
    .action((folder: string, _, command: Command) => watch(folder, command))
}

async function watch(folder: string, command: Command): Promise<void> {
  const flags = command.opts<WatchFlags>()
  const options = command.optsWithGlobals<GlobalOptions>()
  const watching: Watching = { folder: resolve(folder), counter: counterOf(flags, options), sending: sendingOf(flags, options, say), flags, isJson: options.json === true }
  const [settle, every] = [secondsOf(flags.settle), secondsOf(flags.every)]
  if (statSync(watching.folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new Refusal('usage', 'folder_missing', `there is no folder ${folder}`)
  await withLock(join(watching.folder, '.tantay-watch'), async () => {
    process.exitCode = flags.once === true ? await once(watching, settle) : await forEver(watching, settle, every)
  }, (holder) => {
    throw new Refusal('tryAgain', 'folder_watched', `process ${holder} watches this folder already`)
  })
}

/** What stands still now; what it ends with. */
async function once(watching: Watching, settle: number): Promise<number> {
  const stillness = new Stillness()
  stillness.settled(filesWaiting(watching.folder), settle)
  await sleep(settle)
  const codes: number[] = []
  for (const file of stillness.settled(filesWaiting(watching.folder), settle)) codes.push(await take(watching, file))
  return worstOf(codes)
}

/** Ends only when the key lets nobody in: nothing that is put there would get through. */
async function forEver(watching: Watching, settle: number, every: number): Promise<number> {
  const stillness = new Stillness()
  const resting = new Map<string, number>()
  for (;;) {
    for (const file of stillness.settled(filesWaiting(watching.folder), settle)) {
      if (performance.now() < (resting.get(file.name) ?? 0)) continue
      const code = await take(watching, file)
      if (code === exitCodes.notAllowed) return code
      if (code === exitCodes.ok || code === exitCodes.fileRefused) resting.delete(file.name)
      else resting.set(file.name, performance.now() + restMilliseconds)
    }
    await sleep(every)
  }
}

/** Hands one file in and puts it away; what could not be ended stays where it is, for the next time. */
async function take({ folder, counter, sending, flags, isJson }: Watching, { name, path, size }: Waiting): Promise<number> {
  try {
    const parcel = await packParcel(path, declaredIn(flags), false)
    // It grew since it was looked at: it stands still no longer.
    if (parcel.size !== size) return exitCodes.tryAgain
    const { file, address, exitCode } = await sendFile(counter, parcel, sending)
    if (isJson) printJson(file)
    say(`${shown(name)}: ${inWords(file)}`)
    if (exitCode !== exitCodes.ok && exitCode !== exitCodes.fileRefused) return exitCode
    const place = placeFor(join(folder, exitCode === exitCodes.ok ? 'done' : 'refused'), name, parcel.sha256)
    if ((file.problem_count ?? 0) > 0) await fetchProblems(counter, address, problemsBeside(place), sending)
    putAway(path, place, file)
    return exitCode
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    say(`tantay: ${shown(name)}: ${shown(error.message)}`)
    // What the server will never take as it is would be asked about for ever.
    if (error.code === 'request_invalid' || error.kind === 'fileRefused') {
      putAway(path, placeFor(join(folder, 'refused'), name, 'refused0'), { status: 'refused', code: error.code, detail: error.message })
      return exitCodes.fileRefused
    }
    return error.exitCode
  }
}

/** `a.csv` → `a.problems.csv`; a workbook stays a workbook. */
function problemsBeside(place: string): string {
  return place.replace(/(\.[^./]*)?$/, (extension) => `.problems${extension === '' ? '.csv' : extension}`)
}

/** @throws Refusal `seconds_invalid` (usage) */
function secondsOf(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new Refusal('usage', 'seconds_invalid', '--settle and --every take whole seconds')
  return parseInt(text, 10) * 1000
}
