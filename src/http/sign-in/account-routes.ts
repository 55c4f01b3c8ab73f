/** The addresses of one's own account: everybody who is signed in has one. */
import type { Context } from 'hono'
import { hasRole, parseDay, Refusal } from '../../core/index.ts'
import * as reports from '../../reports/index.ts'
import { absencesOf, beginEnrolment, changePassword, confirmEnrolment, endAbsence, endOtherSessions, faultCodes, hashOf, nameDeputy, ownAccount, pendingEnrolment, possibleDeputies, type Owner } from '../../staff/index.ts'
import type { Routes } from '../access.ts'
import type { Environment } from '../environment.ts'
import { textOf, type FormFault } from '../page-parts/form-fields.ts'
import { answersAt, reply } from '../reply.ts'
import { wordFor } from '../text/index.ts'
import { accountNotices, accountPage, type AccountData, type AccountNotice } from './account.ts'
import { enrolPage } from './pages.ts'
import { faultOf, statusOf, type SignInDependencies } from './routes.ts'

const nothingTyped: AccountData['typed'] = { deputy: '', from: '', to: '', reason: '' }

/** Adds the addresses. */
export function addAccountPages(routes: Routes, dependencies: SignInDependencies): void {
  const { database, clock, attempts, cookies } = dependencies
  const ownerOf = (context: Context<Environment>): Owner => {
    const { staffId, userName, displayName } = context.get('desk').reader
    return { staffId, userName, displayName, sessionHash: hashOf(cookies.read(context, 'session') ?? '') }
  }
  const show = async (context: Context<Environment>, faults: readonly FormFault[], status: 200 | 400 | 403 | 429 | 503 = 200, typed = nothingTyped): Promise<Response> => {
    const data = await dataFor(context, ownerOf(context), dependencies, typed)
    answersAt(context, '/account')
    return reply(context, accountPage(data, faults, context.get('view')), status)
  }
  const done = (context: Context<Environment>, notice: AccountNotice): Response => context.redirect(`/account?done=${notice}`, 303)
  const worded = (context: Context<Environment>, code: string): string => wordFor(context.get('view').words.staff.faults, code)

  routes.get('/account', 'signedIn', (context) => show(context, []))

  routes.post('/account/password', 'signedIn', async (context) => {
    const body = await context.req.parseBody()
    try {
      const fault = await changePassword(database, attempts, ownerOf(context), { current: textOf(body, 'current'), chosen: textOf(body, 'chosen') }, clock.now())
      if (fault === null) return done(context, 'passwordChanged')
      return await show(context, [{ field: fault === 'current_wrong' ? 'current' : 'chosen', message: worded(context, fault) }], 400)
    } catch (error) {
      return show(context, [faultOf(error, 'current', context)], statusOf(error))
    }
  })

  routes.post('/account/codes', 'signedIn', async (context) => {
    const body = await context.req.parseBody()
    try {
      if (await beginEnrolment(database, attempts, ownerOf(context), textOf(body, 'password'))) return context.redirect('/account/codes', 303)
      return await show(context, [{ field: 'password', message: worded(context, 'current_wrong') }], 400)
    } catch (error) {
      return show(context, [faultOf(error, 'password', context)], statusOf(error))
    }
  })

  const enrol = async (context: Context<Environment>, faults: readonly FormFault[], status: 200 | 403 | 429 | 503 = 200): Promise<Response> => {
    const owner = ownerOf(context)
    // Only who has just given the password has anything to confirm.
    if (!(await ownAccount(database, owner, clock.now())).is_enrolling) return context.redirect('/account', 303)
    answersAt(context, '/account/codes')
    const { account } = context.get('view').words.staff
    return reply(context, enrolPage(await pendingEnrolment(database, owner), { action: '/account/codes/confirm', destination: null, back: { href: '/account', label: account.title } }, faults, context.get('view')), status)
  }

  routes.get('/account/codes', 'signedIn', (context) => enrol(context, []))

  routes.post('/account/codes/confirm', 'signedIn', async (context) => {
    const body = await context.req.parseBody()
    try {
      if (await confirmEnrolment(database, attempts, ownerOf(context), textOf(body, 'code'), clock.now())) return done(context, 'codesDone')
      return await enrol(context, [{ field: 'code', message: worded(context, 'code_wrong') }], 403)
    } catch (error) {
      return enrol(context, [faultOf(error, 'code', context)], statusOf(error))
    }
  })

  routes.post('/account/sessions', 'signedIn', async (context) => {
    await endOtherSessions(database, ownerOf(context), clock.now())
    return done(context, 'othersEnded')
  })

  routes.post('/account/deputy', ['approver'], async (context) => {
    const body = await context.req.parseBody()
    const typed = { deputy: textOf(body, 'deputy'), from: textOf(body, 'from'), to: textOf(body, 'to'), reason: textOf(body, 'reason') }
    try {
      const wish = { absentId: ownerOf(context).staffId, deputyId: /^\d{1,18}$/.test(typed.deputy) ? typed.deputy : '0', from: parseDay(typed.from) ?? '', to: parseDay(typed.to) ?? '', reason: typed.reason }
      await database.transaction((transaction) => nameDeputy(transaction, wish, clock.today(), clock.now()))
      return done(context, 'deputyNamed')
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const fields: Readonly<Record<string, string>> = { deputy_unfit: 'deputy', absence_dates: 'from', absence_overlaps: 'from', reason_missing: 'reason' }
      const faults = faultCodes(error).flatMap((code) => (fields[code] === undefined ? [] : [{ field: fields[code], message: worded(context, code) }]))
      if (faults.length === 0) throw error
      return show(context, faults, 400, typed)
    }
  })

  routes.post('/account/deputy/end', ['approver'], async (context) => {
    const id = textOf(await context.req.parseBody(), 'absence')
    if (/^\d{1,18}$/.test(id)) await database.transaction((transaction) => endAbsence(transaction, id, ownerOf(context).staffId, clock.now()))
    return done(context, 'absenceEnded')
  })
}

async function dataFor(context: Context<Environment>, owner: Owner, { database, clock }: SignInDependencies, typed: AccountData['typed']): Promise<AccountData> {
  const { reader } = context.get('desk')
  const today = clock.today()
  const asked = context.get('view').query.get('done')
  return {
    reader, today, typed,
    account: await ownAccount(database, owner, clock.now()),
    unitName: reader.unitCode === null ? null : (await reports.unitsOf(database, today)).name(reader.unitCode),
    absences: await absencesOf(database, reader.staffId, today),
    deputies: hasRole(reader, 'approver') ? await possibleDeputies(database, reader.staffId) : [],
    notice: context.req.method === 'GET' ? (accountNotices.find((one) => one === asked) ?? null) : null,
  }
}
