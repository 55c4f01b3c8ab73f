/** The way of a file in: taken from the line, looked at, handed in or thrown away. */
import type { Context } from 'hono'
import { z } from 'zod'
import { bankKinds, controlCountShape, controlSumShape, isBankKind, largestUpload, profileName, Refusal, type Clock } from '../../core/index.ts'
import type { Database } from '../../db/index.ts'
import * as reports from '../../reports/index.ts'
import type { ApiLimits } from '../../staff/index.ts'
import { leaveTrail } from '../../trail/index.ts'
import { countDrafts, discardDraft, findUpload, handIn, receiveUpload, type SentFile } from '../../uploads/index.ts'
import type { Routes } from '../access.ts'
import { bankReaders } from '../audiences.ts'
import type { Environment } from '../environment.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { textOf } from '../page-parts/form-fields.ts'
import { optional, read } from '../place.ts'
import { answersAt, reply } from '../reply.ts'
import { checkPage } from './check.ts'
import { dropFault, dropFaultPage } from './drop.ts'
import { BrokenForm, readForm } from '../multipart.ts'
import { Rehearsals, largestRehearsed } from './rehearsals.ts'
import { agentOf, bankProfiles } from './sender.ts'

/** What receiving needs from outside. */
export interface ReceivingDependencies {
  readonly database: Database
  readonly clock: Clock
  readonly dataDirectory: string
  /** One count of a bank's files, whichever way they come. */
  readonly limits: ApiLimits
}

/** Files of one bank that were dropped and neither handed in nor thrown away. */
const mostDrafts = 50
/** How a page says what the counter refuses. */
const faultOfRefusal: Readonly<Record<string, string>> = { file_too_large: 'too_large', file_empty: 'file_empty', too_many_uploads: 'too_many', storage_full: 'storage_full', kind_not_allowed: 'kind' }
const statusOfFault: Readonly<Record<string, 400 | 413 | 429 | 503>> = { too_large: 413, too_many: 429, too_many_drafts: 429, too_many_files: 429, storage_full: 503 }

const readingQuery = z.object({ kind: z.preprocess((value) => (value === '' ? undefined : value), z.enum(bankKinds).optional()), profile: optional(profileName) })

/** A form that says what cannot be, or comes too often. */
class UnclearForm extends Error {
  readonly code: string
  readonly retryAfterSeconds: number | null

  constructor(code: string, retryAfterSeconds: number | null = null) {
    super(`the form cannot be taken: ${code}`)
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Adds the addresses. */
export function addReceivingRoutes(routes: Routes, dependencies: ReceivingDependencies): void {
  const { database, clock, dataDirectory, limits } = dependencies
  const rehearsals = new Rehearsals(dependencies)

  routes.stream('/bank/files', bankReaders, async (context) => {
    const source = agentOf(context)
    const { staffId } = context.get('desk').reader
    let typed: ReadonlyMap<string, string> = new Map()
    try {
      const profiles = await bankProfiles(database, source)
      await requireFewDrafts(database, limits, source)
      const upload = await readForm(context.req.raw, largestUpload, ({ fields, fileName, bytes }) => {
        typed = fields
        return receiveUpload(database, { clock, dataDirectory }, bytes, { ...saidOf(fields, profiles), source, staffId, channel: 'page', fileName, isDraft: true })
      })
      return onwards(context, `/bank/files/${upload.upload_id}/check`)
    } catch (error) {
      const code = codeOf(error)
      if (code === null) throw error
      answersAt(context, '/bank')
      const view = context.get('view')
      if (error instanceof UnclearForm && error.retryAfterSeconds !== null) context.header('Retry-After', `${error.retryAfterSeconds}`)
      const start = { kind: typed.get('kind') || null, profile: typed.get('profile') || null, declaredCount: typed.get('declared_count') ?? '', declaredSum: typed.get('declared_sum') ?? '', isCorrection: false, profiles: await bankProfiles(database, source) }
      return reply(context, dropFaultPage(start, [dropFault(code, view)], view), statusOfFault[code] ?? 400)
    }
  })

  routes.get('/bank/files/:id{[0-9a-f-]{1,36}}/check', bankReaders, async (context) => {
    const view = context.get('view')
    const id = context.req.param('id')
    const asked = read(readingQuery, view.query)
    const upload = await reports.consistently(context.get('desk').database, (session) => findUpload(session, id))
    if (upload === null) return reply(context, notFoundPage(view), 404)
    if (upload.status !== 'draft') return context.redirect(`/bank/files/${id}`, 303)
    // Asked for and left empty is another answer than not asked for.
    const profile = view.query.has('profile') ? (asked.profile ?? null) : upload.declared_profile
    const kind = view.query.has('kind') ? (asked.kind ?? null) : upload.declared_kind
    const profiles = await bankProfiles(database, upload.source)
    if (profile !== null && !profiles.includes(profile)) return reply(context, notFoundPage(view), 404)
    const understanding = await rehearsals.understand(upload, { kind, profile })
    return reply(context, checkPage({ upload, understanding, kind, profile, profiles, largest: largestRehearsed }, view))
  })

  routes.post('/bank/files/:id{[0-9a-f-]{1,36}}/hand-in', bankReaders, async (context) => {
    const id = context.req.param('id')
    const body = await context.req.parseBody()
    const asked = read(readingQuery, new URLSearchParams({ kind: textOf(body, 'kind'), profile: textOf(body, 'profile') }))
    const [kind, profile] = [Object.hasOwn(body, 'kind') ? (asked.kind ?? null) : undefined, Object.hasOwn(body, 'profile') ? (asked.profile ?? null) : undefined]
    if (typeof profile === 'string' && !(await bankProfiles(database, agentOf(context))).includes(profile)) return reply(context, notFoundPage(context.get('view')), 404)
    // Whoever comes too late learns it from the page of the file.
    if (await unlessConflict(() => handIn(database, id, agentOf(context), { kind, profile }))) await noted(context, 'file_handed_in', id)
    rehearsals.forget(id)
    return context.redirect(`/bank/files/${id}`, 303)
  })

  routes.post('/bank/files/:id{[0-9a-f-]{1,36}}/discard', bankReaders, async (context) => {
    const id = context.req.param('id')
    const upload = await reports.consistently(context.get('desk').database, (session) => findUpload(session, id))
    if (upload === null) return reply(context, notFoundPage(context.get('view')), 404)
    if (await unlessConflict(() => discardDraft(database, dataDirectory, id, agentOf(context), context.get('at')))) await noted(context, 'file_discarded', id)
    rehearsals.forget(id)
    return context.redirect(upload.status === 'draft' ? '/bank' : `/bank/files/${id}`, 303)
  })
}

/** A script asks for the address alone: what stands there is looked at once, not twice. */
function onwards(context: Context<Environment>, location: string): Response {
  if (!(context.req.header('Accept') ?? '').startsWith('application/json')) return context.redirect(location, 303)
  context.header('Cache-Control', 'no-store')
  return context.json({ location }, 201)
}

/** Which of a bank's people did it: the upload itself knows only who dropped it. */
async function noted(context: Context<Environment>, kind: 'file_handed_in' | 'file_discarded', uploadId: string): Promise<void> {
  const { database, reader } = context.get('desk')
  await database.transaction((transaction) => leaveTrail(transaction, { staffId: reader.staffId, at: context.get('at'), kind, subject: `upload ${uploadId}` }))
}

/** False: it had been decided otherwise before. */
async function unlessConflict(act: () => Promise<void>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'conflict') return false
    throw error
  }
}

/** Files that nobody hands in would fill the disk for everybody. @throws UnclearForm */
async function requireFewDrafts(database: Database, limits: ApiLimits, source: string): Promise<void> {
  if ((await countDrafts(database, source)) >= mostDrafts) throw new UnclearForm('too_many_drafts')
  const allowance = await limits.countUpload(source)
  if (!allowance.allowed) throw new UnclearForm('too_many_files', allowance.retryAfterSeconds)
}

/** What the sender says of the file. @throws UnclearForm */
function saidOf(fields: ReadonlyMap<string, string>, profiles: readonly string[]): Partial<SentFile> {
  const field = (name: string): string | undefined => fields.get(name)?.trim() || undefined
  const [kind, profile, count, sum] = [field('kind'), field('profile'), field('declared_count'), field('declared_sum')]
  if ((kind !== undefined && !isBankKind(kind)) || (profile !== undefined && !profiles.includes(profile))) throw new UnclearForm('kind')
  if (count !== undefined && !controlCountShape.test(count)) throw new UnclearForm('declared_count')
  if (sum !== undefined && !controlSumShape.test(sum)) throw new UnclearForm('declared_sum')
  return { declaredKind: kind, declaredProfile: profile, declaredCount: count, declaredSum: sum }
}

/** Null for what is our own failure. */
function codeOf(error: unknown): string | null {
  if (error instanceof BrokenForm || error instanceof UnclearForm) return error.code
  return error instanceof Refusal ? (faultOfRefusal[error.code] ?? null) : null
}
