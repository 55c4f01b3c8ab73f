/** Reads what `:86:` says of an entry: sub-fields (`?20` … or another sign), codes between slashes (`/EREF/`), keywords (`EREF+`), or free text. */

/** What was found, by the names that payments have; empty where nothing is said. */
export interface EntryDetails {
  /** The bank's three digits for the kind of transaction, with sub-fields only. */
  readonly transactionCode: string
  readonly postingText: string
  readonly primaNota: string
  readonly textKey: string
  readonly endToEndId: string
  readonly agent: string
  readonly account: string
  readonly name: string
  readonly person: string
  readonly returnReason: string
  /** The purpose of the payment without the keys that were taken from it. */
  readonly purpose: string
  /** All sub-fields by number, where there are any. */
  readonly subfields: ReadonlyMap<string, string>
}

const structuredPattern = /^(\d{3})([?<>~^&@+])(?=\d\d)/
const slashPattern = /^\/[A-Z]{2,8}\//
const keywordPattern = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|RTRN)\+/g
const fullSubfield = 27
// Codes that begin a part of their own; between others a slash is a letter like any.
const slashCodes = new Set(['EREF', 'KREF', 'PREF', 'IREF', 'MREF', 'MARF', 'CSID', 'RTRN', 'RETN', 'BENM', 'ORDP', 'ULTB', 'ULTD', 'NAME', 'ACCT', 'IBAN', 'BIC', 'ADDR', 'ID', 'REMI', 'USTD', 'STRD', 'ISDT', 'PURP', 'TRTP', 'TRCD', 'CNTP', 'SVCL', 'OCMT', 'CHGS', 'NRTX', 'SCHM', 'PERD', 'BNFI'])
const parties = new Set(['BENM', 'ORDP', 'ULTB', 'ULTD'])

/** The details of an entry. */
export function readDetails(text: string): EntryDetails {
  if (structuredPattern.test(text)) return structured(text)
  if (slashPattern.test(text)) return slashed(text.replaceAll('\n', ''))
  return fromKeywords(text.replaceAll('\n', ' '))
}

const nothing: EntryDetails = {
  transactionCode: '', postingText: '', primaNota: '', textKey: '', endToEndId: '', agent: '', account: '', name: '', person: '', returnReason: '', purpose: '', subfields: new Map(),
}

function structured(text: string): EntryDetails {
  const [, transactionCode = '', sign = '?'] = structuredPattern.exec(text) ?? []
  const subfields = new Map<string, string>()
  let last = ''
  // Lines are cut wherever 65 characters are full, so their ends mean nothing.
  for (const part of text.slice(4).replaceAll('\n', '').split(sign)) {
    const number = part.slice(0, 2)
    if (!/^\d\d$/.test(number)) {
      // The sign may also stand inside a text.
      if (last !== '') subfields.set(last, `${subfields.get(last) ?? ''}${sign}${part}`)
      continue
    }
    subfields.set(number, `${subfields.get(number) ?? ''}${part.slice(2)}`)
    last = number
  }
  const between = (from: number, to: number): string[] => [...subfields].filter(([number]) => parseInt(number, 10) >= from && parseInt(number, 10) <= to).map(([, value]) => value)
  const joined = (from: number, to: number): string => between(from, to).join('')
  // A sub-field of the purpose that is full goes on in the next one; one that is not has ended.
  const found = fromKeywords([...between(20, 29), ...between(60, 63)].map((value) => (value.length >= fullSubfield ? value : `${value}\n`)).join(''))
  return {
    ...found,
    transactionCode,
    postingText: subfields.get('00') ?? '',
    primaNota: subfields.get('10') ?? '',
    textKey: subfields.get('34') ?? '',
    agent: subfields.get('30') ?? found.agent,
    account: subfields.get('31') ?? found.account,
    name: joined(32, 33).trim() || found.name,
    subfields,
  }
}

/** Keywords as German and Dutch banks write them into the purpose; without any, all of it is the purpose. */
function fromKeywords(text: string): EntryDetails {
  const marks = [...text.matchAll(keywordPattern)]
  const values = new Map<string, string>()
  for (const [index, mark] of marks.entries()) values.set(mark[1] ?? '', text.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? text.length).trim())
  const lineOf = (key: string): string => (values.get(key) ?? '').split('\n')[0]?.trim() ?? ''
  const purpose = marks.length === 0 ? text : [text.slice(0, marks[0]?.index ?? 0), values.get('SVWZ') ?? ''].join(' ')
  return {
    ...nothing,
    endToEndId: lineOf('EREF'),
    agent: lineOf('BIC'),
    account: lineOf('IBAN'),
    name: lineOf('ABWE'),
    returnReason: lineOf('RTRN'),
    purpose: purpose.replaceAll('\n', '').trim(),
  }
}

function slashed(text: string): EntryDetails {
  const values = new Map<string, string>()
  let party = ''
  let code = ''
  for (const part of text.split('/')) {
    if (slashCodes.has(part)) {
      if (parties.has(part)) party = part
      else if (part === 'REMI') party = ''
      code = part
      continue
    }
    if (code === '' || part === '') continue
    const key = party !== '' && ['NAME', 'ACCT', 'IBAN', 'BIC', 'ID', 'ADDR'].includes(code) ? `${party}.${code}` : code
    const before = values.get(key)
    values.set(key, before === undefined ? part : `${before}/${part}`)
  }
  const first = (...keys: string[]): string => keys.map((key) => values.get(key) ?? '').find((value) => value !== '') ?? ''
  return {
    ...nothing,
    endToEndId: first('EREF'),
    agent: first('BENM.BIC', 'BIC'),
    account: first('BENM.IBAN', 'BENM.ACCT', 'IBAN', 'ACCT'),
    name: first('BENM.NAME', 'NAME'),
    person: first('ULTB.ID', 'BENM.ID'),
    returnReason: first('RTRN', 'RETN'),
    // The labels of the remittance are codes like the others; they are put back as it had them.
    purpose: [first('REMI', 'USTD', 'STRD'), ...['SCHM', 'PERD', 'BNFI'].flatMap((label) => (values.has(label) ? [`/${label}/${values.get(label) ?? ''}`] : []))].join(' ').trim(),
  }
}
