/** One set of payments written as CSV and as each of the messages that banks send, so that all of them can be held against one another. */

/** A payment of a night and what became of it. */
export interface NightPayment {
  readonly reference: string
  readonly agent: string
  readonly account: string
  readonly name: string
  readonly id: string
  readonly scheme: string
  readonly period: string
  readonly amount: string
  /** A day. */
  readonly instructed: string
  readonly status: 'PDNG' | 'ACSC' | 'RJCT' | 'RTRN'
  readonly credited?: string
  readonly returned?: string
  readonly reason?: string
  readonly bankReference?: string
}

/** How a message is to be written, or to be spoiled. */
export interface MessageOptions {
  readonly version?: string
  readonly prefix?: string
  readonly head?: string
  /** Said instead of what is true. */
  readonly count?: string
  readonly sum?: string
  readonly closing?: string
  /** How many payments one batch has at most. */
  readonly batch?: number
}

export const csvHeader = 'end_to_end_id,scheme,benefit_period,beneficiary_id,creditor_agent,creditor_account,creditor_name,instructed_amount,currency,instructed_at,transaction_status,credited_at,returned_at,returned_amount,return_reason_code,bank_reference'

/** What a report of one moment says of a payment: the asking, a rejection, a credit, a return. */
export type Told = 'order' | 'rejection' | 'credit' | 'return' | 'all'

/** The payments as a CSV file would tell what a message tells. */
export function asCsv(payments: readonly NightPayment[], told: Told): string {
  return [csvHeader, ...payments.map((payment) => csvLine(payment, told)), ''].join('\n')
}

function csvLine({ reference, scheme, period, id, agent, account, name, amount, instructed, status, credited = '', returned = '', reason = '', bankReference = '' }: NightPayment, told: Told): string {
  const shown = { order: 'PDNG', rejection: 'RJCT', credit: 'ACSC', return: 'RTRN', all: status }[told]
  const isReturn = shown === 'RTRN'
  return [
    reference, scheme, period, id, agent, account, name, amount, 'VND',
    told === 'credit' || told === 'return' ? '' : instructed,
    shown,
    shown === 'ACSC' || (told === 'all' && isReturn) ? credited : '',
    isReturn ? returned : '',
    isReturn ? amount : '',
    isReturn || shown === 'RJCT' ? reason : '',
    told === 'credit' || told === 'return' ? bankReference : '',
  ].join(',')
}

/** Parts of the payments that each message tells of. */
export const toldOf = {
  order: (payments: readonly NightPayment[]): NightPayment[] => [...payments],
  rejection: (payments: readonly NightPayment[]): NightPayment[] => payments.filter(({ status }) => status === 'RJCT'),
  credit: (payments: readonly NightPayment[]): NightPayment[] => payments.filter(({ status }) => status === 'ACSC' || status === 'RTRN'),
  return: (payments: readonly NightPayment[]): NightPayment[] => payments.filter(({ status }) => status === 'RTRN'),
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function sumOf(payments: readonly NightPayment[]): string {
  return payments.reduce((all, { amount }) => all + BigInt(amount), 0n).toString()
}

/** A document around a message; `prefix` puts every element into a namespace with that prefix. */
function documentOf(message: string, body: string, { prefix, head = '<?xml version="1.0" encoding="UTF-8"?>\n', version }: MessageOptions): string {
  const xml = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${version ?? message}">\n${body}\n</Document>\n`
  if (prefix === undefined) return head + xml
  return head + xml.replace(' xmlns=', ` xmlns:${prefix}=`).replace(/<(\/?)([A-Z])/g, `<$1${prefix}:$2`)
}

const creditor = ({ agent, account, name, id }: NightPayment, wrap: boolean): { agt: string; party: string } => ({
  agt: `<CdtrAgt><FinInstnId><ClrSysMmbId><MmbId>${agent}</MmbId></ClrSysMmbId></FinInstnId></CdtrAgt>`,
  party: `<Cdtr>${wrap ? '<Pty>' : ''}<Nm>${escape(name)}</Nm><Id><PrvtId><Othr><Id>${id}</Id><SchmeNm><Cd>NIDN</Cd></SchmeNm></Othr></PrvtId></Id>${wrap ? '</Pty>' : ''}</Cdtr><CdtrAcct><Id><Othr><Id>${account}</Id></Othr></Id></CdtrAcct>`,
})

const remittance = ({ scheme, period }: NightPayment): string => `<RmtInf><Strd><CdtrRefInf><Ref>${scheme}/${period}</Ref></CdtrRefInf></Strd></RmtInf>`

/** pain.001: what was asked for. */
export function writeOrder(payments: readonly NightPayment[], options: MessageOptions = {}): string {
  const { batch = 3 } = options
  const batches: string[] = []
  const days = [...new Set(payments.map(({ instructed }) => instructed))]
  for (const day of days) {
    const ofDay = payments.filter(({ instructed }) => instructed === day)
    for (let from = 0; from < ofDay.length; from += batch) {
      const part = ofDay.slice(from, from + batch)
      const transactions = part.map((payment) => {
        const { agt, party } = creditor(payment, false)
        return `<CdtTrfTxInf>\n  <PmtId><EndToEndId>${payment.reference}</EndToEndId></PmtId><Amt><InstdAmt Ccy="VND">${payment.amount}.00</InstdAmt></Amt>\n  ${agt}${party}${remittance(payment)}\n</CdtTrfTxInf>`
      })
      batches.push(`<PmtInf><PmtInfId>B${batches.length + 1}</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>${part.length}</NbOfTxs><CtrlSum>${sumOf(part)}</CtrlSum><ReqdExctnDt><Dt>${day}</Dt></ReqdExctnDt>\n${transactions.join('\n')}\n</PmtInf>`)
    }
  }
  const header = `<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-10-04T08:00:00+07:00</CreDtTm><NbOfTxs>${options.count ?? payments.length}</NbOfTxs><CtrlSum>${options.sum ?? sumOf(payments)}.00</CtrlSum></GrpHdr>`
  return documentOf('pain.001.001.09', `<CstmrCdtTrfInitn>\n${header}\n${batches.join('\n')}\n</CstmrCdtTrfInitn>`, options)
}

/** pain.002: what the bank would not carry out. */
export function writeStatusReport(payments: readonly NightPayment[], options: MessageOptions = {}): string {
  const transactions = payments.map((payment) => {
    const { agt, party } = creditor(payment, false)
    const original = `<OrgnlTxRef><Amt><InstdAmt Ccy="VND">${payment.amount}</InstdAmt></Amt><ReqdExctnDt><Dt>${payment.instructed}</Dt></ReqdExctnDt>${remittance(payment)}${agt}${party}</OrgnlTxRef>`
    return `<TxInfAndSts><OrgnlEndToEndId>${payment.reference}</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>${payment.reason ?? ''}</Cd></Rsn></StsRsnInf>${original}</TxInfAndSts>`
  })
  return documentOf('pain.002.001.10', `<CstmrPmtStsRpt><GrpHdr><MsgId>S1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>M1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>B1</OrgnlPmtInfId>\n${transactions.join('\n')}\n</OrgnlPmtInfAndSts></CstmrPmtStsRpt>`, options)
}

/** The entries of a statement: each credit's debit of the payer's account, then each return as its credit. */
interface Movement {
  readonly payment: NightPayment
  readonly isReturn: boolean
}

/** Credits, then returns. */
export function movementsOf(payments: readonly NightPayment[]): Movement[] {
  return [...toldOf.credit(payments).map((payment) => ({ payment, isReturn: false })), ...toldOf.return(payments).map((payment) => ({ payment, isReturn: true }))]
}

/** camt.052, .053 or .054, by the version in the options: what left the account and what came back, with funding and a fee between. */
export function writeStatement(payments: readonly NightPayment[], options: MessageOptions = {}): string {
  const { version = 'camt.053.001.08' } = options
  const isNew = parseInt(version.slice(-2), 10) >= 8
  const [message = '', record = ''] = { 'camt.052': ['BkToCstmrAcctRpt', 'Rpt'], 'camt.053': ['BkToCstmrStmt', 'Stmt'], 'camt.054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'] }[version.slice(0, 8)] ?? []
  const entry = (amount: string, side: string, day: string, details: string, family = 'ICDT'): string =>
    `<Ntry><Amt Ccy="VND">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd><Sts>${isNew ? '<Cd>BOOK</Cd>' : 'BOOK'}</Sts><BookgDt><Dt>${day}</Dt></BookgDt><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${family}</Cd><SubFmlyCd>${family === 'ACCB' ? 'CHRG' : 'DMCT'}</SubFmlyCd></Fmly></Domn></BkTxCd>${details}</Ntry>`
  const movements = movementsOf(payments).map(({ payment, isReturn }) => {
    const { agt, party } = creditor(payment, isNew)
    const amount = isNew ? `<Amt Ccy="VND">${payment.amount}</Amt><CdtDbtInd>${isReturn ? 'CRDT' : 'DBIT'}</CdtDbtInd>` : `<AmtDtls><TxAmt><Amt Ccy="VND">${payment.amount}.00</Amt></TxAmt></AmtDtls>`
    const back = isReturn ? `<RtrInf><Rsn><Cd>${payment.reason ?? ''}</Cd></Rsn></RtrInf>` : ''
    const details = `<NtryDtls><TxDtls><Refs><AcctSvcrRef>${payment.bankReference ?? ''}</AcctSvcrRef><EndToEndId>${payment.reference}</EndToEndId></Refs>${amount}<RltdPties>${party}</RltdPties><RltdAgts>${agt}</RltdAgts>${remittance(payment)}${back}</TxDtls></NtryDtls>`
    return entry(payment.amount, isReturn ? 'CRDT' : 'DBIT', (isReturn ? payment.returned : payment.credited) ?? '', details)
  })
  const total = movementsOf(payments).reduce((all, { payment, isReturn }) => all + (isReturn ? BigInt(payment.amount) : -BigInt(payment.amount)), 0n)
  const opening = 900_000_000n
  const closing = options.closing ?? `${opening + 5_000_000n - 1100n + total}`
  const balance = (code: string, amount: string): string => `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="VND">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-10-07</Dt></Dt></Bal>`
  const balances = record === 'Stmt' ? balance('OPBD', `${opening}`) + balance('CLBD', closing) : ''
  const entries = [entry('5000000', 'CRDT', '2026-10-05', ''), ...movements, entry('1100', 'DBIT', '2026-10-07', '', 'ACCB')]
  return documentOf(version, `<${message}><GrpHdr><MsgId>C1</MsgId></GrpHdr><${record}><Id>ST1</Id><Acct><Id><Othr><Id>0011002233</Id></Othr></Id><Ccy>VND</Ccy></Acct>${balances}\n${entries.join('\n')}\n</${record}></${message}>`, options)
}

/** pacs.004: what came back between banks. */
export function writeReturns(payments: readonly NightPayment[], options: MessageOptions = {}): string {
  const transactions = payments.map((payment) => {
    const { agt, party } = creditor(payment, false)
    const original = `<OrgnlTxRef>${remittance(payment)}${agt}${party}</OrgnlTxRef>`
    return `<TxInf><RtrId>${payment.bankReference ?? ''}</RtrId><OrgnlEndToEndId>${payment.reference}</OrgnlEndToEndId><OrgnlIntrBkSttlmAmt Ccy="VND">${payment.amount}</OrgnlIntrBkSttlmAmt><RtrdIntrBkSttlmAmt Ccy="VND">${payment.amount}.0</RtrdIntrBkSttlmAmt><IntrBkSttlmDt>${payment.returned ?? ''}</IntrBkSttlmDt><RtrRsnInf><Rsn><Cd>${payment.reason ?? ''}</Cd></Rsn></RtrRsnInf>${original}</TxInf>`
  })
  return documentOf('pacs.004.001.09', `<PmtRtr><GrpHdr><MsgId>R1</MsgId><NbOfTxs>${options.count ?? payments.length}</NbOfTxs><TtlRtrdIntrBkSttlmAmt Ccy="VND">${options.sum ?? sumOf(payments)}</TtlRtrdIntrBkSttlmAmt></GrpHdr>\n${transactions.join('\n')}\n</PmtRtr>`, options)
}

const shortDay = (day: string): string => day.slice(2).replaceAll('-', '')

/** Cuts a text into lines of 65 characters, as SWIFT does. */
function wrapped(text: string): string {
  return (text.match(/.{1,65}/g) ?? []).join('\r\n')
}

/** `:86:` in the sub-fields that German software made common, or in codes between slashes. */
function details({ reference, scheme, period, id, agent, account, name, reason }: NightPayment, isReturn: boolean, style: 'subfields' | 'codes'): string {
  if (style === 'codes') return wrapped(`:86:/EREF/${reference}/BENM//NAME/${name}/ID/${id}/ACCT/${account}/BIC/${agent}/REMI/SCHM/${scheme}/PERD/${period}${isReturn ? `/RTRN/${reason ?? ''}` : ''}`)
  const purpose = (`EREF+${reference}`.padEnd(27) + `SVWZ+/SCHM/${scheme}/PERD/${period}/BNFI/${id}`).match(/.{1,27}/g) ?? []
  const back = isReturn ? [`RTRN+${reason ?? ''}`] : []
  return wrapped(`:86:${isReturn ? '159' : '166'}?00CHI TRA${[...purpose, ...back].map((part, index) => `?${20 + index}${part}`).join('')}?30${agent}?31${account}?32${name}`)
}

/** MT940, or with `version: 'mt942'` the interim report, with funding and a fee between. */
export function writeMt940(payments: readonly NightPayment[], options: MessageOptions & { readonly style?: 'subfields' | 'codes'; readonly hasEnvelope?: boolean } = {}): string {
  const { style = 'subfields', hasEnvelope = false, version = 'mt940' } = options
  const movements = movementsOf(payments)
  const lines = movements.map(({ payment, isReturn }) => {
    const day = (isReturn ? payment.returned : payment.credited) ?? ''
    return `:61:${shortDay(day)}${shortDay(day).slice(2)}${isReturn ? 'RD' : 'D'}${payment.amount},NTRFNONREF//${payment.bankReference ?? ''}\r\n${details(payment, isReturn, style)}`
  })
  const total = movements.reduce((all, { payment, isReturn }) => all + (isReturn ? BigInt(payment.amount) : -BigInt(payment.amount)), 0n)
  const opening = 900_000_000n
  const closing = options.closing ?? `${opening + 5_000_000n - 1100n + total}`
  const entries = [':61:2610051005C5000000,NTRFNONREF\r\n:86:CAP KINH PHI', ...lines, ':61:2610071007D1100,NCHGNONREF']
  const debits = movements.filter(({ isReturn }) => !isReturn)
  const sums = `:90D:${options.count ?? debits.length + 1}VND${debits.reduce((all, { payment }) => all + BigInt(payment.amount), 1100n)},\r\n`
  const [before, after] = version === 'mt940' ? [`:60F:C261004VND${opening},\r\n`, `:62F:C261007VND${closing},\r\n`] : [':34F:VND0,\r\n:13D:2610071200+0700\r\n', sums]
  const body = `:20:ST1\r\n:25:0011002233\r\n:28C:1/1\r\n${before}${entries.join('\r\n')}\r\n${after}`
  return hasEnvelope ? `{1:F01VBAAVNVXAXXX0000000000}{2:O9400000261007VBAAVNVX00000000002610070000N}{4:\r\n${body}-}{5:{CHK:000000000000}}\r\n` : `${body}-\r\n`
}
