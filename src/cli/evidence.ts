/** `tantay verify evidence`: minutes that somebody shows, their paper, their files, and the same figures worked out again. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeProfile, Refusal, sha256Of, systemClock, type Clock } from '../core/index.ts'
import { openDatabase, requireCurrentSchema, type Database } from '../db/index.ts'
import { ingestFiles, type IngestRequest } from '../ingest/index.ts'
import { checkMinutes, differencesBetween, findFiles, publishedFigures, type Content, type FoundFiles, type SignedMinutes } from '../periods/index.ts'
import { run } from '../reconcile/index.ts'
import { readHeads } from '../trail/index.ts'
import { say, timeZone } from './context.ts'

/** What is to be checked besides the minutes. */
export interface EvidenceOptions {
  readonly pdf?: string | undefined
  readonly files?: string | undefined
  readonly recompute?: boolean | undefined
  readonly key?: string | undefined
  /** A copy of the signed heads of the trail. */
  readonly heads?: string | undefined
}

/** Checks minutes with nothing but what is named; says what stood. @throws Refusal naming the first thing wrong */
export async function verifyEvidence(path: string | undefined, options: EvidenceOptions): Promise<void> {
  if (path === undefined) throw new Refusal('usage', 'file_missing', 'name the minutes: tantay verify evidence MINUTES.json')
  if (options.recompute === true && options.files === undefined) throw new Refusal('usage', 'files_missing', '--recompute needs the files: say --files FOLDER')
  const signed = signedMinutes(path, (await bytesOf(path)).toString('utf8'), options.key)
  const { content, steps } = signed.minutes
  say(`${path} stands as key ${signature(signed)} signed it: ${content.place.name ?? content.place.unit_code ?? 'the whole country'}, ${content.benefit_period}, version ${content.version_number}, as of ${content.run.as_of}`)
  say(`four persons: ${steps.map(({ step, name, on_behalf_of: principal }) => `${step} ${name}${principal === undefined ? '' : ` on behalf of ${principal.name}`}`).join(', ')}`)
  if (options.key === undefined) say('whose key that is, the file cannot say: compare it with what the publisher has made known, or say --key')
  if (options.pdf !== undefined) await checkPaper(options.pdf, signed)
  if (options.heads !== undefined) await checkHead(options.heads, content)
  if (options.files === undefined) return
  const found = await findFiles(content, options.files)
  if (found.missing !== null) throw new Refusal('failure', 'source_missing', `no file in ${options.files} is ${found.missing.file_name} as it was taken in (SHA-256 ${found.missing.sha256}): it is missing, or was changed. Where files were kept long enough, or named somebody who was forgotten, tantay retention took them away, and the trail says when (retention_applied); the minutes themselves stand as signed`)
  say(`all ${content.files.length} files are there, byte for byte`)
  if (options.recompute === true) await recompute(content, found)
}

function signature({ signature: { key_id: keyId } }: SignedMinutes): string {
  return keyId
}

function signedMinutes(path: string, text: string, key: string | undefined): SignedMinutes {
  const { fault, keyId, signed } = checkMinutes(text, key)
  if (fault === 'unreadable') throw new Refusal('failure', 'minutes_unreadable', `${path} is no signed minutes (minutes.json of a period)`)
  if (fault === 'persons') throw new Refusal('failure', 'minutes_persons', `${path} does not name four different persons`)
  if (fault === 'other_key') throw new Refusal('failure', 'minutes_other_key', `${path} stands as it was signed, but by key ${keyId ?? ''} and not by ${key ?? ''}`)
  if (fault === 'changed' || signed === null) throw new Refusal('failure', 'minutes_changed', `${path} is not what key ${keyId ?? ''} signed: it was changed`)
  return signed
}

async function checkPaper(path: string, { pdf }: SignedMinutes): Promise<void> {
  const sha256 = sha256Of(await bytesOf(path))
  const language = (['vi', 'en'] as const).find((one) => pdf[one] === sha256)
  if (language === undefined) throw new Refusal('failure', 'pdf_changed', `${path} is not the PDF that was signed with these minutes (SHA-256 ${sha256}; signed: ${pdf.vi}, ${pdf.en})`)
  say(`${path} is the PDF (${language}) that was signed`)
}

/** The head of the trail that the minutes name must be among those that were kept outside. */
async function checkHead(folder: string, { audit_head: named }: Content): Promise<void> {
  if (named === null) {
    say('these minutes name no head of the trail: none was signed before them')
    return
  }
  const kept = (await readHeads(folder)).find(({ head }) => head?.head_number === named.head_number)
  if (kept?.head?.hash !== named.hash) throw new Refusal('failure', 'head_differs', kept === undefined ? `head ${named.head_number} of the trail, which these minutes name, is not in ${folder}` : `${kept.place} is not the head that these minutes name: the trail was put together anew`)
  say(`${kept.place} is the head of the trail that these minutes name (${named.sequence_number} entries)`)
}

/** In a database of its own, which is thrown away. */
async function recompute(content: Content, found: FoundFiles): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tantay-evidence-'))
  const database = await openDatabase({ databaseUrl: null, dataDirectory: folder, onProgress: say })
  try {
    await requireCurrentSchema(database, systemClock.now(), false)
    await recomputeIn(database, folder, content, found)
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Takes the files into an empty database, works out the day again, and compares bridge and classes to the last unit. @throws Refusal `figures_differ`, and what stops it before */
export async function recomputeIn(database: Database, folder: string, content: Content, { paths }: FoundFiles): Promise<void> {
  for (const file of content.files) await takeIn(database, content, file, paths.get(file.sha256) ?? '', folder)
  const published = await run(database, { asOf: content.run.as_of, timeZone, clock: systemClock, isFull: true })
  const [rules] = await database.query<{ engine_version: string | null }>('select engine_version from run where run_id = $1', [published.run_id])
  if (rules?.engine_version !== content.run.engine_version) say('note: these minutes were worked out by rules of another version than those installed here')
  await compareFigures(database, content)
  say(`worked out again from the files as of ${content.run.as_of}: bridge and classes are the same, to the last unit`)
}

/** @throws Refusal `figures_differ` naming the first figure that is another than was signed */
export async function compareFigures(database: Database, content: Content): Promise<void> {
  const figures = await publishedFigures(database, { unitCode: content.place.unit_code, benefitPeriod: content.benefit_period })
  const [first, ...others] = differencesBetween({ ...content.figures, findings: [] }, { ...figures, findings: [] })
  if (first !== undefined) throw new Refusal('failure', 'figures_differ', `worked out again it is another result: ${first.part} ${first.scheme ?? 'none'} ${first.name} was signed as ${first.from_amount}${counted(first.from_count)} ${first.currency} and is ${first.to_amount}${counted(first.to_count)} (${others.length} more)`)
}

function counted(number: number | null): string {
  return number === null ? '' : ` (${number} people)`
}

/** One file as it was taken in: at its instant, in its order, as its kind and by its profile. */
async function takeIn(database: Database, content: Content, file: Content['files'][number], path: string, folder: string): Promise<void> {
  const profile = file.profile === null ? undefined : content.profiles.find(({ name, version }) => name === file.profile?.name && version === file.profile.version)
  if (file.profile !== null && profile === undefined) throw new Refusal('failure', 'profile_missing', `the minutes do not hold the profile ${file.profile.name} by which ${file.file_name} was read`)
  const clock: Clock = { now: () => file.recorded_at, today: () => systemClock.today() }
  const request: IngestRequest = {
    path, fileName: file.file_name, kind: file.kind,
    ...(file.source === null ? {} : { source: file.source }), ...(file.encoding === null || file.format !== 'csv' ? {} : { encoding: file.encoding }),
    ...(profile === undefined ? {} : { savedProfile: { name: profile.name, version: profile.version, source: null, saved_at: file.recorded_at, profile: makeProfile(JSON.parse(profile.description)) } }),
  }
  const [receipt] = await ingestFiles(database, [request], { clock, dataDirectory: folder })
  if (receipt?.status !== 'sealed') throw new Refusal('failure', 'source_refused', `${file.file_name} was taken in once and is refused now (${receipt?.status ?? ''})`)
  if (receipt.accepted !== file.accepted) throw new Refusal('failure', 'source_differs', `${file.file_name} had ${file.accepted} accepted lines and has ${receipt.accepted} now`)
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch {
    throw new Refusal('usage', 'file_unreadable', `${path} cannot be read`)
  }
}
