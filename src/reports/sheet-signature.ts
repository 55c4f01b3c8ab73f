/** A public sheet with the signature of whoever published it: checked by anybody who holds the file. */
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson, faultOfSignature, readCanonical, signatureOf, signatureShape, type Signature, type SignatureFault } from '../signing/index.ts'
import type { PublicSheet } from './sheet.ts'

/** The sheet as a file: what is said, and who said it. */
export interface SignedSheet {
  readonly sheet: PublicSheet
  readonly signature: Signature
}

/** The sheet, signed. The same sheet and key give the same bytes. */
export function signSheet(sheet: PublicSheet, key: KeyObject): SignedSheet {
  return { sheet, signature: signatureOf(sheet, key) }
}

/** The bytes in which a signed sheet is handed on. */
export function sheetFile(signed: SignedSheet): string {
  return `${canonicalJson(signed)}\n`
}

const signedShape = z.strictObject({ sheet: z.record(z.string(), z.unknown()), signature: signatureShape })

/**
 * Whether a file is a sheet that stands as it was signed, needing nothing but the file. It says whose key signed; that
 * this is the publisher's is for the reader to compare, or to say: `expected` is a public key or its short id.
 */
export function checkSheet(text: string, expected?: string): { readonly fault: SignatureFault | null; readonly keyId: string | null; readonly sheet: PublicSheet | null } {
  const written = readCanonical(text)
  const parsed = signedShape.safeParse(written?.value)
  if (written === null || !parsed.success) return { fault: 'unreadable', keyId: null, sheet: null }
  const { sheet, signature } = parsed.data
  // A key said twice is read once: only the text that was handed out is what was signed.
  const said = faultOfSignature(sheet, signature, expected)
  if (said === 'unreadable') return { fault: said, keyId: null, sheet: null }
  const fault = written.isCanonical ? said : 'changed'
  return { fault, keyId: signature.key_id, sheet: fault === null ? (sheet as unknown as PublicSheet) : null }
}
