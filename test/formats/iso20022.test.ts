/** XML from outside: attacks are refused early, cheaply and without a look beyond the file; what is said is read, whatever the pieces it comes in. */
import { createServer } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FileFault } from '../../src/formats/index.ts'
import { Iso20022Reader } from '../../src/formats/iso20022/reader.ts'
import { refuseDoctype } from '../../src/formats/iso20022/xml-decoder.ts'
import type { PaymentLine } from '../../src/formats/payment-row.ts'
import { toldOf, writeOrder, writeReturns, writeStatement, writeStatusReport } from '../helpers/payment-messages.ts'
import { nightOf } from '../helpers/payment-night.ts'
import { worldsOf } from '../helpers/shuffled.ts'

const night = nightOf(5, 12)

/** The lines of a message, or the code of its refusal; whatever else is thrown is a bug. */
function read(content: string | Uint8Array, sizes: readonly number[] = [1 << 20]): { lines: PaymentLine[]; code: string | null; detail: string } {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const reader = new Iso20022Reader()
  const lines: PaymentLine[] = []
  try {
    for (let at = 0, piece = 0; at < bytes.length; piece += 1) {
      const size = sizes[piece % sizes.length] ?? 1
      lines.push(...reader.push(bytes.subarray(at, at + size)))
      at += size
    }
    lines.push(...reader.finish())
    return { lines, code: null, detail: '' }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    return { lines, code: error.refusal.code, detail: error.refusal.detail }
  }
}

const rowsOf = (content: string): unknown[] => read(content).lines.map(({ row }) => row)
const firstRow = (content: string): unknown => rowsOf(content)[0]

/** Feeds `piece` for ever after `head`; how many bytes were taken until the refusal, and which it was. */
function feed(head: string, piece: string): { code: string; taken: number } {
  const reader = new Iso20022Reader()
  let taken = head.length
  try {
    reader.push(Buffer.from(head.padEnd(2048)))
    const bytes = Buffer.from(piece)
    for (; taken < 1 << 30; taken += bytes.length) reader.push(bytes)
    return { code: 'taken', taken }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    return { code: error.refusal.code, taken }
  }
}

const open = '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>'
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le')

describe('what would reach beyond the file (C1)', () => {
  let visits = 0
  let port = 0
  const canary = createServer((socket) => { visits += 1; socket.destroy() })
  beforeAll(() => new Promise<void>((resolve) => { canary.listen(0, '127.0.0.1', () => { port = (canary.address() as { port: number }).port; resolve() }) }))
  afterAll(() => new Promise<void>((resolve) => { canary.close(() => { resolve() }) }))

  test('entities, parameter entities and external DTDs are refused with their DOCTYPE; nobody is called and nothing is read', async () => {
    const url = `http://127.0.0.1:${port}/x`
    for (const doctype of [
      `<!DOCTYPE Document SYSTEM "${url}.dtd">`,
      `<!DOCTYPE Document [<!ENTITY x SYSTEM "${url}">]>`,
      '<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
      `<!DOCTYPE Document [<!ENTITY x SYSTEM "ftp://127.0.0.1:${port}/x">]>`,
      `<!DOCTYPE Document [<!ENTITY % p SYSTEM "${url}"> %p;]>`,
    ]) {
      const text = writeOrder(night, { head: `<?xml version="1.0"?>\n<!-- one -->\n<?two three?>\n${doctype}\n` }).replace('E2E-5-0', '&x;')
      expect(read(text)).toMatchObject({ code: 'xml_doctype', lines: [] })
      expect(() => { refuseDoctype(Buffer.from(text)) }).toThrow(/line 4/)
      expect(() => { refuseDoctype(Buffer.concat([Buffer.from([0xff, 0xfe]), wide(text)])) }).toThrow(/DOCTYPE/)
    }
    await new Promise((resolve) => { setTimeout(resolve, 50) })
    expect(visits).toBe(0)
  })

  test('an include is no part of a message; a schema that is named is not fetched', async () => {
    const include = `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="http://127.0.0.1:${port}/x"/>`
    expect(read(writeOrder(night).replace('<GrpHdr>', `${include}<GrpHdr>`))).toMatchObject({ code: 'xml_invalid', detail: expect.stringContaining('xi:include') as unknown })
    const located = writeOrder(night).replace('<Document ', `<Document xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x http://127.0.0.1:${port}/x.xsd" `)
    expect(read(located)).toMatchObject({ code: null })
    await new Promise((resolve) => { setTimeout(resolve, 50) })
    expect(visits).toBe(0)
  })

  test('a comment about a DOCTYPE is none', () => {
    const text = writeOrder(night, { head: '<?xml version="1.0"?><!-- <!DOCTYPE x> -->' })
    expect(() => { refuseDoctype(Buffer.from(text)) }).not.toThrow()
    expect(read(text).code).toBeNull()
  })
})

describe('what would grow (C2, C3)', () => {
  test.each([
    ['a billion laughs', `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, n) => `<!ENTITY b${n} "${`&b${n - 1};`.repeat(10)}">`).join('')}]>`, 'x', 'xml_doctype'],
    ['one entity ten thousand times', `<!DOCTYPE l [<!ENTITY a "${'a'.repeat(100_000)}">]>`, '&a;', 'xml_doctype'],
    ['ten million numeric references', `${open}<GrpHdr><MsgId>`, '&#65;'.repeat(10_000), 'xml_limits'],
    ['a gigabyte of text', `${open}<GrpHdr><MsgId>`, 'x'.repeat(65_536), 'xml_limits'],
    ['a gigabyte of CDATA', `${open}<GrpHdr><MsgId><![CDATA[`, '<Document>'.repeat(6_000), 'xml_limits'],
    ['a comment without end', `${open}<!--`, 'x'.repeat(65_536), 'xml_limits'],
    ['an attribute without end', `${open}<GrpHdr a="`, 'x'.repeat(65_536), 'xml_limits'],
    ['a tag name without end', `${open}<G`, 'x'.repeat(65_536), 'xml_limits'],
    ['a depth of 100,000', open, '<a>'.repeat(100_000), 'xml_limits'],
    ['elements without end in the header', `${open}<GrpHdr>`, '<a/>'.repeat(10_000), 'xml_limits'],
    ['texts without end in the header', `${open}<GrpHdr>`, `<a>${'x'.repeat(60_000)}</a>`, 'xml_limits'],
    ['one transaction without end', `${open}<PmtInf><CdtTrfTxInf>`, '<a>x</a>'.repeat(10_000), 'xml_limits'],
    ['a million attributes', `${open}<GrpHdr`, Array.from({ length: 10_000 }, (_, n) => ` a${n}="1"`).join(''), 'xml_limits'],
    ['a comment before the root without end', '<?xml version="1.0"?><!--', 'x'.repeat(65_536), 'xml_limits'],
  ])('%s is refused within 2 s and 8 MB', (_, head, piece, code) => {
    const started = performance.now()
    const answer = feed(head, piece)
    expect(answer.code).toBe(code)
    expect(answer.taken).toBeLessThan(8_000_000)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

describe('encodings that lie (C4)', () => {
  const text = writeOrder([{ ...night[0]!, name: 'Nguyễn Đình Ánh' }])
  const declared = (encoding: string): string => text.replace('encoding="UTF-8"', `encoding="${encoding}"`)
  test.each([
    ['UTF-8 that is windows-1258', Buffer.from(text.replace('Nguyễn Đình Ánh', 'Nguy\xea\xden'), 'latin1')],
    ['UTF-8 that is UTF-16', wide(text)],
    ['UTF-8 with the mark of UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), wide(text)])],
    ['UTF-16 that is UTF-8', Buffer.from(declared('UTF-16'))],
    ['a mark of UTF-8 before another encoding', Buffer.from(`\ufeff${declared('ISO-8859-1')}`)],
    ['ISO-8859-1', Buffer.from(declared('ISO-8859-1'))],
    ['ASCII with letters beyond it', Buffer.from(declared('US-ASCII'))],
    ['UTF-32', Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), ...Array.from('<?xml', (letter) => Buffer.from([letter.charCodeAt(0), 0, 0, 0]))])],
    ['UTF-16 cut in a letter', Buffer.concat([Buffer.from([0xff, 0xfe]), wide(declared('UTF-16')), Buffer.from([0x20])])],
    ['UTF-8 cut in a letter', Buffer.concat([Buffer.from(text), Buffer.from([0xe1, 0xbb])])],
  ])('%s is refused', (_, bytes) => {
    for (const sizes of [[bytes.length], [1], [7, 64]]) expect(read(bytes, sizes).code).toBe('encoding_unknown')
  })

  test('letters survive any cut', () => {
    for (const sizes of [[1], [2], [3], [5, 1]]) expect(read(Buffer.from(text), sizes).lines[0]?.row?.creditor_name).toBe('Nguyễn Đình Ánh')
  })
})

test('an entry or a transaction is shown as it stands, wherever it lies in a long file', () => {
  const many = nightOf(9, 400)
  const text = writeStatement(many).replace('</BkTxCd></Ntry>', '</BkTxCd><NtryDtls><Btch><MsgId>x</MsgId></Btch></NtryDtls></Ntry>')
  const reader = new Iso20022Reader({ keepSource: true })
  const bytes = Buffer.from(text)
  const lines: PaymentLine[] = []
  for (let at = 0; at < bytes.length; at += 997) lines.push(...reader.push(bytes.subarray(at, at + 997)))
  lines.push(...reader.finish())
  expect(text.length).toBeGreaterThan(200_000)
  for (const { raw, place } of lines) {
    expect(raw).toMatch(place.includes('TxDtls') ? /^<TxDtls>.*<\/TxDtls>$/s : /^<Ntry>.*<\/Ntry>$/s)
    expect(text).toContain(raw)
  }
})

describe('what is said', () => {
  test('without a namespace, or with any prefix, it is the same message', () => {
    const rows = rowsOf(writeOrder(night))
    expect(rows).toHaveLength(12)
    expect(rowsOf(writeOrder(night, { prefix: 'a' }))).toEqual(rows)
    expect(rowsOf(writeOrder(night).replace(/ xmlns="[^"]*"/, ''))).toEqual(rows)
    const wrapped = `<e:Envelope xmlns:e="urn:e"><h:AppHdr xmlns:h="urn:h"><h:Fr>x</h:Fr></h:AppHdr>${writeOrder(night, { head: '' })}</e:Envelope>`
    expect(rowsOf(wrapped)).toEqual(rows)
    expect(read(wrapped.replace('</e:Envelope>', `${writeOrder(night, { head: '' })}</e:Envelope>`)).code).toBe('xml_invalid')
  })

  test('a return keeps its reason and what the bank says of it', () => {
    const text = writeStatement(night).replace(/<RtrInf><Rsn><Cd>\w+<\/Cd><\/Rsn>/, '<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Tài khoản đã đóng</AddtlInf><AddtlInf>từ 01/10</AddtlInf>')
    expect(rowsOf(text)).toContainEqual(expect.objectContaining({ transaction_status: 'RTRN', return_reason_code: 'AC04', reason_text: 'Tài khoản đã đóng từ 01/10', returned_at: '2026-10-09' }))
  })

  test('a return is known by its reversal mark or its family too', () => {
    const [payment] = toldOf.return(night)
    const text = writeStatement([payment!]).replace(/<RtrInf>.*?<\/RtrInf>/, '')
    const statuses = (changed: string): (string | null)[] => read(changed).lines.map(({ row, reason }) => row?.transaction_status ?? reason)
    expect(statuses(text)).toEqual(['incoming', 'ACSC', 'incoming', 'charge'])
    const returned = /(?<head><Ntry>(?:(?!<Ntry>).)*?<CdtDbtInd>CRDT<\/CdtDbtInd>)(?<rest>(?:(?!<Ntry>).)*TxDtls)/s
    expect(statuses(text.replace(returned, '$<head><RvslInd>true</RvslInd>$<rest>'))).toEqual(['incoming', 'ACSC', 'RTRN', 'charge'])
    expect(statuses(text.replace(/(.*)DMCT(.*CHRG)/s, '$1RRTN$2'))).toEqual(['incoming', 'ACSC', 'RTRN', 'charge'])
  })

  test('the beneficiary is the ultimate creditor where one is named; numbers of other registers are nobody', () => {
    const text = writeOrder([night[0]!])
    const ultimate = '<UltmtCdtr><Id><PrvtId><Othr><Id>001087999999</Id></Othr></PrvtId></Id></UltmtCdtr>'
    expect(firstRow(text.replace('<Cdtr>', `${ultimate}<Cdtr>`))).toMatchObject({ beneficiary_id: '001087999999' })
    expect(firstRow(text.replace('<Cd>NIDN</Cd>', '<Cd>CUST</Cd>'))).not.toHaveProperty('beneficiary_id')
    expect(firstRow(text.replace('<SchmeNm><Cd>NIDN</Cd></SchmeNm>', ''))).toMatchObject({ beneficiary_id: night[0]!.id })
  })

  test('scheme and month come from a structured reference or from labels, never from free text', () => {
    const text = writeOrder([night[0]!])
    const said = (remittance: string): unknown => firstRow(text.replace(/<RmtInf>.*?<\/RmtInf>/, `<RmtInf>${remittance}</RmtInf>`))
    expect(said('<Ustrd>Chi tra /SCHM/HTXH/PERD/2026-09/BNFI/001087123456</Ustrd>')).toMatchObject({ scheme: 'HTXH', benefit_period: '2026-09' })
    expect(said('<Ustrd>BTXH 2026-10</Ustrd>')).not.toHaveProperty('scheme')
    expect(said('<Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd>')).not.toHaveProperty('scheme')
    expect(said('<Strd><CdtrRefInf><Ref>BTXH/10/2026</Ref></CdtrRefInf></Strd>')).toMatchObject({ scheme: 'BTXH', benefit_period: '10/2026' })
  })

  test('amounts keep every digit, and none is made up', () => {
    const text = writeOrder([{ ...night[0]!, amount: '540000' }]).replace(/<CtrlSum>.*?<\/CtrlSum>/g, '')
    const amount = (written: string): unknown => (firstRow(text.replace('540000.00', written)) as { instructed_amount?: string }).instructed_amount
    expect(['540000', '540000.0', '540000.00', '00540000.000', '540000.', '540000.5', '540000.55', '540000.555', '-5', '5e5', '1,5', ''].map(amount)).toEqual(
      ['540000', '540000', '540000', '540000', '540000', '540000.50', '540000.55', '540000.555', '-5', '5e5', '1,5', undefined])
    expect(firstRow(text.replace(' Ccy="VND"', ''))).toMatchObject({ currency: '(none)' })
  })

  test('a status of the batch holds for its transactions; a batch refused without naming them stands as one line', () => {
    const text = writeStatusReport(toldOf.rejection(night)).replaceAll('<TxSts>RJCT</TxSts>', '').replace('</OrgnlPmtInfId>', '</OrgnlPmtInfId><PmtInfSts>ACTC</PmtInfSts>')
    expect(firstRow(text)).toMatchObject({ transaction_status: 'PDNG' })
    const batch = text.replace(/<TxInfAndSts>.*<\/TxInfAndSts>/s, '').replace('ACTC', 'RJCT')
    expect(rowsOf(batch)).toEqual([{ transaction_status: 'RJCT' }])
    expect(read(text.replace(/<OrgnlPmtInfAndSts>.*<\/OrgnlPmtInfAndSts>/s, '').replace('</OrgnlMsgNmId>', '</OrgnlMsgNmId><GrpSts>RJCT</GrpSts>'))).toMatchObject({ code: 'message_empty', detail: expect.stringContaining('RJCT') as unknown })
    expect(read(text.replace('pain.001.001.09<', 'pain.008.001.08<')).code).toBe('message_unknown')
  })

  test('one transaction told of a batch is not given the amount of all', () => {
    const [payment] = toldOf.credit(night)
    const text = writeStatement([payment!], { version: 'camt.054.001.02' }).replace(/<AmtDtls>.*?<\/AmtDtls>/, '')
    expect(read(text).lines[1]?.row).toMatchObject({ instructed_amount: payment!.amount })
    const batch = text.replace('<NtryDtls>', '<NtryDtls><Btch><NbOfTxs>20</NbOfTxs></Btch>')
    expect(read(batch).lines[1]?.row).not.toHaveProperty('instructed_amount')
    expect(read(batch.replace('>20<', '>0<')).code).toBe('control_count_mismatch')
  })

  test('names from files touch nothing: __proto__ is an element like any', () => {
    const text = writeOrder(night).replace('<GrpHdr>', '<GrpHdr><__proto__><isAdmin>true</isAdmin></__proto__><constructor/>')
    expect(read(text).code).toBeNull()
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
  })
})

describe('dice', () => {
  const samples = [writeOrder(night), writeStatusReport(toldOf.rejection(night)), writeStatement(night), writeStatement(night, { version: 'camt.054.001.02', prefix: 'x' }), writeReturns(toldOf.return(night))]

  test('any pieces give the same lines', () => {
    fc.assert(fc.property(fc.constantFrom(...samples), fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }), (sample, sizes) => {
      expect(read(sample, sizes)).toEqual(read(sample))
    }), worldsOf(1.5))
  })

  test('whatever is damaged, cut, doubled or moved is read or refused, and never anything else', () => {
    fc.assert(fc.property(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(20_000), fc.nat(40), fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('<', '>', '&', '</Ntry>', '<TxDtls>', ']]>', '<![CDATA[', '&#0;', '\u0000', '<x:y>', ' xmlns:q="q"', '"', '<!DOCTYPE'))), { minLength: 1, maxLength: 4 }), (sample, damages) => {
      let text = sample
      for (const [at, length, put] of damages) text = text.slice(0, at % text.length) + put + text.slice((at % text.length) + length)
      const { code, lines } = read(text, [500])
      expect(code === null || code.length > 0).toBe(true)
      for (const { row, reason } of lines) expect((row === null) !== (reason === null)).toBe(true)
    }), worldsOf(20))
  })

  test('bytes of any kind are refused', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
      expect(read(bytes).code).not.toBeNull()
      expect(read(Buffer.concat([Buffer.from(open), bytes])).code).not.toBeNull()
    }), worldsOf(20))
  })
})
