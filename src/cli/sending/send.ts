/** Hands one file in and follows it to its end, however often the line breaks: the server takes it once. */
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { exitCodes, Refusal } from '../../core/index.ts'
import { addressOf, ask, type Answer, type Counter } from './counter.ts'
import { keyOfParcel, openParcel, type Parcel } from './parcel.ts'
import { untilAnswered, type Patience } from './patience.ts'
import { sendResumably } from './resumable.ts'

/** How it is sent. */
export interface Sending extends Patience {
  /** Null: in one piece; else where it is kept how far pieces have come. */
  readonly resumeFolder: string | null
  /** Told how many bytes have gone, and how many lines the server has read. */
  readonly onProgress?: (progress: { readonly sent: number } | { readonly linesRead: number }) => void
}

/** A file as the API gives it, as far as is looked at here. */
export interface FileAnswer {
  readonly file_id: string
  readonly status: 'received' | 'processing' | 'sealed' | 'refused' | 'failed' | 'void'
  readonly repeat_of: string | null
  readonly progress?: { readonly lines_read: number }
  readonly lines: number | null
  readonly accepted: number | null
  readonly repeats: number | null
  readonly problem_count: number | null
  readonly ignored: number | null
  readonly refusal: { readonly code: string; readonly detail: string } | null
  readonly failure: string | null
}

/** What became of it. */
export interface Sent {
  readonly file: FileAnswer
  readonly address: URL
  readonly exitCode: number
}

/** How often a file is handed in anew that was not read, was refused or withdrawn when it was handed in before. */
const mostRounds = 5
const usualTurnMilliseconds = 5000

/**
 * Hands a file in and waits until it is sealed or refused.
 *
 * @throws Refusal `key_refused` (not allowed), `request_refused` (usage or failure), `gave_up` (try again)
 */
export async function sendFile(counter: Counter, parcel: Parcel, sending: Sending): Promise<Sent> {
  for (let round = 0; ; round++) {
    const answer = sending.resumeFolder === null
      ? await untilAnswered(() => post(counter, parcel, keyOfParcel(parcel, round), sending), sending)
      : await untilAnswered(() => sendResumably(counter, parcel, keyOfParcel(parcel, round), { ...sending, folder: sending.resumeFolder ?? '' }), sending)
    if (answer.status !== 202 && answer.status !== 201 && answer.status !== 200) throw refusalOf(answer)
    const address = addressOf(counter, answer.headers.location ?? '')
    const wasKnown = answer.headers['idempotency-replayed'] === 'true'
    const file = await follow(counter, address, sending)
    // What was answered before and no longer stands is handed in anew: what was in its way may be gone.
    if (file.status !== 'sealed' && wasKnown && round < mostRounds) continue
    return { file, address, exitCode: file.status === 'sealed' ? exitCodes.ok : file.status === 'refused' ? exitCodes.fileRefused : exitCodes.failure }
  }
}

/** Fetches the sender's own file back with a column that says what is wrong with which line. @throws Refusal as sendFile */
export async function fetchProblems(counter: Counter, address: URL, into: string, patience: Patience): Promise<void> {
  const own = new URL(`${address.pathname}/problems?format=file`, address)
  const answer = await untilAnswered(() => ask(counter, 'GET', own, { headers: { Accept: '*/*' }, onBody: (body) => pipeline(body, createWriteStream(into)) }), patience)
  if (answer.status !== 200) throw refusalOf(answer)
}

function post(counter: Counter, parcel: Parcel, key: string, { onProgress }: Sending): Promise<Answer> {
  const address = new URL('api/v1/files', counter.base)
  const query = { file_name: parcel.fileName, kind: parcel.kind, profile: parcel.profile, control_count: parcel.controlCount, control_sum: parcel.controlSum }
  for (const [name, value] of Object.entries(query)) if (value !== null) address.searchParams.set(name, value)
  return ask(counter, 'POST', address, {
    headers: { 'Content-Type': 'application/octet-stream', 'Repr-Digest': parcel.digest, 'Idempotency-Key': key },
    body: { stream: openParcel(parcel), size: parcel.size, onBytes: (sent) => onProgress?.({ sent }) },
  })
}

/** Asks until it has ended, more seldom the longer it takes. */
async function follow(counter: Counter, address: URL, sending: Sending): Promise<FileAnswer> {
  for (let turn = 200; ; turn = Math.min(turn * 1.5, usualTurnMilliseconds)) {
    const answer = await untilAnswered(() => ask(counter, 'GET', address), sending)
    if (answer.status !== 200) throw refusalOf(answer)
    const file = readFile(answer.text)
    if (file.status !== 'received' && file.status !== 'processing') return file
    sending.onProgress?.({ linesRead: file.progress?.lines_read ?? 0 })
    await sleep(turn)
  }
}

function readFile(text: string): FileAnswer {
  try {
    const file = JSON.parse(text) as Partial<FileAnswer> | null
    if (typeof file?.status === 'string') return file as FileAnswer
  } catch {
    // Said below, as of any other answer that is none.
  }
  throw new Refusal('failure', 'answer_unknown', 'the server answered something that is no file; is --to the address of a Tận Tay server?')
}

/** What an answer means that will stay as it is. */
function refusalOf({ status, headers, text }: Answer): Refusal {
  const { code, detail, title } = problemIn(text)
  const said = `the server answered ${status}${code === null ? '' : ` ${code}`}${detail === null ? '' : `: ${title === null ? '' : `${title}. `}${detail}`}`
  if (status >= 300 && status < 400) return new Refusal('usage', 'address_moved', `the server sends us on to ${headers.location ?? 'elsewhere'}; is that what --to should say?`)
  if (status === 401 || status === 403) return new Refusal('notAllowed', code ?? 'key_refused', said)
  if (status === 413 || status === 415 || status === 422) return new Refusal('fileRefused', code ?? 'file_too_large', said)
  return new Refusal(status === 400 ? 'usage' : 'failure', code ?? 'request_refused', said)
}

function problemIn(text: string): { readonly code: string | null; readonly title: string | null; readonly detail: string | null } {
  const of = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  try {
    const { code, title, detail } = JSON.parse(text) as Record<string, unknown>
    return { code: of(code), title: of(title), detail: of(detail) }
  } catch {
    return { code: null, title: null, detail: null }
  }
}
