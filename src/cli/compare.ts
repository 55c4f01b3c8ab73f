/** The command that looks at a file before it is taken in: compare. */
import type { Command } from 'commander'
import { exitCodes } from '../core/index.ts'
import { compareFile, loadProfile, type Comparison } from '../ingest/index.ts'
import { grouped, printJson, withDatabase } from './context.ts'
import { tellReceipt } from './files.ts'

interface CompareFlags {
  readonly with?: string
  readonly source?: string
  readonly kind?: string
  readonly profile?: string
  readonly encoding?: string
}

/** Adds the command to the program. */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description('how a file differs from the newest sealed file of the same source and kind, before it is taken in; nothing is stored')
    .argument('<file>')
    .option('--with <id>', 'the file to compare with (default: the newest of the same source and kind)')
    .option('--source <name>', 'as for ingest')
    .option('--kind <kind>', 'as for ingest')
    .option('--profile <name>', 'as for ingest')
    .option('--encoding <name>', 'as for ingest')
    .action((path: string, flags: CompareFlags, command: Command) => withDatabase(command.optsWithGlobals(), async (context) => {
      const { database, clock, config, isJson } = context
      const { with: withFile, source, kind, profile, encoding } = flags
      const request = {
        path, ...(source && { source }), ...(kind !== undefined && { kind }), ...(encoding !== undefined && { encoding: encoding.toLowerCase() }),
        ...(profile !== undefined && { savedProfile: await loadProfile(database, profile) }),
      }
      const comparison = await compareFile(database, request, { clock, dataDirectory: config.dataDirectory }, withFile)
      const { refusal } = comparison.receipt
      if (isJson) printJson(comparison)
      else if (refusal === null) process.stdout.write(comparisonText(comparison))
      else await tellReceipt(context, comparison.receipt, path)
      if (refusal !== null) process.exitCode = refusal.code === 'file_unreadable' ? exitCodes.failure : exitCodes.fileRefused
    }))
}

function comparisonText({ receipt, earlier, same, changed, new: added, gone, same_percent: percent, sum, earlier_sum: earlierSum, changes }: Comparison): string {
  const count = (number: number): string => grouped(`${number}`)
  const problems = receipt.problem_count === 0 ? '' : `\n  ${count(receipt.problem_count)} lines have problems and are not compared: tantay profile preview shows them`
  if (earlier === null) return `${receipt.file_name}: nothing of the kind ${receipt.kind ?? ''} came from this source before; ${count(receipt.accepted + receipt.repeats)} lines${problems}\nnothing was stored\n`
  const head = `${receipt.file_name}: ${percent ?? 0} % the same as file ${earlier.file_id} (${earlier.file_name}, received ${earlier.recorded_at.slice(0, 10)}): ${count(changed)} lines changed, ${count(added)} new, ${count(gone)} gone; ${count(same)} the same`
  const sums = sum === null || earlierSum === null ? '' : `\n  sum ${grouped(earlierSum)} → ${grouped(sum)}`
  const lines = changes.slice(0, 20).map(({ change, line, earlier_line: before, columns }) =>
    change === 'changed' ? `  line ${line ?? ''} (was line ${before ?? ''}): ${columns.join(', ')}` : change === 'new' ? `  line ${line ?? ''}: new` : `  line ${before ?? ''} of the earlier file: gone`)
  const rest = changed + added + gone - lines.length
  return `${[head + sums + problems, ...lines, ...(rest > 0 ? [`  … and ${count(rest)} more`] : [])].join('\n')}\nnothing was stored\n`
}
