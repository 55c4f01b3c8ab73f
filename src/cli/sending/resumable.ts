/** Sends a file in pieces (tus): what has arrived stays there when the line breaks, also after this program has ended. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { DefaultHttpStack, DetailedError, Upload } from 'tus-js-client'
import { addressOf, LostConnection, type Answer, type Counter } from './counter.ts'
import { openParcel, type Parcel } from './parcel.ts'

const pieceBytes = 4 * 2 ** 20

/** Sends what has not arrived yet; gives the answer by which the server took the last piece. @throws LostConnection */
export async function sendResumably(counter: Counter, parcel: Parcel, key: string, { folder, onProgress }: { readonly folder: string; readonly onProgress?: ((progress: { readonly sent: number }) => void) | undefined }): Promise<Answer> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // Which address the server gave it, by its key: the next attempt goes on there.
  const note = join(folder, `${key}.tus`)
  const stream = openParcel(parcel)
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      const upload = new Upload(stream, {
        endpoint: new URL('api/v1/resumable', counter.base).href,
        uploadUrl: addressNoted(counter, note),
        uploadSize: parcel.size,
        chunkSize: pieceBytes,
        // Trying again is done where all requests are tried again.
        retryDelays: null,
        headers: { Authorization: `Bearer ${counter.key}` },
        metadata: metadataOf(parcel),
        httpStack: new DefaultHttpStack({ agent: false, timeout: counter.silenceMilliseconds, ...(counter.certificate ?? {}) }),
        onUploadUrlAvailable: () => {
          if (upload.url !== null) writeFileSync(note, upload.url, { mode: 0o600 })
        },
        onProgress: (sent) => onProgress?.({ sent }),
        onSuccess: ({ lastResponse }) => { resolve({ status: 202, headers: headersOf(lastResponse.getUnderlyingObject()), text: lastResponse.getBody() }) },
        onError: (error) => {
          const response = error instanceof DetailedError ? error.originalResponse : null
          if (response === null) reject(new LostConnection('no answer'))
          else resolve({ status: response.getStatus(), headers: headersOf(response.getUnderlyingObject()), text: response.getBody() })
        },
      })
      upload.start()
    })
    if (answer.status === 202) rmSync(note, { force: true })
    return answer
  } finally {
    stream.destroy()
  }
}

function metadataOf({ fileName, kind, profile, controlCount, controlSum, sha256 }: Parcel): Record<string, string> {
  const said = { file_name: fileName, kind, profile, control_count: controlCount, control_sum: controlSum, sha256 }
  return Object.fromEntries(Object.entries(said).flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
}

function addressNoted(counter: Counter, note: string): string | null {
  try {
    return addressOf(counter, readFileSync(note, 'utf8').trim()).href
  } catch {
    return null
  }
}

function headersOf(response: unknown): IncomingHttpHeaders {
  return (response as { readonly headers?: IncomingHttpHeaders } | undefined)?.headers ?? {}
}
