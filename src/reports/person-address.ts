/**
 * Ids of people in addresses, unreadable: an address is seen over a shoulder, sent on, kept in histories and logs.
 *
 * The address of a person is the person_key in one block of AES under a key that is made for each installation and
 * kept in its database: the same person has the same address for good, nobody can tell the id from it without the
 * database, and nobody can make one up, since eight bytes of a block must be zero.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { Session } from '../db/index.ts'

/** Only keys from 0 on are people's ids; from here on they are hashes of organisations' codes. */
const keysOfPeopleEnd = 1_001_000_000_000n
const checkLength = 8

/** What turns keys into addresses and back; one look at the database gives it. */
export interface PersonAddresses {
  /** Null for who is no person: an organisation, or a payment that names nobody. */
  of(personKey: string): string | null
  /** Null for a text that is no address of this installation. */
  keyOf(address: string): string | null
}

/** The addresses of this installation. */
export async function personAddresses(session: Session): Promise<PersonAddresses> {
  const [row] = await session.query<{ secret: Buffer }>('select secret from address_key')
  if (row === undefined) throw new Error('address_key is empty: the migration that fills it has not run')
  const { secret } = row
  return {
    of(personKey) {
      const key = BigInt(personKey)
      if (key < 0n || key >= keysOfPeopleEnd) return null
      const block = Buffer.alloc(16)
      block.writeBigInt64BE(key, checkLength)
      const cipher = createCipheriv('aes-256-ecb', secret, null).setAutoPadding(false)
      return Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url')
    },
    keyOf(address) {
      if (!/^[\w-]{22}$/.test(address)) return null
      const decipher = createDecipheriv('aes-256-ecb', secret, null).setAutoPadding(false)
      const block = Buffer.concat([decipher.update(Buffer.from(address, 'base64url')), decipher.final()])
      if (block.readBigInt64BE(0) !== 0n) return null
      const key = block.readBigInt64BE(checkLength)
      return key >= 0n && key < keysOfPeopleEnd ? key.toString() : null
    },
  }
}
