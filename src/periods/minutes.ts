/** The minutes of a month: what was signed, who signed it, the installation's signature, and how anybody checks all of it offline. */
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { sha256Of } from '../core/index.ts'
import type { Role } from '../core/index.ts'
import { canonicalJson, faultOfSignature, keyIdOf, readCanonical, signatureOf, signatureShape, type Signature } from '../signing/index.ts'
import { minutesFormats, type Content } from './content.ts'
import type { PeriodStep } from './standing.ts'

/** Who took a step. */
export interface Signer {
  readonly step: PeriodStep
  readonly name: string
  readonly staff_id: string
  /** As they had them when the minutes were issued. */
  readonly roles: readonly Role[]
  /** UTC instant. */
  readonly at: string
  /** The absent approver in whose place they signed; absent: in their own right. */
  readonly on_behalf_of?: { readonly name: string; readonly staff_id: string }
}

/** What is signed: the content, and the four persons. */
export interface Minutes {
  readonly content: Content
  readonly content_sha256: string
  readonly steps: readonly Signer[]
}

/** The file that is handed out. */
export interface SignedMinutes {
  readonly minutes: Minutes
  /** Of the minutes in canonical form: what every printed page says. */
  readonly sha256: string
  /** SHA-256 of the PDF in each language. */
  readonly pdf: { readonly vi: string; readonly en: string }
  /** Over everything above. */
  readonly signature: Signature
}

/** Minutes as they are kept: the file, and its PDFs. */
export interface SealedMinutes {
  readonly text: string
  readonly sha256: string
  readonly keyId: string
  readonly pdfs: { readonly vi: Buffer; readonly en: Buffer }
}

/** What stands at the foot of every page. */
export interface MinutesMark {
  readonly sha256: string
  readonly keyId: string
}

/** What the installation is to sign. */
export function signableMinutes(content: Content, steps: readonly Signer[]): Minutes {
  return { content, content_sha256: sha256Of(canonicalJson(content)), steps }
}

/** Puts minutes on paper and signs them: the same minutes and key give the same bytes. */
export async function sealMinutes(minutes: Minutes, key: KeyObject, print: (minutes: Minutes, mark: MinutesMark) => Promise<SealedMinutes['pdfs']>): Promise<SealedMinutes> {
  const sha256 = sha256Of(canonicalJson(minutes))
  const keyId = keyIdOf(key)
  const pdfs = await print(minutes, { sha256, keyId })
  const signed = { minutes, sha256, pdf: { vi: sha256Of(pdfs.vi), en: sha256Of(pdfs.en) } }
  return { text: `${canonicalJson({ ...signed, signature: signatureOf(signed, key) })}\n`, sha256, keyId, pdfs }
}

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const shape = z.strictObject({
  minutes: z.strictObject({
    content: z.looseObject({ format: z.enum(minutesFormats), benefit_period: z.string(), files: z.array(z.looseObject({ sha256: hex })) }),
    content_sha256: hex,
    steps: z.array(z.strictObject({ step: z.enum(['prepared', 'appraised', 'approved', 'issued']), name: z.string(), staff_id: z.string(), roles: z.array(z.string()), at: z.string(), on_behalf_of: z.strictObject({ name: z.string(), staff_id: z.string() }).optional() })),
  }),
  sha256: hex,
  pdf: z.strictObject({ vi: hex, en: hex }),
  signature: signatureShape,
})

/** What is wrong with minutes that somebody shows. `unreadable`: they are none; `changed`: not what was signed; `persons`: not four; `other_key`. */
export type MinutesFault = 'unreadable' | 'changed' | 'persons' | 'other_key'

/**
 * Whether minutes stand as they were signed, needing nothing but the file. `expected` is the public key, or its short id,
 * that must have signed; without it the file says whose key it was, and the reader compares.
 */
export function checkMinutes(text: string, expected?: string): { readonly fault: MinutesFault | null; readonly keyId: string | null; readonly signed: SignedMinutes | null } {
  const written = readCanonical(text)
  const parsed = shape.safeParse(written?.value)
  if (written === null || !parsed.success) return { fault: 'unreadable', keyId: null, signed: null }
  const signed = parsed.data as unknown as SignedMinutes
  const { signature, ...said } = signed
  const keyId = signature.key_id
  const fault = faultOfSignature(said, signature, expected)
  if (fault === 'unreadable') return { fault, keyId: null, signed: null }
  const { minutes, sha256 } = signed
  // Signed text has one form: blanks, another order or a key said twice are no longer what was handed out.
  if (fault === 'changed' || !isAsHandedOut(text, signed) || sha256Of(canonicalJson(minutes)) !== sha256 || sha256Of(canonicalJson(minutes.content)) !== minutes.content_sha256) return { fault: 'changed', keyId, signed: null }
  // Neither who signed nor in whose place they signed is another of the four.
  const principals = minutes.steps.map((step) => step.on_behalf_of?.staff_id ?? step.staff_id)
  if ([minutes.steps.map((step) => step.step), minutes.steps.map((step) => step.staff_id), principals].some((each) => new Set(each).size !== 4)) return { fault: 'persons', keyId, signed: null }
  return { fault, keyId, signed: fault === null ? signed : null }
}

function isAsHandedOut(text: string, signed: SignedMinutes): boolean {
  return text === `${canonicalJson(signed)}\n`
}
