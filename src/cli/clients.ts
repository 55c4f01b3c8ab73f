/** The command about clients that sign assertions instead of showing a key: added with their public keys, listed, revoked. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Refusal } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { addClient, listClients, makeSystem, revokeClient, usualScopes } from '../staff/index.ts'
import { printJson, say, table, withDatabase } from './context.ts'
import { readBank, readScopes } from './keys-flags.ts'

interface ClientFlags {
  readonly bank?: string
  readonly name?: string
  readonly jwks?: string
  readonly scope?: readonly string[]
  readonly from?: readonly string[]
  readonly why?: string
}

/** Adds `client` to the command about keys. */
export function addClientCommands(keys: Command): void {
  const clients = keys.command('client').description('systems that ask for short-lived tokens with a signed assertion (OAuth 2, private_key_jwt)')
  clients
    .command('list', { isDefault: true })
    .description('every client, by bank')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, isJson }) => {
      const found = await listClients(database)
      if (isJson) found.forEach(printJson)
      else process.stdout.write(`${table(['client', 'bank', 'state', 'scopes', 'from'], found.map((one) => [one.client_id, one.creditor_agent, one.revoked_at === null ? 'live' : 'revoked', one.scopes.join(','), one.allowed_from?.join(',') ?? 'anywhere']))}\n`)
    }))
  clients
    .command('add')
    .description('let a client in; its id is BANK-NAME')
    .requiredOption('--bank <bin>', 'the bank\'s 6-digit code')
    .requiredOption('--name <name>', 'what the system is called, in small letters: core')
    .requiredOption('--jwks <file>', 'its public keys, as a JSON Web Key Set')
    .option('--scope <scopes...>', 'what its tokens may be good for (default: all but payments:all-banks)')
    .option('--from <network...>', 'where it may come from (default: anywhere)')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, clock, isJson }) => {
      const { bank = '', name = '', jwks = '', scope, from } = command.opts<ClientFlags>()
      const [creditorAgent, at, publicKeys] = [readBank(bank), clock.now(), readJson(jwks)]
      const clientId = `${creditorAgent}-${name}`
      const scopes = scope === undefined ? usualScopes : readScopes(scope)
      await database.transaction(async (transaction) => {
        const together: Pick<Database, 'transaction'> = { transaction: (work) => work(transaction) }
        const [known] = await transaction.query<{ staff_id: string }>('select staff_id from staff where user_name = $1 and is_service', [clientId])
        const { staff_id: staffId } = known ?? { staff_id: (await makeSystem(together, { userName: clientId, displayName: `Hệ thống ${name} (${creditorAgent})`, creditorAgent }, at, null)).staffId }
        await addClient(together, { staffId, clientId, publicKeys, scopes, allowedFrom: from ?? null }, at, null)
      })
      const added = (await listClients(database)).find((one) => one.client_id === clientId)
      if (isJson) printJson(added)
      else process.stdout.write(`${clientId}\n`)
      if (!isJson) say(`client ${clientId}, bank ${creditorAgent}: ${scopes.join(', ')}; it asks at /oauth/token`)
    }))
  clients
    .command('revoke')
    .description('a client that gets no more tokens; those it has end at once')
    .argument('<client>', 'its id')
    .requiredOption('--why <text>', 'the reason, kept in the trail')
    .action((clientId: string, _, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, clock }) => {
      await revokeClient(database, clientId, command.opts<ClientFlags>().why ?? '', clock.now(), null)
      say(`client ${clientId} is revoked`)
    }))
}

/** @throws Refusal `file_unreadable`, `public_keys_invalid` (usage) */
function readJson(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new Refusal('usage', 'file_unreadable', `the file ${path} cannot be read`)
  }
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new Refusal('usage', 'public_keys_invalid', `the file ${path} is no JSON`)
  }
}
