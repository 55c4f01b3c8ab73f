/** A small invented province, taken in and worked out by the product itself, and the application that shows it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { MessageGateway } from '../../src/cases/index.ts'
import { stoppedClock } from '../../src/core/index.ts'
import { openDesk, type Database, type DeskConnections } from '../../src/db/index.ts'
import { createApp, type App } from '../../src/http/index.ts'
import { publishAlongside } from '../../src/jobs/index.ts'
import { annotatedFile, ingestFiles, ingestMade, ingestRow, rawLine } from '../../src/ingest/index.ts'
import { run } from '../../src/reconcile/index.ts'
import { loadSigningKey } from '../../src/signing/index.ts'
import { simulate } from '../../src/simulate/index.ts'
import { useDatabase, type Clone } from '../helpers/database.ts'
import { signedIn, type NewReader, type ReaderApp } from './readers.ts'

/** What the tests look at. */
export interface Province {
  /** As somebody reads it who works for the whole country, with every role that can be held at once. */
  readonly app: ReaderApp
  /** As nobody reads it. */
  readonly outside: App
  /** As somebody else reads it. */
  readonly as: (reader: NewReader) => Promise<ReaderApp>
  readonly database: Database
  readonly desk: DeskConnections
  readonly asOf: string
  /** Where received files lie. */
  readonly dataDirectory: string
  /** Failures that the application told of. */
  readonly failures: Readonly<Record<string, unknown>>[]
}

/** More trouble than usual, for a list of several pages from few people; per 10,000. */
const badMonth = { unpaid: 600, returned: 500, paid_late: 400, account_not_usable: 300 }

const clock = stoppedClock('2026-11-01T20:00:00Z')

/** A file with one line of each trouble that the page of a file has to show. */
const troubledFile = `DANH SÁCH CHI TRẢ <script>alert(1)</script>,,,,
scheme,benefit_period,beneficiary_id,beneficiary_name,unit_code,due_amount
BTXH,2026-09,001087000001,"An ""Năm"" <b>",00001,540000
BTXH,2026-09,001087000002,Bình,00001,"1.350.000"
BTXH,2026-13,1087123456,Cúc,00001,<img src=x onerror=alert(1)>
,,,,,
`
const refusedFile = 'ma_ho_so,so_tien\n1,2\n'

/** A published province for the whole of the calling test file. */
export function useProvince(beneficiaries: number): () => Province {
  const clone = useDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'tantay-pages-'))
  let province: Province | undefined
  beforeAll(async () => {
    province = await publish(clone(), folder, beneficiaries)
  })
  afterAll(async () => {
    await province?.desk.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return () => {
    if (province === undefined) throw new Error('the province is there only while tests run')
    return province
  }
}

/** The application over any database, with the failures it tells of; whoever calls it closes `desk`. */
export async function appOver(database: Database, dataDirectory: string, given?: DeskConnections, messageGateway: MessageGateway | null = null): Promise<Omit<Province, 'asOf' | 'database' | 'dataDirectory'>> {
  const failures: Province['failures'] = []
  const desk = given ?? (await openDesk(database, { connections: 3 }))
  const outside = createApp({
    database,
    desk,
    rawLine: (fileId, line) => rawLine(database, dataDirectory, fileId, line),
    annotated: (fileId) => annotatedFile(database, dataDirectory, fileId),
    evidenceFolder: join(dataDirectory, 'evidence'),
    clock,
    messageGateway,
    dataDirectory,
    sheetKey: () => loadSigningKey(join(dataDirectory, 'sheet-key.pem')),
    storeMade: (file) => ingestMade(database, file, { clock, dataDirectory }),
    storeRow: (kind, row) => ingestRow(database, kind, row, 'form', { clock, dataDirectory }),
    log: { error: (fields) => failures.push(fields) },
  })
  const as = (reader: NewReader): Promise<ReaderApp> => signedIn(outside, database, reader)
  return { app: await as({ roles: ['officer', 'payer'] }), outside, as, desk, failures }
}

async function publish({ database }: Clone, folder: string, beneficiaries: number): Promise<Province> {
  const { files, truth } = await simulate({ beneficiaries, seed: 'pages', out: join(folder, 'sent'), shares: badMonth, statements: true })
  writeFileSync(join(folder, 'sent', '90 lỗi <i>.csv'), troubledFile)
  writeFileSync(join(folder, 'sent', '91 khác.csv'), refusedFile)
  const paths = [...files.map((file) => file.path), join(folder, 'sent', '90 lỗi <i>.csv'), join(folder, 'sent', '91 khác.csv')]
  await ingestFiles(database, paths.map((path) => ({ path })), { clock, dataDirectory: folder })
  await run(database, { asOf: truth.as_of, timeZone: 'Asia/Ho_Chi_Minh', clock, alongside: publishAlongside })
  return { ...(await appOver(database, folder)), database, dataDirectory: folder, asOf: truth.as_of }
}
