/** The command by which a bank hands files in from its own machine: the file goes once, and the command ends when it is known what became of it. */
import type { Command } from 'commander'
import { exitCodes, Refusal } from '../core/index.ts'
import { printJson, say, type GlobalOptions } from './context.ts'
import { counterOf, declaredIn, sendingOf, takeSendingFlags, worstOf, type SendingFlags } from './sending/flags.ts'
import { packParcel } from './sending/parcel.ts'
import { inWords, shown, tellProgress } from './sending/progress.ts'
import { fetchProblems, sendFile } from './sending/send.ts'

interface UploadFlags extends SendingFlags {
  readonly problems?: string
}

/** Adds the command. */
export function addUploadCommand(program: Command): void {
  takeSendingFlags(program.command('upload').description('hand files in at a server, and wait until they are read; the same file twice is taken once'))
    .argument('<files...>')
    .option('--control-count <count>', 'how many data lines the file has')
    .option('--control-sum <amount>', 'what their amounts come to')
    .option('--problems <file>', 'where to put the file with a column that says what is wrong with which line')
    .action((files: string[], _, command: Command) => upload(files, command))
}

async function upload(files: readonly string[], command: Command): Promise<void> {
  const flags = command.opts<UploadFlags>()
  const options = command.optsWithGlobals<GlobalOptions>()
  if (files.length > 1 && (flags.problems ?? flags.controlCount ?? flags.controlSum) !== undefined) throw new Refusal('usage', 'one_file', '--problems, --control-count and --control-sum are of one file: name one')
  const counter = counterOf(flags, options)
  const codes: number[] = []
  for (const path of files) {
    try {
      const parcel = await packParcel(path, declaredIn(flags))
      const progress = tellProgress(parcel)
      const sent = await sendFile(counter, parcel, { ...sendingOf(flags, options, say), onProgress: progress.tell })
      progress.end()
      if (options.json === true) printJson(sent.file)
      else process.stdout.write(`${shown(parcel.fileName)}: ${inWords(sent.file)}\n`)
      if (flags.problems !== undefined && (sent.file.problem_count ?? 0) > 0) {
        await fetchProblems(counter, sent.address, flags.problems, sendingOf(flags, options, say))
        say(`what is wrong with which line: ${flags.problems}`)
      }
      codes.push(sent.exitCode)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      say(`tantay: ${shown(path)}: ${shown(error.message)}`)
      codes.push(error.exitCode)
      // The next file would be answered the same.
      if (error.exitCode === exitCodes.notAllowed) break
    }
  }
  process.exitCode = worstOf(codes)
}
