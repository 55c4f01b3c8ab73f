/** The addresses of payment periods: the list, one month, its steps, its minutes, and what is taken away of them. */
import type { KeyObject } from 'node:crypto'
import type { Context } from 'hono'
import { money, Refusal, type Clock } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'
import { qrSquares, zipFile } from '../../formats/index.ts'
import * as periods from '../../periods/index.ts'
import * as reports from '../../reports/index.ts'
import type { Routes } from '../access.ts'
import { periodReaders } from '../audiences.ts'
import { takenAway, type Download } from '../downloads.ts'
import type { Environment } from '../environment.ts'
import { notFoundPage } from '../page-parts/errors.ts'
import { textOf } from '../page-parts/form-fields.ts'
import { noRunPage } from '../page-parts/no-run.ts'
import { answersAt, reply } from '../reply.ts'
import { codesFor } from '../scope.ts'
import { actPage, missingReasons, type ActView } from './act.ts'
import { communePage, periodsPage, type PeriodSums } from './list.ts'
import { minutesFoot, type ShownMinutes } from './minutes-document.ts'
import { minutesPage } from './minutes-page.ts'
import { printMinutes } from './minutes-paper.ts'
import { periodPage } from './period.ts'
import { askedUnit, periodAddress, periodPlace, type PeriodPlace } from './place.ts'

/** What these pages need from outside. */
export interface PeriodDependencies {
  readonly clock: Clock
  /** The key that signs what is handed out. */
  readonly sheetKey: () => Promise<KeyObject>
}

type PeriodContext = Context<Environment, '/periods/:period'>

/** Adds the addresses. */
export function addPeriodPages(routes: Routes, dependencies: PeriodDependencies): void {
  routes.get('/periods', periodReaders, (context) => showList(context))
  routes.get('/periods/:period{[0-9]{4}-[0-9]{2}}', periodReaders, (context) => showPeriod(context))
  routes.get('/periods/:period{[0-9]{4}-[0-9]{2}}/acts/:act{[a-zA-Z]{4,20}}', periodReaders, (context) => showAct(context, actOf(context.req.param('act'))))
  routes.post('/periods/:period{[0-9]{4}-[0-9]{2}}/acts/:act{[a-zA-Z]{4,20}}', periodReaders, (context) => takeStep(context, actOf(context.req.param('act')), dependencies))
  routes.get('/periods/:period{[0-9]{4}-[0-9]{2}}/minutes', periodReaders, (context) => showMinutes(context))
  routes.get('/periods/:period{[0-9]{4}-[0-9]{2}}/:name{(?:minutes-vi\\.pdf|minutes-en\\.pdf|minutes\\.json|files\\.csv|evidence\\.zip)}', periodReaders, (context) => takeMinutes(context, context.req.param('name')))
}

async function showList(context: Context<Environment>): Promise<Response> {
  const view = context.get('view')
  const { reader, database } = context.get('desk')
  if (reader.scopeLevel === 'commune') return reply(context, communePage(view))
  const page = await reports.consistently(database, async (session) => {
    const place = await periodPlace(session, askedUnit(view.query) === '' ? undefined : askedUnit(view.query), reader)
    if (place === null) return noRunPage(await reports.waitingFileCount(session), 'period', view)
    const { bridge } = await reports.resultsWithin(session, codesFor(place.unitCode ?? undefined, place.units))
    const provinces = reader.unitCode === null ? place.units.provinces().map((code) => ({ code, name: place.units.name(code) })) : []
    return periodsPage({ unitCode: place.unitCode, provinces, rows: sumsOf(bridge), begun: await periods.periodsOf(session, place.unitCode) }, view)
  })
  return reply(context, page)
}

function sumsOf(bridge: readonly reports.BridgeCell[]): PeriodSums[] {
  const keys = [...new Set(bridge.flatMap((cell) => (cell.benefit_period === null ? [] : [`${cell.benefit_period} ${cell.currency}`])))].sort().reverse()
  return keys.map((key) => {
    const own = bridge.filter((cell) => `${cell.benefit_period ?? ''} ${cell.currency}` === key)
    return { benefit_period: key.slice(0, 7), currency: key.slice(8), due: money.add(...own.map((cell) => cell.due)), arrived: money.add(...own.map((cell) => cell.to_due)) }
  })
}

interface Looked {
  readonly place: PeriodPlace
  readonly standing: periods.Standing
  readonly facts: periods.PeriodFacts
  /** In whose place the reader may approve. */
  readonly absent: readonly periods.AbsentApprover[]
}

/** The month that the address names, as the reader may see it. @throws Refusal (notFound) */
async function lookAt(session: Session, context: PeriodContext): Promise<Looked> {
  const { reader } = context.get('desk')
  const place = await periodPlace(session, askedUnit(context.get('view').query), reader)
  if (place === null || reader.scopeLevel === 'commune') throw new Refusal('notFound', 'period_unknown', 'there is no such month here')
  const key = { unitCode: place.unitCode, benefitPeriod: context.req.param('period') }
  if (!/-(?:0[1-9]|1[0-2])$/.test(key.benefitPeriod)) throw new Refusal('notFound', 'period_unknown', 'there is no such month')
  return { place, standing: await periods.standingOf(session, key), facts: await periods.periodFacts(session, key), absent: await periods.absentApprovers(session, key) }
}

async function showPeriod(context: PeriodContext): Promise<Response> {
  const view = context.get('view')
  const { reader, database } = context.get('desk')
  const page = await reports.consistently(database, async (session) => {
    const looked = await lookAt(session, context)
    const { standing } = looked
    const issued = standing.events.findLast((event) => event.kind === 'issued')
    const signed = issued === undefined ? null : await periods.snapshotOf(session, standing.key, issued.round_number)
    const isCompared = standing.differs === true || standing.state === 'void'
    return periodPage({
      ...looked, signed: signed?.content ?? null, files: isCompared ? await periods.publishedHashes(session) : [], waitingFiles: await periods.filesWaiting(session),
      schemes: await reports.schemes(session), titles: await reports.findingTitles(session), isDone: view.query.get('done') === '1',
    }, view, reader)
  })
  return reply(context, page)
}

function actOf(name: string): periods.PeriodAct | null {
  return periods.periodActs.find((act) => act === name) ?? null
}

/** The page that asks once more; whoever has nothing to do at this step is led to the month. */
async function showAct(context: PeriodContext, act: periods.PeriodAct | null, back?: Pick<ActView, 'fault' | 'typed'> & { readonly status: 400 | 403 | 409 }): Promise<Response> {
  const view = context.get('view')
  const { reader, database } = context.get('desk')
  const shown = await reports.consistently(database, async (session) => {
    const looked = await lookAt(session, context)
    return { ...looked, fileCount: (await periods.publishedHashes(session)).length }
  })
  if (act === null) return reply(context, notFoundPage(view), 404)
  if (back === undefined && periods.faultOfAct(act, shown.standing, reader, shown.absent) !== null) return context.redirect(periodAddress(shown.standing.key, view), 303)
  return reply(context, actPage({ ...shown, act, principal: periods.principalOf(act, shown.standing, reader, shown.absent), fault: back?.fault ?? null, typed: back?.typed ?? { reason: '', missing: [] } }, view), back?.status ?? 200)
}

async function takeStep(context: PeriodContext, act: periods.PeriodAct | null, { clock, sheetKey }: PeriodDependencies): Promise<Response> {
  const view = context.get('view')
  const { reader, database } = context.get('desk')
  const body = await context.req.parseBody()
  const typed = { reason: textOf(body, 'reason'), missing: Array.from({ length: 200 }, (_, index) => textOf(body, `missing-${index}`)) }
  const events = /^\d{1,6}$/.test(textOf(body, 'events')) ? parseInt(textOf(body, 'events'), 10) : -1
  answersAt(context, view.path, { unit: view.query.get('unit') })
  try {
    const key = await database.transaction(async (transaction) => {
      const { place, standing, facts } = await lookAt(transaction, context)
      if (act === null) throw new Refusal('notFound', 'period_unknown', 'there is no such step')
      await periods.actOnPeriod(transaction, {
        key: standing.key, act, expectedEvents: events, actor: reader, at: clock.now(), reason: typed.reason, placeName: place.name, missingReasons: missingReasons(facts, typed.missing),
        seal: async (minutes) => periods.sealMinutes(minutes, await sheetKey(), printMinutes),
      })
      return standing.key
    })
    return context.redirect(periodAddress(key, view, '', { done: '1' }), 303)
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'notFound') throw error
    return showAct(context, act, { fault: error.code, typed, status: error.kind === 'notAllowed' ? 403 : error.kind === 'conflict' ? 409 : 400 })
  }
}

/** The version that the address names, else the newest. */
function versionOf(context: PeriodContext, { signed }: periods.Standing): number | null {
  const asked = context.get('view').query.get('version')
  if (asked === null) return signed[0]?.version_number ?? null
  return signed.find(({ version_number: version }) => `${version}` === asked)?.version_number ?? null
}

async function showMinutes(context: PeriodContext): Promise<Response> {
  const view = context.get('view')
  const found = await reports.consistently(context.get('desk').database, async (session) => {
    const { standing } = await lookAt(session, context)
    // Without a version it is the newest paper: a draft, where a round is on its way.
    const { content, signed, round } = standing
    const draft = view.query.get('version') === null && content !== null && signed[0]?.version_number !== content.version_number
      ? { content, steps: round.map((event) => ({ step: event.kind as periods.PeriodStep, name: event.display_name, staff_id: event.actor_id, roles: [], at: event.happened_at, ...(event.acting_for_id !== null && { on_behalf_of: { name: event.acting_for_name ?? '', staff_id: event.acting_for_id } }) })), mark: null }
      : null
    const version = draft === null ? versionOf(context, standing) : null
    return { standing, kept: version === null ? null : await periods.minutesOf(session, standing.key, version), draft }
  })
  const { standing, kept, draft } = found
  const signed = kept === null ? null : (JSON.parse(kept.minutes) as periods.SignedMinutes)
  const shown: ShownMinutes | null = signed === null ? draft : { ...signed.minutes, mark: { sha256: signed.sha256, keyId: signed.signature.key_id } }
  if (shown === null) return reply(context, notFoundPage(view), 404)
  const isNewest = signed?.minutes.content.version_number === standing.signed[0]?.version_number
  return reply(context, minutesPage(shown, standing.key, isNewest ? standing.differs : null, shown.mark === null ? null : qrSquares(minutesFoot(shown.mark, view).code), view))
}

async function takeMinutes(context: PeriodContext, name: string): Promise<Response> {
  const view = context.get('view')
  const found = await reports.consistently(context.get('desk').database, async (session) => {
    const { standing } = await lookAt(session, context)
    const version = versionOf(context, standing)
    const kept = version === null ? null : await periods.minutesOf(session, standing.key, version)
    return kept === null ? null : { key: standing.key, version: `${version ?? ''}`, kept }
  })
  if (found === null) return reply(context, notFoundPage(view), 404)
  const { key, version, kept } = found
  const { content } = (JSON.parse(kept.minutes) as periods.SignedMinutes).minutes
  const csv = Buffer.from(periods.filesCsv(content))
  const stem = `bien-ban-doi-soat-${key.benefitPeriod}${key.unitCode === null ? '' : `-${key.unitCode}`}-${version}`
  const bundle = [{ name: 'minutes.json', bytes: Buffer.from(kept.minutes) }, { name: 'minutes-vi.pdf', bytes: kept.pdf_vi }, { name: 'minutes-en.pdf', bytes: kept.pdf_en }, { name: 'files.csv', bytes: csv }]
  const downloads: Readonly<Record<string, Download>> = {
    'minutes-vi.pdf': { fileName: `${stem}-vi.pdf`, format: 'pdf', pieces: [kept.pdf_vi] },
    'minutes-en.pdf': { fileName: `${stem}-en.pdf`, format: 'pdf', pieces: [kept.pdf_en] },
    'minutes.json': { fileName: `${stem}.json`, format: 'json', pieces: [Buffer.from(kept.minutes)] },
    'files.csv': { fileName: `${stem}-files.csv`, format: 'csv', pieces: [csv] },
    'evidence.zip': { fileName: `${stem}.zip`, format: 'zip', pieces: zipFile(bundle) },
  }
  const download = downloads[name]
  return download === undefined ? reply(context, notFoundPage(view), 404) : takenAway(context, download, { subject: `period ${key.benefitPeriod} ${key.unitCode ?? 'country'} ${name}`, rowCount: null })
}
