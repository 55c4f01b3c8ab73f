/** The commands about mapping profiles: save, list, show, draft, preview, test. */
import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { exitCodes, Refusal } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { draftProfile, listProfiles, loadProfile, previewFile, rehearseFile, saveProfile, type IngestRequest, type Preview, type Receipt, type SavedProfile } from '../ingest/index.ts'
import { grouped, printJson, table, withDatabase, type Context } from './context.ts'
import { tellReceipt } from './files.ts'

interface ReadFlags {
  readonly profile?: string
  readonly kind?: string
  readonly encoding?: string
}

/** Adds the commands to the program. */
export function addProfileCommands(program: Command): void {
  const profile = program.command('profile').description('mapping profiles: how one sender writes a kind of file (headers, amounts, dates, statuses, reasons)')
  addKeeping(profile)
  profile
    .command('draft')
    .description('a profile to begin with, from the headers of a file; fill in what is null, then save it')
    .argument('<file>')
    .option('--kind <kind>', 'the kind of file (default: the one that knows most of its headers)')
    .option('--encoding <name>', 'as for ingest')
    .action(async (path: string, flags: ReadFlags) => {
      process.stdout.write(`${JSON.stringify(await draftProfile({ path, ...flags }), null, 2)}\n`)
    })
  profile
    .command('preview')
    .description('the first rows of a file as they would be understood, and what would not be; nothing is stored')
    .argument('<file>')
    .option('--profile <name>', 'the profile to read it by (default: its own header)')
    .option('--kind <kind>', 'as for ingest')
    .option('--encoding <name>', 'as for ingest')
    .action((path: string, flags: ReadFlags, command: Command) => withDatabase(command.optsWithGlobals(), async (context) => {
      const preview = await previewFile(context.database, await requestOf(context.database, path, flags), surroundingsOf(context))
      if ('refusal' in preview) await tellReceipt(context, preview, path)
      else if (context.isJson) printJson(preview)
      else process.stdout.write(previewText(preview))
      process.exitCode = exitOf('refusal' in preview ? preview : preview.receipt)
    }))
  profile
    .command('test')
    .description('reads a whole file by a profile and gives the receipt that it would get; nothing is stored')
    .argument('<name>')
    .argument('<file>')
    .option('--encoding <name>', 'as for ingest')
    .action((name: string, path: string, flags: ReadFlags, command: Command) => withDatabase(command.optsWithGlobals(), async (context) => {
      const receipt = await rehearseFile(context.database, await requestOf(context.database, path, { ...flags, profile: name }), surroundingsOf(context), async () => {})
      await tellReceipt(context, receipt, path)
      process.exitCode = exitOf(receipt)
    }))
}

function addKeeping(profile: Command): void {
  profile
    .command('save')
    .description('keep a profile, as the next version of its name; earlier versions stay as they are')
    .argument('<name>')
    .argument('<file>', 'the profile as JSON, as draft and show write it')
    .option('--source <bank>', 'the bank whose files it reads, six digits; no other bank learns of it (default: everybody\'s)')
    .action((name: string, path: string, { source }: { source?: string }, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, clock, isJson }) => {
      const saved = await saveProfile(database, name.normalize('NFC'), await readJson(path), clock, source ?? null)
      if (isJson) printJson({ ...saidOf(saved), is_new: saved.isNew })
      else process.stdout.write(`profile ${saved.name}, version ${saved.version}${saved.isNew ? '' : ' (saved before)'}: ${saved.profile.kind.name}${saved.source === null ? '' : `, for ${saved.source} alone`}\n`)
    }))
  profile
    .command('list', { isDefault: true })
    .description('all profiles, each with its newest version')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, isJson }) => {
      const rows = await listProfiles(database)
      if (isJson) rows.forEach(printJson)
      else process.stdout.write(`${table(['name', 'version', 'kind', 'source', 'files'], rows.map((row) => [row.name, `${row.version}`, row.kind, row.source ?? '', grouped(`${row.files}`)]))}\n`)
    }))
  profile
    .command('show')
    .description('one profile as JSON, ready to be changed and saved again')
    .argument('<name>')
    .option('--version-number <n>', 'an earlier version (default: the newest)')
    .action((name: string, { versionNumber }: { versionNumber?: string }, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, isJson }) => {
      if (versionNumber !== undefined && !/^[1-9]\d{0,8}$/.test(versionNumber)) throw new Refusal('usage', 'number_invalid', `--version-number ${versionNumber} is not a whole number`)
      const saved = await loadProfile(database, name, versionNumber === undefined ? undefined : parseInt(versionNumber, 10))
      if (isJson) printJson({ ...saidOf(saved), description: saved.profile.description })
      else process.stdout.write(`${JSON.stringify(saved.profile.description, null, 2)}\n`)
    }))
}

function saidOf({ name, version, source, profile, saved_at }: SavedProfile): object {
  return { name, version, kind: profile.kind.name, source, saved_at }
}

async function requestOf(database: Database, path: string, { profile, kind, encoding }: ReadFlags): Promise<IngestRequest> {
  return { path, ...(kind !== undefined && { kind }), ...(encoding !== undefined && { encoding: encoding.toLowerCase() }), ...(profile !== undefined && { savedProfile: await loadProfile(database, profile) }) }
}

function surroundingsOf({ clock, config }: Context): { clock: Context['clock']; dataDirectory: string } {
  return { clock, dataDirectory: config.dataDirectory }
}

function exitOf({ refusal, problem_count: problems }: Receipt): number {
  if (refusal !== null) return refusal.code === 'file_unreadable' ? exitCodes.failure : exitCodes.fileRefused
  return problems > 0 ? exitCodes.failure : exitCodes.ok
}

async function readJson(path: string): Promise<unknown> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new Refusal('usage', 'file_unreadable', `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`)
  }
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new Refusal('usage', 'profile_invalid', `${path} is not JSON: ${error instanceof Error ? error.message : ''}`)
  }
}

function previewText({ kind, profile, columns, rows, receipt }: Preview): string {
  const lines = [`${receipt.file_name}: ${kind}${profile === null ? '' : `, by profile ${profile}`}`, '', 'columns:']
  for (const { header, column, isKnown } of columns) lines.push(`  ${header} → ${column ?? (isKnown ? '(left out by the profile)' : '(not understood; kept with the row, otherwise ignored)')}`)
  for (const { line, values, problems } of rows) {
    lines.push('', `line ${line}:`, ...Object.entries(values).map(([column, value]) => `  ${column} = ${value}`))
    for (const { column, code, raw } of problems) lines.push(`  ! ${column ?? 'whole line'}: ${code}${raw === null ? '' : ` "${raw}"`}`)
  }
  const { lines: all, accepted, repeats, problem_count: problemCount, ignored } = receipt
  lines.push('', `whole file: ${grouped(`${all}`)} lines = ${grouped(`${accepted}`)} accepted + ${grouped(`${repeats}`)} repeats + ${grouped(`${problemCount}`)} with problems + ${grouped(`${ignored}`)} ignored; nothing was stored`)
  return `${lines.join('\n')}\n`
}
