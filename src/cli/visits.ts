/** The reports about visits and the public sheet: what `tantay report outreach`, `visit-conflicts`, `exemptions` and `public` give. */
import { readFile } from 'node:fs/promises'
import { Refusal } from '../core/index.ts'
import { checkSheet, conflictsOfVisits, exemptions, outreachPack, publicSheet, publishedRun, schemes, sheetFile, signSheet, unitsOf, type OutreachPerson, type OutreachSection, type PublishedRun } from '../reports/index.ts'
import { loadSigningKey } from '../signing/index.ts'
import { say, type Context } from './context.ts'
import type { Made, ReportOptions } from './reports.ts'

/** Whom to see in a unit, village by village or unit by unit. */
export async function outreachReport({ database, clock }: Context, { unit, by, language }: ReportOptions): Promise<Made> {
  const level = by[0] ?? 'village'
  if (level !== 'village' && level !== 'unit') throw new Refusal('usage', 'stratum_unknown', `outreach is told --by village or unit, not ${level}`)
  const pack = await outreachPack(database, await runOf(database), { unitCode: required(unit, 'outreach'), by: level, today: clock.today() })
  const rows = pack.sections.flatMap((section) => section.people.map((person) => rowOf(person, section)))
  return {
    rows,
    flat: rows.map((row) => ({ ...row, needs: row.needs.join('; '), reasons: row.reasons.map(({ code }) => code).join('; ') })),
    asPage: async () => (await import('../http/index.ts')).packDocument(pack, language),
  }
}

/** Where results of visits contradict each other or what others say, as of today. */
export async function conflictsReport({ database, clock }: Context, { unit }: ReportOptions): Promise<Made> {
  const unitCodes = unit === null ? null : (await unitsOf(database, clock.today())).within(unit)
  const rows = await conflictsOfVisits(database, clock.today(), { unitCodes })
  return { rows: rows.map(({ person_key: _, beneficiary_id: id, ...row }) => ({ beneficiary: masked(id), ...row })) }
}

/** Who need not have an account, as of today. */
export async function exemptionsReport({ database, clock }: Context, { unit }: ReportOptions): Promise<Made> {
  const unitCodes = unit === null ? null : (await unitsOf(database, clock.today())).within(unit)
  const rows = await exemptions(database, clock.today(), { unitCodes })
  return { rows: rows.map(({ person_key: _, beneficiary_id: id, ...row }) => ({ beneficiary: masked(id), ...row })) }
}

/** The public sheet of a unit and a month, signed; `--format json` gives the very bytes that `tantay verify sheet` checks. */
export async function publicReport({ database, clock, config }: Context, { unit, period, language }: ReportOptions): Promise<Made> {
  if (period === null) throw new Refusal('usage', 'period_missing', 'a public sheet is of one month: say --period YYYY-MM')
  const sheet = await publicSheet(database, await runOf(database), { unitCode: required(unit, 'public'), benefitPeriod: period }, clock.now())
  const signed = signSheet(sheet, await loadSigningKey(config.sheetKeyFile))
  const named = await schemes(database)
  const { sheetDocument, sheetRows } = await import('../http/index.ts')
  say(`signed with key ${signed.signature.key_id} (public key ${signed.signature.public_key})`)
  // Keys in the order of the canonical form, so that printing the object prints what was signed.
  return { rows: [JSON.parse(sheetFile(signed)) as object], flat: sheetRows(signed), asPage: () => sheetDocument(signed, named, language) }
}

/** Checks a sheet that somebody shows, with nothing but the file. @throws Refusal when it does not stand as it was signed */
export async function verifySheet(path: string | undefined, key: string | undefined): Promise<void> {
  if (path === undefined) throw new Refusal('usage', 'file_missing', 'name the file: tantay verify sheet FILE')
  const { fault, keyId, sheet } = checkSheet(await readText(path), key)
  if (fault === 'unreadable') throw new Refusal('failure', 'sheet_unreadable', `${path} is no signed sheet as tantay report public --format json writes it`)
  if (fault === 'changed') throw new Refusal('failure', 'sheet_changed', `${path} is not what key ${keyId ?? ''} signed: it was changed`)
  if (fault === 'other_key') throw new Refusal('failure', 'sheet_other_key', `${path} stands as it was signed, but by key ${keyId ?? ''} and not by ${key ?? ''}`)
  say(`${path} stands as key ${keyId ?? ''} signed it: ${sheet?.unit_name ?? ''} (${sheet?.unit_code ?? ''}), ${sheet?.benefit_period ?? ''}, as of ${sheet?.as_of ?? ''}, made ${sheet?.made_at ?? ''}`)
  if (key === undefined) say('whose key that is, the file cannot say: compare it with what the publisher has made known, or say --key')
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw new Refusal('usage', 'file_unreadable', `${path} cannot be read`)
  }
}

async function runOf(database: Context['database']): Promise<PublishedRun> {
  const run = await publishedRun(database)
  if (run === null) throw new Refusal('notFound', 'no_run', 'nothing is published yet')
  return run
}

function required(unit: string | null, report: string): string {
  if (unit === null) throw new Refusal('usage', 'unit_missing', `the report ${report} is of one place: say --unit CODE`)
  return unit
}

function rowOf(person: OutreachPerson, section: OutreachSection) {
  const { access } = section
  return {
    unit_code: section.unitCode, unit_name: section.unitName, village: section.village, distance_km: access?.distanceKm ?? null, electricity: access?.electricity ?? null, signal: access?.signal ?? null, cash_point_km: access?.cashPointKm ?? null,
    beneficiary: masked(person.beneficiaryId), beneficiary_name: person.name, needs: person.needs, payee_name: person.payeeName, reasons: person.reasons,
    exempt_until: person.exemptUntil, last_visited_date: person.visit?.date ?? null, last_result: person.visit?.result ?? null, address: person.address,
  }
}

/** The last four digits, as on paper. */
function masked(id: string): string {
  return `••••${id.slice(-4)}`
}
