/** The commands about backups: create, list, restore, drill, stop. */
import type { Command } from 'commander'
import { resolve } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import { backupFolder, backupState, beginArchiving, createBackup, drillBackup, endArchiving, listBackups, readManifest, restoreBackup } from '../backup/index.ts'
import { Refusal, systemClock } from '../core/index.ts'
import { configOf, grouped, printJson, say, table, withDatabase, type GlobalOptions } from './context.ts'

/** Adds the commands to the program. */
export function addBackupCommands(program: Command): void {
  const backup = program.command('backup').description('keep this installation elsewhere, bring it back, and prove that this works (docs/operate.md)')
  backup
    .command('create')
    .description('one backup more, while everything runs; from the first one on the database archives its log there too')
    .argument('[folder]', 'the folder of backups, on another disk or machine (default: TANTAY_BACKUP)')
    .option('--keep <n>', 'how many backups are kept, this one included (default: TANTAY_BACKUP_KEEP, else 14)')
    .action((folder: string | undefined, _, command: Command) => create(folder, command))
  backup
    .command('list')
    .description('the finished backups, the oldest first')
    .argument('[folder]', 'the folder of backups (default: TANTAY_BACKUP)')
    .action((folder: string | undefined, _, command: Command) => { list(folder, command) })
  backup
    .command('restore')
    .description('bring an installation back, into a folder that is not there yet')
    .argument('<folder>', 'the folder of backups')
    .requiredOption('--to <data>', 'the data folder to be made')
    .option('--at <instant>', 'as it was then, 2026-11-23T08:30:00+07:00 (default: everything that was archived)')
    .option('--backup <id>', 'exactly as this backup was made')
    .action((folder: string, { to, at, backup: id }: { to: string; at?: string; backup?: string }, command: Command) => restore(folder, to, at ?? null, id ?? null, command))
  backup
    .command('drill')
    .description('restore the newest backup into an empty place, and compare: the proof that it is one')
    .argument('[folder]', 'the folder of backups (default: TANTAY_BACKUP)')
    .option('--backup <id>', 'this one instead of the newest')
    .action((folder: string | undefined, { backup: id }: { backup?: string }, command: Command) => drill(folder, id ?? null, command))
  backup
    .command('stop')
    .description('no longer archive the log; what was backed up stays')
    .action((_, command: Command) => {
      const isEnded = endArchiving(configOf(command.optsWithGlobals<GlobalOptions>()).dataDirectory)
      say(isEnded ? 'from its next start on the database archives nothing; "tantay backup create" begins anew' : 'nothing was archived')
    })
}

async function create(asked: string | undefined, command: Command): Promise<void> {
  const options = command.optsWithGlobals<GlobalOptions & { readonly keep?: string }>()
  const config = configOf(options)
  if (config.databaseUrl !== null) throw new Refusal('usage', 'backup_elsewhere', 'this backs up the embedded database; for a PostgreSQL of your own use its tools (docs/operate.md names them), and "tantay verify digest" to compare what was restored')
  const directory = folderAsked(asked, command)
  const keep = options.keep === undefined ? config.backupKeep : /^[1-9]\d{0,2}$/.test(options.keep) ? parseInt(options.keep, 10) : 0
  if (keep === 0) throw new Refusal('usage', 'number_invalid', `--keep ${options.keep ?? ''} is not a whole number from 1 to 999`)
  beginArchiving(config.dataDirectory, directory)
  await withDatabase(options, async ({ owner, clock, isJson }) => {
    const made = await createBackup(owner, { dataDirectory: config.dataDirectory, directory, keep, clock, version: manifest.version, keys: [config.sheetKeyFile], onProgress: say })
    if (isJson) printJson(made)
    else process.stdout.write(`backup ${made.id}: ${grouped(`${made.files}`)} files, ${grouped(`${made.bytes}`)} bytes, ${made.seconds} s${made.state_digest === null ? '; no quiet moment was found, so a drill cannot compare it' : ''}${made.dropped.length === 0 ? '' : `; removed ${made.dropped.join(', ')}`}\n`)
  })
}

function list(asked: string | undefined, command: Command): void {
  const directory = folderAsked(asked, command)
  const folder = backupFolder(directory)
  const rows = listBackups(folder).map((id) => readManifest(folder, id))
  if (command.optsWithGlobals<GlobalOptions>().json === true) {
    for (const { database_files: files, other_files: others, database_folders: _, backup_label: _label, point, ...row } of rows) printJson({ ...row, at: point.at, state_digest: point.state?.digest ?? null, files: files.length + others.length })
    return
  }
  if (rows.length === 0) say(`there is no backup in ${directory}; make one with: tantay backup create ${directory}`)
  else process.stdout.write(`${table(['backup', 'restorable from', 'schema', 'seconds', 'digest'], rows.map(({ id, point, schema, seconds, point: { state } }) => [id, point.at, schema, `${seconds}`, state?.digest.slice(0, 16) ?? '-']))}\n`)
  const { last_drill: last } = backupState(directory)
  say(last === null ? 'no drill was made yet: tantay backup drill' : `last drill ${last.drilled_at}: backup ${last.backup} ${last.is_same ? `came back the same in ${last.restore_seconds} s` : `FAILED: ${last.fault ?? ''}`}`)
}

async function restore(directory: string, to: string, at: string | null, backup: string | null, command: Command): Promise<void> {
  if (at !== null && backup !== null) throw new Refusal('usage', 'restore_twofold', '--at and --backup say two different things; name one')
  const restored = await restoreBackup({ directory, dataDirectory: resolve(to), at, backup, clock: systemClock, onProgress: say })
  if (command.optsWithGlobals<GlobalOptions>().json === true) printJson(restored)
  else {
    process.stdout.write(`restored from backup ${restored.backup} into ${restored.data} in ${restored.seconds} s; the newest thing in it is of ${restored.restored_until ?? 'before any file'}\n`)
    for (const name of restored.missing_files) process.stdout.write(`its bytes are in no backup: ${name}\n`)
    say('Everybody signs in anew. Now: tantay --data … audit head --restored "why"; then doctor, serve, and a backup at once (docs/operate.md).')
  }
}

async function drill(asked: string | undefined, backup: string | null, command: Command): Promise<void> {
  const { directory } = { directory: folderAsked(asked, command) }
  const made = await drillBackup({ directory, backup, clock: systemClock, onProgress: say })
  if (command.optsWithGlobals<GlobalOptions>().json === true) printJson(made)
  else process.stdout.write(`backup ${made.backup} comes back the same: ${grouped(`${made.files}`)} files, restored in ${made.restore_seconds} s, digest ${made.state_digest ?? '-'}\n`)
}

/** @throws Refusal `backup_folder_missing` (usage) */
function folderAsked(asked: string | undefined, command: Command): string {
  const directory = asked === undefined ? configOf(command.optsWithGlobals<GlobalOptions>()).backupDirectory : resolve(asked)
  if (directory === null) throw new Refusal('usage', 'backup_folder_missing', 'say which folder: tantay backup … FOLDER, or set TANTAY_BACKUP')
  return directory
}
