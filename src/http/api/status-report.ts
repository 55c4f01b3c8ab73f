/** What became of a file, in the manner of the banks' own status report (ISO 20022 pain.002). */
import { z } from '@hono/zod-openapi'
import { Readable } from 'node:stream'
import type { Desk, Session } from '../../db/index.ts'
import { xmlText } from '../../formats/index.ts'
import type { UploadRow } from '../../uploads/index.ts'
import { notedExport } from './answers.ts'
import type { ApiEnvironment } from './environment.ts'
import type { Context } from 'hono'
import { messageIdOf, wrongReferences } from '../../ingest/index.ts'
import { eachProblem } from './file-problems.ts'
import { fileAnswer, rowProblemSchema, type FileAnswer, type RowProblemAnswer } from './schemas.ts'

/** ACCP: every line was taken; PART: some were not; RJCT: none, the file was refused. */
export const groupStatuses = ['ACCP', 'PART', 'RJCT'] as const
type GroupStatus = (typeof groupStatuses)[number]

const linesInReport = 200

export const statusReportSchema = z
  .object({
    message_id: z.string().openapi({ description: 'Of this report.', example: '6b1f0c8e6f0e4f0e9a550d6f6a2d9c11' }),
    created_at: z.iso.datetime().openapi({ example: '2026-10-05T02:15:31Z' }),
    original: z.object({ file_id: z.uuid(), file_name: z.string(), message_id: z.string().nullable().openapi({ description: 'MsgId of an ISO 20022 message; null for other files.' }), sha256: z.string(), number_of_transactions: z.int().nullable(), control_sum: z.string().nullable() }).openapi({ description: 'The file that it is about.' }),
    group_status: z.enum(groupStatuses).openapi({ description: 'ACCP: every line was taken; PART: some were not; RJCT: none.' }),
    status_reason: z.object({ code: z.string(), detail: z.string() }).nullable().openapi({ description: 'Why the whole file was refused; null unless it was.' }),
    accepted: z.int().nullable(),
    rejected: z.int().nullable().openapi({ description: 'Lines that were not taken.' }),
    transactions: z.array(z.object({ end_to_end_id: z.string().nullable().openapi({ description: 'What you call the payment; null: the line names none.' }), status: z.literal('RJCT'), reasons: z.array(rowProblemSchema) })).openapi({ description: `The first ${linesInReport} lines that were not taken, each with its reasons; all of them are in the XML, and under problems.` }),
    is_cut: z.boolean().openapi({ description: 'Whether more lines than these were not taken.' }),
  })
  .openapi('StatusReport')

function statusOf({ status, problem_count: problems, accepted_count: accepted, repeat_count: repeats }: UploadRow): GroupStatus {
  if (status === 'refused') return 'RJCT'
  if (problems === null || problems === '0') return 'ACCP'
  return accepted === '0' && repeats === '0' ? 'RJCT' : 'PART'
}

/** A line that was not taken: what its sender calls the payment, and why. */
interface RejectedLine {
  readonly endToEndId: string | null
  readonly reasons: readonly RowProblemAnswer[]
}

/** The problems of each line together with the name of its payment, line by line as they are read. */
async function* rejectedLines(sources: ReportSources, file: ReadFile): AsyncGenerator<RejectedLine, void> {
  const references = wrongReferences(sources.owner, sources.dataDirectory, file.file_id)
  let reasons: RowProblemAnswer[] = []
  const close = async (): Promise<RejectedLine> => ({ endToEndId: (await references.next()).value?.endToEndId ?? null, reasons })
  try {
    for await (const rows of eachProblem(sources.database, file.file_id)) {
      for (const row of rows) {
        const [last] = reasons
        if (last !== undefined && (last.row !== row.row || last.sheet !== row.sheet)) {
          yield await close()
          reasons = []
        }
        reasons.push(row)
      }
    }
    if (reasons.length > 0) yield await close()
  } finally {
    await references.return()
  }
}

/** Where a report is read from: problems as the caller may see them; the bytes, for what its sender called things. */
export interface ReportSources {
  readonly database: Desk
  readonly owner: Session
  readonly dataDirectory: string
}

type ReadFile = UploadRow & { readonly file_id: string }

/** The report; lines beyond `linesInReport` are left to the list of problems. */
export async function statusReport(sources: ReportSources, file: ReadFile): Promise<z.infer<typeof statusReportSchema>> {
  const answer = fileAnswer(file)
  const transactions: RejectedLine[] = []
  if (file.status !== 'refused') {
    for await (const line of rejectedLines(sources, file)) {
      transactions.push(line)
      if (transactions.length > linesInReport) break
    }
  }
  return {
    message_id: messageId(file),
    created_at: file.finished_at ?? file.received_at,
    original: { file_id: file.upload_id, file_name: file.file_name, message_id: await originalId(sources, file), sha256: file.sha256, number_of_transactions: transactionsOf(answer), control_sum: file.control_sum },
    group_status: statusOf(file),
    status_reason: answer.refusal === null ? null : { code: answer.refusal.code, detail: answer.refusal.detail },
    accepted: answer.accepted,
    rejected: answer.problem_count,
    transactions: transactions.slice(0, linesInReport).map(({ endToEndId, reasons }) => ({ end_to_end_id: endToEndId, status: 'RJCT' as const, reasons: [...reasons] })),
    is_cut: transactions.length > linesInReport,
  }
}

/** The message, line by line as it is read. */
export async function statusReportXml(context: Context<ApiEnvironment>, sources: ReportSources, file: ReadFile): Promise<Response> {
  await notedExport(context, `upload ${file.upload_id} report`, 'xml')
  const original = await originalId(sources, file)
  return context.body(Readable.toWeb(Readable.from(xmlBytes(sources, file, original))) as ReadableStream, 200, { 'Content-Type': 'application/xml; charset=utf-8', 'Content-Disposition': `attachment; filename="pain.002-${messageId(file)}.xml"`, 'Cache-Control': 'no-store' })
}

async function* xmlBytes(sources: ReportSources, file: ReadFile, original: string | null): AsyncGenerator<Uint8Array, void> {
  for await (const piece of xmlPieces(sources, file, original)) yield Buffer.from(piece)
}

/** What the standard asks for and a sender has not said. */
const notProvided = 'NOTPROVIDED'

async function* xmlPieces(sources: ReportSources, file: ReadFile, original: string | null): AsyncGenerator<string, void> {
  const answer = fileAnswer(file)
  const element = (name: string, text: string): string => `<${name}>${xmlText(text)}</${name}>`
  const reason = (code: string, detail: string): string => `<StsRsnInf><Rsn>${element('Prtry', code.slice(0, 35))}</Rsn>${inParts(detail).map((part) => element('AddtlInf', part)).join('')}</StsRsnInf>`
  const count = transactionsOf(answer)
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr>${element('MsgId', messageId(file))}${element('CreDtTm', file.finished_at ?? file.received_at)}</GrpHdr>`
  yield `<OrgnlGrpInfAndSts>${element('OrgnlMsgId', original ?? notProvided)}${element('OrgnlMsgNmId', file.format ?? notProvided)}${count === null ? '' : element('OrgnlNbOfTxs', `${count}`)}${file.control_sum === null ? '' : element('OrgnlCtrlSum', file.control_sum)}${element('GrpSts', statusOf(file))}${answer.refusal === null ? '' : reason(answer.refusal.code, answer.refusal.detail)}</OrgnlGrpInfAndSts>`
  let isOpen = false
  if (file.status !== 'refused') {
    for await (const { endToEndId, reasons } of rejectedLines(sources, file)) {
      if (!isOpen) yield `<OrgnlPmtInfAndSts>${element('OrgnlPmtInfId', notProvided)}`
      isOpen = true
      const [first] = reasons
      yield `<TxInfAndSts>${element('StsId', `${first?.sheet === null || first?.sheet === undefined ? '' : `${first.sheet.slice(0, 20)}!`}${first?.row ?? ''}`)}${element('OrgnlEndToEndId', (endToEndId ?? notProvided).slice(0, 35))}<TxSts>RJCT</TxSts>${reasons.map(({ code, column, detail }) => reason(code, `${column === null ? '' : `${column}: `}${detail}`)).join('')}</TxInfAndSts>\n`
    }
  }
  yield `${isOpen ? '</OrgnlPmtInfAndSts>' : ''}</CstmrPmtStsRpt></Document>\n`
}

/** Null for a file that was refused before anybody looked for it. */
function originalId({ owner, dataDirectory }: ReportSources, file: ReadFile): Promise<string | null> {
  return file.status === 'refused' ? Promise.resolve(null) : messageIdOf(owner, dataDirectory, file.file_id)
}

/** Lines of data; null: not read. */
function transactionsOf({ lines, ignored }: FileAnswer): number | null {
  return lines === null ? null : lines - (ignored ?? 0)
}

/** Parts of at most 105 signs, as the standard has it, cut between words. */
function inParts(text: string): string[] {
  return text.match(/\S.{0,103}\S(?=\s|$)|\S{1,105}/g) ?? []
}

/** At most 35 signs, as the standard has it. */
function messageId({ upload_id: id }: UploadRow): string {
  return id.replaceAll('-', '')
}
