/** What names bytes: the same bytes have the same hash, on every machine. */
import { createHash } from 'node:crypto'

/** SHA-256 of a text in UTF-8, or of bytes; 64 hexadecimal digits. */
export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
