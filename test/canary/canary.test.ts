/**
 * Nobody's id, account, name, telephone, mail, token or password is in any log (R15): values that are nobody's go into
 * every field of every kind of file and form, by every way that goes well or wrong, and are then looked for in all that
 * was said: standard output and error, the log, PostgreSQL's log, the queue, the metrics, messages to banks, addresses.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kinds, stoppedClock, traceOf, type Kind } from '../../src/core/index.ts'
import { openDesk, type DeskConnections } from '../../src/db/index.ts'
import { createApp, type App } from '../../src/http/index.ts'
import { annotatedFile, ingestFiles, ingestMade, ingestRow, rawLine } from '../../src/ingest/index.ts'
import { publishAlongside, workOff } from '../../src/jobs/index.ts'
import { logFields } from '../../src/log/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { personAddresses, personExport } from '../../src/reports/index.ts'
import { loadSigningKey } from '../../src/signing/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { unzip } from '../helpers/unzip.ts'
import { signedIn, type ReaderApp } from '../http/readers.ts'
import { systemOf } from '../http/systems.ts'
import { canariesIn, canary, listen, queueText } from './watch.ts'

const clone = useDatabase()
const clock = stoppedClock('2026-11-01T20:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'tantay-canary-'))
const agent = '970436'
const metricsToken = 'for-the-metrics-of-this-test'
const origin = 'http://localhost'
const values = Object.values(canary)
/** A category that names an illness: whoever decides the case reads it, and nobody else. */
const illness = 'NHOM-HIV-717273'
let ears: ReturnType<typeof listen>
let desk: DeskConnections
let app: App
let officer: ReaderApp
let auditor: ReaderApp

/** A file in which every cell of every column is a canary, each column once with each of them. */
function everywhereIn(kind: Kind): string {
  const rows = values.map((_, row) => kind.columns.map((__, column) => values[(row + column) % values.length]).join(','))
  return `${kind.columns.map(({ name }) => name).join(',')}\n${rows.join('\n')}\n`
}

const good: Readonly<Record<string, string>> = {
  '01 schemes.csv': 'scheme,name_vi,currency,due_day,grace_days\nBTXH,Trợ giúp xã hội,VND,5,5\n',
  '02 units.csv': 'unit_code,name,unit_type,level,parent_code,valid_from\n01,Hà Nội,thành phố,province,,2020-01-01\n00001,Xã Một,xã,commune,01,2020-01-01\n',
  '10 list.csv': `scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,category_code,due_amount,creditor_agent,creditor_account,payee_id,payee_name,needs\nBTXH,2026-09,${canary.id},${canary.name},00001,${illness},540000,${agent},${canary.account},${canary.id},${canary.name},${canary.phone}\nBTXH,2026-10,${canary.id},${canary.name},00001,${illness},540000,${agent},${canary.account},,,\n`,
  '20 paid.csv': `end_to_end_id,scheme,benefit_period,beneficiary_id,beneficiary_name,creditor_agent,creditor_account,instructed_amount,instructed_at,transaction_status,returned_at,returned_amount,return_reason_code,reason_text\n${canary.token},BTXH,2026-09,${canary.id},${canary.name},${agent},${canary.account},540000,2026-09-05,RTRN,2026-09-07,540000,AC01,${canary.name} ${canary.phone}\n`,
  '30 opened.csv': `creditor_agent,account_number,holder_id,holder_name,opened_date,account_status\n${agent},${canary.account},${canary.id},${canary.name},2026-01-05,active\n`,
  '40 withdrawn.csv': `creditor_agent,account_number,first_withdrawal_at,reported_through_date\n${agent},${canary.account},2026-09-08T08:00:00,2026-10-05\n`,
}
const bad: Readonly<Record<string, string | Uint8Array>> = {
  ...Object.fromEntries(kinds.map((kind) => [`bad ${kind.name}.csv`, everywhereIn(kind)])),
  'headers.csv': `${values.join(',')}\n${values.join(',')}\n`,
  'open quote.csv': `scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount\nBTXH,2026-10,"${canary.id},${canary.name}`,
  'bytes.csv': Buffer.concat([Buffer.from(values.join(',')), Buffer.from([0, 255, 254, 0])]),
  'torn.xml': `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><${canary.token}>${canary.name}`,
  'doctype.xml': `<!DOCTYPE ${canary.token} [<!ENTITY a "${canary.id}">]><Document>&a;</Document>`,
  'statement.sta': `:20:${canary.token}\n:25:${canary.account}\n:28C:1/1\n:60F:C260901VND${canary.id}\n:61:${canary.name}\n`,
  'no workbook.xlsx': `PK\u0003\u0004${values.join()}`,
}

beforeAll(async () => {
  ears = listen()
  const { database } = clone()
  desk = await openDesk(database, { connections: 2 })
  const log = pino({ level: 'trace', mixin: logFields }, ears.log)
  const surroundings = { clock, dataDirectory: folder }
  app = createApp({
    database, desk, clock, log, dataDirectory: folder, messageGateway: { url: 'http://127.0.0.1:9/send', token: canary.token, timeoutMilliseconds: 200 },
    rawLine: (fileId, line) => rawLine(database, folder, fileId, line),
    annotated: (fileId) => annotatedFile(database, folder, fileId),
    evidenceFolder: join(folder, 'evidence'),
    sheetKey: () => loadSigningKey(join(folder, 'sheet-key.pem')),
    storeMade: (file) => ingestMade(database, file, surroundings),
    storeRow: (kind, row) => ingestRow(database, kind, row, 'form', surroundings),
    operations: { metricsToken, readiness: () => Promise.resolve([]), figures: () => Promise.resolve([]), log },
  })
  for (const [name, content] of Object.entries({ ...good, ...bad })) writeFileSync(join(folder, name), content)
  const paths = [...Object.keys(good), ...Object.keys(bad)].map((name) => ({ path: join(folder, name) }))
  const receipts = await ingestFiles(database, paths, { ...surroundings, onProgress: (message) => { log.info(message) } })
  expect(receipts.slice(0, Object.keys(good).length).map(({ status, problem_count: problems }) => [status, problems])).toEqual(Object.keys(good).map(() => ['sealed', 0]))
  expect(receipts.filter(({ status }) => status === 'refused').length).toBeGreaterThan(5)
  await run(database, { asOf: '2026-10-31', timeZone: 'Asia/Ho_Chi_Minh', clock, alongside: publishAlongside })
  officer = await signedIn(app, database, { roles: ['officer', 'payer'] })
  auditor = await signedIn(app, database, { roles: ['auditor'] })
})
afterAll(async () => {
  ears.end()
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What is right for a parameter of an address: the canary's own where there is one, and a canary that is wrong. */
async function addressesOf(path: string): Promise<string[]> {
  const { database } = clone()
  const [one] = await database.query<{ finding_id: string; person_key: string }>('select finding_id, person_key::text as person_key from case_record where person_key >= 0 and beneficiary_name is not null limit 1')
  const person = (await personAddresses(database)).of(one?.person_key ?? '') ?? ''
  const right: Readonly<Record<string, string>> = { id: path.startsWith('/cases') || path.startsWith('/findings') ? one?.finding_id ?? '' : '1', address: person, person, period: '2026-10' }
  const filled = (wrong: string | null): string => path.replace(/:(\w+)(?:\{[^/]*\})?/g, (_, name: string) => (wrong === null ? right[name] ?? '1' : encodeURIComponent(wrong)))
  return path.includes(':') ? [filled(null), filled(canary.id), filled(canary.name)] : [path]
}

/** Where an answer leads to: its address, and those of its links, forms and pictures. */
async function placesIn(response: Response): Promise<string> {
  const body = await response.text()
  const isPage = response.headers.get('content-type')?.includes('html') === true
  const links = isPage ? [...body.matchAll(/\s(?:href|action|src|formaction)="([^"]*)"/g)].map(([, link]) => link) : []
  return [response.headers.get('location'), ...links].join('\n')
}

test('no page leads to an address that names a person, and no error of a page tells of one', async () => {
  for (const { method, path } of app.declared) {
    if (path === '/sign-out') continue
    for (const address of await addressesOf(path)) {
      for (const reader of [officer, auditor]) {
        if (method === 'GET') {
          // What the address asked for itself is in the links to other languages.
          const isAsked = canariesIn(address).length > 0
          const places = await placesIn(await reader.request(address))
          if (!isAsked) expect(canariesIn(places), `${path} of ${address}`).toEqual([])
          continue
        }
        const fields = Object.fromEntries(['id', 'name', 'q', 'query', 'phone', 'words', 'comment', 'kind', 'version', 'person', 'reason', 'unit', 'user', 'password', 'current', 'chosen', 'code', 'address', 'url', 'note', 'day', 'step', 'press', 'to', 'staff', 'format', 'mail'].map((name, index) => [name, values[index % values.length] ?? '']))
        if (canariesIn(address).length > 0) continue
        const bodies: RequestInit[] = [
          { body: new URLSearchParams(fields), headers: { origin } },
          { body: new URLSearchParams(fields), headers: { origin: `https://${canary.token}.example` } },
          { body: `--x\r\nContent-Disposition: form-data; name="file"; filename="${canary.id}.csv"\r\n\r\n${canary.name}`, headers: { origin, 'content-type': 'multipart/form-data; boundary=x' } },
        ]
        for (const init of bodies) expect(canariesIn(await placesIn(await reader.request(address, { method: 'POST', ...init }))), `${method} ${path}`).toEqual([])
      }
    }
  }
})

/** An answer as its reader sees it: a workbook's and an archive's parts unpacked. */
async function textOf(response: Response): Promise<string> {
  const bytes = Buffer.from(await response.arrayBuffer())
  return bytes.subarray(0, 2).toString() === 'PK' ? [...unzip(bytes).values()].join('\n') : bytes.toString('utf8')
}

test('a category that names an illness is in nothing that is taken away, given to a bank or published', async () => {
  const { database } = clone()
  const bank = await signedIn(app, database, { roles: ['bank'], agent: parseInt(agent, 10) })
  let found = 0
  for (const { method, path } of app.declared) {
    if (method !== 'GET') continue
    // The lines of a list as they were sent, beside the case that they are about; its sender's own file; the agency's own next list.
    const isForDeciding = ['/cases/:id', '/files/:id{[0-9]{1,18}}/annotated'].includes(path) || path.startsWith('/corrections')
    for (const address of await addressesOf(path)) {
      for (const reader of isForDeciding ? [bank] : [officer, auditor, bank]) {
        const response = await reader.request(address)
        if (response.status !== 200) continue
        found += 1
        expect(await textOf(response), `${path} of ${address}`).not.toContain(illness)
      }
    }
  }
  expect(found).toBeGreaterThan(60)
  for (const name of ['bank_event', 'bank_delivery', 'bank_question', 'bank_score', 'period_snapshot', 'case_record', 'trail_entry']) {
    const [row] = await database.query<{ text: string | null }>(`select string_agg(t::text, '') as text from ${name} t`)
    expect(row?.text ?? '', name).not.toContain(illness)
  }
  // It is there: the file that was sent holds it, and so does the row of the list.
  expect(await database.query('select distinct category_code from entitlement_line')).toEqual([{ category_code: illness }])
})

test('a person is found, looked at and revealed, and signing in fails, without a word of it', async () => {
  const { database } = clone()
  const found = await officer.request('/persons', { method: 'POST', body: new URLSearchParams({ id: canary.id }), headers: { origin } })
  expect(found.status).toBe(303)
  expect(canariesIn(found.headers.get('location') ?? '')).toEqual([])
  const page = await (await officer.request(found.headers.get('location') ?? '')).text()
  expect(page).toContain(canary.name)
  // Whole numbers are for a reason.
  expect(canariesIn(page)).toEqual(canariesIn(canary.name))
  const [one] = await database.query<{ finding_id: string }>('select finding_id from case_record where beneficiary_name = $1 limit 1', [canary.name])
  expect(await (await officer.request(`/cases/${one?.finding_id ?? ''}/reveal`, { method: 'POST', body: new URLSearchParams({ reason: 'call_bank' }), headers: { origin } })).text()).toContain(canary.id)
  for (const [name, password] of [[canary.id, canary.password], [canary.mail, canary.token]] as const) await app.request('/sign-in', { method: 'POST', body: new URLSearchParams({ name, password }), headers: { origin } })
  for (const header of ['authorization', 'cookie', 'x-request-id', 'referer', 'user-agent', 'idempotency-key', 'if-match']) await app.request(`/queue/${encodeURIComponent(canary.name)}?id=${canary.id}`, { headers: { [header]: header === 'authorization' ? `Bearer ${canary.token}` : canary.token } })
})

test('whoever asks what is held about them is given every row of every table, and that it was taken is kept', async () => {
  const { database } = clone()
  const key = BigInt(canary.id).toString()
  const held = await database.transaction((transaction) => personExport(transaction, key, clock.now()))
  const told = JSON.parse(held?.text ?? '{}') as { person: string; tables: { table: string; rows: Record<string, unknown>[] }[] }
  expect(told.person).toBe(canary.id)
  const counts = new Map(told.tables.map(({ table, rows }) => [table, rows.length]))
  // Asked of each table without knowing its columns: does a row hold the key?
  const tables = await database.query<{ name: string }>("select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname not like 'work\\_%' order by 1")
  for (const { name } of tables) {
    const [row] = await database.query<{ count: string }>(`select count(*)::text as count from ${name} t where t::text ~ '[(,]${key}[,)]'`)
    expect(counts.get(name) ?? 0, name).toBeGreaterThanOrEqual(parseInt(row?.count ?? '', 10))
  }
  expect(told.tables.find(({ table }) => table === 'account_report')?.rows[0]).toMatchObject({ account_number: canary.account })
  expect([...counts.keys()]).toEqual(expect.arrayContaining(['entitlement_line', 'payment_report', 'withdrawal_report', 'outcome', 'finding', 'case_record', 'trail_entry']))
  const place = `/persons/${(await personAddresses(database)).of(key) ?? ''}/export`
  const taken = await officer.request(place, { method: 'POST', body: new URLSearchParams(), headers: { origin } })
  expect([taken.status, taken.headers.get('content-disposition')?.slice(0, 10), taken.headers.get('cache-control')]).toEqual([200, 'attachment', 'no-store'])
  const page = JSON.parse(await taken.text()) as typeof told
  expect(page.tables.map(({ table }) => table)).toEqual(expect.arrayContaining(['entitlement_line', 'payment_report', 'outcome']))
  // Who looked is an auditor's and the command's to say.
  expect(page.tables.map(({ table }) => table)).not.toContain('trail_entry')
  expect(await database.query("select person_key::text as key from trail_entry where kind = 'exported' and reason = 'access_request' order by entry_id desc limit 1")).toEqual([{ key }])
})

test('what a bank’s system hands in, and what it is told of it, is in no row of the queue', async () => {
  const { database } = clone()
  const bank = await systemOf(app, database, agent)
  await database.query("insert into webhook_endpoint (endpoint_id, source, url, secret, kinds, created_at, created_by) values ('whe_canary', $1, 'https://127.0.0.1:9/told', $2, '{file.sealed,file.refused}', '2026-10-01T00:00:00Z', $3)", [agent, `whsec_${canary.token}`, bank.staffId])
  for (const kind of ['disbursement', 'withdrawal', 'account_opening']) {
    const described = kinds.find(({ name }) => name === kind)
    if (described !== undefined) await bank.handIn(everywhereIn(described), { kind, file_name: `${canary.name}.csv` })
  }
  await bank.handIn(values.join(), { kind: canary.name, control_sum: canary.account })
  await bank.handIn(canary.name, {}, { 'Content-Type': canary.token, 'Idempotency-Key': canary.token })
  for (const path of [`/files/${canary.id}`, `/files?after=${encodeURIComponent(canary.name)}`, `/${canary.token}`, `/events?source=${canary.account}`]) await bank.ask(path)
  await app.request('/oauth/token', { method: 'POST', body: new URLSearchParams({ grant_type: canary.token, client_assertion: canary.password, client_id: canary.mail }) })
  // Telling the bank fails within the database, by an error that quotes.
  await database.query("create function quoting() returns trigger language plpgsql as $$ begin raise exception 'not here' using detail = new.source || ' 001087717273', hint = '7172737475767'; end $$")
  await database.query('create trigger quoting before insert on bank_delivery for each row execute function quoting()')
  const failed: unknown[] = []
  await workOff({ database, clock, dataDirectory: folder, log: { error: (fields, message) => { failed.push(fields); ears.log.write(JSON.stringify([fields, message])) } } })
  expect(failed.length).toBeGreaterThan(0)
  expect(canariesIn(await queueText(database))).toEqual([])
  const told = await database.query<{ text: string }>("select coalesce(string_agg(coalesce(d.last_error, '') || coalesce(d.mail_to, ''), ' '), '') || coalesce((select string_agg(failure_code, ' ') from upload), '') as text from bank_delivery d")
  expect(canariesIn(told[0]?.text ?? '')).toEqual([])
})

test('connections that are cut in the middle are told of without what they carried', async () => {
  const { database } = clone()
  const asked = Array.from({ length: 6 }, (_, index) => officer.request(index % 2 === 0 ? `/queue?q=${encodeURIComponent(canary.name)}` : '/persons', index % 2 === 0 ? {} : { method: 'POST', body: new URLSearchParams({ id: canary.id }), headers: { origin } }).catch((error: unknown) => { ears.log.write(JSON.stringify(traceOf(error as Error))) }))
  await database.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename <> current_user")
  await Promise.all(asked)
  await database.transaction((transaction) => transaction.query("set local statement_timeout = 1").then(() => transaction.query('select pg_sleep(1), $1::text', [canary.name]))).catch((error: unknown) => { ears.log.write(JSON.stringify({ ...traceOf(error as Error), message: (error as Error).message })) })
})

/** What a command says that ends by an error which nobody caught. */
function crash(how: string): Promise<string> {
  const thrown = `Object.assign(new Error(${JSON.stringify(`${canary.id} ${canary.name}`)}), { detail: ${JSON.stringify(canary.account)}, where: ${JSON.stringify(canary.phone)} })`
  const preload = join(folder, `${how.length}.mjs`)
  writeFileSync(preload, `process.once('beforeExit', () => { ${how} (${thrown}) })`)
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', preload, fileURLToPath(new URL('../../src/cli.ts', import.meta.url)), 'ingest', '--kind', 'none', canary.token])
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => { said += piece.toString() })
    child.on('close', (code) => { resolve(`${code ?? 'killed'} ${said}`) })
  })
}

test('a command that breaks says where, not what', async () => {
  const said = await Promise.all(['throw', 'void Promise.reject'].map(crash))
  for (const text of said) {
    expect(text).toMatch(/^1 [^]*something went wrong that should not: Error/)
    expect(canariesIn(text)).toEqual([])
  }
})

test('in all that was said there is none', async () => {
  const metrics = await (await app.request('/metrics', { headers: { authorization: `Bearer ${metricsToken}` } })).text()
  expect(metrics).toContain('tantay_http_request_duration_seconds')
  expect(canariesIn(metrics)).toEqual([])
  // It listened: requests and failures are in it.
  expect(ears.said()).toContain('"answered"')
  expect(ears.said().split('\n').length).toBeGreaterThan(200)
  expect(canariesIn(ears.said())).toEqual([])
  expect(canariesIn(ears.server() ?? '')).toEqual([])
  expect(readdirSync(tmpdir()).filter((name) => canariesIn(name).length > 0)).toEqual([])
})

test('and if there were one, it would be found: an error that is not made quiet, a server that is not, a log that says all', async () => {
  const before = [ears.said().length, ears.server()?.length ?? 0] as const
  const client = new pg.Client({ connectionString: clone().databaseUrl })
  await client.connect()
  try {
    await client.query("create temporary table person (id text primary key); insert into person values ('001087717273')")
    await client.query("set log_min_error_statement = error; set log_error_verbosity = verbose")
    await client.query('insert into person values ($1)', [canary.id]).catch((error: unknown) => { pino({}, ears.log).error({ err: error }, `kept ${canary.name}`) })
  } finally {
    await client.end()
  }
  expect(canariesIn(ears.said().slice(before[0]))).toEqual(expect.arrayContaining([canary.id, canary.name.toLowerCase()]))
  if (ears.server() !== null) expect(canariesIn(ears.server()?.slice(before[1]) ?? '')).toContain(canary.id)
})
