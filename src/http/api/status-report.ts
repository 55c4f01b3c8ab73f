/** What became of a file, in the manner of the banks' own status report (ISO 20022 pain.002). */
import { z } from '@hono/zod-openapi'
import { Readable } from 'node:stream'
import type { Desk, Session } from '../../db/index.ts'
import type { UploadRow } from '../../uploads/index.ts'
import { notedExport } from './answers.ts'
import type { ApiEnvironment } from './environment.ts'
import type { Context } from 'hono'
import { eachProblem, problemRows } from './file-problems.ts'
import { fileAnswer, rowProblemSchema, type RowProblemAnswer } from './schemas.ts'

/** ACCP: every line was taken; PART: some were not; RJCT: none, the file was refused. */
export const groupStatuses = ['ACCP', 'PART', 'RJCT'] as const
type GroupStatus = (typeof groupStatuses)[number]

const linesInReport = 200

export const statusReportSchema = z
  .object({
    message_id: z.string().openapi({ description: 'Of this report.', example: '6b1f0c8e6f0e4f0e9a550d6f6a2d9c11' }),
    created_at: z.iso.datetime().openapi({ example: '2026-10-05T02:15:31Z' }),
    original: z.object({ file_id: z.uuid(), file_name: z.string(), sha256: z.string(), number_of_transactions: z.int().nullable(), control_sum: z.string().nullable() }).openapi({ description: 'The file that it is about.' }),
    group_status: z.enum(groupStatuses).openapi({ description: 'ACCP: every line was taken; PART: some were not; RJCT: none.' }),
    status_reason: z.object({ code: z.string(), detail: z.string() }).nullable().openapi({ description: 'Why the whole file was refused; null unless it was.' }),
    accepted: z.int().nullable(),
    rejected: z.int().nullable().openapi({ description: 'Lines that were not taken.' }),
    transactions: z.array(z.object({ status: z.literal('RJCT'), reasons: z.array(rowProblemSchema) })).openapi({ description: `The first ${linesInReport} lines that were not taken, each with its reasons; all of them are in the XML, and under problems.` }),
    is_cut: z.boolean().openapi({ description: 'Whether more lines than these were not taken.' }),
  })
  .openapi('StatusReport')

function statusOf({ status, problem_count: problems, accepted_count: accepted, repeat_count: repeats }: UploadRow): GroupStatus {
  if (status === 'refused') return 'RJCT'
  if (problems === null || problems === '0') return 'ACCP'
  return accepted === '0' && repeats === '0' ? 'RJCT' : 'PART'
}

/** The problems of each line together. */
function byLine(rows: readonly RowProblemAnswer[]): RowProblemAnswer[][] {
  const lines: RowProblemAnswer[][] = []
  for (const row of rows) {
    const last = lines.at(-1)
    if (last?.[0] !== undefined && last[0].row === row.row && last[0].sheet === row.sheet) last.push(row)
    else lines.push([row])
  }
  return lines
}

/** The report; lines beyond `linesInReport` are left to the list of problems. */
export async function statusReport(session: Session, file: UploadRow & { readonly file_id: string }): Promise<z.infer<typeof statusReportSchema>> {
  const answer = fileAnswer(file)
  const { rows, next } = file.status !== 'refused' ? await problemRows(session, file.file_id, '0', linesInReport) : { rows: [], next: null }
  return {
    message_id: messageId(file),
    created_at: file.finished_at ?? file.received_at,
    original: { file_id: file.upload_id, file_name: file.file_name, sha256: file.sha256, number_of_transactions: answer.lines === null ? null : answer.lines - (answer.ignored ?? 0), control_sum: file.control_sum },
    group_status: statusOf(file),
    status_reason: answer.refusal === null ? null : { code: answer.refusal.code, detail: answer.refusal.detail },
    accepted: answer.accepted,
    rejected: answer.problem_count,
    transactions: byLine(rows).map((reasons) => ({ status: 'RJCT' as const, reasons })),
    is_cut: next !== null,
  }
}

/** The message, line by line as it is read. */
export async function statusReportXml(context: Context<ApiEnvironment>, database: Desk, file: UploadRow & { readonly file_id: string }): Promise<Response> {
  await notedExport(context, `upload ${file.upload_id} report`, 'xml')
  return context.body(Readable.toWeb(Readable.from(xmlBytes(database, file))) as ReadableStream, 200, { 'Content-Type': 'application/xml; charset=utf-8', 'Content-Disposition': `attachment; filename="pain.002-${messageId(file)}.xml"`, 'Cache-Control': 'no-store' })
}

async function* xmlBytes(database: Desk, file: UploadRow & { readonly file_id: string }): AsyncGenerator<Uint8Array, void> {
  for await (const piece of xmlPieces(database, file)) yield Buffer.from(piece)
}

async function* xmlPieces(database: Desk, file: UploadRow & { readonly file_id: string }): AsyncGenerator<string, void> {
  const answer = fileAnswer(file)
  const id = messageId(file)
  const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`
  const reason = (code: string, detail: string): string => `<StsRsnInf><Rsn>${element('Prtry', code.slice(0, 35))}</Rsn>${(detail.match(/[\s\S]{1,105}/g) ?? []).map((part) => element('AddtlInf', part)).join('')}</StsRsnInf>`
  const count = answer.lines === null ? '' : element('OrgnlNbOfTxs', `${answer.lines - (answer.ignored ?? 0)}`)
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr>${element('MsgId', id)}${element('CreDtTm', file.finished_at ?? file.received_at)}</GrpHdr>`
  yield `<OrgnlGrpInfAndSts>${element('OrgnlMsgId', id)}${element('OrgnlMsgNmId', file.kind ?? 'unknown')}${count}${file.control_sum === null ? '' : element('OrgnlCtrlSum', file.control_sum)}${element('GrpSts', statusOf(file))}${answer.refusal === null ? '' : reason(answer.refusal.code, answer.refusal.detail)}</OrgnlGrpInfAndSts>`
  let isOpen = false
  if (file.status !== 'refused') {
    for await (const rows of eachProblem(database, file.file_id)) {
      if (rows.length === 0) continue
      if (!isOpen) yield `<OrgnlPmtInfAndSts>${element('OrgnlPmtInfId', id)}`
      isOpen = true
      yield byLine(rows).map((reasons) => `<TxInfAndSts>${element('StsId', `${reasons[0]?.sheet === null || reasons[0]?.sheet === undefined ? '' : `${reasons[0].sheet.slice(0, 20)}!`}${reasons[0]?.row ?? ''}`)}<TxSts>RJCT</TxSts>${reasons.map(({ code, column, detail }) => reason(code, `${column === null ? '' : `${column}: `}${detail}`)).join('')}</TxInfAndSts>\n`).join('')
    }
  }
  yield `${isOpen ? '</OrgnlPmtInfAndSts>' : ''}</CstmrPmtStsRpt></Document>\n`
}

/** At most 35 signs, as the standard has it. */
function messageId({ upload_id: id }: UploadRow): string {
  return id.replaceAll('-', '')
}

function escaped(text: string): string {
  // What XML cannot hold at all stands as the sign of a lost letter.
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
