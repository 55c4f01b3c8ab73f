/** What all messages write alike: parties, accounts, banks, amounts, days, remittance texts. */
import { agentOf, amountOf, labelledIn, shortened, type BankCodes, type PaymentRow } from '../payment-row.ts'
import { elementAt, elementsOf, textAt, type XmlElement } from './xml-element.ts'

/** An amount with its currency, as written; empty when there is none. */
export interface WrittenAmount {
  readonly amount: string
  readonly currency: string
}

/** The first of several elements that is there, as an amount. */
export function amountIn(...elements: readonly (XmlElement | null)[]): WrittenAmount {
  const element = elements.find((one) => one !== null) ?? null
  return { amount: element?.text ?? '', currency: element?.attributes.get('Ccy') ?? '' }
}

/** The two columns of an amount; one without a currency is nobody's money, and must not become the country's own. */
export function amountColumns({ amount, currency }: WrittenAmount): Record<'instructed_amount' | 'currency', string> {
  return { instructed_amount: amountOf(amount), currency: amount !== '' && currency === '' ? '(none)' : currency }
}

/** The day or instant in an element, or in its `Dt` or `DtTm`; a day's zone is dropped, since a day has none here. */
export function timeIn(element: XmlElement | null): string {
  const written = element === null ? '' : element.text || textAt(element, 'DtTm') || textAt(element, 'Dt')
  return /^\d{4}-\d{2}-\d{2}(?:Z|[+-]\d{2}:\d{2})$/.test(written) ? written.slice(0, 10) : written
}

/** The first of several times that is stated. */
export function firstTime(...elements: readonly (XmlElement | null)[]): string {
  for (const element of elements) {
    const time = timeIn(element)
    if (time !== '') return time
  }
  return ''
}

/** An account's number: IBAN or any other. */
export function accountIn(account: XmlElement | null): string {
  return textAt(account, 'Id', 'IBAN') || textAt(account, 'Id', 'Othr', 'Id')
}

/** A bank as a 6-digit BIN: its number in the clearing, another number, or its BIC. */
export function agentIn(agent: XmlElement | null, banks: BankCodes): string {
  const institution = elementAt(agent, 'FinInstnId')
  return agentOf(
    [textAt(institution, 'ClrSysMmbId', 'MmbId'), ...elementsOf(institution, 'Othr').map((other) => textAt(other, 'Id')), textAt(institution, 'BICFI'), textAt(institution, 'BIC')],
    banks,
  )
}

/** A party, which newer versions put one deeper. */
export function partyIn(party: XmlElement | null): XmlElement | null {
  return elementAt(party, 'Pty') ?? party
}

/** A private person's number: the one said to be a national one (NIDN), else the only one without any scheme. */
function personIn(party: XmlElement | null): string {
  const others = elementsOf(elementAt(partyIn(party), 'Id', 'PrvtId'), 'Othr')
  const national = others.find((other) => textAt(other, 'SchmeNm', 'Cd') === 'NIDN')
  const plain = others.filter((other) => elementAt(other, 'SchmeNm') === null)
  return textAt(national ?? (plain.length === 1 ? (plain[0] ?? null) : null), 'Id')
}

/** What the creditor's part of a transaction says: whose money it is (the ultimate creditor, where one is named), account, bank, name. */
export function creditorColumns(parties: XmlElement | null, agents: XmlElement | null, banks: BankCodes): Record<string, string> {
  const creditor = elementAt(parties, 'Cdtr')
  return {
    beneficiary_id: personIn(elementAt(parties, 'UltmtCdtr')) || personIn(creditor),
    creditor_agent: agentIn(elementAt(agents, 'CdtrAgt'), banks),
    creditor_account: accountIn(elementAt(parties, 'CdtrAcct')),
    creditor_name: textAt(partyIn(creditor), 'Nm'),
  }
}

const reference = /^([A-Za-z0-9_-]{1,20})\/(\d{4}-\d{2}|\d{2}\/\d{4})$/

/** Scheme, month and person from the remittance: a structured reference `BTXH/2026-10`, or the labels /SCHM/ /PERD/ /BNFI/ in any of its texts. */
export function remittanceColumns(remittance: XmlElement | null): PaymentRow {
  const structured = elementsOf(remittance, 'Strd')
  for (const part of structured) {
    const found = reference.exec(textAt(part, 'CdtrRefInf', 'Ref'))
    if (found !== null) return { scheme: found[1] ?? '', benefit_period: found[2] ?? '' }
  }
  const texts = [...elementsOf(remittance, 'Ustrd'), ...structured.flatMap((part) => elementsOf(part, 'AddtlRmtInf'))]
  return labelledIn(texts.map(({ text }) => text).join(' '))
}

/** A reason's code, and the words beside it as one text. */
export function reasonColumns(informations: readonly XmlElement[]): Record<'return_reason_code' | 'reason_text', string> {
  const codes = informations.map((information) => textAt(information, 'Rsn', 'Cd') || textAt(information, 'Rsn', 'Prtry')).filter((code) => code !== '')
  const texts = informations.flatMap((information) => elementsOf(information, 'AddtlInf').map(({ text }) => text))
  return { return_reason_code: codes[0] ?? '', reason_text: shortened([...codes.slice(1), ...texts].join(' ')) }
}
