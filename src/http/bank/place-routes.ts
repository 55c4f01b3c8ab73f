/** The addresses by which a bank says where it wants to be told. */
import type { Context } from 'hono'
import { Refusal, languages, type Clock } from '../../core/index.ts'
import type { Database } from '../../db/index.ts'
import { addEndpoint, eventKinds, pingEndpoint, putMailAddress, removeEndpoint, removeMailAddress, type EventKind, type PlaceAuthor } from '../../notices/index.ts'
import type { Routes } from '../access.ts'
import { bankReaders } from '../audiences.ts'
import type { Environment } from '../environment.ts'
import { textOf } from '../page-parts/form-fields.ts'
import { answersAt, reply } from '../reply.ts'
import { wordFor } from '../text/index.ts'
import { keysPage } from './keys.ts'
import type { PlaceWish } from './place-forms.ts'
import { agentOf } from './sender.ts'
import { systemsOf } from './systems.ts'

/** What these pages need from outside. */
export interface PlaceDependencies {
  /** The owner's: the pages' own login may not write here. */
  readonly database: Database
  readonly clock: Clock
  /** Inner networks into which webhooks may lead; absent: none. */
  readonly webhookNetworks?: readonly string[]
}

/** Adds the addresses. */
export function addPlaceRoutes(routes: Routes, { database, clock, webhookNetworks: allowedNetworks = [] }: PlaceDependencies): void {
  const author = (context: Context<Environment>): PlaceAuthor => ({ staffId: context.get('desk').reader.staffId, source: agentOf(context), at: clock.now() })
  const back = (context: Context<Environment>): Response => context.redirect('/bank/keys', 303)

  routes.post('/bank/keys/mail', bankReaders, async (context) => {
    const body = await context.req.parseBody({ all: true })
    const wish: Omit<PlaceWish, 'faults'> = { what: 'mail', address: textOf(body, 'mail').trim(), language: textOf(body, 'language'), kinds: chosen(body['mail-kinds']) }
    const language = languages.find((one) => one === wish.language) ?? context.get('view').language
    return orFault(context, wish, async () => {
      await database.transaction((transaction) => putMailAddress(transaction, { address: wish.address, language, kinds: wish.kinds as readonly EventKind[] }, author(context)))
      return back(context)
    })
  })

  routes.post('/bank/keys/mail/remove', bankReaders, async (context) => {
    const address = textOf(await context.req.parseBody(), 'address')
    await unlessGone(() => database.transaction((transaction) => removeMailAddress(transaction, address, author(context))))
    return back(context)
  })

  routes.post('/bank/keys/webhooks', bankReaders, async (context) => {
    const body = await context.req.parseBody({ all: true })
    const wish: Omit<PlaceWish, 'faults'> = { what: 'webhook', address: textOf(body, 'url').trim(), language: '', kinds: chosen(body['webhook-kinds']) }
    return orFault(context, wish, async () => {
      const { secret } = await database.transaction((transaction) => addEndpoint(transaction, { url: wish.address, kinds: wish.kinds as readonly EventKind[] }, author(context), { allowedNetworks }))
      answersAt(context, '/bank/keys')
      // The only page that ever shows it: no address leads back to it.
      return reply(context, keysPage({ ...(await systemsOf(context, false)), secret }, context.get('view')))
    })
  })

  for (const [act, change] of [['ping', pingEndpoint], ['remove', removeEndpoint]] as const) {
    routes.post(`/bank/keys/webhooks/:id{[a-z0-9_]{1,40}}/${act}`, bankReaders, async (context) => {
      await database.transaction(async (transaction) => { await change(transaction, context.req.param('id'), author(context)) })
      return back(context)
    })
  }
}

/** The page once more with what is wrong, in the reader's words. */
async function orFault(context: Context<Environment>, wish: Omit<PlaceWish, 'faults'>, act: () => Promise<Response>): Promise<Response> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof Refusal && (error.kind === 'usage' || error.kind === 'conflict'))) throw error
    answersAt(context, '/bank/keys')
    const view = context.get('view')
    const field = error.code === 'kinds_invalid' ? `${wish.what}-kinds-${eventKinds[0]}` : wish.what === 'mail' ? 'mail' : 'url'
    const faults = [{ field, message: wordFor(view.words.counter.keys.faults, error.code) }]
    return reply(context, keysPage({ ...(await systemsOf(context, false)), wish: { ...wish, faults } }, view), error.kind === 'usage' ? 400 : 409)
  }
}

/** Who removes twice has it removed. */
async function unlessGone(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof Refusal && error.kind === 'notFound')) throw error
  }
}

function chosen(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((one): one is string => typeof one === 'string')
}
