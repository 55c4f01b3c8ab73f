/** Statements of an account as banks write them: camt.053, MT940 and CSV; a head with the opening balance, an entry at a time, an end with the closing one. */

/** An account's statement without its entries. */
export interface StatementHead {
  readonly account: string
  readonly number: number
  /** First and last day. */
  readonly from: string
  readonly to: string
  /** Whole đồng; below zero where the account is overdrawn. */
  readonly opening: bigint
}

/** What moved. */
export interface StatementEntry {
  readonly date: string
  readonly isCredit: boolean
  readonly amount: bigint
  readonly type: 'return' | 'charge' | 'interest' | ''
  readonly endToEndId: string
  readonly reference: string
  /** The account on the other side; empty where the bank does not say. */
  readonly counterparty: string
  readonly text: string
}

/** Writes one statement. */
export interface StatementFormat {
  readonly extension: 'xml' | 'sta' | 'csv'
  head(statement: StatementHead, closing: bigint): string
  entry(entry: StatementEntry, statement: StatementHead): string
  tail(statement: StatementHead, closing: bigint): string
}

/** Who the organisations are. */
export const organisationFileName = '08_payment_organisation.csv'
/** How files of statements are called. */
export const statementFilePattern = /^8\d_account_statement_/

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const positive = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

const balance = (code: string, amount: bigint, day: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="VND">${positive(amount)}</Amt><CdtDbtInd>${amount < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`

export const camtStatement: StatementFormat = {
  extension: 'xml',
  head: ({ account, number, from, to, opening }, closing) => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>STMT-${account}-${number}</MsgId><CreDtTm>${to}T23:00:00</CreDtTm></GrpHdr>
<Stmt><Id>STMT-${number}</Id><ElctrncSeqNb>${number}</ElctrncSeqNb><FrToDt><FrDtTm>${from}T00:00:00</FrDtTm><ToDtTm>${to}T23:59:59</ToDtTm></FrToDt><Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>VND</Ccy></Acct>
${balance('OPBD', opening, from)}${balance('CLBD', closing, to)}
`,
  entry: ({ date, isCredit, amount, type, endToEndId, reference, counterparty, text }) => {
    const family = type === 'charge' ? 'CHRG' : type === 'interest' ? 'INTR' : type === 'return' ? 'RRTN' : 'DMCT'
    const party = counterparty === '' ? '' : `<RltdPties><${isCredit && type !== 'return' ? 'DbtrAcct' : 'CdtrAcct'}><Id><Othr><Id>${counterparty}</Id></Othr></Id></${isCredit && type !== 'return' ? 'DbtrAcct' : 'CdtrAcct'}></RltdPties>`
    const references = endToEndId === '' ? '' : `<Refs><EndToEndId>${escaped(endToEndId)}</EndToEndId></Refs>`
    return `<Ntry><Amt Ccy="VND">${amount}</Amt><CdtDbtInd>${isCredit ? 'CRDT' : 'DBIT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${date}</Dt></BookgDt><ValDt><Dt>${date}</Dt></ValDt>${reference === '' ? '' : `<AcctSvcrRef>${escaped(reference)}</AcctSvcrRef>`}<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${isCredit ? 'RCDT' : 'ICDT'}</Cd><SubFmlyCd>${family}</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls>${references}${party}${text === '' ? '' : `<RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf>`}</TxDtls></NtryDtls></Ntry>
`
  },
  tail: () => `</Stmt></BkToCstmrStmt></Document>
`,
}

const swiftDay = (day: string): string => day.slice(2).replaceAll('-', '')
const swiftBalance = (tag: string, amount: bigint, day: string): string => `:${tag}:${amount < 0n ? 'D' : 'C'}${swiftDay(day)}VND${positive(amount)},\n`

export const swiftStatement: StatementFormat = {
  extension: 'sta',
  head: ({ account, number, from, opening }) => `:20:STMT${number}\n:25:${account}\n:28C:${number}/1\n${swiftBalance('60F', opening, from)}`,
  entry: ({ date, isCredit, amount, type, endToEndId, reference, counterparty, text }) => {
    const code = type === 'charge' ? 'NCHG' : type === 'interest' ? 'NINT' : type === 'return' ? 'NRTI' : 'NTRF'
    const details = [endToEndId === '' ? '' : `/EREF/${endToEndId}`, counterparty === '' ? '' : `/BENM//ACCT/${counterparty}`, text === '' ? '' : `/REMI/${text}`].join('')
    return `:61:${swiftDay(date)}${date.slice(5).replaceAll('-', '')}${isCredit ? 'C' : 'D'}${amount},${code}NONREF${reference === '' ? '' : `//${reference.slice(0, 16)}`}\n${details === '' ? '' : `:86:${(details.match(/.{1,65}/g) ?? []).join('\n')}\n`}`
  },
  tail: ({ to }, closing) => `${swiftBalance('62F', closing, to)}-\n`,
}

const csvCell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const csvRow = (...cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\n`
/** The columns of a statement as CSV. */
export const statementHeader = 'account_number,statement_number,entry_date,value_date,entry_kind,amount,entry_type,end_to_end_id,entry_reference,scheme,benefit_period,counterparty_account,entry_text\n'
const labelIn = (text: string, label: string): string => new RegExp(`/${label}/([^/ ]+)`).exec(text)?.[1] ?? ''

export const csvStatement: StatementFormat = {
  extension: 'csv',
  head: ({ account, number, from, opening }) => statementHeader + csvRow(account, `${number}`, from, '', 'opening', `${opening}`, '', '', '', '', '', '', ''),
  entry: ({ date, isCredit, amount, type, endToEndId, reference, counterparty, text }, { account, number }) =>
    csvRow(account, `${number}`, date, date, isCredit ? 'credit' : 'debit', `${amount}`, type, endToEndId, reference, labelIn(text, 'SCHM'), labelIn(text, 'PERD'), counterparty, text),
  tail: ({ account, number, to }, closing) => csvRow(account, `${number}`, to, '', 'closing', `${closing}`, '', '', '', '', '', '', ''),
}

/** A whole statement, and with what it closes. */
export function wholeStatement(format: StatementFormat, statement: StatementHead, entries: readonly StatementEntry[]): { readonly text: string; readonly closing: bigint } {
  const closing = entries.reduce((sum, { isCredit, amount }) => sum + (isCredit ? amount : -amount), statement.opening)
  return { text: format.head(statement, closing) + entries.map((entry) => format.entry(entry, statement)).join('') + format.tail(statement, closing), closing }
}
