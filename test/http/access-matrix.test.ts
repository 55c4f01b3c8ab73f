/**
 * Every route × every role × {own, another's, nobody's}: what is another's answers like what is not there, word for word;
 * a role that may not is told so; nothing ever fails; and whoever was asked about finds their rows as they were.
 */
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { roles, stoppedClock, type Role } from '../../src/core/index.ts'
import type { DeclaredRoute } from '../../src/http/access.ts'
import { personAddresses } from '../../src/reports/index.ts'
import { receiveUpload } from '../../src/uploads/index.ts'
import { useProvince } from './province.ts'
import type { ReaderApp } from './readers.ts'
import { samples, type Sample, type Things } from './matrix-samples.ts'

const province = useProvince(500)
const ownAgent = 970436
const things: { own: Things; foreign: Things; missing: Things } = { own: nothing(), foreign: nothing(), missing: { ...nothing(), finding: 'f'.repeat(32), identifier: '001087999999', name: 'Khongco Aica', unit: '99999', file: '99999999', upload: 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee', staff: '99999999', batch: '99999999', question: '99999999', list: '99999999' } }
const readers = new Map<Role, ReaderApp>()
/** One of each role who works for the whole country, for whom nothing is another's. */
const everywhere = new Map<Role, ReaderApp>()

function nothing(): Things {
  return { finding: '', person: '', identifier: '', name: '', unit: '', file: '', upload: '', staff: '', batch: '', question: '', list: '' }
}

beforeAll(async () => {
  const { database, as } = province()
  // Numbers long enough to be told from counts on a page.
  await database.query('alter sequence staff_id_sequence restart with 70000001')
  const addresses = await personAddresses(database)
  const cases = await database.query<{ unit_code: string; finding_id: string; person_key: string; identifier: string; name: string }>("select distinct on (unit_code) unit_code, finding_id, person_key, identifier_text(person_key) as identifier, beneficiary_name as name from case_record where unit_code is not null and person_key between 0 and 999999999999 and beneficiary_name is not null order by unit_code, finding_id limit 2")
  const files = await database.query<{ file_id: string }>("select file_id from source_file where kind in ('disbursement', 'account_opening', 'withdrawal') and status = 'sealed' order by file_id limit 2")
  await database.query('update source_file set source = $2 where file_id = $1', [files[0]?.file_id, String(ownAgent)])
  await database.query("update source_file set source = '970405' where file_id = $1", [files[1]?.file_id])
  for (const [index, whose] of (['own', 'foreign'] as const).entries()) {
    const one = cases[index]
    if (one === undefined) throw new Error('two communes with findings are needed')
    const colleague = await as({ roles: ['officer'], unit: one.unit_code })
    things[whose] = { list: await listOf(one.unit_code), question: await questionTo(index === 0 ? ownAgent : 970405, colleague.staffId, one), batch: await batchOf(colleague.staffId, one.finding_id), finding: one.finding_id, person: addresses.of(one.person_key) ?? '', identifier: one.identifier, name: one.name, unit: one.unit_code, file: files[index]?.file_id ?? '', upload: await draftOf(whose === 'own' ? ownAgent : 970405), staff: colleague.staffId }
  }
  // The address of a person whom nobody has ever heard of.
  things.missing = { ...things.missing, person: addresses.of('1087999999') ?? '' }
  await database.query('alter sequence case_batch_id_sequence restart with 80000001')
  for (const role of roles) {
    readers.set(role, await as({ roles: [role], unit: role === 'bank' ? null : things.own.unit, agent: role === 'bank' ? ownAgent : null }))
    ownBatches.set(role, await batchOf(readers.get(role)?.staffId ?? '', things.own.finding))
    everywhere.set(role, await as({ roles: [role], agent: role === 'bank' ? ownAgent : null }))
  }
})

/** A file that somebody of a bank dropped and has not handed in. */
async function draftOf(agent: number): Promise<string> {
  const { database, dataDirectory, as } = province()
  const { staffId } = await as({ roles: ['bank'], agent })
  async function* bytes(): AsyncGenerator<Uint8Array> {
    await Promise.resolve()
    yield Buffer.from('creditor_agent,account_number,reported_through_date\n')
  }
  return (await receiveUpload(database, { clock: stoppedClock('2026-11-01T20:00:00Z'), dataDirectory }, bytes(), { source: String(agent), staffId, channel: 'page', fileName: 'draft.csv', isDraft: true })).upload_id
}

/** Something that somebody put together to be done at once, and has not done yet. */
async function batchOf(staffId: string, findingId: string): Promise<string> {
  const [made] = await province().database.query<{ batch_id: string }>("insert into case_batch (batch_id, staff_id, made_at, origin, heading, entries) values (nextval('case_batch_id_sequence'), $1, '2026-11-01T20:00:00Z', 'selection', '{\"query\":\"\"}', jsonb_build_array(jsonb_build_object('findingId', $2::text, 'caseNumber', null, 'version', 0, 'action', jsonb_build_object('kind', 'receive'), 'fault', null))) returning batch_id", [staffId, findingId])
  return made?.batch_id ?? ''
}

/** A list of corrections for a unit, not approved yet. */
async function listOf(unit: string): Promise<string> {
  const { staffId } = await province().as({ roles: ['payer'], unit })
  const [made] = await province().database.query<{ list_id: string }>("insert into correction_list (list_id, kind, reference, unit_code, unit_codes, currency, run_id, as_of, made_at, made_by) values (nextval('correction_list_id_sequence') + 60000000, 'recovery', 'TT0123456789', $1, array[$1], 'VND', 1, '2026-10-31', '2026-11-01T20:00:00Z', $2) returning list_id::text as list_id", [unit, staffId])
  return made?.list_id ?? ''
}

/** Something that a bank is asked. */
async function questionTo(agent: number, staffId: string, { person_key: person, finding_id: finding, unit_code: unit }: { readonly person_key: string; readonly finding_id: string; readonly unit_code: string }): Promise<string> {
  const [made] = await province().database.query<{ question_id: string }>(`insert into bank_question (question_id, person_key, finding_id, unit_code, creditor_agent, code, asked_at, asked_by, question, about, due_date) values (90000000 + $4::bigint, $1, $2, $3, $4, 'returned', '2026-11-01T20:00:00Z', $5, 'Vì sao?', '{"creditor_account":"0011223344","account_status":null,"payments":[],"lines":[]}', '2026-11-05') returning question_id::text as question_id`, [person, finding, unit, agent, staffId])
  return made?.question_id ?? ''
}

/** The own things of a reader: what belongs to one person alone is made for each. */
const ownBatches = new Map<Role, string>()
function ownOf(role: Role): Things {
  return { ...things.own, batch: ownBatches.get(role) ?? '' }
}

function keyOf(route: DeclaredRoute): string {
  return `${route.method} ${route.path}`
}

async function ask(app: { readonly request: (path: string, init?: RequestInit) => Response | Promise<Response> }, route: DeclaredRoute, sample: Sample, about: Things, headers: Record<string, string> = {}): Promise<{ status: number; body: string; type: string | null; place: string | null; etag: string | null }> {
  const body = sample.body?.(about)
  const response = await app.request(sample.path(about), route.method === 'GET' ? { headers } : { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost', ...headers }, body: new URLSearchParams(body).toString() })
  for (const [name, value] of Object.entries(protecting)) expect(response.headers.get(name), `${keyOf(route)}: ${name}`).toMatch(value)
  expect(response.headers.get('access-control-allow-origin'), keyOf(route)).toBeNull()
  if (sample.endsSession === true) await province().database.query('update staff_session set ended_at = null')
  return { status: response.status, body: await response.text(), type: response.headers.get('content-type'), place: response.headers.get('location'), etag: response.headers.get('etag') }
}

/** What every answer carries, whoever asks and whatever it says (ASVS 3.4). */
const protecting = {
  'strict-transport-security': /^max-age=63072000; includeSubDomains$/,
  'content-security-policy': /^default-src 'none'; .*script-src 'self';.*frame-ancestors 'none'/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^same-origin$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\)/,
} as const

/** The answer without what the question itself said: short numbers only where an address names them. */
function blanked(text: string | null, about: Things): string {
  // Numbers that every answer makes anew.
  let bare = (text ?? '').replaceAll(/(?<=\/queue\/batches\/)\d+/g, '«»').replaceAll(/(?<=name="press" value=")[0-9a-f]{32}/g, '«»').replaceAll(/(?<=\bq=)\.[\w-]{38,}/g, '«»')
  // A number of which the page shows the end alone.
  if (about.identifier !== '') bare = bare.replaceAll(`••••\u00a0${about.identifier.slice(-4)}`, '«»')
  for (const said of Object.values(about) as string[]) {
    if (/^\d{1,4}$/.test(said)) bare = bare.replaceAll(new RegExp(`(?<=[/=])${said}(?!\\w)`, 'g'), '«»')
    else if (/^\d+$/.test(said)) bare = bare.replaceAll(new RegExp(`(?<!\\w)${said}(?!\\w)`, 'g'), '«»')
    else if (said !== '') bare = bare.replaceAll(encodeURIComponent(said), '«»').replaceAll(new URLSearchParams({ said }).toString().slice('said='.length), '«»').replaceAll(said, '«»')
  }
  return bare
}

function isAllowed(route: DeclaredRoute, role: Role): boolean {
  return route.audience === 'anybody' || route.audience === 'signedIn' || route.audience.includes(role)
}

/** What is in the tables that a request about somebody else's things could have changed. */
async function digest(): Promise<string> {
  const { database } = province()
  const { unit, finding, person, file } = things.foreign
  const parts = [
    await database.query('select * from case_record where unit_code = $1 order by finding_id', [unit]),
    await database.query('select * from case_event where unit_code = $1 order by person_key, finding_id, event_number', [unit]),
    await database.query('select * from case_attachment where unit_code = $1 order by person_key, finding_id, event_number', [unit]),
    await database.query('select * from outreach_result_row where person_key = (select person_key from case_record where finding_id = $1) order by file_id', [finding]),
    await database.query('select * from source_file where file_id = $1', [file]),
    await database.query('select * from bank_question where question_id = $1', [things.foreign.question]),
    await database.query('select * from correction_list where list_id = $1', [things.foreign.list]),
    await database.query('select * from upload where upload_id = $1', [things.foreign.upload]),
    await database.query('select staff_id, roles, unit_code, is_active, password_hash, totp_secret from staff where staff_id = $1', [things.foreign.staff]),
  ]
  expect(person).not.toBe('')
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

// Only `declared` is needed before anything is there: the routes do not depend on the data.
const declared = (): readonly DeclaredRoute[] => province().outside.declared

describe('the matrix', () => {
  test('has a row for every route, and none for a route that is no more', () => {
    const keys = declared().map(keyOf)
    expect(keys.filter((key) => samples[key] === undefined)).toEqual([])
    expect(Object.keys(samples).filter((key) => !keys.includes(key))).toEqual([])
    expect(keys.length).toBeGreaterThan(30)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('sends whoever is not signed in to sign in, without a word of the page', async () => {
    for (const route of declared()) {
      for (const sample of samples[keyOf(route)] ?? []) {
        const answer = await ask(province().outside, route, sample, things.own)
        if (route.audience === 'anybody') continue
        expect(answer, keyOf(route)).toMatchObject({ status: 303 })
        expect(answer.place, keyOf(route)).toMatch(/^\/sign-in/)
        expect(answer.body).toBe('')
      }
    }
  })

  test.each(roles)('gives %s what is theirs, and nothing that fails', async (role) => {
    const reader = readers.get(role)
    if (reader === undefined) throw new Error('no reader')
    for (const route of declared()) {
      for (const sample of samples[keyOf(route)] ?? []) {
        const named = `${role}: ${keyOf(route)} ${sample.name ?? ''}`
        const answer = await ask(reader, route, sample, ownOf(role))
        expect(answer.status, named).toBeLessThan(500)
        if (!isAllowed(route, role)) {
          expect(answer.status, named).toBe(route.path.includes(':') ? 404 : 403)
          // Of a page that is not theirs they see nothing but that.
          expect(answer.body, named).not.toContain(things.own.name)
          continue
        }
        const isTheirs = sample.isNobodys === true || (sample.of === 'bank' ? role === 'bank' : role !== 'bank')
        if (isTheirs) expect([200, 303, ...(sample.own ?? [])], named).toContain(answer.status)
      }
    }
  })

  test.each(roles)('answers %s about what is another’s as about what is not there', async (role) => {
    const reader = readers.get(role)
    if (reader === undefined) throw new Error('no reader')
    const before = await digest()
    let compared = 0
    for (const route of declared()) {
      if (!isAllowed(route, role)) continue
      for (const sample of samples[keyOf(route)] ?? []) {
        if (sample.isNobodys === true) continue
        // Files are a bank's; officials who may read files at all read everybody's or none's.
        if (sample.of === 'bank' && role !== 'bank') continue
        const named = `${role}: ${keyOf(route)} ${sample.name ?? ''}`
        const foreign = await ask(reader, route, sample, things.foreign)
        const missing = await ask(reader, route, sample, things.missing)
        expect(foreign.status, named).toBe(missing.status)
        expect(sample.foreign ?? (sample.isList === true ? [200, 404] : [404]), named).toContain(foreign.status)
        expect(blanked(foreign.body, things.foreign), named).toBe(blanked(missing.body, things.missing))
        expect([foreign.type, blanked(foreign.place, things.foreign), foreign.etag === null], named).toEqual([missing.type, blanked(missing.place, things.missing), missing.etag === null])
        if (sample.isFollowed === true && foreign.place !== null && missing.place !== null) {
          const [there, nowhere] = [await (await reader.request(foreign.place)).text(), await (await reader.request(missing.place)).text()]
          expect(blanked(there, things.foreign), `${named}, followed`).toBe(blanked(nowhere, things.missing))
        }
        // Nor does an ETag that is right for another tell anything.
        for (const tag of ['"0"', '"1"', '*']) {
          const tried = await ask(reader, route, sample, things.foreign, { 'if-none-match': tag, 'if-match': tag })
          const triedMissing = await ask(reader, route, sample, things.missing, { 'if-none-match': tag, 'if-match': tag })
          expect([tried.status, blanked(tried.body, things.foreign)], named).toEqual([triedMissing.status, blanked(triedMissing.body, things.missing)])
        }
        compared += 1
      }
    }
    if (role !== 'administrator') expect(compared).toBeGreaterThan(0)
    expect(await digest()).toBe(before)
  })

  test.each(roles.filter((role) => role !== 'bank'))('an own thing does not open the door to another’s for %s: own parent, foreign child', async (role) => {
    const reader = readers.get(role)
    if (reader === undefined) throw new Error('no reader')
    const mixed = { ...ownOf(role), finding: things.foreign.finding, identifier: things.foreign.identifier, person: things.foreign.person }
    for (const route of declared()) {
      if (!isAllowed(route, role)) continue
      for (const sample of samples[keyOf(route)] ?? []) {
        if (sample.path(mixed) === sample.path(ownOf(role)) && JSON.stringify(sample.body?.(mixed)) === JSON.stringify(sample.body?.(ownOf(role)))) continue
        const answer = await ask(reader, route, sample, mixed)
        expect([...(sample.foreign ?? [404]), ...(sample.isList === true ? [200] : [])], `${role}: ${keyOf(route)} ${sample.name ?? ''}`).toContain(answer.status)
        expect(answer.body).not.toContain(things.foreign.name)
      }
    }
  })

  test('whoever works for the whole country finds both', async () => {
    const reader = everywhere.get('officer')
    if (reader === undefined) throw new Error('no reader')
    for (const key of ['GET /persons/:address', 'GET /cases/:id']) {
      const route = declared().find((one) => keyOf(one) === key)
      const [sample] = samples[key] ?? []
      if (route === undefined || sample === undefined) continue
      for (const about of [things.own, things.foreign]) expect((await ask(reader, route, sample, about)).status, key).toBeLessThan(400)
      expect((await ask(reader, route, sample, things.missing)).status, key).toBe(404)
    }
  })

  test('told nobody of a failure', () => {
    expect(province().failures).toEqual([])
  })
})
