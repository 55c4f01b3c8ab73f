/** The same night as CSV and as the messages of banks: the same rows, the same findings; and what contradicts itself is refused whole. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { rawLine, type Receipt } from '../../src/ingest/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { encode } from '../helpers/encode.ts'
import { engineResult } from '../helpers/engine-result.ts'
import { forgetFacts } from '../helpers/model-files.ts'
import { asCsv, csvHeader, movementsOf, toldOf, writeMt940, writeOrder, writeReturns, writeStatement, writeStatusReport, type NightPayment } from '../helpers/payment-messages.ts'
import { nightOf } from '../helpers/payment-night.ts'
import { fileOf, ingestText, stateOf, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()
const dataFolder = `${folder}/data`
const night = nightOf(11, 60)

/** What CSV would tell of the movements of a statement. */
const movementsAsCsv = (payments: readonly NightPayment[]): string => [csvHeader, ...movementsOf(payments).map(({ payment, isReturn }) => asCsv([payment], isReturn ? 'return' : 'credit').split('\n')[1]), ''].join('\n')

/** The rows of a file, without the numbers of file and line. */
async function rowsOf(receipt: Receipt): Promise<string[]> {
  const rows = await clone().database.query<{ row: string }>(`select (to_jsonb(p) - 'file_id' - 'line_number')::text as row from payment_report p where file_id = $1`, [receipt.file_id])
  return rows.map(({ row }) => row).sort()
}

const messages: readonly (readonly [string, string, string, string])[] = [
  ['pain.001', 'pain.001.001.09', writeOrder(night), asCsv(night, 'order')],
  ['pain.001 with a prefix', 'pain.001.001.12', writeOrder(night, { prefix: 'ns0', version: 'pain.001.001.12' }), asCsv(night, 'order')],
  ['pain.002', 'pain.002.001.10', writeStatusReport(toldOf.rejection(night)), asCsv(toldOf.rejection(night), 'rejection')],
  ['pacs.004', 'pacs.004.001.09', writeReturns(toldOf.return(night)), asCsv(toldOf.return(night), 'return')],
  ...['camt.052.001.02', 'camt.053.001.02', 'camt.053.001.08', 'camt.054.001.04', 'camt.054.001.13'].map((version) => [version, version, writeStatement(night, { version }), movementsAsCsv(night)] as const),
  ['MT940 with sub-fields', 'mt940', writeMt940(night), movementsAsCsv(night)],
  ['MT940 with codes in an envelope', 'mt940', writeMt940(night, { style: 'codes', hasEnvelope: true }), movementsAsCsv(night)],
  ['MT942', 'mt942', writeMt940(night, { version: 'mt942' }), movementsAsCsv(night)],
]

describe('a message gives the rows that CSV gives', () => {
  test.each(messages)('%s', async (_, format, message, csv) => {
    const { database } = clone()
    await forgetFacts(database)
    const plain = await ingestText(database, folder, csv)
    const sent = await ingestText(database, folder, message)
    expect(plain).toMatchObject({ status: 'sealed', problem_count: 0 })
    const asides = format.startsWith('camt') || format.startsWith('mt') ? 2 : 0
    expect(sent).toMatchObject({ status: 'sealed', kind: 'disbursement', format, encoding: 'utf-8', parts: null, problem_count: 0, ignored: asides, lines: plain.lines + asides, has_final_newline: null })
    expect(await rowsOf(sent)).toEqual(await rowsOf(plain))
    // The content is the same too, so that a file sent once as CSV and once as a message counts once.
    expect([sent.repeats, sent.accepted]).toEqual([plain.accepted, 0])
    expect(await ingestText(database, folder, message)).toMatchObject({ repeat_of: sent.file_id, format })
  })

  test('in whichever encoding the standard allows', async () => {
    const { database } = clone()
    await forgetFacts(database)
    const named = [{ ...night[0]!, name: 'Nguyễn Thị Ánh' }, { ...night[1]!, name: 'Đặng Bích Thuỷ' }]
    const plain = await rowsOf(await ingestText(database, folder, asCsv(named, 'order')))
    const wide = (mark: number[], bytes: Buffer): Buffer => Buffer.concat([Buffer.from(mark), bytes])
    const text = writeOrder(named, { head: '<?xml version="1.0" encoding="UTF-16"?>\n' })
    for (const [encoding, bytes] of [['utf-8', Buffer.from(`\ufeff${writeOrder(named)}`)], ['utf-16le', wide([0xff, 0xfe], Buffer.from(text, 'utf16le'))], ['utf-16be', wide([0xfe, 0xff], Buffer.from(text, 'utf16le').swap16())]] as const) {
      const receipt = await ingestText(database, folder, bytes)
      expect(receipt).toMatchObject({ status: 'sealed', encoding })
      expect(await rowsOf(receipt)).toEqual(plain)
    }
  })
})

test('a night as CSV, and as order, answer and statement: the same payments, outcomes and findings', async () => {
  const { database } = clone()
  const list = ['scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount,creditor_agent,creditor_account', ...night.map(({ id, name, amount, agent, account }) => `BTXH,2026-10,${id},${name},00001,${amount},${agent},${account}`), ''].join('\n')
  const results: unknown[] = []
  for (const files of [
    [asCsv(night, 'all')],
    [writeOrder(night), writeStatusReport(toldOf.rejection(night)), writeStatement(night, { version: 'camt.054.001.08' })],
    [writeMt940(night), writeOrder(night), writeStatusReport(toldOf.rejection(night))],
    [writeStatement(night), writeMt940(night, { style: 'codes' }), writeReturns(toldOf.return(night)), writeStatusReport(toldOf.rejection(night)), writeOrder(night)],
  ]) {
    await forgetFacts(database)
    for (const file of [list, ...files]) expect(await ingestText(database, folder, file)).toMatchObject({ status: 'sealed', problem_count: 0 })
    results.push(await engineResult(database, '2026-11-10'))
  }
  expect((results[0] as { outcomes: unknown[] }).outcomes).toHaveLength(night.length)
  expect((results[0] as { findings: unknown[] }).findings.length).toBeGreaterThan(5)
  for (const result of results.slice(1)) expect(result).toEqual(results[0])
}, 180_000)

test('a statement comes in any encoding that a list may come in', async () => {
  const { database } = clone()
  await forgetFacts(database)
  const text = writeMt940(night.slice(0, 4)).replace('CAP KINH PHI', 'Cấp kinh phí trợ cấp xã hội tháng mười cho các đối tượng bảo trợ, người cao tuổi, trẻ em mồ côi và người khuyết tật nặng')
  const plain = await rowsOf(await ingestText(database, folder, text))
  expect(plain.length).toBeGreaterThan(2)
  for (const encoding of ['tcvn3', 'windows-1258'] as const) {
    const receipt = await ingestText(database, folder, encode(text, encoding), { encoding })
    expect(receipt).toMatchObject({ status: 'sealed', format: 'mt940', encoding })
    expect(await rowsOf(receipt)).toEqual(plain)
    const [{ line_number: line }] = await database.query<{ line_number: string }>('select min(line_number) as line_number from payment_report where file_id = $1', [receipt.file_id]) as [{ line_number: string }]
    expect(await rawLine(database, dataFolder, receipt.file_id ?? '', line)).toContain(`:61: line ${line}\n:61:`)
  }
  expect(await ingestText(database, folder, encode(`${text} `, 'tcvn3'))).toMatchObject({ status: 'sealed', encoding: 'tcvn3' })
})

describe('every line is found again', () => {
  test('a transaction of XML by its number, as it stands in the file and with its place', async () => {
    const text = writeStatement(night)
    const receipt = await ingestText(clone().database, folder, text.replace('ST1', 'ST2'))
    const raw = await rawLine(clone().database, dataFolder, receipt.file_id ?? '', 2)
    expect(raw).toMatch(/^Stmt\[1\]\/Ntry\[2\]\/NtryDtls\[1\]\/TxDtls\[1\], line 5\n<TxDtls>.*<\/TxDtls>$/s)
    expect(text).toContain(raw?.slice(raw.indexOf('\n') + 1))
    expect(await rawLine(clone().database, dataFolder, receipt.file_id ?? '', 999)).toBeNull()
  })

  test('an entry of MT940 by its physical line', async () => {
    const text = writeMt940(night, { hasEnvelope: true })
    const receipt = await ingestText(clone().database, folder, text.replace(':20:ST1', ':20:ST3'))
    const at = text.split('\r\n').findIndex((line) => line.startsWith(':61:') && line.includes('D540000')) + 1
    const raw = await rawLine(clone().database, dataFolder, receipt.file_id ?? '', at)
    expect(raw?.split('\n')[1]).toBe(text.split('\r\n')[at - 1])
    expect(await rawLine(clone().database, dataFolder, receipt.file_id ?? '', at + 1)).toBeNull()
  })

  test('a value that cannot be read is a problem of its transaction, and the others stand', async () => {
    const text = writeOrder(night.slice(0, 5)).replace('<MmbId>', '<MmbId>VBAAVNVX').replace('>2026-10-04<', '>2026-02-30<')
    const receipt = await ingestText(clone().database, folder, text)
    expect(receipt.status).toBe('sealed')
    expect(receipt.problems.map(({ line, column, code }) => `${line} ${column ?? ''} ${code}`)).toContain('1 creditor_agent agent_invalid')
    expect(receipt.problems.some(({ code, raw }) => code === 'instant_invalid' && raw === '2026-02-30')).toBe(true)
    expect(receipt.accepted + receipt.repeats + receipt.problem_count + receipt.ignored).toBe(receipt.lines)
  })
})

test('a bank named by SWIFT or CITAD code is the one bank that the reference data know by it', async () => {
  const { database } = clone()
  await forgetFacts(database)
  expect(await ingestText(database, folder, 'creditor_agent,name,citad_institution,swift\n970405,Agribank,204,VBAAVNVX\n970436,Vietcombank,203,BFTVVNVX\n970499,Agribank the,,VBAAVNVX\n')).toMatchObject({ status: 'sealed', kind: 'bank' })
  const one = (agent: string): Promise<Receipt> => ingestText(database, folder, writeOrder([{ ...night[0]!, agent, reference: `X${agent}` }]))
  for (const agent of ['970436', '01203001']) {
    const [row] = await database.query('select creditor_agent from payment_report where file_id = $1', [(await one(agent)).file_id])
    expect(row).toEqual({ creditor_agent: 970436 })
  }
  // Two banks share this one, and nobody has the other.
  for (const agent of ['VBAAVNVX', '01999001']) expect(await one(agent)).toMatchObject({ accepted: 0, problem_count: 1, problems: [{ line: 1, column: 'creditor_agent', code: 'agent_invalid', raw: agent }] })
  const bic = writeOrder([{ ...night[0]!, reference: 'XB' }]).replace(/<ClrSysMmbId>.*?<\/ClrSysMmbId>/, '<BICFI>BFTVVNVXXXX</BICFI>')
  const [row] = await database.query('select creditor_agent from payment_report where file_id = $1', [(await ingestText(database, folder, bic)).file_id])
  expect(row).toEqual({ creditor_agent: 970436 })
})

test('tantay ingest says what a message was read as, and names its transactions', async () => {
  await forgetFacts(clone().database)
  const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
  const tantay = (...words: readonly string[]): { status: number | null; stdout: string } => spawnSync(process.execPath, [cli, '--data', dataFolder, ...words], { encoding: 'utf8', env: { ...process.env, DATABASE_URL: clone().databaseUrl } })
  const path = fileOf(folder, writeStatement(night).replace('<MmbId>', '<MmbId>99'), 'sao-ke.xml')
  const { status, stdout } = tantay('ingest', path)
  expect(status).toBe(0)
  expect(stdout).toContain(', disbursement, read as camt.053.001.08, sealed')
  expect(stdout).toMatch(/\n {2}transaction 2, creditor_agent: agent_invalid "99\d{6}"/)
  const [id] = /(?<=file )\d+/.exec(stdout) ?? []
  expect(tantay('files', 'show', id ?? '').stdout).toContain('  transaction 1: ignored (incoming)')
  expect(tantay('ingest', fileOf(folder, writeMt940(night, { closing: '7' }), 'sao-ke.sta'))).toMatchObject({ status: 4, stdout: expect.stringContaining('the closing balance on line') as unknown })
}, 60_000)

describe('a message that contradicts itself is refused whole', () => {
  test.each([
    ['fewer payments than it states', writeOrder(night, { count: '61' }), 'control_count_mismatch'],
    ['another sum than it states', writeOrder(night, { sum: '1' }), 'control_sum_mismatch'],
    ['a batch of another sum than it states', writeOrder(night).replace(/<CtrlSum>(\d+)<\/CtrlSum><ReqdExctnDt>/, '<CtrlSum>1</CtrlSum><ReqdExctnDt>'), 'control_sum_mismatch'],
    ['returns of another sum', writeReturns(toldOf.return(night), { sum: '7' }), 'control_sum_mismatch'],
    ['a statement that does not close', writeStatement(night, { closing: '1' }), 'balance_mismatch'],
    ['a statement that lost an entry', writeStatement(night).replace(/<Ntry>.*<\/Ntry>\n/, ''), 'balance_mismatch'],
    ['an MT940 that does not close', writeMt940(night, { closing: '1' }), 'balance_mismatch'],
    ['an MT942 that states another number', writeMt940(night, { version: 'mt942', count: '3' }), 'control_count_mismatch'],
    ['an MT940 without closing balance', writeMt940(night).replace(/:62F:.*\r\n/, ''), 'statement_invalid'],
    ['only money that came in', writeStatement([]).replace(/<Ntry>(?:(?!<Ntry>).)*CHRG.*<\/Ntry>\n/, '').replace('<CdtDbtInd>CRDT</CdtDbtInd><Sts>', '<CdtDbtInd>CRDT</CdtDbtInd><Sts>').replace(/<Bal>.*<\/Bal>/, ''), 'file_empty'],
    ['an unknown version', writeOrder(night, { version: 'pain.001.001.99' }), 'message_unknown'],
    ['a message of another name', writeOrder(night, { version: 'camt.053.001.08' }), 'message_unknown'],
    ['a DOCTYPE', writeOrder(night, { head: '<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE Document SYSTEM "http://127.0.0.1:9/x.dtd">\n' }), 'xml_doctype'],
    ['a tag that is not closed', writeOrder(night).replace('</PmtId>', ''), 'xml_invalid'],
  ])('%s: %#', async (_, content, code) => {
    const { database } = clone()
    const before = await stateOf(database, ['source_file'])
    expect(await ingestText(database, folder, content)).toMatchObject({ status: 'refused', refusal: { code } })
    expect(await stateOf(database, ['source_file'])).toBe(before)
  })

  test('its refusal says what the file is and what was stated, so that findings can tell of it', async () => {
    const { database } = clone()
    await forgetFacts(database)
    const control = { declared_count: '61', counted_count: '60', counted_amount: expect.stringMatching(/^\d+$/) as unknown }
    expect(await ingestText(database, folder, writeOrder(night, { count: '61' }))).toMatchObject({ status: 'refused', kind: 'disbursement', format: 'pain.001.001.09', encoding: 'utf-8', refusal: { code: 'control_count_mismatch', control } })
    expect(await ingestText(database, folder, writeMt940(night, { closing: '1' }))).toMatchObject({ kind: 'disbursement', format: 'mt940' })
    // What cannot be read as a sum is shown, and nothing is calculated with it.
    expect(await ingestText(database, folder, writeOrder(night, { sum: '1e5; drop' }))).toMatchObject({ refusal: { code: 'control_sum_mismatch', raw: '1e5; drop.00', control: { declared_amount: null } } })
    await engineResult(database, '2026-11-10')
    expect(await database.query(`select evidence ->> 'kind' as kind, evidence ->> 'counted_count' as count from finding where code = 'control_total_mismatch'`)).toEqual([{ kind: 'disbursement', count: '60' }, { kind: 'disbursement', count: '60' }])
  })

  test('cut at every 4 kB it leaves nothing', async () => {
    const { database } = clone()
    const before = await stateOf(database, ['source_file'])
    const many = nightOf(3, 40)
    for (const text of [writeOrder(many), writeStatement(many), writeMt940(many)]) {
      const bytes = Buffer.from(text)
      for (let end = 4096; end < bytes.length; end += 4096) {
        const receipt = await ingestText(database, folder, bytes.subarray(0, end))
        expect(receipt.refusal?.code).toMatch(/^(?:file_truncated|statement_invalid)$/)
      }
    }
    expect(await stateOf(database, ['source_file'])).toBe(before)
  }, 120_000)
})
