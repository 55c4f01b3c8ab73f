/** The commands about the trail: audit head signs how far it reaches, verify audit proves that nothing in it was changed. */
import type { Command } from 'commander'
import { access } from 'node:fs/promises'
import { Refusal } from '../core/index.ts'
import { keyIdOf, loadSigningKey } from '../signing/index.ts'
import { readHeads, signHead, verifyTrail, type TrailReport } from '../trail/index.ts'
import { grouped, printJson, say, withDatabase, type Context } from './context.ts'

/** Adds `audit head` to the program. */
export function addAuditCommand(program: Command): void {
  program
    .command('audit')
    .description('the trail of who did what')
    .command('head')
    .description('sign how far the trail reaches, and write that to the database and to the folders outside of it; done each night and at start by itself')
    .option('--restored <why>', 'once after a restore from a backup: why the database knows less than the heads outside; the trail says so from then on')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals(), async ({ config, clock, database, isJson }) => {
      const { restored } = command.opts<{ restored?: string }>()
      if (restored?.trim() === '') throw new Refusal('usage', 'reason_missing', 'say why: --restored "disk of the 2nd of November"')
      const { head, isNew, written } = await signHead(database, { key: await loadSigningKey(config.sheetKeyFile), at: clock.now(), folders: config.auditHeadFolders, ...(restored === undefined ? {} : { restoredBecause: restored.trim() }) })
      if (isJson) printJson({ head, is_new: isNew, written })
      else if (head === null) say('nothing is in the trail yet')
      else process.stdout.write(`head ${head.head_number} of ${head.day}: ${grouped(head.sequence_number)} entries, ${head.hash}\nsigned by ${head.signature.key_id}${isNew ? '' : '; nothing has happened since'}\n${written.map((file) => `${file}\n`).join('')}`)
    }))
}

/**
 * Proves the trail: the chain, the heads in the database and outside, the rows that entries stand for.
 *
 * @throws Refusal `audit_broken` that names the first bad entry
 */
export async function verifyAudit({ config, database, isJson }: Pick<Context, 'config' | 'database' | 'isJson'>, { heads, key }: { readonly heads?: string | undefined; readonly key?: string | undefined }): Promise<void> {
  const folders = heads === undefined ? config.auditHeadFolders : [heads]
  const outside = (await Promise.all(folders.map((folder) => readHeads(folder)))).flat()
  if (heads !== undefined && outside.length === 0) throw new Refusal('usage', 'heads_missing', `there are no heads (head-….json) in ${heads}`)
  const began = performance.now()
  const report = await database.transaction(async (transaction) => {
    await transaction.query('set transaction isolation level repeatable read read only')
    return verifyTrail(transaction, { outside: outside.length === 0 ? null : outside, keys: await knownKeys(config.sheetKeyFile, key), onProgress: (entries) => { if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${grouped(`${entries}`)} entries`) } })
  })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  if (isJson) printJson({ ...report, heads: folders, seconds: Math.floor(performance.now() - began) / 1000 })
  else if (report.fault === null) say(sentences(report).join('\n'))
  if (report.fault !== null) throw new Refusal('failure', 'audit_broken', `the trail is not as it was (${report.fault.kind}): ${report.fault.detail}`)
}

/** Whose signature counts: this installation's own key where it is at hand, and those that were named. None: any, and it is said whose. */
async function knownKeys(sheetKeyFile: string, named: string | undefined): Promise<string[]> {
  const own = await access(sheetKeyFile).then(() => true, () => false) ? [keyIdOf(await loadSigningKey(sheetKeyFile))] : []
  return [...own, ...(named ?? '').split(',').map((one) => one.trim()).filter((one) => one !== '')]
}

function sentences(report: TrailReport): string[] {
  const covered = report.covered_outside === null
    ? 'NO HEAD OUTSIDE was at hand: that the end was not cut off, and that history was not made anew, is not proved. Name a copy of the heads: --heads FOLDER'
    : `heads outside of the database vouch for entries 1 to ${grouped(report.covered_outside)}, the newest of ${report.head_day ?? ''}; signed by ${report.keys.join(', ')}`
  return [
    `the trail is whole: ${grouped(report.entries)} entries, each resting on the one before; ${grouped(report.rows)} rows are as they were written`,
    covered,
    ...(report.forgotten === '0' ? [] : [`${grouped(report.forgotten)} entries had their person taken out, as the trail itself says`]),
    ...report.restored.map(({ at, reason }) => `put back from a backup, says an entry of ${at}: ${reason}`),
  ]
}
