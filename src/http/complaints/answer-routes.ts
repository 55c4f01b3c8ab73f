/** The addresses by which a person is answered: letter and text message. */
import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import * as cases from '../../cases/index.ts'
import type { Clock, Language, Role } from '../../core/index.ts'
import * as reports from '../../reports/index.ts'
import type { Routes } from '../access.ts'
import type { Environment } from '../environment.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { reply } from '../reply.ts'
import { readLanguage } from '../text/index.ts'
import { mayBeTold, messageText, type AnsweredCase } from './answer.ts'
import { letterFormPage, letterPage, notYetPage, readLetter, suggestedLetter } from './letter.ts'
import { messagePage } from './message.ts'

/** What these pages need from outside. */
export interface AnswerDependencies {
  readonly clock: Clock
  /** Null: no gateway is set up. */
  readonly messageGateway: cases.MessageGateway | null
}

/** Who answers people, as row-level security says. */
const answerers: readonly Role[] = ['officer', 'payer']
const casePath = '/cases/:id{[0-9a-f]{32}}' as const

/** Adds the addresses. */
export function addAnswerPages(routes: Routes, dependencies: AnswerDependencies): void {
  const { clock } = dependencies
  routes.get(`${casePath}/letter`, answerers, (context) => whenTold(context, (answered, view) => reply(context, letterFormPage(answered, suggestedLetter(answered, languageIn(view.query.get('in'), view.language)), view))))

  routes.post(`${casePath}/letter`, answerers, async (context) => {
    const body = await context.req.parseBody()
    return whenTold(context, async (answered, view) => {
      const { database, reader } = context.get('desk')
      const language = languageIn(body['language'], view.language)
      const letter = readLetter(body, suggestedLetter(answered, language))
      await database.transaction((transaction) => cases.noteLetter(transaction, { personKey: answered.one.person_key, findingId: answered.one.finding_id, language }, { staffId: reader.staffId, at: clock.now() }))
      return reply(context, letterPage(answered, letter, clock.today(), view))
    })
  })

  addMessagePages(routes, dependencies)
}

function addMessagePages(routes: Routes, { clock, messageGateway }: AnswerDependencies): void {
  const shown = async (context: Context<Environment>, answered: AnsweredCase, more: { readonly language: Language; readonly phone: string; readonly fault: 'phone' | null }): Promise<Response> => {
    const place = { personKey: answered.one.person_key, findingId: answered.one.finding_id }
    const sent = await reports.consistently(context.get('desk').database, (session) => cases.messagesOf(session, place))
    return reply(context, messagePage({ answered, ...more, press: randomBytes(16).toString('hex'), sent, hasGateway: messageGateway !== null }, context.get('view')), more.fault === null ? 200 : 400)
  }

  routes.get(`${casePath}/message`, answerers, (context) => whenTold(context, (answered, view) => shown(context, answered, { language: languageIn(view.query.get('in'), view.language), phone: answered.complaint?.phone ?? '', fault: null })))

  routes.post(`${casePath}/message`, answerers, async (context) => {
    const body = await context.req.parseBody()
    return whenTold(context, async (answered, view) => {
      const language = languageIn(body['language'], view.language)
      const written = typeof body['phone'] === 'string' ? body['phone'] : ''
      const phone = cases.readPhone(written)
      if (messageGateway === null || phone === null) return shown(context, answered, { language, phone: written, fault: 'phone' })
      const { database, reader } = context.get('desk')
      const press = cases.readPress(body['press'])
      const place = { personKey: answered.one.person_key, findingId: answered.one.finding_id, press, phone, language }
      const text = messageText(answered, answered.one.unit_name ?? '', language)
      const by = { staffId: reader.staffId, at: clock.now() }
      const isNew = await database.transaction((transaction) => cases.beginMessage(transaction, { ...place, unitCode: answered.one.unit_code, body: text }, by))
      if (isNew) {
        const delivery = await cases.deliver(messageGateway, { to: phone, text, reference: press })
        await database.transaction((transaction) => cases.settleMessage(transaction, place, delivery, { ...by, at: clock.now() }))
      }
      return context.redirect(`/cases/${answered.one.finding_id}/message`, 303)
    })
  })

  routes.post(`${casePath}/message/again`, answerers, async (context) => {
    const body = await context.req.parseBody()
    return whenTold(context, async (answered) => {
      const { database, reader } = context.get('desk')
      const press = cases.readPress(body['press'])
      const by = { staffId: reader.staffId, at: clock.now() }
      const place = { personKey: answered.one.person_key, findingId: answered.one.finding_id, press }
      const taken = messageGateway === null ? null : await database.transaction((transaction) => cases.retryMessage(transaction, place, by))
      if (messageGateway !== null && taken !== null) {
        const delivery = await cases.deliver(messageGateway, { to: taken.phone, text: taken.body, reference: press })
        await database.transaction((transaction) => cases.settleMessage(transaction, { ...place, phone: taken.phone, language: taken.language }, delivery, { ...by, at: clock.now() }))
      }
      return context.redirect(`/cases/${answered.one.finding_id}/message`, 303)
    })
  })
}

function languageIn(asked: unknown, otherwise: Language): Language {
  return readLanguage(typeof asked === 'string' ? asked : undefined) ?? otherwise
}

/** Answers for a case whose person may be told; before that the page says why not, and a case that is not the reader's is not there. */
async function whenTold(context: Context<Environment>, work: (answered: AnsweredCase, view: Environment['Variables']['view']) => Response | Promise<Response>): Promise<Response> {
  const view = context.get('view')
  const answered = await reports.consistently(context.get('desk').database, async (session): Promise<AnsweredCase | null> => {
    const [one] = await cases.manyCases(session, { findingIds: [context.req.param('id') ?? ''] })
    if (one === undefined) return null
    return { one, complaint: await cases.complaintOf(session, { personKey: one.person_key, findingId: one.finding_id }), schemes: await reports.schemes(session) }
  })
  if (answered === null) return reply(context, notFoundPage(view), 404)
  return mayBeTold(answered.one) ? work(answered, view) : reply(context, notYetPage(answered, view), 409)
}
