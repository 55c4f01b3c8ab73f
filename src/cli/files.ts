/** The commands about files: ingest, files list, files show, files void. */
import { once } from 'node:events'
import type { Command } from 'commander'
import { controlSumShape, exitCodes, kindNamed, kinds, placeOf, Refusal } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { annotatedFile, countProblems, encodingNames, eachIgnoredRun, eachProblem, ingestFiles, listFiles, loadProfile, problemsShown, showFile, voidFile, type FileDetail, type FilePart, type IngestRequest, type Receipt } from '../ingest/index.ts'
import { failedUploads, retake } from '../uploads/index.ts'
import { grouped, printJson, say, table, withDatabase, type Context } from './context.ts'
import { writeOut } from './templates.ts'

interface IngestFlags {
  readonly kind?: string
  readonly source?: string
  readonly encoding?: string
  readonly profile?: string
  readonly controlCount?: string
  readonly controlSum?: string
}

/** Adds the commands to the program. */
export function addFileCommands(program: Command): void {
  program
    .command('ingest')
    .description('take in files: every row is stored, or its problem is; a file in doubt is refused whole')
    .argument('<file...>', 'CSV (, ; or tab), XLSX, ISO 20022 messages, MT940 and MT942 statements; encodings are recognised')
    .option('--kind <kind>', 'what the file is, for example disbursement (default: told from its header)')
    .option('--source <name>', 'who sent it')
    .option('--encoding <name>', `the encoding of a text that is not recognised for certain: ${encodingNames.join(', ')}`)
    .option('--profile <name>', 'the mapping profile of the sender, in its newest version (tantay profile list)')
    .option('--control-count <n>', 'how many data lines the sender declared')
    .option('--control-sum <amount>', 'the sum of amounts that the sender declared')
    .addHelpText('after', `
In the receipt, problem_count counts lines and problems lists values: a line with two bad values counts once and is listed
twice. At most ${grouped(`${problemsShown}`)} are listed; "tantay files show ID --json" gives all.`)
    .action(async (paths: string[], _, command: Command) => {
      const declared = readDeclared(command.opts())
      const { profile: name } = command.opts<IngestFlags>()
      await withDatabase(command.optsWithGlobals(), async (context) => {
        const savedProfile = name === undefined ? undefined : await loadProfile(context.database, name)
        if (savedProfile !== undefined && declared.kind !== undefined && declared.kind !== savedProfile.profile.kind.name) throw new Refusal('usage', 'kind_conflicts', `the profile ${savedProfile.name} reads files of the kind ${savedProfile.profile.kind.name}, not ${declared.kind}`)
        const receipts = await takeIn(context, paths, { ...declared, ...(savedProfile && { savedProfile }) })
        for (const [index, receipt] of receipts.entries()) await tellReceipt(context, receipt, paths[index] ?? receipt.file_name)
        const codes = receipts.flatMap(({ refusal }) => refusal?.code ?? [])
        if (codes.length > 0) process.exitCode = codes.every((code) => code === 'file_unreadable') ? exitCodes.failure : exitCodes.fileRefused
      })
    })

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
    .action((id: string, _, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, config, isJson }) => {
      const file = await showFile(database, id, config.dataDirectory)
      if (isJson) {
        await printWhole(database, file)
        return
      }
      process.stdout.write(`${receiptText(file, await problemValues(database, file))}\n`)
      for (const { first_line: first, last_line: last, reason } of file.ignored_lines) process.stdout.write(`  ${placeText(file.parts, first, file.format)}${first === last ? '' : `–${placeOf(file.parts, last).number}`}: ignored (${reason})\n`)
    }))
  files
    .command('annotate')
    .description('the sender\'s own file back: the same rows, with row_no, error_code, error_vi and error_en, to be corrected and sent again')
    .argument('<id>', 'the number of the file')
    .option('--format <format>', 'csv or xlsx (default: as it was sent)')
    .option('--out <file>', 'where to write it (default: stdout)')
    .action((id: string, { format, out }: { format?: string; out?: string }, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, config }) => {
      if (format !== undefined && format !== 'csv' && format !== 'xlsx') throw new Refusal('usage', 'format_unknown', `--format ${format} is neither csv nor xlsx`)
      const annotated = await annotatedFile(database, config.dataDirectory, id, format)
      if (annotated.format === 'xlsx' && out === undefined && process.stdout.isTTY) throw new Refusal('usage', 'out_missing', 'a workbook is no text for a screen; say --out FILE.xlsx')
      await writeOut(annotated.pieces, out)
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
  files
    .command('retake')
    .description('take in again a file of a bank that failed by our own fault; without an id: list those')
    .argument('[id]', 'as the bank and the log know it')
    .action((id: string | undefined, _, command: Command) => withDatabase(command.optsWithGlobals(), (context) => retakeOrList(context, id)))
}

/** Lists what failed, or takes one of it in again. */
async function retakeOrList({ database, clock, config, isJson }: Context, id: string | undefined): Promise<void> {
  if (id !== undefined) {
    const taken = await retake(database, id, { clock, dataDirectory: config.dataDirectory })
    if (isJson) printJson(taken)
    else process.stdout.write(`${taken.file_name} of ${taken.source} is taken in by the running server within a minute\n`)
    return
  }
  const failed = await failedUploads(database)
  if (isJson) for (const one of failed) printJson(one)
  else if (failed.length === 0) say('no file failed by our own fault')
  else process.stdout.write(`${table(['id', 'source', 'received', 'why', 'name'], failed.map((one) => [one.upload_id, one.source, one.received_at, one.failure_code, one.file_name]))}\n`)
}

/** What the sender declared about each file. */
type Declared = Omit<IngestRequest, 'path'>

/** Takes in files in the order given, telling progress on stderr; receipts in that order. */
export async function takeIn(context: Context, paths: readonly string[], declared: Declared = {}): Promise<Receipt[]> {
  return ingestFiles(context.database, paths.map((path) => ({ path, ...declared })), { clock: context.clock, dataDirectory: context.config.dataDirectory, onProgress: say })
}

/** The options of ingest, checked before anything is opened. @throws Refusal usage */
function readDeclared({ kind, source, encoding, controlCount, controlSum }: IngestFlags): Declared {
  if (kind !== undefined && kindNamed(kind) === null) throw new Refusal('usage', 'kind_unknown', `--kind ${kind} is no kind of file; known are ${kinds.map(({ name }) => name).join(', ')}`)
  if (encoding !== undefined && !encodingNames.some((name) => name === encoding.toLowerCase())) throw new Refusal('usage', 'encoding_unknown', `--encoding ${encoding} is no encoding that is known here; known are ${encodingNames.join(', ')}`)
  if (controlCount !== undefined && !/^\d{1,15}$/.test(controlCount)) throw new Refusal('usage', 'number_invalid', `--control-count ${controlCount} is not a whole number`)
  if (controlSum !== undefined && !controlSumShape.test(controlSum)) throw new Refusal('usage', 'amount_invalid', `--control-sum ${controlSum} is not a plain amount; write digits only, without separators: 1350000`)
  return { ...(kind !== undefined && { kind }), ...(source && { source }), ...(encoding !== undefined && { encoding: encoding.toLowerCase() }), ...(controlCount !== undefined && { controlCount: parseInt(controlCount, 10) }), ...(controlSum !== undefined && { controlSum }) }
}

/** One receipt on stdout; what is no part of it on stderr: that a file is not there, that the list of problems was cut. */
export async function tellReceipt({ database, isJson }: Context, receipt: Receipt, path: string): Promise<void> {
  const { refusal } = receipt
  const isUnreadable = refusal?.code === 'file_unreadable'
  if (isUnreadable) say(`tantay: ${path}: ${refusal.detail}`)
  const values = await problemValues(database, receipt)
  if (isJson) await put(`${JSON.stringify(receipt)}\n`)
  else if (!isUnreadable) await put(`${receiptText(receipt, values)}\n`)
  const { length } = receipt.problems
  if (values > length) say(`${receipt.file_name}: ${grouped(`${length}`)} of ${grouped(`${values}`)} problems are listed here; all of them: tantay files show ${receipt.file_id ?? ''} --json`)
}

/** How many values of a file have problems, those beyond its receipt too. */
async function problemValues(database: Database, { problems, file_id: id }: Receipt | FileDetail): Promise<number> {
  return problems.length < problemsShown || id === null ? problems.length : countProblems(database, id)
}

/** One file as one JSON object on one line, with all its problems and ignored lines, however many, as they are read. */
async function printWhole(database: Database, file: FileDetail): Promise<void> {
  const { problems: _problems, ignored_lines: _ignored, ...head } = file
  await put(`${JSON.stringify(head).slice(0, -1)},"problems":[`)
  let separator = ''
  const putOne = async (one: object): Promise<void> => {
    await put(`${separator}${JSON.stringify(one)}`)
    separator = ','
  }
  await eachProblem(database, file.file_id, putOne)
  await put('],"ignored_lines":[')
  separator = ''
  await eachIgnoredRun(database, file.file_id, putOne)
  await put(']}\n')
}

/** Writes to stdout and waits until it takes more. */
async function put(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

/** A line as it is looked up by hand. */
function placeText(parts: readonly FilePart[] | null, line: number, format: string | null): string {
  const { part, number } = placeOf(parts, line)
  return part === null ? `${lineWord(format)} ${number}` : `sheet "${part}", row ${number}`
}

/** What should be known of a sheet: that it was not read, and why; that it has rows that nobody sees. */
function sheetNotes({ name, status, hidden_rows: hiddenRows }: FilePart): string[] {
  switch (status) {
    case 'taken':
      return hiddenRows === 0 ? [] : [`  sheet "${name}": ${grouped(`${hiddenRows}`)} rows are hidden there, and were taken`]
    case 'hidden':
      return [`  sheet "${name}" is hidden, and was not read`]
    case 'other':
      return [`  sheet "${name}" holds no table of this kind, and was not read`]
    case 'empty':
      return []
  }
}

/** How a file was read, where that is not what every file is: CSV in UTF-8. */
function takenAs(format: string | null, encoding: string | null): string {
  if (format === null || encoding === null || (format === 'csv' && encoding === 'utf-8')) return ''
  return format === 'csv' ? `, read as ${encoding}` : `, read as ${format}`
}

/** What is counted: an ISO 20022 message has transactions, on however many lines of XML. */
function lineWord(format: string | null): string {
  return /^(?:pain|pacs|camt)\./.test(format ?? '') ? 'transaction' : 'line'
}

/** A receipt for people; `values` is how many values have problems, listed or not. */
function receiptText(receipt: Receipt | FileDetail, values: number): string {
  const { file_name: name, file_id: id, kind, format, encoding, status, lines, accepted, repeats, ignored, problem_count: problemCount, problems, refusal } = receipt
  const head = `${name}: file ${id ?? '-'}, ${kind ?? 'unknown kind'}${takenAs(format, encoding)}${receipt.profile === null ? '' : `, by profile ${receipt.profile}`}, ${status}${receipt.repeat_of === null ? '' : `, the same bytes as file ${receipt.repeat_of}`}`
  if (refusal) return `${head}\n  ${refusal.detail}`
  const counts = `  ${grouped(`${lines}`)} lines = ${grouped(`${accepted}`)} accepted + ${grouped(`${repeats}`)} repeats + ${grouped(`${problemCount}`)} with problems + ${grouped(`${ignored}`)} ignored`
  const notes = [
    ...(receipt.is_control_sum_checked === false ? ['  the sum of the amounts was not checked: not every amount can be read'] : []),
    ...(receipt.has_final_newline === false ? ['  the last line has no line end, as in a file that was cut off: compare its last value with the sender\'s'] : []),
    ...(receipt.parts ?? []).flatMap(sheetNotes),
  ]
  const shown = problems.slice(0, 20).map(({ line, column, code, raw, suggestion }) => {
    const hint = suggestion === null ? '' : code === 'field_count' ? ` (${suggestion})` : ` (did you mean ${suggestion}?)`
    return `  ${placeText(receipt.parts, line, format)}, ${column ?? 'whole line'}: ${code}${raw === null ? '' : ` "${raw}"`}${hint}`
  })
  const rest = values > shown.length ? [`  … and ${grouped(`${values - shown.length}`)} more: tantay files show ${id ?? ''} --json`] : []
  return [head, counts, ...notes, ...shown, ...rest].join('\n')
}
