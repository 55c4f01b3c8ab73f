/** The command line as other programs see it: JSON on stdout, messages on stderr, exit codes; on a database of its own. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'

const clone = useDatabase()
const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tantay-cli-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  /** stdout as JSON, one object a line. */
  readonly json: Record<string, unknown>[]
}

function tantay(...words: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, '--data', join(folder, 'data'), ...words], { encoding: 'utf8', env: { ...process.env, DATABASE_URL: clone().databaseUrl } })
  const json = words.includes('--json') ? stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>) : []
  return { status, stdout, stderr, json }
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const list = 'scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount,due_date,creditor_agent,creditor_account\n'

// Each call is a process of its own; on a busy machine one takes seconds.
const manyProcesses = 240_000

describe('templates', () => {
  test('are written to stdout or to a file that is not there yet, and are read back with no kind named', () => {
    const { status, stdout } = tantay('template', 'disbursement', '--language', 'en')
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^\ufeffend_to_end_id,scheme,/) as string })
    const out = join(folder, 'mau.xlsx')
    expect(tantay('template', 'disbursement', '--format', 'xlsx', '--out', out)).toMatchObject({ status: 0, stdout: '' })
    expect(readFileSync(out).subarray(0, 2).toString()).toBe('PK')
    expect(tantay('template', 'disbursement', '--format', 'xlsx', '--out', out)).toMatchObject({ status: 2, stderr: expect.stringContaining('is there already') as string })
    for (const words of [['nothing'], ['bank', '--format', 'pdf'], ['bank', '--language', 'fr'], ['bank', '--out', join(folder, 'no', 'such', 'folder.csv')]]) expect(tantay('template', ...words).status, words.join(' ')).toBe(2)
    const empty = file('template-alone.csv', stdout)
    expect(tantay('ingest', empty, '--json')).toMatchObject({ status: 4, json: [{ kind: 'disbursement', refusal: { code: 'file_empty' } }] })
  }, manyProcesses)
})

describe('lists of administrative units', () => {
  test('are taken in as reference files; the same list again is a repeat', () => {
    const path = file('units.json', JSON.stringify([{ type: 'table', name: 'wards', data: [{ ward_code: '00004', name: 'Phường Ba Đình', province_code: '01' }] }, { type: 'table', name: 'ward_mappings', data: [{ old_ward_code: '00001', new_ward_code: '00004' }] }]))
    const words = ['import-units', path, '--valid-from', '2025-07-01', '--json']
    expect(tantay(...words)).toMatchObject({ status: 0, stderr: expect.stringContaining('1 communes, 1 successions') as string, json: [{ kind: 'administrative_unit', status: 'sealed', accepted: 1, problem_count: 0 }, { kind: 'unit_succession', status: 'sealed', accepted: 1 }] })
    expect(tantay(...words).json.map(({ repeat_of: repeat }) => repeat !== null)).toEqual([true, true])
    for (const { file_id: id } of tantay('files', 'list', '--json').json.filter(({ source }) => source === 'units')) expect(tantay('files', 'void', String(id), '--why', 'only a test').status).toBe(0)
    expect(tantay('import-units', path, '--valid-from', '1/7/2025').status).toBe(2)
    expect(tantay('import-units', file('none.json', '{}'), '--valid-from', '2025-07-01').status).toBe(4)
    expect(tantay('import-units', join(folder, 'missing.json'), '--valid-from', '2025-07-01').status).toBe(1)
  }, manyProcesses)
})

describe('a corrected file', () => {
  test('says what it changes before it is taken in', () => {
    const row = (id: string, amount: string): string => `BTXH,2026-10,${id},Nguyễn Văn An,00001,${amount}\n`
    const head = 'scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount\n'
    expect(tantay('ingest', file('tuesday.csv', head + row('001087200001', '540000') + row('001087200002', '540000')), '--source', 'compared').status).toBe(0)
    const corrected = file('wednesday.csv', head + row('001087200001', '540000') + row('001087200002', '810000') + row('001087200003', '540000'))
    const { status, stdout } = tantay('compare', corrected, '--source', 'compared')
    expect(status).toBe(0)
    expect(stdout).toMatch(/wednesday\.csv: 33 % the same as file \d+ \(tuesday\.csv, received [-\d]+\): 1 lines changed, 1 new, 0 gone; 1 the same\n {2}sum 1,080,000 → 1,890,000\n {2}line 3 \(was line 3\): due_amount\n {2}line 4: new\nnothing was stored/)
    expect(tantay('compare', corrected, '--source', 'compared', '--json').json[0]).toMatchObject({ same: 1, changed: 1, new: 1, gone: 0, receipt: { repeats: 1 } })
    expect(tantay('files', 'list', '--json').json.filter(({ file_name: name }) => name === 'wednesday.csv')).toEqual([])
    expect(tantay('compare', file('bad.csv', 'a,b\n1,2\n')).status).toBe(4)
    for (const { file_id: id } of tantay('files', 'list', '--json').json.filter(({ source }) => source === 'compared')) expect(tantay('files', 'void', String(id), '--why', 'only a test').status).toBe(0)
  }, manyProcesses)
})

describe('a mapping profile', () => {
  const description = {
    kind: 'disbursement', amount_style: '1.234.567,00', constants: { creditor_agent: '970405' },
    columns: { 'Số TK': 'creditor_account', 'Tiền': 'instructed_amount', 'Ngày có': 'credited_at', 'Kết quả GD': 'transaction_status' }, statuses: { Xong: 'ACSC' },
  }
  const sent = 'Số TK;Tiền;Ngày có;Kết quả GD\n0123456789;1.350.000;05/10/2026;Xong\n0123456790;540,5;05/10/2026;Xong\n'

  test('is drafted, saved, listed, shown, previewed and tested; only ingest stores anything', () => {
    const profile = file('profile.json', JSON.stringify(description))
    const path = file('by-profile.csv', sent)
    expect(JSON.parse(tantay('profile', 'draft', path, '--kind', 'disbursement').stdout)).toMatchObject({ kind: 'disbursement', columns: { 'Số TK': 'creditor_account', 'Kết quả GD': null } })
    expect(tantay('profile', 'save', 'agri', profile, '--json').json).toEqual([expect.objectContaining({ name: 'agri', version: 1, is_new: true })])
    expect(tantay('profile', 'save', 'agri', profile, '--json').json[0]).toMatchObject({ version: 1, is_new: false })
    expect(tantay('profile', 'list', '--json').json).toMatchObject([{ name: 'agri', version: 1, kind: 'disbursement', files: 0 }])
    expect(JSON.parse(tantay('profile', 'show', 'agri').stdout)).toMatchObject(description)
    expect(tantay('profile', 'preview', path, '--profile', 'agri').stdout).toMatch(/Số TK → creditor_account[^]*line 2:[^]*instructed_amount = 1350000[^]*! instructed_amount: amount_has_fraction "540,5"[^]*2 lines = 1 accepted/)
    expect(tantay('profile', 'test', 'agri', path, '--json')).toMatchObject({ status: 1, json: [{ profile: 'agri@1', accepted: 1, problem_count: 1 }] })
    expect(tantay('files', 'list', '--json').json.filter(({ file_name: name }) => name === 'by-profile.csv')).toEqual([])
    expect(tantay('ingest', path, '--profile', 'agri', '--json')).toMatchObject({ status: 0, json: [{ profile: 'agri@1', status: 'sealed', accepted: 1, problem_count: 1 }] })
    const id = String(tantay('files', 'list', '--json').json.at(-1)?.['file_id'])
    expect(tantay('files', 'show', id, '--json').json[0]).toMatchObject({ profile: 'agri@1' })
    expect(tantay('files', 'void', id, '--why', 'only a test').status).toBe(0)
  }, manyProcesses)

  test('that is not there, cannot be read or fits no kind is a usage error', () => {
    expect(tantay('ingest', file('x.csv', sent), '--profile', 'nobody')).toMatchObject({ status: 1, stderr: expect.stringContaining('there is no profile nobody') as string })
    expect(tantay('ingest', file('x.csv', sent), '--profile', 'agri', '--kind', 'bank')).toMatchObject({ status: 2 })
    expect(tantay('profile', 'save', 'bad', file('bad.json', '{'))).toMatchObject({ status: 2, stderr: expect.stringContaining('is not JSON') as string })
    expect(tantay('profile', 'save', 'bad', file('bad.json', '{"kind":"bank"}'))).toMatchObject({ status: 2, stderr: expect.stringContaining('profile cannot be used') as string })
    expect(tantay('profile', 'preview', file('y.csv', 'a,b\n1,2\n')).status).toBe(4)
  }, manyProcesses)
})

describe('before anything is there', () => {
  test('findings and reports say that nothing has been published', () => {
    for (const words of [['findings', '--json'], ['report', 'bridge', '--json']]) {
      const { status, stdout, stderr } = tantay(...words)
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
      expect(stderr).toContain('tantay run')
    }
  })

  test('a misspelt command, option, day, period, report or code is a usage error', () => {
    for (const words of [['ingst'], ['run', '--as-off', '2026-10-31'], ['run', '--as-of', '2026-02-30'], ['report', 'nosuch'], ['report', 'bridge', '--format', 'pdf'], ['simulate', '--beneficiaries', 'many', '--out', join(folder, 'x')], ['files', 'void', '1']]) {
      expect([words, tantay(...words).status]).toEqual([words, 2])
    }
  })

  test('help tells each command and ends well', () => {
    const { status, stdout } = tantay('help')
    expect(status).toBe(0)
    for (const command of ['ingest', 'files', 'run', 'findings', 'report', 'simulate', 'serve', 'demo', 'migrate', 'doctor']) expect(stdout).toContain(command)
  })
})

describe('one night', () => {
  test('ingest answers with the receipt of the contract', () => {
    const path = file('list.csv', `${list}BTXH,2026-10,001087000001,Nguyễn Văn An,00001,500000,2026-10-09,970436,1000000001\nBTXH,2026-10,1087000002,Trần Thị Bình,00001,1e5,2026-10-09,970436,1000000002\n`)
    const { status, json } = tantay('ingest', path, '--json')
    expect(status).toBe(0)
    expect(json).toEqual([expect.objectContaining({ kind: 'beneficiary_list', repeat_of: null, status: 'sealed', lines: 2, accepted: 1, repeats: 0, ignored: 0, problem_count: 1 })])
    expect(json[0]?.['problems']).toEqual([
      expect.objectContaining({ line: 3, column: 'beneficiary_id', code: 'identifier_lost_zeros', raw: '1087000002', suggestion: '001087000002' }),
      expect.objectContaining({ line: 3, column: 'due_amount', code: 'amount_invalid', raw: '1e5' }),
    ])
  })

  test('the same bytes again answer with the first receipt', () => {
    const { status, json } = tantay('ingest', join(folder, 'list.csv'), '--json')
    expect(status).toBe(0)
    expect(json[0]?.['repeat_of']).toBe(json[0]?.['file_id'])
  })

  test('a refused file ends with 4, others of the same call are taken', () => {
    const wrong = file('wrong.csv', 'scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code\nBTXH,2026-10,001087000001,An,00001\n')
    const accounts = file('accounts.csv', 'creditor_agent,account_number,holder_id,holder_name,opened_date,account_status\n970436,1000000001,001087000001,NGUYEN VAN AN,2025-01-01,active\n')
    const { status, json } = tantay('ingest', wrong, accounts, '--json')
    expect(status).toBe(4)
    expect(json.map((receipt) => receipt['status'])).toEqual(['refused', 'sealed'])
    expect(json[0]?.['refusal']).toEqual(expect.objectContaining({ code: 'column_missing', column: 'due_amount' }))
  })

  test('wrong control totals refuse, right ones seal', () => {
    const path = file('paid.csv', 'end_to_end_id,scheme,benefit_period,beneficiary_id,creditor_agent,creditor_account,instructed_amount,transaction_status,credited_at\nE1,BTXH,2026-10,001087000001,970436,1000000001,450000,credited,2026-10-08\n')
    expect(tantay('ingest', path, '--control-count', '2', '--json').status).toBe(4)
    expect(tantay('ingest', path, '--control-sum', '500000', '--json').status).toBe(4)
    expect(tantay('ingest', path, '--control-count', '1', '--control-sum', '450000', '--json').json[0]).toEqual(expect.objectContaining({ status: 'sealed', accepted: 1, is_control_sum_checked: true }))
  })

  test('run answers with the whole result, amounts as strings', () => {
    const { status, stderr, json } = tantay('run', '--as-of', '2026-10-31', '--json')
    expect(stderr).toContain('published run')
    expect(status).toBe(0)
    expect(json).toEqual([expect.objectContaining({ as_of: '2026-10-31', published: true, files: 3 })])
    expect(json[0]?.['outcomes']).toEqual([expect.objectContaining({ scheme: 'BTXH', benefit_period: '2026-10', class: 'paid_short', due: '500000', credited: '450000' })])
    expect(json[0]?.['findings']).toEqual([{ code: 'paid_short', count: 1, amount_at_stake: '50000', currency: 'VND' }])
    expect(json[0]?.['bridge']).toEqual([expect.objectContaining({ scheme: 'BTXH', due: '500000', to_due: '450000', shortfall: { paid_short: '50000' }, unmatched: '0' })])
  })

  test('findings lead to file and line', () => {
    const { json } = tantay('findings', '--code', 'paid_short', '--period', '2026-10', '--unit', '00001', '--json')
    expect(json).toEqual([expect.objectContaining({ code: 'paid_short', severity: 'h', scheme: 'BTXH', benefit_period: '2026-10', beneficiary_id: '001087000001', subject: '001087000001', amount_at_stake: '50000' })])
    expect((json[0]?.['source_rows'] as { file_name: string; line: number }[]).map(({ file_name: name, line }) => `${name}:${line}`)).toEqual(['list.csv:2', 'paid.csv:2'])
    expect(tantay('findings', '--code', 'paid_twice', '--json').stdout).toBe('')
    expect(tantay('findings', '--code', 'paid_thrice').status).toBe(2)
  })

  test('a void file leaves no trace in the next run', () => {
    const files = tantay('files', 'list', '--json').json
    const paid = files.find((one) => one['file_name'] === 'paid.csv' && one['status'] === 'sealed')
    expect(tantay('files', 'void', String(paid?.['file_id']), '--why', 'sent by mistake', '--json').json[0]).toEqual(expect.objectContaining({ status: 'void', void_reason: 'sent by mistake' }))
    tantay('run', '--as-of', '2026-10-31')
    expect(tantay('report', 'outcomes', '--json').json.map((row) => [row['class'], row['count']])).toEqual([['unpaid', 1]])
    expect(tantay('files', 'show', String(paid?.['file_id']), '--json').json[0]).toEqual(expect.objectContaining({ status: 'void' }))
    expect(tantay('files', 'show', '999').status).toBe(1)
  })

  test('reports come as CSV too, and migrate and doctor answer', () => {
    expect(tantay('report', 'bridge', '--format', 'csv').stdout.split('\n')[0]).toBe('scheme,benefit_period,currency,due,to_due,carried_out,carried_in,shortfall,excess_over,excess_twice,unmatched,credited')
    expect(tantay('migrate', '--json').json).toMatchObject([{ applied: [] }])
    expect(tantay('doctor', '--json').json.map((one) => one['check'])).toContain('database')
  })

  test('a database that an older version filled is not upgraded in passing', async () => {
    const [newest] = await clone().database.query<{ name: string; checksum: string; applied_at: string }>('delete from schema_migration where name = (select max(name) from schema_migration) returning name, checksum, applied_at')
    try {
      for (const words of [['run'], ['serve']]) {
        const { status, stderr } = tantay(...words)
        expect([status, stderr]).toEqual([1, expect.stringContaining('tantay migrate')])
      }
    } finally {
      await clone().database.query('insert into schema_migration (name, checksum, applied_at) values ($1, $2, $3)', [newest?.name, newest?.checksum, newest?.applied_at])
    }
  })
})

describe('the demo', () => {
  test('refuses a folder that holds files of somebody else, and leaves them as they are', () => {
    const data = join(folder, 'own')
    const own = (...words: string[]): { status: number | null; stdout: string; stderr: string } =>
      spawnSync(process.execPath, [cli, '--data', data, ...words], { encoding: 'utf8', env: { ...process.env, DATABASE_URL: '' } })
    own('ingest', file('mine.csv', `${list}BTXH,2026-10,001087000001,Nguyễn Văn An,00001,500000,2026-10-09,970436,1000000001\n`))
    expect(own('demo', '--no-serve', '--beneficiaries', '200')).toMatchObject({ status: 2, stderr: expect.stringContaining('no demo') as string })
    expect(own('files', 'list', '--json').stdout.split('\n').filter((line) => line.includes('"sealed"'))).toHaveLength(1)
  })

  test('of another size takes the place of the earlier one', () => {
    const data = join(folder, 'demo')
    const demo = (count: string): unknown =>
      (JSON.parse(spawnSync(process.execPath, [cli, '--data', data, 'demo', '--no-serve', '--json', '--beneficiaries', count], { encoding: 'utf8' }).stdout) as { findings: unknown }).findings
    demo('200')
    const after = demo('300')
    const alone = JSON.parse(spawnSync(process.execPath, [cli, '--data', join(folder, 'demo-alone'), 'demo', '--no-serve', '--json', '--beneficiaries', '300'], { encoding: 'utf8' }).stdout) as { findings: unknown }
    expect(after).toEqual(alone.findings)
  })
})

describe('serving', () => {
  const serve = (environment: Record<string, string>): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, [cli, '--data', join(folder, 'data'), 'serve'], { encoding: 'utf8', env: { ...process.env, DATABASE_URL: clone().databaseUrl, ...environment } })

  test('refuses to open to the network by accident', () => {
    expect(serve({ HOST: '0.0.0.0' })).toMatchObject({ status: 2, stderr: expect.stringContaining('TANTAY_PUBLIC_URL=https') as string })
  })

  test('says in one sentence that its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const port = String((taken.address() as AddressInfo).port)
    try {
      expect(serve({ PORT: port })).toMatchObject({ status: 75, stderr: expect.stringMatching(new RegExp(`^tantay: port ${port} is in use`, 'm')) as string })
    } finally {
      taken.close()
    }
  })
})
