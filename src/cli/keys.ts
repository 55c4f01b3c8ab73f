/** The command about keys of banks' systems: a key is on stdout once, and everything said about it on stderr. */
import type { Command } from 'commander'
import { addMilliseconds, Refusal } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { issueKey, keyScopes, listKeys, makeSystem, revokeKey, usualScopes, type IssuedKey, type KeyRow } from '../staff/index.ts'
import { addClientCommands } from './clients.ts'
import { printJson, say, table, withDatabase, type Context } from './context.ts'
import { readBank, readScopes } from './keys-flags.ts'

interface KeyFlags {
  readonly bank?: string
  readonly name?: string
  readonly scope?: readonly string[]
  readonly from?: readonly string[]
  readonly days?: string
  readonly why?: string
}

const dayMilliseconds = 86_400_000

/** Adds the command and what it can do. */
export function addKeyCommands(program: Command): void {
  const keys = program.command('key').description('keys by which banks\' systems are let in: add, list, rotate, revoke')
  addListing(keys)
  addAdding(keys)
  addRotating(keys)
  addRevoking(keys)
  addClientCommands(keys)
}

function addListing(keys: Command): void {
  keys
    .command('list', { isDefault: true })
    .description('every key, by bank and system; none of them could be used by who reads this')
    .option('--bank <bin>', 'of one bank alone: its 6-digit code')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, clock, isJson }) => {
      const { bank } = command.opts<KeyFlags>()
      const found = await listKeys(database, clock.now(), { creditorAgent: bank === undefined ? null : readBank(bank) })
      if (isJson) found.forEach(printJson)
      else process.stdout.write(`${table(['key', 'bank', 'system', 'ends in', 'state', 'until', 'last used', 'scopes', 'from'], found.map((one) => [one.key_id, one.creditor_agent, one.user_name, `…${one.token_end}`, one.state, one.expires_at.slice(0, 10), one.last_used_at?.slice(0, 16) ?? 'never', one.scopes.join(','), one.allowed_from?.join(',') ?? 'anywhere']))}\n`)
    }))
}

function addAdding(keys: Command): void {
  keys
    .command('add')
    .description('let a system of a bank in; prints its key, this once')
    .requiredOption('--bank <bin>', 'the bank\'s 6-digit code')
    .requiredOption('--name <name>', 'what the system is called, in small letters: core')
    .option('--scope <scopes...>', `what the key is good for: ${keyScopes.join(', ')} (default: all but payments:all-banks)`)
    .option('--from <network...>', 'where it may come from: 203.0.113.0/24 (default: anywhere)')
    .option('--days <number>', 'how long it holds', '365')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals(), async (context) => {
      const { bank = '', name = '', scope, from, days = '' } = command.opts<KeyFlags>()
      const creditorAgent = readBank(bank)
      const at = context.clock.now()
      const wish = { scopes: scope === undefined ? usualScopes : readScopes(scope), allowedFrom: from ?? null, expiresAt: endOf(at, days) }
      const userName = `${creditorAgent}-${name}`
      const issued = await context.database.transaction(async (transaction) => {
        // Both or neither: a network that cannot be read leaves no system behind.
        const together: Pick<Database, 'transaction'> = { transaction: (work) => work(transaction) }
        const { staffId } = await makeSystem(together, { userName, displayName: `Hệ thống ${name} (${creditorAgent})`, creditorAgent }, at, null)
        return issueKey(together, { staffId, ...wish }, at, null)
      })
      await tell(context, issued)
    }))
}

function addRotating(keys: Command): void {
  keys
    .command('rotate')
    .description('a second key for the same system, good for the same; the first stays until it is revoked')
    .argument('<key>', 'the number of a key, or the name of its system')
    .option('--days <number>', 'how long it holds', '365')
    .action((named: string, _, command: Command) => withDatabase(command.optsWithGlobals(), async (context) => {
      const at = context.clock.now()
      const former = await keyNamed(context.database, named, at)
      const issued = await issueKey(context.database, { staffId: former.staff_id, scopes: former.scopes, allowedFrom: former.allowed_from, expiresAt: endOf(at, command.opts<KeyFlags>().days ?? '') }, at, null)
      await tell(context, issued)
      if (former.state === 'live') say(`Key ${former.key_id} (…${former.token_end}) still works. When the system uses the new one: tantay key revoke ${former.key_id} --why rotated`)
    }))
}

function addRevoking(keys: Command): void {
  keys
    .command('revoke')
    .description('a key that no longer lets anybody in, at once')
    .argument('<key>', 'its number')
    .requiredOption('--why <text>', 'the reason, kept in the trail')
    .action((keyId: string, _, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, clock, isJson }) => {
      await revokeKey(database, keyId, command.opts<KeyFlags>().why ?? '', clock.now(), null)
      const [row] = await listKeys(database, clock.now(), { keyId })
      if (isJson) printJson(row)
      else say(`key ${keyId} of ${row?.user_name ?? ''} is revoked`)
    }))
}

async function tell({ database, clock, isJson }: Context, { keyId, key }: IssuedKey): Promise<void> {
  const [row] = await listKeys(database, clock.now(), { keyId })
  if (row === undefined) return
  if (isJson) {
    printJson({ ...row, key })
    return
  }
  say(`key ${keyId} of ${row.user_name}, bank ${row.creditor_agent}: ${row.scopes.join(', ')}; from ${row.allowed_from?.join(', ') ?? 'anywhere'}; until ${row.expires_at.slice(0, 10)}`)
  say('It is shown only now:')
  process.stdout.write(`${key}\n`)
}

/** By number, or of a system the newest that is live, else the newest. @throws Refusal `key_unknown` (not found) */
async function keyNamed(database: Database, named: string, at: string): Promise<KeyRow> {
  const found = await listKeys(database, at, /^\d{1,18}$/.test(named) ? { keyId: named } : { userName: named.toLowerCase() })
  const row = found.find(({ state }) => state === 'live') ?? found[0]
  if (row === undefined) throw new Refusal('notFound', 'key_unknown', `there is no key or system ${named}; \`tantay key list\` shows all`)
  return row
}

/** @throws Refusal `expiry_invalid` (usage) */
function endOf(at: string, days: string): string {
  const count = /^\d{1,3}$/.test(days) ? parseInt(days, 10) : 0
  if (count < 1 || count > 731) throw new Refusal('usage', 'expiry_invalid', '--days takes a number from 1 to 731')
  return addMilliseconds(at, count * dayMilliseconds)
}
