/**
 * What is searched for, in addresses, unreadable: people search for names and ids, and an address stands in histories
 * and in the logs of proxies (D193).
 *
 * AES-256-GCM under a key of its own, made from the installation's address secret: whoever has not the database can
 * neither read it nor make one up. Each time it is sealed it looks different.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Session } from './connect.ts'

const mark = '.'
const [nonceLength, tagLength] = [12, 16]

/** The text as an address may hold it: `.` and letters, digits, `-`, `_`. */
export async function sealSearch(session: Session, text: string): Promise<string> {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', await keyOf(session), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return mark + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** The text behind it; one that was not sealed is itself; null: it looks sealed, and was not sealed here. */
export async function openSearch(session: Session, written: string): Promise<string | null> {
  if (!/^\.[\w-]{38,}$/.test(written)) return written
  const bytes = Buffer.from(written.slice(mark.length), 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', await keyOf(session), bytes.subarray(0, nonceLength), { authTagLength: tagLength })
  decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

async function keyOf(session: Session): Promise<Buffer> {
  const [row] = await session.query<{ secret: Buffer }>('select secret from address_key')
  if (row === undefined) throw new Error('address_key is empty: the migration that fills it has not run')
  return Buffer.from(hkdfSync('sha256', row.secret, '', 'search', 32))
}
