/** The addresses of administrators: people, their rights, and the limits of approval. What weighs waits for a second one (D132). */
import type { Context } from 'hono'
import { money, Refusal, roles, scopeLevels, type Clock, type Role } from '../../core/index.ts'
import type { Database, Transaction } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import { accounts, addPerson, approvalBands, changePerson, confirmChange, decideBand, faultCodes, proposeBand, recordedChanges, waitingBands, withdrawChange, type Account, type Author, type Changed, type UnitTree } from '../../staff/index.ts'
import type { Routes } from '../access.ts'
import type { Environment } from '../environment.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { textOf, type FormFault } from '../page-parts/form-fields.ts'
import { answersAt, reply } from '../reply.ts'
import { wordFor } from '../text/index.ts'
import { bandsPage, type BandsData } from './bands.ts'
import { peoplePage } from './people.ts'
import { addPage, changedPage, emptyRights, personAccountPage, type TypedRights } from './person.ts'

/** What these pages need from outside. */
export interface AdministrationDependencies {
  /** The owner's: the pages' own login has no right on accounts at all. */
  readonly database: Database
  readonly clock: Clock
}

const administrators: readonly Role[] = ['administrator']
/** A page of a nation's officers stays light. */
const peoplePerPage = 100
const notices = ['changed', 'confirmed', 'withdrawn', 'proposed'] as const
const nothingTyped: BandsData['typed'] = { level: '', amount: '', reason: '' }
const id = ':id{[0-9]{1,18}}'

/** Which field of a form each refusal is about. */
const fieldOf: Readonly<Record<string, string>> = {
  name_invalid: 'display-name', user_name_invalid: 'name', user_name_taken: 'name', roles_missing: 'role-officer', roles_incompatible: 'role-officer',
  agent_missing: 'agent', agent_needless: 'agent', agent_invalid: 'agent', unit_unknown: 'unit', reason_missing: 'reason',
}

/** Adds the addresses. */
export function addAdministrationPages(routes: Routes, dependencies: AdministrationDependencies): void {
  addPeople(routes, dependencies)
  addBands(routes, dependencies)
}

function addPeople(routes: Routes, { database, clock }: AdministrationDependencies): void {
  const units = (session: Transaction | Database = database): Promise<UnitTree> => reports.unitsOf(session, clock.today())
  const list = async (context: Context<Environment>, faults: readonly FormFault[], status: 200 | 403 | 409 = 200): Promise<Response> => {
    const search = (context.get('view').query.get('search') ?? '').trim().slice(0, 100) || null
    const after = context.get('view').query.get('after')?.slice(0, 64) ?? null
    const notice = noticeOf(context)
    answersAt(context, '/administration', { search, after })
    const view = context.get('view')
    const tree = await units()
    const found = await accounts(database, { search, after, limit: peoplePerPage + 1 })
    const people = found.slice(0, peoplePerPage)
    return reply(context, peoplePage({
      people, next: found.length > people.length ? (people.at(-1)?.user_name ?? null) : null, search, waiting: await recordedChanges(database, 'waiting'), waitingBands: await waitingBands(database),
      ownId: context.get('desk').reader.staffId, notice, unitName: (code) => tree.name(code),
    }, faults, view), status)
  }
  const one = async (context: Context<Environment>, staffId: string, faults: readonly FormFault[], typed: TypedRights | null, status: 200 | 400 = 200): Promise<Response> => {
    const view = context.get('view')
    const [account] = await accounts(database, { staffId })
    if (account === undefined) return reply(context, notFoundPage(view), 404)
    const tree = await units()
    return reply(context, personAccountPage({
      account, changes: await recordedChanges(database, { staffId }), ownId: context.get('desk').reader.staffId, unitName: (code) => tree.name(code),
      typed: typed ?? rightsOf(account), notice: noticeOf(context),
    }, faults, view), status)
  }
  /** The password to hand over, that it waits, or back to the account. */
  const told = async (context: Context<Environment>, changed: Changed): Promise<Response> => {
    const [account] = await accounts(database, { staffId: changed.staffId })
    answersAt(context, `/administration/people/${changed.staffId}`)
    if (account === undefined || (changed.isEffective && changed.oneTimePassword === null)) return context.redirect(`/administration/people/${changed.staffId}?done=changed`, 303)
    return reply(context, changedPage(account, changed, context.get('view')))
  }

  routes.get('/administration', administrators, (context) => list(context, []))

  routes.get('/administration/people/new', administrators, (context) => reply(context, addPage(emptyRights, [], context.get('view'))))

  routes.post('/administration/people', administrators, async (context) => {
    const typed = readRights(await context.req.parseBody({ all: true }))
    try {
      const changed = await database.transaction(async (transaction) => addPerson(transaction, {
        userName: typed.userName.trim().toLowerCase(), displayName: typed.displayName, roles: rolesIn(typed), unitCode: typed.unit.trim() || null, creditorAgent: typed.agent.trim() || null, isTotpRequired: !typed.noFactor,
      }, authorOf(context, typed.reason, clock), await units(transaction)))
      return await told(context, changed)
    } catch (error) {
      answersAt(context, '/administration/people/new')
      return reply(context, addPage(typed, formFaults(error, context), context.get('view')), 400)
    }
  })

  routes.get(`/administration/people/${id}`, administrators, (context) => one(context, context.req.param('id'), [], null))

  routes.post(`/administration/people/${id}`, administrators, async (context) => {
    const staffId = context.req.param('id')
    const body = await context.req.parseBody({ all: true })
    const act = textOf(body, 'act')
    const typed = act === 'change' ? readRights(body) : null
    const reason = typed === null ? textOf(body, `reason-${act}`) : typed.reason
    const wish = typed !== null ? { displayName: typed.displayName, roles: rolesIn(typed), unitCode: typed.unit.trim() || null, creditorAgent: typed.agent.trim() || null }
      : act === 'reset' ? { isReset: true } : act === 'enable' || act === 'disable' ? { isActive: act === 'enable' } : null
    if (wish === null) return one(context, staffId, [], null, 400)
    try {
      return await told(context, await database.transaction(async (transaction) => changePerson(transaction, staffId, wish, authorOf(context, reason, clock), await units(transaction))))
    } catch (error) {
      const faults = formFaults(error, context)
      return one(context, staffId, typed === null ? faults.map((fault) => ({ ...fault, field: `reason-${act}` })) : faults, typed, 400)
    }
  })

  routes.post(`/administration/changes/${id}`, administrators, async (context) => {
    const changeId = context.req.param('id')
    const author = authorOf(context, '', clock)
    const isConfirmed = textOf(await context.req.parseBody(), 'decision') === 'confirm'
    try {
      if (isConfirmed) return await told(context, await database.transaction(async (transaction) => confirmChange(transaction, changeId, author, await units(transaction))))
      await database.transaction((transaction) => withdrawChange(transaction, changeId, author))
      return context.redirect('/administration?done=withdrawn', 303)
    } catch (error) {
      return list(context, formFaults(error, context).map((fault) => ({ ...fault, field: 'main' })), error instanceof Refusal && error.kind === 'conflict' ? 409 : 403)
    }
  })
}

function addBands(routes: Routes, { database, clock }: AdministrationDependencies): void {
  const show = async (context: Context<Environment>, faults: readonly FormFault[], status: 200 | 400 | 403 | 409 = 200, typed = nothingTyped): Promise<Response> => {
    const notice = noticeOf(context)
    answersAt(context, '/administration/bands')
    return reply(context, bandsPage({ bands: await approvalBands(database), waiting: await waitingBands(database), ownId: context.get('desk').reader.staffId, typed, notice }, faults, context.get('view')), status)
  }

  routes.get('/administration/bands', administrators, (context) => show(context, []))

  routes.post('/administration/bands', administrators, async (context) => {
    const body = await context.req.parseBody()
    const typed = { level: textOf(body, 'level'), amount: textOf(body, 'amount').trim(), reason: textOf(body, 'reason') }
    const level = scopeLevels.find((one) => one === typed.level)
    const read = typed.amount === '' ? null : money.readAmount(typed.amount)
    const { words } = context.get('view')
    if (level === undefined) return show(context, [{ field: 'level', message: words.staff.faults.nothing_changed }], 400, typed)
    if (read?.fault !== undefined) return show(context, [{ field: 'amount', message: words.staff.faults.amount_invalid }], 400, typed)
    try {
      await database.transaction((transaction) => proposeBand(transaction, { scope_level: level, up_to_amount: read?.amount ?? null }, authorOf(context, typed.reason, clock)))
      return context.redirect('/administration/bands?done=proposed', 303)
    } catch (error) {
      return show(context, formFaults(error, context), 400, typed)
    }
  })

  routes.post(`/administration/bands/${id}`, administrators, async (context) => {
    const decision = textOf(await context.req.parseBody(), 'decision') === 'confirm' ? 'confirm' : 'withdraw'
    try {
      await database.transaction((transaction) => decideBand(transaction, context.req.param('id'), decision, authorOf(context, '', clock)))
      return context.redirect(`/administration/bands?done=${decision === 'confirm' ? 'confirmed' : 'withdrawn'}`, 303)
    } catch (error) {
      return show(context, formFaults(error, context).map((fault) => ({ ...fault, field: 'main' })), error instanceof Refusal && error.kind === 'conflict' ? 409 : 403)
    }
  })
}

function authorOf(context: Context<Environment>, reason: string, clock: Clock): Author & { readonly staffId: string } {
  return { staffId: context.get('desk').reader.staffId, reason, at: clock.now() }
}

/** What a refusal says, each fault at its field; of anything else, and of somebody who is not there, the error goes on. */
function formFaults(error: unknown, context: Context<Environment>): FormFault[] {
  if (!(error instanceof Refusal) || !['usage', 'notAllowed', 'conflict'].includes(error.kind)) throw error
  return faultCodes(error).map((code) => ({ field: fieldOf[code] ?? 'reason', message: wordFor(context.get('view').words.staff.faults, code) }))
}

function noticeOf(context: Context<Environment>): string | null {
  const view = context.get('view')
  const notice = context.req.method === 'GET' ? notices.find((one) => one === view.query.get('done')) : undefined
  return notice === undefined ? null : view.words.staff.administration[notice]
}

function readRights(body: Readonly<Record<string, unknown>>): TypedRights {
  const chosen = body['role']
  return {
    userName: textOf(body, 'name'), displayName: textOf(body, 'display-name'), roles: (Array.isArray(chosen) ? (chosen as unknown[]) : [chosen]).filter((one) => typeof one === 'string'),
    unit: textOf(body, 'unit'), agent: textOf(body, 'agent'), noFactor: textOf(body, 'no-factor') === '1', reason: textOf(body, 'reason'),
  }
}

function rolesIn(typed: TypedRights): Role[] {
  return roles.filter((role) => typed.roles.includes(role))
}

function rightsOf(account: Account): TypedRights {
  return { ...emptyRights, displayName: account.display_name, roles: account.roles, unit: account.unit_code ?? '', agent: account.creditor_agent ?? '' }
}
