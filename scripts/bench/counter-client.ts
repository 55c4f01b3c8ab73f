/** A bank's system before the API: hands a file in, asks what became of it. */
import { createReadStream } from 'node:fs'
import { request, type IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { BankFile } from './counter-files.ts'

/** How the server answered. */
export interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** From the first byte sent to the answer. */
  readonly milliseconds: number
  /** From the last byte sent to the answer; null: it was answered before all was sent. */
  readonly millisecondsAfterLastByte: number | null
}

/** What is sent with a file. */
export interface Sending {
  readonly origin: string
  readonly key: string
  readonly idempotencyKey: string
}

/** Sends the bytes of a file as they come from the disk, and waits for the answer. @throws Error when the line breaks */
export function handInFile(sending: Sending, file: Pick<BankFile, 'path' | 'name' | 'bytes'>): Promise<Answered> {
  return handInBytes(sending, file.name, createReadStream(file.path, { highWaterMark: 262_144 }), file.bytes)
}

/** The same with bytes from anywhere; without a length they go in chunks. */
export function handInBytes({ origin, key, idempotencyKey }: Sending, name: string, bytes: Readable, length: number | null): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    let lastByte: number | null = null
    const asked = request(`${origin}/api/v1/files`, {
      method: 'POST',
      agent: false,
      headers: {
        authorization: `Bearer ${key}`, 'idempotency-key': idempotencyKey, 'content-type': 'text/csv',
        'content-disposition': `attachment; filename="${name}"`, ...(length === null ? {} : { 'content-length': length }),
      },
    }, (answer) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('error', reject)
      answer.on('end', () => {
        bytes.destroy()
        const now = performance.now()
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces).toString('utf8'), milliseconds: now - began, millisecondsAfterLastByte: lastByte === null ? null : now - lastByte })
      })
    })
    asked.on('finish', () => { lastByte = performance.now() })
    asked.on('error', (error) => {
      bytes.destroy()
      reject(error)
    })
    bytes.on('error', (error) => asked.destroy(error))
    bytes.pipe(asked)
  })
}

/** What the server says of a file that was handed in. */
export interface FileState {
  readonly status: string
  readonly sha256: string
}

/** Asks for a file at the address that it was acknowledged with; null: there is no such file. @throws Error for any other answer */
export async function stateOf(origin: string, key: string, location: string): Promise<FileState | null> {
  for (;;) {
    const response = await fetch(new URL(location, origin), { headers: { authorization: `Bearer ${key}` } })
    const text = await response.text()
    if (response.status === 404) return null
    if (response.status === 429) {
      await new Promise((resolve) => setTimeout(resolve, 1000 * parseInt(response.headers.get('retry-after') ?? '1', 10)))
      continue
    }
    if (response.status !== 200) throw new Error(`${location} answered ${String(response.status)}: ${text.slice(0, 300)}`)
    return JSON.parse(text) as FileState
  }
}

/** Of numbers in any order the one below which a share of them lies; NaN of none. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((first, second) => first - second)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? NaN
}
