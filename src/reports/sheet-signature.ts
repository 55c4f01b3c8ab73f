/** A public sheet with the signature of whoever published it: made with a key that never leaves the installation, checked by anybody without it. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, verify, type KeyObject } from 'node:crypto'
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../core/index.ts'
import type { PublicSheet } from './sheet.ts'

/** The sheet as a file: what is said, and who said it. */
export interface SignedSheet {
  readonly sheet: PublicSheet
  readonly signature: {
    readonly algorithm: 'Ed25519'
    /** The 32 bytes of the public key, base64. */
    readonly public_key: string
    /** The first 16 hex digits of the key's SHA-256: short enough to be printed on paper and compared. */
    readonly key_id: string
    /** Over the sheet in canonical form (keys in order of code points, nothing between them), base64. */
    readonly value: string
  }
}

/** What is wrong with a sheet that somebody shows; null: nothing. */
export type SheetFault = 'unreadable' | 'changed' | 'other_key'

/**
 * The key that signs, from a file that only its owner can read; made when it is missing.
 *
 * @throws Refusal `key_open` when others may read it, `key_unreadable` when it is no such key
 */
export async function loadSheetKey(path: string): Promise<KeyObject> {
  await makeMissingKey(path)
  // Windows knows no such bits and reports all of them.
  if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) throw new Refusal('installation', 'key_open', `${path} signs what this province publishes, and others on this machine may read it: chmod 600 ${path}, or remove it and let a new one be made`)
  try {
    const key = createPrivateKey(await readFile(path))
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // The answer is the same for what is no key and for a key of another kind.
  }
  throw new Refusal('installation', 'key_unreadable', `${path} is no Ed25519 private key in PEM form`)
}

/** Written whole under another name and then linked: who comes second finds the first one's key, never half of one. */
async function makeMissingKey(path: string): Promise<void> {
  if (await stat(path).then(() => true, () => false)) return
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(draft, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true })
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/** The sheet, signed. The same sheet and key give the same bytes. */
export function signSheet(sheet: PublicSheet, key: KeyObject): SignedSheet {
  const publicKey = rawPublicKey(createPublicKey(key))
  return { sheet, signature: { algorithm: 'Ed25519', public_key: publicKey.toString('base64'), key_id: keyId(publicKey), value: sign(null, Buffer.from(canonicalJson(sheet)), key).toString('base64') } }
}

/** The bytes in which a signed sheet is handed on. */
export function sheetFile(signed: SignedSheet): string {
  return `${canonicalJson(signed)}\n`
}

const signedShape = z.strictObject({
  sheet: z.record(z.string(), z.unknown()),
  signature: z.strictObject({ algorithm: z.literal('Ed25519'), public_key: z.base64(), key_id: z.string(), value: z.base64() }),
})

/**
 * Whether a file is a sheet that stands as it was signed, needing nothing but the file. It says whose key signed; that
 * this is the publisher's is for the reader to compare, or to say: `expected` is a public key or its short id.
 */
export function checkSheet(text: string, expected?: string): { readonly fault: SheetFault | null; readonly keyId: string | null; readonly sheet: PublicSheet | null } {
  const written = readCanonical(text)
  const parsed = signedShape.safeParse(written?.value)
  if (written === null || !parsed.success) return { fault: 'unreadable', keyId: null, sheet: null }
  const { sheet, signature } = parsed.data
  const publicKey = Buffer.from(signature.public_key, 'base64')
  if (publicKey.length !== 32 || signature.key_id !== keyId(publicKey)) return { fault: 'unreadable', keyId: null, sheet: null }
  const id = keyId(publicKey)
  // A key said twice is read once: only the text that was handed out is what was signed.
  if (!written.isCanonical || !verify(null, Buffer.from(canonicalJson(sheet)), keyOf(publicKey), Buffer.from(signature.value, 'base64'))) return { fault: 'changed', keyId: id, sheet: null }
  if (expected !== undefined && expected !== signature.public_key && expected !== id) return { fault: 'other_key', keyId: id, sheet: null }
  return { fault: null, keyId: id, sheet: sheet as unknown as PublicSheet }
}

/** One text for one value: keys by code point, no blanks, letters in NFC as they came. Only whole numbers are written, so nothing depends on how fractions are printed. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`${value} has no single way to be written`)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`
}

/** What a text says, and whether it is written in the one way; null for what is no JSON, or holds fractions. */
function readCanonical(text: string): { readonly value: unknown; readonly isCanonical: boolean } | null {
  try {
    const value: unknown = JSON.parse(text)
    return { value, isCanonical: canonicalJson(value) === text.trim() }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
}

function keyId(publicKey: Buffer): string {
  return createHash('sha256').update(publicKey).digest('hex').slice(0, 16)
}

// An Ed25519 public key in DER form is these twelve bytes and the key itself (RFC 8410).
const derHead = Buffer.from('302a300506032b6570032100', 'hex')

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' }).subarray(derHead.length)
}

function keyOf(publicKey: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([derHead, publicKey]), type: 'spki', format: 'der' })
}
