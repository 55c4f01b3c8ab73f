/** Several files at once: reference kinds first and one by one, then facts on two connections; results as if one by one. */
import { kindNamed } from '../core/index.ts'
import type { Database } from '../db/index.ts'
import { FileFault, headBytes } from '../formats/index.ts'
import { readHead } from './file-receiver.ts'
import { ingestFile, nextFileId, saidOf, type IngestRequest, type Surroundings } from './ingest-file.ts'
import { openFile } from './opening.ts'
import type { Receipt } from './receipt.ts'

// The server's side of a COPY is the larger half, so two files at once use two cores; a third gains nothing there.
const lanes = 2

/**
 * The receipts of several files, in the order given, which is also the order of their file_ids and the order in which
 * repeats are counted. Files of reference kinds are taken in before the others, because facts may need them.
 */
export async function ingestFiles(database: Database, requests: readonly IngestRequest[], surroundings: Surroundings): Promise<Receipt[]> {
  const receipts: Receipt[] = []
  const works: Work[] = []
  for (const [index, request] of requests.entries()) works.push({ request, index, fileId: await nextFileId(database), isReference: requests.length > 1 && (await isReference(request)) })
  const takeIn = async ({ request, index, fileId }: Work, ready: Promise<void>): Promise<void> => {
    receipts[index] = await ingestFile(database, request, surroundings, { fileId, ready })
  }
  for (const work of works.filter((one) => one.isReference)) await takeIn(work, Promise.resolve())
  await inLanes(works.filter((one) => !one.isReference), takeIn)
  return receipts
}

interface Work {
  readonly request: IngestRequest
  readonly index: number
  readonly fileId: number
  readonly isReference: boolean
}

/** Begins the works in order, `lanes` at a time; each is told when all before it have ended. */
async function inLanes(works: readonly Work[], takeIn: (work: Work, ready: Promise<void>) => Promise<void>): Promise<void> {
  const ended: Promise<void>[] = []
  let next = 0
  let failure: unknown = null
  const lane = async (): Promise<void> => {
    for (let index = next++; index < works.length && failure === null; index = next++) {
      // Whatever became of an earlier file, it has ended: its own receipt or failure says how.
      const before = Promise.allSettled(ended.slice(0, index)).then(() => undefined)
      const done = takeIn(works[index] as Work, before)
      ended[index] = done
      await done.catch((error: unknown) => { failure ??= error })
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  if (failure !== null) throw failure as Error
}

/** True when the header says that the file holds reference rows; what cannot be told is left to its own ingest. */
async function isReference(request: IngestRequest): Promise<boolean> {
  const { path } = request
  const kind = request.kind ?? request.savedProfile?.profile.kind.name
  if (kind !== undefined) return kindNamed(kind)?.group === 'reference'
  try {
    const { head, size } = await readHead(path, headBytes)
    const { header, source } = await openFile({ path, head, size }, saidOf(request))
    await source?.close()
    return header.kind.group === 'reference'
  } catch (error) {
    if (error instanceof FileFault) return false
    throw error
  }
}
