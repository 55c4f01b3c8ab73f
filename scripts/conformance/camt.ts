/** Statements of ISO 20022: what the other parser reads of each record, entry and transaction, against ours. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseInstant } from '../../src/core/index.ts'
import { entryFacts, transactionFacts } from '../../src/formats/iso20022/camt.ts'
import { messageOf } from '../../src/formats/iso20022/messages.ts'
import { accountIn, partyIn, timeIn } from '../../src/formats/iso20022/parts.ts'
import { Iso20022Reader } from '../../src/formats/iso20022/reader.ts'
import { elementAt, elementsOf, textAt, type XmlElement } from '../../src/formats/iso20022/xml-element.ts'
import { XmlReader } from '../../src/formats/iso20022/xml-reader.ts'
import { Comparison, even, filesBelow, verdictOf, type SetResult } from './compare.ts'

interface Money { getAmount: string; getCurrency: { getCode: string } }
interface Instant { '0': string }
interface TheirBalance { getType: string; getAmount: Money; getDate: Instant | null }
interface TheirDetails {
  getReference: { getEndToEndId: string | null; getAccountServicerReference: string | null } | null
  getRemittanceInformation: { getMessage: string | null } | null
  getReturnInformation: { getCode: string | null; getAdditionalInformation: string | null } | null
  getRelatedParties: { getAccount: { getIdentification: string } | null; getRelatedPartyType: { __CLASS__: string; getName: string | null } }[]
}
interface TheirRecord { getId: string; getCreatedOn: Instant; getAccount: { getIdentification: string }; getBalances?: TheirBalance[] }
interface TheirEntry {
  getAmount: Money
  getBookingDate: Instant | null
  getValueDate: Instant | null
  getStatus: string
  getReversalIndicator: boolean
  getCreditDebitIndicator: string
  getAccountServicerReference: string | null
  getBankTransactionCode: { getDomain: { getCode: string; getFamily: { getCode: string; getSubFamilyCode: string } } | null } | null
  getRecord: TheirRecord
  getTransactionDetail: TheirDetails | null
  getTransactionDetails: (TheirDetails | string)[]
}
interface TheirMessage { getGroupHeader: { getMessageId: string; getCreatedOn: Instant }; getEntries: (TheirEntry | string)[] }

interface Gathered { record: XmlElement | null; entry: XmlElement; details: XmlElement[] }

/** Compares the set. */
export function compareCamt(folder: string): SetResult {
  const comparison = new Comparison()
  for (const file of filesBelow(folder, '.xml')) {
    comparison.begin(file)
    const bytes = readFileSync(join(folder, file))
    const path = join(folder, file.replace(/\.xml$/, '.expected.json'))
    if (existsSync(path)) compareFile(comparison, bytes, JSON.parse(readFileSync(path, 'utf8')) as TheirMessage)
    const reader = new Iso20022Reader()
    const { verdict, detail } = verdictOf(() => { reader.push(bytes); reader.finish() })
    if (existsSync(path)) comparison.field('verdict', verdict === 'taken' ? verdict : `${verdict} (${detail})`, 'taken')
    else comparison.field('verdict', verdict === 'taken' ? verdict : 'refused', 'refused')
  }
  return comparison.result('camt')
}

function compareFile(comparison: Comparison, bytes: Buffer, theirs: TheirMessage): void {
  const { header, entries } = gather(bytes)
  comparison.field('MsgId', textAt(header, 'MsgId'), theirs.getGroupHeader.getMessageId)
  comparison.field('CreDtTm', instant(textAt(header, 'CreDtTm')), instant(theirs.getGroupHeader.getCreatedOn['0']))
  const theirEntries = theirs.getEntries.filter((entry) => typeof entry !== 'string')
  comparison.field('entries', entries.length, theirEntries.length)
  for (const [index, their] of theirEntries.entries()) {
    const ours = entries[index]
    if (ours !== undefined) compareEntry(comparison, `entry ${index + 1}`, ours, their)
  }
}

function compareEntry(comparison: Comparison, name: string, { record, entry, details }: Gathered, theirs: TheirEntry): void {
  const field = (what: string, ours: unknown, their: unknown): void => { comparison.field(`${name} ${what}`, ours, their) }
  const facts = entryFacts(entry)
  field('amount', `${facts.side === 'DBIT' ? '-' : ''}${minorUnits(facts.amount)} ${facts.currency}`, money(theirs.getAmount))
  field('CdtDbtInd', facts.side, theirs.getCreditDebitIndicator)
  field('Sts', facts.status, theirs.getStatus)
  field('RvslInd', facts.isReversal, theirs.getReversalIndicator)
  field('BookgDt', instant(facts.bookedAt), instant(theirs.getBookingDate?.['0']))
  field('ValDt', instant(facts.valueAt), instant(theirs.getValueDate?.['0']))
  field('AcctSvcrRef', facts.bankReference, theirs.getAccountServicerReference)
  const domain = theirs.getBankTransactionCode?.getDomain
  field('BkTxCd', facts.family.join(' ').trim(), domain === null || domain === undefined ? '' : `${domain.getCode} ${domain.getFamily.getCode} ${domain.getFamily.getSubFamilyCode}`)
  compareRecord(comparison, `${name} record`, record, theirs.getRecord)
  const theirDetails = [theirs.getTransactionDetail, ...theirs.getTransactionDetails].filter((one) => one !== null && typeof one !== 'string')
  field('transactions', details.length, theirDetails.length)
  for (const [index, their] of theirDetails.entries()) compareDetails(comparison, `${name} transaction ${index + 1}`, details[index] ?? null, their)
}

function compareRecord(comparison: Comparison, name: string, record: XmlElement | null, theirs: TheirRecord): void {
  comparison.field(`${name} Id`, textAt(record, 'Id'), theirs.getId)
  comparison.field(`${name} CreDtTm`, instant(textAt(record, 'CreDtTm')), instant(theirs.getCreatedOn['0']))
  comparison.field(`${name} Acct`, accountIn(elementAt(record, 'Acct')), theirs.getAccount.getIdentification)
  const codes: Readonly<Record<string, string>> = { OPBD: 'opening', CLBD: 'closing', OPAV: 'opening_available', CLAV: 'closing_available', ITBD: 'interim' }
  const ours = elementsOf(record, 'Bal').map((balance) => {
    const amount = `${textAt(balance, 'CdtDbtInd') === 'DBIT' ? '-' : ''}${minorUnits(textAt(balance, 'Amt'), elementAt(balance, 'Amt')?.attributes.get('Ccy'))}`
    const code = textAt(balance, 'Tp', 'CdOrPrtry', 'Cd')
    return `${codes[code] ?? code} ${amount} ${elementAt(balance, 'Amt')?.attributes.get('Ccy') ?? ''} ${instant(timeIn(elementAt(balance, 'Dt')))}`
  })
  const their = (theirs.getBalances ?? []).map((balance) => `${balance.getType} ${money(balance.getAmount)} ${instant(balance.getDate?.['0'])}`)
  comparison.field(`${name} balances`, ours.join('; '), their.join('; '))
}

function compareDetails(comparison: Comparison, name: string, details: XmlElement | null, theirs: TheirDetails): void {
  const field = (what: string, ours: unknown, their: unknown): void => { comparison.field(`${name} ${what}`, ours, their) }
  const { endToEndId } = transactionFacts(details)
  field('EndToEndId', endToEndId, theirs.getReference?.getEndToEndId)
  field('AcctSvcrRef', textAt(details, 'Refs', 'AcctSvcrRef'), theirs.getReference?.getAccountServicerReference)
  const unstructured = elementsOf(elementAt(details, 'RmtInf'), 'Ustrd').map(({ text }) => text)
  if (unstructured.length > 0) field('Ustrd', even(unstructured[0]), even(theirs.getRemittanceInformation?.getMessage))
  field('RtrInf', textAt(details, 'RtrInf', 'Rsn', 'Cd'), theirs.getReturnInformation?.getCode)
  const parties = elementAt(details, 'RltdPties')
  for (const [type, element, account] of [['Creditor', 'Cdtr', 'CdtrAcct'], ['Debtor', 'Dbtr', 'DbtrAcct']] as const) {
    const their = theirs.getRelatedParties.find(({ getRelatedPartyType }) => getRelatedPartyType.__CLASS__.endsWith(`\\${type}`))
    const party = partyIn(elementAt(parties, element))
    field(`${element} Nm`, textAt(party, 'Nm') || textAt(party, 'Agt', 'FinInstnId', 'Nm'), their?.getRelatedPartyType.getName)
    if (their !== undefined) field(account, accountIn(elementAt(parties, account)), their.getAccount?.getIdentification)
  }
}

/** The entries of a message with their transactions, checked against nothing. */
function gather(bytes: Buffer): { header: XmlElement | null; entries: Gathered[] } {
  const reader = new XmlReader({ keepSource: false, onMessage: (uri, name, line) => messageOf(uri, name, line).watch })
  const entries: Gathered[] = []
  let details: XmlElement[] = []
  for (const element of [...reader.push(bytes), ...reader.finish()]) {
    if (element.name === 'TxDtls') details.push(element)
    if (element.name !== 'Ntry') continue
    entries.push({ record: element.parent, entry: element, details })
    details = []
  }
  return { header: elementAt(reader.message, 'GrpHdr'), entries }
}

// The currencies of the set that have no hundredth.
const wholeCurrencies = ['JPY']

/** Theirs holds whole minor units; a finer amount of ours stays as it is. */
function minorUnits(amount: string, currency = 'EUR'): string {
  const digits = wholeCurrencies.includes(currency) ? 0 : 2
  const [whole = '', fraction = ''] = amount.split('.')
  const kept = fraction.replace(/0+$/, '')
  return kept.length > digits ? amount : `${whole}${kept.padEnd(digits, '0')}`.replace(/^0+(?=\d)/, '')
}

function money({ getAmount, getCurrency }: Money): string {
  return `${getAmount} ${getCurrency.getCode}`
}

/** An instant in UTC to the second; a day alone is its midnight, as theirs has it. */
function instant(text: string | undefined): string {
  if (text === undefined || text === '') return ''
  return (parseInstant(text.length === 10 ? `${text}T00:00:00Z` : text) ?? text).slice(0, 19)
}
