/** Files that a reader takes away: sent as they are made, never shown in the browser, never kept by it. */
import { Readable } from 'node:stream'
import type { Context } from 'hono'
import { noteExport, type Export } from '../trail/index.ts'
import type { Environment } from './environment.ts'
import { kindNamed } from '../core/index.ts'
import { csvTemplate, workbookTemplate } from '../formats/index.ts'

const types = { csv: 'text/csv; charset=utf-8', html: 'text/html; charset=utf-8', json: 'application/json; charset=utf-8', pdf: 'application/pdf', xml: 'application/xml', zip: 'application/zip', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const

/** A file to take away. */
export interface Download {
  readonly fileName: string
  readonly format: keyof typeof types
  readonly pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

/** The answer that carries a file. */
export function downloadResponse(context: Context, { fileName, format, pieces }: Download): Response {
  // RFC 6266: an ASCII name for old readers, the whole one for the others; quotes and control characters are in neither.
  const plain = fileName.normalize('NFKD').replace(/[^\w .()-]/g, '_')
  const whole = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return context.body(Readable.toWeb(Readable.from(pieces)) as ReadableStream, 200, {
    'Content-Type': types[format],
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${whole}`,
    'Cache-Control': 'no-store',
  })
}

/** The same for what tells of people or of their money: that it is taken away is kept first, with who took it. */
export async function takenAway<P extends string>(context: Context<Environment, P>, download: Download, what: Pick<Export, 'subject' | 'rowCount' | 'hasWholeNumbers'>): Promise<Response> {
  const { database, reader } = context.get('desk')
  await database.transaction((transaction) => noteExport(transaction, { ...what, format: download.format, filter: context.get('view').query.toString(), reason: null }, { staffId: reader.staffId, at: context.get('at') }))
  return downloadResponse(context, download)
}

/** The template of that name, `disbursement.xlsx`; null when there is none. */
export function templateDownload(name: string, columns: string | undefined): Download | null {
  const [kindName = '', format] = name.split('.')
  const kind = kindNamed(kindName)
  if (kind === null || (format !== 'xlsx' && format !== 'csv')) return null
  const language = columns === 'en' ? 'en' : 'vi'
  return { fileName: name, format, pieces: format === 'xlsx' ? workbookTemplate(kind, language) : [Buffer.from(csvTemplate(kind, language))] }
}
