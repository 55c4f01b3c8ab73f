/** What four persons sign of a month: everything that its minutes say, as published on one day, but who signed. */
import { Refusal, type Amount } from '../core/index.ts'
import type { Session } from '../db/index.ts'
import { differencesBetween, type Difference, type Figures } from './figures.ts'

/** The month of a place; `unitCode` null: the whole country. */
export interface PeriodKey {
  readonly unitCode: string | null
  /** `YYYY-MM` */
  readonly benefitPeriod: string
}

/** The published run. */
export interface SignedRun {
  readonly run_id: string
  readonly as_of: string
  /** Hash of the rules; null: worked out before it was kept. */
  readonly engine_version: string | null
}

/** A file that was to come and has not. */
export interface MissingFile {
  readonly source: string
  readonly kind: string
  readonly scheme?: string
  readonly deadline_date: string
}

/** Open cases of one type. */
export interface OpenCases {
  readonly code: string
  readonly currency: string
  readonly count: number
  readonly amount_at_stake: Amount
}

/** Cases decided in the same way. */
export interface Decisions {
  readonly resolution: string
  readonly currency: string
  readonly count: number
  readonly amount: Amount
}

/** A file that the result rests on, with the sums of what was taken from it. */
export interface SignedFile {
  readonly file_id: string
  readonly sha256: string
  readonly file_name: string
  readonly kind: string
  readonly source: string | null
  readonly format: string | null
  readonly encoding: string | null
  readonly profile: { readonly name: string; readonly version: number } | null
  readonly recorded_at: string
  readonly lines: number
  readonly accepted: number
  readonly repeats: number
  readonly problems: number
  readonly ignored: number
  /** Due amounts of a list, instructed ones of payments; empty for other kinds. */
  readonly amounts: readonly { readonly currency: string; readonly amount: Amount }[]
}

/** A month of a place as it is published now. */
export interface PeriodFacts {
  readonly run: SignedRun
  readonly figures: Figures
  /** The first scheme whose bridge does not come to zero; null: all do. */
  readonly broken_cell: string | null
  /** How far the trail reached when its head was last signed; null: never yet. */
  readonly audit_head: { readonly head_number: string; readonly day: string; readonly sequence_number: string; readonly hash: string } | null
  readonly missing_files: readonly MissingFile[]
  readonly open_cases: readonly OpenCases[]
  readonly decisions: readonly Decisions[]
  /** Money that came and states no month; the country's alone, since it belongs to no place. */
  readonly unmatched_without_month: readonly { readonly currency: string; readonly amount: Amount }[]
}

/** What is different from the version that was signed before. */
export interface Changes {
  readonly since_version: number
  readonly since_sha256: string
  readonly since_as_of: string
  readonly reason: string
  readonly asked_by: string
  readonly approved_by: string
  readonly differences: readonly Difference[]
  readonly files_added: readonly string[]
  readonly files_removed: readonly string[]
}

/** The account of one payment organisation, as far as the month goes; it closes when the difference is 0. */
export interface SettledAccount {
  readonly source: string
  readonly currency: string
  readonly received: Amount
  readonly credited: Amount
  readonly on_the_way: Amount
  readonly not_collected: Amount
  readonly handed_back: Amount
  readonly difference: Amount
}

/** What of one approved list of corrections concerns the month and the place; one per list, scheme and currency. */
export interface SignedCorrection {
  readonly kind: 'supplementary' | 'recovery' | 'offset'
  /** The list's own number, with which its payments begin. */
  readonly number: string
  readonly state: 'approved' | 'sent' | 'settled'
  /** Null: money that states no scheme. */
  readonly scheme: string | null
  readonly currency: string
  /** UTC instant. */
  readonly approved_at: string
  /** Of recoveries and offsets the decision that they rest on; null: none was needed. */
  readonly decision_number: string | null
  readonly decision_date: string | null
  /** What is on the list. */
  readonly count: number
  readonly amount: Amount
  /** What of that had come, or come back, by the result that is signed. */
  readonly settled_amount: Amount
  /** What was looked at and left out, each with its reason on the list. */
  readonly left_count: number
  readonly left_amount: Amount
}

/**
 * How minutes are written. What was signed stays as it was, so every form that was ever signed is read:
 * `tantay-minutes-1` says nothing of corrections.
 */
export const minutesFormats = ['tantay-minutes-1', 'tantay-minutes-2'] as const

/** The whole of what is signed. */
export interface Content extends Omit<PeriodFacts, 'missing_files' | 'broken_cell'> {
  readonly format: (typeof minutesFormats)[number]
  readonly place: { readonly unit_code: string | null; readonly name: string | null }
  readonly benefit_period: string
  readonly version_number: number
  readonly missing_files: readonly (MissingFile & { readonly reason: string })[]
  /** Of those whose statements came; the country's alone. */
  readonly settlement: readonly SettledAccount[]
  /** Absent in the first form. */
  readonly corrections?: readonly SignedCorrection[]
  readonly files: readonly SignedFile[]
  /** The mapping profiles by which files were read, as JSON text: a recomputation reads by the same. */
  readonly profiles: readonly { readonly name: string; readonly version: number; readonly description: string }[]
  readonly schemes: readonly { readonly scheme: string; readonly name_vi: string | null; readonly name_en: string | null }[]
  readonly titles: readonly { readonly code: string; readonly vi: string; readonly en: string; readonly ar: string }[]
  /** Null for a first version. */
  readonly changes: Changes | null
}

/** How the database names a place. */
export function placeCode({ unitCode }: PeriodKey): string {
  return unitCode ?? ''
}

/** How the database names a month. */
export function periodNumber({ benefitPeriod }: PeriodKey): string {
  return benefitPeriod.replace('-', '')
}

/** The month as published now. @throws Refusal `period_unknown` (notFound), also for a place that is not the reader's, and before the first run */
export async function periodFacts(session: Session, key: PeriodKey): Promise<PeriodFacts> {
  const [row] = await session.query<{ facts: PeriodFacts | null }>('select desk_period_facts($1, $2) as facts', [placeCode(key), periodNumber(key)])
  const facts = row?.facts ?? null
  if (facts === null || (facts.run as SignedRun | null) === null || facts.figures.bridge.length === 0) throw new Refusal('notFound', 'period_unknown', 'there is no such month here')
  return facts
}

/** The figures of a month as they are published, asked by the owner of the database. */
export async function publishedFigures(session: Session, key: PeriodKey): Promise<Figures> {
  const [row] = await session.query<{ figures: Figures }>('select period_figures($1, $2) as figures', [placeCode(key), periodNumber(key)])
  return row?.figures ?? { bridge: [], outcomes: [], findings: [] }
}

/** The files that the published result rests on, by the hash of their bytes. */
export function publishedHashes(session: Session): Promise<{ readonly sha256: string }[]> {
  return session.query<{ sha256: string }>('select f.sha256 from published_file p join source_file f using (file_id) where f.file_id > 0')
}

/** How many sealed files came after the published run and are in none of its figures. */
export async function filesWaiting(session: Session): Promise<string> {
  const [row] = await session.query<{ count: string }>(`select count(*)::text as count from source_file f where f.status = 'sealed' and f.file_id > 0 and not exists (select from published_file p where p.file_id = f.file_id)`)
  return row?.count ?? '0'
}

/** Whether a missing file is this one, for the reason that somebody gives. */
export function missingName({ source, kind, scheme }: MissingFile): string {
  return [source, kind, ...(scheme === undefined ? [] : [scheme])].join('|')
}

/**
 * Everything that is to be signed now. `reasons` says why each missing file is missing, by `missingName`.
 *
 * @throws Refusal `bridge_open` when the bridge does not come to zero, `reason_missing` when a missing file has no reason
 */
export async function composeContent(session: Session, key: PeriodKey, { version, placeName, reasons, changes }: { readonly version: number; readonly placeName: string | null; readonly reasons: ReadonlyMap<string, string>; readonly changes: Omit<Changes, 'differences' | 'files_added' | 'files_removed'> & { readonly content: Content } | null }): Promise<Content> {
  const { broken_cell: broken, ...facts } = await periodFacts(session, key)
  if (broken !== null) throw new Refusal('conflict', 'bridge_open', `the bridge of ${broken} does not come to zero`)
  const missing = facts.missing_files.map((file) => ({ ...file, reason: (reasons.get(missingName(file)) ?? '').trim() }))
  if (missing.some(({ reason }) => reason === '')) throw new Refusal('usage', 'reason_missing', 'say of each missing file why the month can be closed without it')
  const [row] = await session.query<{ read: { files: SignedFile[]; profiles: Content['profiles'] } }>('select desk_period_files($1) as read', [placeCode(key)])
  const { files, profiles } = row?.read ?? { files: [], profiles: [] }
  const [account] = await session.query<{ settlement: SettledAccount[] }>('select desk_period_settlement($1, $2) as settlement', [placeCode(key), periodNumber(key)])
  const corrections = await periodCorrections(session, key)
  const schemes = await session.query<Content['schemes'][number]>('select scheme, name_vi, name_en from scheme order by scheme collate "C"')
  const titles = await session.query<Content['titles'][number]>(`select code, title ->> 'vi' as vi, title ->> 'en' as en, title ->> 'ar' as ar from finding_type order by code collate "C"`)
  const used = new Set([...facts.figures.findings, ...facts.open_cases].map(({ code }) => code))
  return {
    format: 'tantay-minutes-2', place: { unit_code: key.unitCode, name: placeName }, benefit_period: key.benefitPeriod, version_number: version,
    ...facts, missing_files: missing, settlement: account?.settlement ?? [], corrections, files, profiles,
    schemes: schemes.filter(({ scheme }) => [...facts.figures.bridge, ...corrections].some((one) => one.scheme === scheme)),
    titles: titles.filter(({ code }) => used.has(code)),
    changes: changes === null ? null : changesSince(changes, facts.figures, files),
  }
}

/** The approved lists of a month, as they stand now. */
async function periodCorrections(session: Session, key: PeriodKey): Promise<SignedCorrection[]> {
  const [row] = await session.query<{ corrections: SignedCorrection[] | null }>('select desk_period_corrections($1, $2) as corrections', [placeCode(key), periodNumber(key)])
  return row?.corrections ?? []
}

function changesSince({ content, ...said }: NonNullable<Parameters<typeof composeContent>[2]['changes']>, figures: Figures, files: readonly SignedFile[]): Changes {
  return { ...said, differences: differencesBetween(content.figures, figures), ...fileChanges(content.files, files) }
}

/** Which files, by the hash of their bytes, are in one list and not in the other. */
export function fileChanges(before: readonly SignedFile[], after: readonly Pick<SignedFile, 'sha256'>[]): { readonly files_added: string[]; readonly files_removed: string[] } {
  const [old, now] = [new Set(before.map(({ sha256 }) => sha256)), new Set(after.map(({ sha256 }) => sha256))]
  return { files_added: [...now].filter((one) => !old.has(one)).sort(), files_removed: [...old].filter((one) => !now.has(one)).sort() }
}
