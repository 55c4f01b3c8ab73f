/** The addresses of signing in and out: each step is a page of its own, and none of them opens anything before the last. */
import type { Context } from 'hono'
import { Refusal, type Clock } from '../../core/index.ts'
import type { Database } from '../../db/index.ts'
import { accounts, afterEnrolment, chooseFirstPassword, confirmEnrolment, enterCode, halfSession, pendingEnrolment, signInWithPassword, signOut, startVouchedSession, type Attempts, type HalfSession, type IdentityProvider, type NextStep, type Place, type SignInState } from '../../staff/index.ts'
import type { Routes } from '../access.ts'
import type { Environment } from '../environment.ts'
import { textOf, type FormFault } from '../page-parts/form-fields.ts'
import { answersAt, reply } from '../reply.ts'
import type { Cookies } from '../session-cookie.ts'
import { wordFor } from '../text/index.ts'
import { address, type View } from '../view.ts'
import { codePage, enrolPage, firstPasswordPage, signedOutPage, signInPage } from './pages.ts'
import { addressOf, deviceOf, localPath } from './place.ts'

/** What these pages need from outside. */
export interface SignInDependencies {
  /** The owner's: nobody is signed in yet. */
  readonly database: Database
  readonly clock: Clock
  readonly attempts: Attempts
  readonly cookies: Cookies
  /** Null: people sign in with a password alone. */
  readonly provider: IdentityProvider | null
  /** A demo lists its accounts at the door. */
  readonly isDemo: boolean
}

type DoorStatus = 200 | 403 | 429 | 503
type StepPath = Exclude<NextStep, null>

/** Adds the addresses. */
export function addSignInPages(routes: Routes, dependencies: SignInDependencies): void {
  const { database, clock, attempts, cookies, provider } = dependencies

  routes.get('/sign-in', 'anybody', (context) => {
    const destination = wanted(context)
    return context.get('view').reader === null ? door(context, dependencies, '', destination, []) : context.redirect(destination ?? '/', 303)
  })

  routes.post('/sign-in', 'anybody', async (context) => {
    const body = await context.req.parseBody()
    const destination = localPath(textOf(body, 'to'))
    const userName = textOf(body, 'name').slice(0, 200)
    try {
      const state = await instead(context, dependencies, () => signInWithPassword(database, attempts, { userName, password: textOf(body, 'password') }, placeOf(context, cookies), clock.now()))
      return goOn(context, cookies, state, destination)
    } catch (error) {
      const fault = faultOf(error, 'name', context)
      return door(context, dependencies, userName, destination, [fault], statusOf(error))
    }
  })

  addSteps(routes, dependencies)
  if (provider !== null) addProviderPages(routes, dependencies, provider)

  routes.post('/sign-out', 'signedIn', async (context) => {
    const token = cookies.read(context, 'session')
    const { idToken } = token === null ? { idToken: null } : await signOut(database, token, clock.now())
    cookies.clear(context, 'session')
    answersAt(context, '/sign-in')
    const there = idToken === null || provider === null ? null : await provider.signOutAddress(idToken).catch(() => null)
    return reply(withoutReader(context), signedOutPage(there, context.get('view')))
  })
}

function addSteps(routes: Routes, { database, clock, attempts, cookies }: SignInDependencies): void {
  /** The log-in under way at this step; else the way to where it stands. */
  const atStep = async (context: Context<Environment>, step: StepPath): Promise<HalfSession | Response> => {
    const token = cookies.read(context, 'session')
    const half = token === null ? null : await halfSession(database, token, clock.now())
    if (half === null) return context.redirect(address('/sign-in', { to: wanted(context) }), 303)
    return half.next === step ? half : context.redirect(address(`/sign-in/${half.next}`, { to: wanted(context) }), 303)
  }

  routes.get('/sign-in/password', 'anybody', async (context) => {
    const half = await atStep(context, 'password')
    return half instanceof Response ? half : reply(context, firstPasswordPage(half, wanted(context), [], context.get('view')))
  })

  routes.post('/sign-in/password', 'anybody', async (context) => {
    const half = await atStep(context, 'password')
    if (half instanceof Response) return half
    const body = await context.req.parseBody()
    const destination = localPath(textOf(body, 'to'))
    const state = await chooseFirstPassword(database, half, textOf(body, 'chosen'), placeOf(context, cookies), clock.now())
    if (typeof state !== 'string') return goOn(context, cookies, state, destination)
    return reply(context, firstPasswordPage(half, destination, [{ field: 'chosen', message: wordFor(context.get('view').words.staff.faults, state) }], context.get('view')), 400)
  })

  routes.get('/sign-in/code', 'anybody', async (context) => {
    const half = await atStep(context, 'code')
    return half instanceof Response ? half : reply(context, codePage(wanted(context), [], context.get('view')))
  })

  routes.post('/sign-in/code', 'anybody', async (context) => {
    const half = await atStep(context, 'code')
    if (half instanceof Response) return half
    const body = await context.req.parseBody()
    const destination = localPath(textOf(body, 'to'))
    return withCode(context, (faults, status) => reply(context, codePage(destination, faults, context.get('view')), status), async () => {
      const state = await enterCode(database, attempts, half, textOf(body, 'code'), placeOf(context, cookies), clock.now())
      return state === null ? null : goOn(context, cookies, state, destination)
    })
  })

  const enrol = async (context: Context<Environment>, half: HalfSession, destination: string | null, faults: readonly FormFault[], status: DoorStatus = 200): Promise<Response> =>
    reply(context, enrolPage(await pendingEnrolment(database, half), { action: '/sign-in/enrol', destination, back: null }, faults, context.get('view')), status)

  routes.get('/sign-in/enrol', 'anybody', async (context) => {
    const half = await atStep(context, 'enrol')
    return half instanceof Response ? half : enrol(context, half, wanted(context), [])
  })

  routes.post('/sign-in/enrol', 'anybody', async (context) => {
    const half = await atStep(context, 'enrol')
    if (half instanceof Response) return half
    const body = await context.req.parseBody()
    const destination = localPath(textOf(body, 'to'))
    return withCode(context, (faults, status) => enrol(context, half, destination, faults, status), async () => {
      if (!(await confirmEnrolment(database, attempts, half, textOf(body, 'code'), clock.now()))) return null
      return goOn(context, cookies, await afterEnrolment(database, half, placeOf(context, cookies), clock.now()), destination)
    })
  })
}

function addProviderPages(routes: Routes, dependencies: SignInDependencies, provider: IdentityProvider): void {
  const { database, clock, cookies, attempts } = dependencies
  routes.get('/sign-in/provider', 'anybody', async (context) => {
    try {
      await attempts.countDeparture(addressOf(context))
      const begun = await provider.begin(database, wanted(context), clock.now())
      cookies.write(context, 'provider', begun.browserToken)
      return context.redirect(begun.address, 303)
    } catch (error) {
      return door(context, dependencies, '', wanted(context), [faultOf(error, 'name', context)], statusOf(error))
    }
  })

  routes.get('/sign-in/return', 'anybody', async (context) => {
    const browserToken = cookies.read(context, 'provider')
    cookies.clear(context, 'provider')
    try {
      const now = clock.now()
      const { staffId, idToken, destination } = await provider.finish(database, new URL(context.req.url), browserToken, now)
      const state = await instead(context, dependencies, () => database.transaction((transaction) => startVouchedSession(transaction, staffId, idToken, placeOf(context, cookies), now)))
      return goOn(context, cookies, state, localPath(destination))
    } catch (error) {
      return door(context, dependencies, '', null, [faultOf(error, 'name', context)], statusOf(error))
    }
  })
}

/** Signs in, and ends the session that the browser had before: it has one at a time. */
async function instead(context: Context<Environment>, { database, clock, cookies }: SignInDependencies, signIn: () => Promise<SignInState>): Promise<SignInState> {
  const before = cookies.read(context, 'session')
  const state = await signIn()
  if (before !== null) await signOut(database, before, clock.now())
  return state
}

/** A code that was sent: right, wrong, or one too many. */
async function withCode(context: Context<Environment>, again: (faults: readonly FormFault[], status: DoorStatus) => Response | Promise<Response>, work: () => Promise<Response | null>): Promise<Response> {
  try {
    return (await work()) ?? (await again([{ field: 'code', message: context.get('view').words.staff.faults.code_wrong }], 403))
  } catch (error) {
    return again([faultOf(error, 'code', context)], statusOf(error))
  }
}

/** The next step, with the cookie that it needs; after the last one, where they wanted to go. */
function goOn(context: Context<Environment>, cookies: Cookies, state: SignInState, destination: string | null): Response {
  cookies.write(context, 'session', state.token)
  if (state.deviceToken !== null) cookies.write(context, 'device', state.deviceToken)
  context.header('Cache-Control', 'no-store')
  return context.redirect(state.next === null ? (destination ?? '/') : address(`/sign-in/${state.next}`, { to: destination }), 303)
}

async function door(context: Context<Environment>, { database, provider, isDemo }: SignInDependencies, userName: string, destination: string | null, faults: readonly FormFault[], status: DoorStatus = 200): Promise<Response> {
  const samples = isDemo ? (await accounts(database)).filter((one) => one.is_active) : null
  answersAt(context, '/sign-in', { to: destination })
  return reply(context, signInPage({ userName, destination, hasProvider: provider !== null, samples }, faults, context.get('view')), status)
}

/** What went wrong at the door, in the reader's language; anything that is no refusal is thrown on. */
export function faultOf(error: unknown, field: string, context: Context<Environment>): FormFault {
  if (!(error instanceof Refusal) || (error.kind !== 'notAllowed' && error.kind !== 'tryAgain')) throw error
  const { staff } = context.get('view').words
  const seconds = error.details['seconds']
  if (typeof seconds !== 'number') return { field, message: wordFor(staff.faults, error.code) }
  context.header('Retry-After', String(seconds))
  return { field, message: staff.wait(String(Math.ceil(seconds / 60))) }
}

/** 429 for one try too many, 503 while the provider does not answer, 403 for what is wrong. */
export function statusOf(error: unknown): 403 | 429 | 503 {
  if (!(error instanceof Refusal) || error.kind !== 'tryAgain') return 403
  return 'seconds' in error.details ? 429 : 503
}

/** Where they are and with what. */
export function placeOf(context: Context<Environment>, cookies: Cookies): Place {
  return { address: addressOf(context), deviceToken: cookies.read(context, 'device'), device: deviceOf(context.req.header('User-Agent')) }
}

function wanted(context: Context<Environment>): string | null {
  return localPath(context.get('view').query.get('to'))
}

/** The frame of the page after signing out is nobody's. */
function withoutReader(context: Context<Environment>): Context<Environment> {
  const view: View = { ...context.get('view'), reader: null }
  context.set('view', view)
  return context
}
