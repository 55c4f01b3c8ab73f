/** The command about people who may use the pages: the operator's word, with its reason, and needing no second. */
import type { Command } from 'commander'
import { Refusal, roles, type Role } from '../core/index.ts'
import type { Transaction } from '../db/index.ts'
import { unitsOf } from '../reports/index.ts'
import { accountNamed, accounts, addPerson, changePerson, passwordFault, type Account, type Author, type Changed, type UnitTree, type Wish } from '../staff/index.ts'
import { configOf, printJson, say, table, withDatabase, type Context, type GlobalOptions } from './context.ts'

interface RightsFlags {
  readonly name?: string
  readonly role?: string
  readonly unit?: string
  readonly agent?: string
  readonly why?: string
  readonly passwordStdin?: boolean
  readonly secondFactor?: boolean
  readonly oidcSubject?: string
}

/** What the operator's changes say when no reason is given. */
const byCommandLine = 'by command line'

/** Adds the command and what it can do. */
export function addUserCommands(program: Command): void {
  const users = program.command('user').description('people who may use the pages: add, list, change, disable, enable, reset')
  addReading(users)
  addAdding(users)
  addChanging(users)
}

function addReading(users: Command): void {
  users
    .command('list', { isDefault: true })
    .description('everybody, by user name')
    .option('--search <text>', 'part of a name, in any spelling, or a unit code')
    .action((_, command: Command) => withDatabase(command.optsWithGlobals(), async ({ database, isJson }) => {
      const found = await accounts(database, { search: command.opts<{ search?: string }>().search ?? null })
      if (isJson) found.forEach(printJson)
      else process.stdout.write(`${table(['user', 'name', 'roles', 'place', 'state', 'second factor'], found.map((one) => [one.user_name, one.display_name, one.roles.join(','), placeOf(one), one.is_active ? 'active' : one.waiting_count > 0 ? 'waiting' : 'disabled', one.has_second_factor ? 'set' : one.is_totp_required ? 'to be set' : 'off']))}\n`)
    }))
}

function addAdding(users: Command): void {
  users
    .command('add')
    .description('add somebody; prints a password for one use, unless one comes on stdin')
    .argument('<user>', 'small letters, digits and . _ @ -; for people of an identity provider their e-mail address there')
    .requiredOption('--name <name>', 'as colleagues know them')
    .requiredOption('--role <roles>', `one or more, with commas: ${roles.join(', ')}`)
    .option('--unit <code>', 'the unit they work for, with all that lies in it (default: the whole country)')
    .option('--agent <bin>', 'for the role bank: its 6-digit code')
    .option('--password-stdin', 'the first line of stdin is a password that they keep')
    .option('--no-second-factor', 'no codes are asked of them')
    .option('--why <text>', 'the reason, kept with the change', byCommandLine)
    .action(async (userName: string, _, command: Command) => {
      const flags = command.opts<RightsFlags>()
      const displayName = flags.name ?? ''
      const password = flags.passwordStdin === true ? await passwordFromStdin({ userName, displayName }) : undefined
      await inTransaction(command, async (transaction, author, units) => addPerson(transaction, {
        userName: userName.toLowerCase(), displayName, roles: readRoles(flags.role ?? ''), unitCode: flags.unit ?? null, creditorAgent: flags.agent ?? null, isTotpRequired: flags.secondFactor !== false, ...(password === undefined ? {} : { password }),
      }, author, units))
    })
}

function addChanging(users: Command): void {
  const change = (command: Command, wish: (account: Account) => Wish & { readonly isReset?: boolean }): Promise<void> => inTransaction(command, async (transaction, author, units) => {
    const account = await accountNamed(transaction, command.args[0] ?? '')
    return changePerson(transaction, account.staff_id, wish(account), author, units)
  })
  users
    .command('change')
    .description('another name, other roles, another place; at once, also for whoever is signed in')
    .argument('<user>')
    .option('--name <name>', 'as colleagues know them')
    .option('--role <roles>', `instead of those they have: ${roles.join(', ')}`)
    .option('--unit <code>', 'the unit they work for; "" means the whole country')
    .option('--agent <bin>', 'for the role bank: its 6-digit code; "" means none')
    .option('--second-factor', 'codes are asked of them')
    .option('--no-second-factor', 'no codes are asked of them')
    .option('--oidc-subject <subject>', 'who they are to the identity provider (TANTAY_OIDC_ISSUER); "" means nobody')
    .option('--why <text>', 'the reason, kept with the change', byCommandLine)
    .action((_user: string, _, command: Command) => change(command, () => wishOf(command)))
  for (const [name, description, wish] of [
    ['disable', 'nobody signs in as them, and their sessions end at once', { isActive: false }],
    ['enable', 'they may sign in again', { isActive: true }],
    ['reset', 'a new password for one use, and the second factor set up anew', { isReset: true }],
  ] as const) {
    users.command(name).description(description).argument('<user>').option('--why <text>', 'the reason, kept with the change', byCommandLine)
      .action((_user: string, _, command: Command) => change(command, () => wish))
  }
}

function wishOf(command: Command): Wish {
  const { name, role, unit, agent, secondFactor, oidcSubject } = command.opts<RightsFlags>()
  const issuer = configOf(command.optsWithGlobals<GlobalOptions>()).identityProvider?.issuer
  if (oidcSubject !== undefined && oidcSubject !== '' && issuer === undefined) throw new Refusal('usage', 'setting_missing', 'who at which identity provider? Set TANTAY_OIDC_ISSUER and its companions first')
  return {
    ...(name === undefined ? {} : { displayName: name }),
    ...(role === undefined ? {} : { roles: readRoles(role) }),
    ...(unit === undefined ? {} : { unitCode: unit === '' ? null : unit }),
    ...(agent === undefined ? {} : { creditorAgent: agent === '' ? null : agent }),
    ...(secondFactor === undefined ? {} : { isTotpRequired: secondFactor }),
    ...(oidcSubject === undefined ? {} : { oidc: oidcSubject === '' ? null : { issuer: issuer ?? '', subject: oidcSubject } }),
  }
}

/** One change, in one transaction, and what to say of it. */
function inTransaction(command: Command, work: (transaction: Transaction, author: Author, units: UnitTree) => Promise<Changed>): Promise<void> {
  return withDatabase(command.optsWithGlobals(), async (context) => {
    const { database, clock } = context
    const author = { staffId: null, reason: command.opts<RightsFlags>().why ?? byCommandLine, at: clock.now() }
    const changed = await database.transaction(async (transaction) => work(transaction, author, await unitsOf(transaction, clock.today())))
    await tell(context, changed)
  })
}

async function tell({ database, isJson }: Context, changed: Changed): Promise<void> {
  const [account] = await accounts(database, { staffId: changed.staffId })
  if (account === undefined) return
  if (isJson) {
    printJson({ ...account, one_time_password: changed.oneTimePassword })
    return
  }
  say(`${account.user_name}: ${account.roles.join(', ')}; ${placeOf(account)}; ${account.is_active ? 'active' : 'disabled'}`)
  if (changed.oneTimePassword === null) return
  say('A password for one use within 7 days; it is shown only now:')
  process.stdout.write(`${changed.oneTimePassword}\n`)
}

function placeOf({ creditor_agent: agent, unit_code: unit }: Account): string {
  return agent !== null ? `bank ${agent}` : (unit ?? 'whole country')
}

/** @throws Refusal `role_unknown` (usage) */
function readRoles(text: string): Role[] {
  return text.split(',').map((part) => {
    const role = roles.find((one) => one === part.trim())
    if (role === undefined) throw new Refusal('usage', 'role_unknown', `--role ${part.trim()} is none of ${roles.join(', ')}`)
    return role
  })
}

const faults = { too_short: 'has fewer than 12 characters', too_long: 'has more than 200 characters', holds_name: 'holds the name', common: 'is one that many people use' } as const

/** @throws Refusal `password_weak` (usage) */
async function passwordFromStdin(who: { readonly userName: string; readonly displayName: string }): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of process.stdin) pieces.push(piece as Buffer)
  const password = Buffer.concat(pieces).toString('utf8').split(/\r?\n/)[0] ?? ''
  const fault = passwordFault(password, who)
  if (fault !== null) throw new Refusal('usage', 'password_weak', `the password on stdin ${faults[fault]}`)
  return password
}
