/** The second factor: six figures that change every half minute, each good once. */
import { Secret, TOTP } from 'otpauth'
import { encode } from 'uqr'
import { dayNumber } from '../core/index.ts'
import type { Session } from '../db/index.ts'

const stepSeconds = 30

/** What an app for codes is shown, to be scanned or typed. */
export interface Enrolment {
  /** Base32, in groups of four to be typed. */
  readonly secret: string
  /** Rows of a QR code, true: dark; the quiet border is in it. */
  readonly picture: readonly (readonly boolean[])[]
}

/** A new secret, base32, 160 bits. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** What to show of a secret to whom it is for. */
export function enrolmentOf(secret: string, userName: string): Enrolment {
  const address = new TOTP({ issuer: 'Tận Tay', label: userName, secret: Secret.fromBase32(secret), period: stepSeconds }).toString()
  return { secret: secret.replace(/(.{4})(?=.)/g, '$1 '), picture: encode(address, { ecc: 'M', border: 4 }).data }
}

/** The step whose code this is, the one before and the one after taken too; null: of none of them. */
export function stepOfCode(secret: string, code: string, now: string): number | null {
  const written = code.replace(/[\s-]/g, '')
  if (!/^\d{6}$/.test(written)) return null
  const timestamp = millisecondsOf(now)
  const delta = TOTP.validate({ secret: Secret.fromBase32(secret), token: written, timestamp, period: stepSeconds, window: 1 })
  return delta === null ? null : Math.floor(timestamp / (stepSeconds * 1000)) + delta
}

/** Takes a code, once: of two who send the same code at the same time one is refused. */
export async function takeCode(session: Session, staffId: string, code: string, now: string): Promise<boolean> {
  const [row] = await session.query<{ totp_secret: string | null }>('select totp_secret from staff where staff_id = $1 and is_active', [staffId])
  const step = row === undefined || row.totp_secret === null ? null : stepOfCode(row.totp_secret, code, now)
  if (step === null) return false
  const taken = await session.query('update staff set totp_last_step = $2 where staff_id = $1 and coalesce(totp_last_step, -1) < $2 returning staff_id', [staffId, step])
  return taken.length === 1
}

/** Milliseconds since 1970 of a canonical instant. */
function millisecondsOf(instant: string): number {
  const part = (from: number, to: number): number => parseInt(instant.slice(from, to), 10)
  const seconds = dayNumber(instant.slice(0, 10)) * 86_400 + part(11, 13) * 3600 + part(14, 16) * 60 + part(17, 19)
  return seconds * 1000 + parseInt(instant.slice(20, -1).padEnd(3, '0').slice(0, 3), 10)
}
