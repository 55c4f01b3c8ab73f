/** Files as banks hand them in, invented: what their accounts were credited with, or what was withdrawn from them. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'

/** A file that a bank hands in. */
export interface BankFile {
  /** The bank's 6 digits. */
  readonly agent: string
  readonly name: string
  readonly path: string
  readonly lines: number
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
}

/** What a file is to be like. */
export interface WantedFile {
  readonly agent: string
  readonly kind: 'disbursement' | 'withdrawal'
  /** Told apart from the same bank's others by it: no two have a line in common. */
  readonly number: number
  readonly lines: number
}

const headers = {
  disbursement: 'end_to_end_id,scheme,benefit_period,beneficiary_id,creditor_agent,creditor_account,instructed_amount,transaction_status,credited_at\n',
  withdrawal: 'creditor_agent,account_number,end_to_end_id,first_withdrawal_at,withdrawal_channel,withdrawn_amount,reported_through_date\n',
}
const channels = ['atm', 'branch', 'agent', 'pos']

/** The text of a file, a thousand lines at a time. */
export function* textOf({ agent, kind, number, lines }: WantedFile): Generator<string> {
  yield headers[kind]
  for (let from = 0; from < lines; from += 1000) {
    let piece = ''
    for (let line = from; line < Math.min(lines, from + 1000); line += 1) piece += lineOf(agent, kind, number, line)
    yield piece
  }
}

/** Writes it below the folder; resolves when it is there. */
export async function writeBankFile(folder: string, wanted: WantedFile): Promise<BankFile> {
  const name = `${wanted.agent}-${wanted.kind}-${String(wanted.number)}.csv`
  const path = join(folder, name)
  const hash = createHash('sha256')
  const out = createWriteStream(path)
  let bytes = 0
  for (const piece of textOf(wanted)) {
    const encoded = Buffer.from(piece)
    hash.update(encoded)
    bytes += encoded.length
    if (!out.write(encoded)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
  return { agent: wanted.agent, name, path, lines: wanted.lines, bytes, sha256: hash.digest('hex') }
}

function lineOf(agent: string, kind: WantedFile['kind'], file: number, line: number): string {
  const place = file * 20_000_000 + line
  const reference = `C${agent}${String(place)}`
  const account = `8${String(place % 1_000_000_000).padStart(9, '0')}`
  const day = String(1 + (line % 27)).padStart(2, '0')
  const amount = String(100_000 + 1000 * (line % 900))
  if (kind === 'withdrawal') return `${agent},${account},${reference},2026-10-${day},${channels[line % 4] ?? ''},${amount},2026-10-31\n`
  return `${reference},BTXH,2026-10,0010870${String(line % 100_000).padStart(5, '0')},${agent},${account},${amount},ACSC,2026-10-${day}\n`
}
