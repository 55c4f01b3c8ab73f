/** A signature that travels with what it signs: checked by anybody without asking us. */
import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { sha256Of } from '../core/index.ts'
import { canonicalJson } from './canonical.ts'

/** Who signed, and the signature. */
export interface Signature {
  readonly algorithm: 'Ed25519'
  /** The 32 bytes of the public key, base64. */
  readonly public_key: string
  /** The first 16 hex digits of the key's SHA-256: short enough to be printed on paper and compared. */
  readonly key_id: string
  /** Over the value in canonical form, base64. */
  readonly value: string
}

/** The shape of a signature in a file. */
export const signatureShape = z.strictObject({ algorithm: z.literal('Ed25519'), public_key: z.base64(), key_id: z.string(), value: z.base64() })

/** What is wrong with a signature; null: nothing. `unreadable`: it names no key, or another than it holds. */
export type SignatureFault = 'unreadable' | 'changed' | 'other_key'

/** The short id of a key that signs: what its signatures say, and what is compared on paper. */
export function keyIdOf(key: KeyObject): string {
  return keyId(rawPublicKey(createPublicKey(key)))
}

/** The signature of a value. The same value and key give the same bytes. */
export function signatureOf(value: unknown, key: KeyObject): Signature {
  const publicKey = rawPublicKey(createPublicKey(key))
  return { algorithm: 'Ed25519', public_key: publicKey.toString('base64'), key_id: keyId(publicKey), value: sign(null, Buffer.from(canonicalJson(value)), key).toString('base64') }
}

/**
 * Whether a value stands as it was signed. It says whose key signed; that this is the right one's is for the reader to
 * compare, or to say: `expected` is a public key or its short id.
 */
export function faultOfSignature(value: unknown, signature: Signature, expected?: string): SignatureFault | null {
  const publicKey = Buffer.from(signature.public_key, 'base64')
  if (publicKey.length !== 32 || signature.key_id !== keyId(publicKey)) return 'unreadable'
  if (!verify(null, Buffer.from(canonicalJson(value)), keyOf(publicKey), Buffer.from(signature.value, 'base64'))) return 'changed'
  return expected !== undefined && expected !== signature.public_key && expected !== signature.key_id ? 'other_key' : null
}

function keyId(publicKey: Buffer): string {
  return sha256Of(publicKey).slice(0, 16)
}

// An Ed25519 public key in DER form is these twelve bytes and the key itself (RFC 8410).
const derHead = Buffer.from('302a300506032b6570032100', 'hex')

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(derHead.length)
}

function keyOf(publicKey: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([derHead, publicKey]), type: 'spki', format: 'der' })
}
