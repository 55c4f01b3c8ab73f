/** The commands about files: ingest, files list, files show, files void. */
import type { Command } from 'commander'
import { exitCodes, Refusal } from '../core/index.ts'
import { ingestFiles, listFiles, showFile, voidFile, type Receipt } from '../ingest/index.ts'
import { grouped, printJson, say, table, withDatabase, type Context } from './context.ts'

interface IngestFlags {
  readonly kind?: string
  readonly source?: string
  readonly controlCount?: string
  readonly controlSum?: string
}

/** Adds the commands to the program. */
export function addFileCommands(program: Command): void {
  program
    .command('ingest')
    .description('take in files: every row is stored, or its problem is; a file in doubt is refused whole')
    .argument('<file...>', 'CSV files (, ; or tab; UTF-8)')
    .option('--kind <kind>', 'what the file is, for example disbursement (default: told from its header)')
    .option('--source <name>', 'who sent it')
    .option('--control-count <n>', 'how many data lines the sender declared')
    .option('--control-sum <amount>', 'the sum of amounts that the sender declared')
    .action((paths: string[], _, command: Command) => withDatabase(command.optsWithGlobals(), async (context) => {
      const receipts = await takeIn(context, paths, command.opts())
      for (const receipt of receipts) {
        if (context.isJson) printJson(receipt)
        else process.stdout.write(`${receiptText(receipt)}\n`)
      }
      if (receipts.some(({ status }) => status === 'refused')) process.exitCode = exitCodes.fileRefused
    }))

  const files = program.command('files').description('the files handed in: list, show one, void one')
  files
    .command('list', { isDefault: true })
    .description('all files, the newest last')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, isJson }) => {
      const rows = await listFiles(database)
      if (isJson) rows.forEach(printJson)
      else process.stdout.write(`${table(['id', 'kind', 'status', 'lines', 'accepted', 'problems', 'name'], rows.map((row) => [row.file_id, row.kind, row.status, grouped(`${row.lines}`), grouped(`${row.accepted}`), grouped(`${row.problem_count}`), row.file_name]))}\n`)
    }))
  files
    .command('show')
    .description('one file: its receipt, its problems, the lines that were ignored')
    .argument('<id>', 'the number of the file')
    .action((id: string, _, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, isJson }) => {
      const file = await showFile(database, id)
      if (isJson) {
        printJson(file)
        return
      }
      process.stdout.write(`${receiptText(file)}\n`)
      for (const { first_line: first, last_line: last, reason } of file.ignored_lines) process.stdout.write(`  line ${first === last ? first : `${first}–${last}`}: ignored (${reason})\n`)
    }))
  files
    .command('void')
    .description('withdraw a file: from the next run on it is as if it had never come; the trail shows both')
    .argument('<id>', 'the number of the file')
    .requiredOption('--why <text>', 'the reason, kept with the file')
    .action((id: string, _, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, clock, isJson }) => {
      const file = await voidFile(database, id, command.opts<{ why: string }>().why, clock)
      if (isJson) printJson(file)
      else process.stdout.write(`file ${file.file_id} (${file.file_name}) is void; run again to see the result without it\n`)
    }))
}

/** Takes in files in the order given, telling progress on stderr; receipts in that order. */
export async function takeIn(context: Context, paths: readonly string[], flags: IngestFlags = {}): Promise<Receipt[]> {
  const controlCount = flags.controlCount === undefined ? undefined : parseInt(flags.controlCount, 10)
  if (controlCount !== undefined && !/^\d+$/.test(flags.controlCount ?? '')) throw new Refusal('usage', 'number_invalid', `--control-count ${flags.controlCount ?? ''} is not a whole number`)
  const only = { ...(flags.kind && { kind: flags.kind }), ...(flags.source && { source: flags.source }), ...(controlCount !== undefined && { controlCount }), ...(flags.controlSum && { controlSum: flags.controlSum }) }
  return ingestFiles(context.database, paths.map((path) => ({ path, ...only })), { clock: context.clock, dataDirectory: context.config.dataDirectory, onProgress: say })
}

function receiptText(receipt: Receipt): string {
  const { file_name: name, file_id: id, kind, status, lines, accepted, repeats, ignored, problem_count: problemCount, problems, refusal } = receipt
  const head = `${name}: file ${id ?? '-'}, ${kind ?? 'unknown kind'}, ${status}${receipt.repeat_of === null ? '' : `, the same bytes as file ${receipt.repeat_of}`}`
  if (refusal) return `${head}\n  ${refusal.detail}`
  const counts = `  ${grouped(`${lines}`)} lines = ${grouped(`${accepted}`)} accepted + ${grouped(`${repeats}`)} repeats + ${grouped(`${problemCount}`)} with problems + ${grouped(`${ignored}`)} ignored`
  const shown = problems.slice(0, 20).map(({ line, column, code, raw, suggestion }) => `  line ${line}, ${column ?? 'whole line'}: ${code}${raw === null ? '' : ` "${raw}"`}${suggestion ? ` (did you mean ${suggestion}?)` : ''}`)
  const rest = problems.length > shown.length ? [`  … and ${grouped(`${problems.length - shown.length}`)} more: tantay files show ${id ?? ''} --json`] : []
  return [head, counts, ...shown, ...rest].join('\n')
}
