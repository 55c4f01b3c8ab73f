/** What is done to a list: made, made anew, approved, sent, withdrawn; each leaves its entry in the trail. */
import type { Context } from 'hono'
import * as cases from '../../cases/index.ts'
import * as corrections from '../../corrections/index.ts'
import { isAskedOf, parseDay, Refusal, visibleText, type Clock } from '../../core/index.ts'
import type { Transaction } from '../../db/index.ts'
import type { MadeFile, Receipt } from '../../ingest/index.ts'
import * as reports from '../../reports/index.ts'
import { leaveTrail, type TrailKind } from '../../trail/index.ts'
import type { Routes } from '../access.ts'
import type { Environment } from '../environment.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { textOf } from '../page-parts/form-fields.ts'
import { answersAt, reply } from '../reply.ts'
import { listCsv } from './files.ts'
import type { ListData } from './list.ts'
import { streamed } from './streamed.ts'

/** What these pages need from outside. */
export interface CorrectionDependencies {
  readonly clock: Clock
  /** Takes in a file that a list was written as; a file with a problem is taken back at once. */
  readonly storeMade: (file: MadeFile) => Promise<Receipt>
}

/** Shows a list, with why something was not done. */
export type ShowList = (context: Context<Environment>, listId: string, fault: ListData['fault']) => Promise<Response>

type Done = corrections.ListFault | 'reason_missing' | 'date_wrong' | 'not_taken' | null
const payers = ['payer'] as const
const approvers = ['payer', 'approver'] as const
/** A question is a transaction of its own: more than these nobody waits for. */
const mostQuestions = 500

/** Adds the addresses. */
export function addListActs(routes: Routes, { clock, storeMade }: CorrectionDependencies, show: ShowList): void {
  const path = '/corrections/:id{[0-9]{1,18}}'
  const act = (name: string, audience: typeof payers | typeof approvers, done: string, work: (context: Context<Environment>, listId: string, version: number, body: Readonly<Record<string, unknown>>) => Promise<Done>): void => {
    routes.post(`${path}/${name}`, audience, async (context) => {
      const listId = context.req.param('id')
      const body = await context.req.parseBody()
      const version = /^\d{1,9}$/.test(textOf(body, 'version')) ? parseInt(textOf(body, 'version'), 10) : -1
      const fault = await work(context, listId, version, body)
      if (fault === 'list_unknown') return reply(context, notFoundPage(context.get('view')), 404)
      if (fault !== null) {
        answersAt(context, `/corrections/${listId}`)
        return show(context, listId, fault)
      }
      return context.redirect(`/corrections/${listId}?done=${done}`, 303)
    })
  }
  // What was done and its entry in the trail are one: neither is there without the other.
  const within = (context: Context<Environment>, kind: TrailKind, listId: string, work: (transaction: Transaction) => Promise<Done>): Promise<Done> => {
    const { reader, database } = context.get('desk')
    return database.transaction(async (transaction) => {
      const fault = await work(transaction)
      if (fault === null) await leaveTrail(transaction, { staffId: reader.staffId, at: context.get('at'), kind, subject: `list ${listId}` })
      return fault
    })
  }

  act('approve', approvers, 'approved', (context, listId, version) => within(context, 'list_approved', listId, (transaction) => corrections.approveList(transaction, listId, version, clock.now())))
  act('redraft', payers, 'redrafted', (context, listId, version, body) => {
    const decision = readDecision(body)
    return decision === undefined ? Promise.resolve('date_wrong') : within(context, 'list_made', listId, (transaction) => corrections.redraftList(transaction, listId, version, decision, clock.now()))
  })
  act('withdraw', payers, 'withdrawn', (context, listId, version, body) => {
    const reason = visibleText(textOf(body, 'reason')).slice(0, 500)
    // Whose list it is comes first: of another's nobody learns what else was wrong.
    return within(context, 'list_withdrawn', listId, async (transaction) => (await corrections.correctionList(transaction, listId)) === null ? 'list_unknown' : reason === '' ? 'reason_missing' : corrections.withdrawList(transaction, listId, version, reason, clock.now()))
  })
  act('send', payers, 'sent', async (context, listId, version) => {
    const { database } = context.get('desk')
    const list = await reports.consistently(database, (session) => corrections.correctionList(session, listId))
    if (list === null) return 'list_unknown'
    const isTakenIn = list.kind === 'supplementary' || list.kind === 'carried_over'
    // Held from here on: its payments are taken in by another connection, and nobody withdraws it meanwhile.
    const fault = await within(context, 'list_sent', listId, async (transaction) => {
      const held = await corrections.holdList(transaction, listId, version)
      if (held !== null) return held
      const pieces = streamed(database, (reading) => listCsv(reading, list, clock.today()))
      const receipt = !isTakenIn ? null : await stored(storeMade, { fileName: `${corrections.listName(list)}.csv`, kind: list.kind === 'supplementary' ? 'disbursement' : 'beneficiary_list', source: 'corrections', pieces })
      return isTakenIn && receipt === null ? 'not_taken' : corrections.sendList(transaction, listId, version, receipt?.file_id ?? null, clock.now())
    })
    if (fault === null && list.kind === 'account_fix') await askBanks(context, listId, clock)
    return fault
  })
}

/** The decision that a form names; null: none, undefined: its date cannot be read. */
export function readDecision(body: Readonly<Record<string, unknown>>): corrections.Decision | null | undefined {
  const number = visibleText(textOf(body, 'decisionNumber')).slice(0, 100)
  const written = textOf(body, 'decisionDate').trim()
  if (number === '' && written === '') return null
  const date = parseDay(written)
  return date === null || number === '' ? undefined : { number, date }
}

async function stored(storeMade: CorrectionDependencies['storeMade'], file: MadeFile): Promise<Receipt | null> {
  try {
    return await storeMade(file)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

/** Where a case can be asked about, its bank is asked; one that was asked already, or cannot be, stops no other. */
async function askBanks(context: Context<Environment>, listId: string, clock: Clock): Promise<void> {
  const { reader, database } = context.get('desk')
  const items = await reports.consistently(database, (session) => corrections.correctionItems(session, { listId, isLeftOut: false, most: mostQuestions }))
  const entries = items.filter(({ code, creditor_agent: agent }) => isAskedOf(code) && agent !== null).map((item): cases.BatchEntry => ({ findingId: item.finding_id, caseNumber: item.case_number, version: -1, action: { kind: 'askBank', comment: '' }, fault: null }))
  if (entries.length > 0) await cases.performMany(database, entries, [], { actor: reader, at: clock.now() }, () => Promise.resolve())
}
