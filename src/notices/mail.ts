/** Tells by e-mail: plain text in the language of the address, ids and counts alone. */
import { createTransport } from 'nodemailer'
import type { Language } from '../core/index.ts'
import { mailText } from './mail-texts.ts'
import type { EventKind } from './places.ts'

/** Over which server, and as whom. */
export interface MailSettings {
  /** `smtps://user:password@mail.example:465`, `smtp://…`; plain only to this machine. */
  readonly url: string
  readonly from: string
  /** False: STARTTLS must succeed. */
  readonly mayBePlain: boolean
}

/** One message. */
export interface Message {
  readonly to: string
  readonly language: Language
  readonly kind: EventKind
  readonly payload: Readonly<Record<string, unknown>>
  readonly eventId: string
  readonly publicUrl: string | null
}

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 10_000 }

/** A message as it is sent. */
export interface Letter {
  readonly to: string
  readonly language: Language
  readonly subject: string
  readonly text: string
  /** The same for every attempt, so that a mailbox can tell a repeat. */
  readonly messageId: string
}

/** Sends it. Never throws: what kept it from arriving is a word; `isFinal`: the server said no for good. */
export function sendMail(settings: MailSettings, { to, language, kind, payload, eventId, publicUrl }: Message): Promise<MailSent> {
  return sendLetter(settings, { to, language, ...mailText(kind, payload, language, publicUrl), messageId: eventId })
}

/** How it went; null: it was taken. */
export interface MailSent {
  readonly status: number | null
  readonly error: string | null
  readonly isFinal: boolean
}

/** Sends a letter that is written already. Never throws. */
export async function sendLetter({ url, from, mayBePlain }: MailSettings, { to, language, subject, text, messageId }: Letter): Promise<MailSent> {
  const { protocol, hostname, port, username, password } = new URL(url)
  const isSecure = protocol === 'smtps:'
  const transport = createTransport({
    ...patience, host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? (isSecure ? 465 : 587) : parseInt(port, 10), secure: isSecure, requireTLS: !isSecure && !mayBePlain, ignoreTLS: !isSecure && mayBePlain,
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    disableFileAccess: true, disableUrlAccess: true,
  })
  try {
    await transport.sendMail({
      from, to: { name: '', address: to }, subject, text,
      messageId: `<${messageId}.${Buffer.from(to).toString('hex').slice(0, 24)}@${from.replace(/^.*@/, '').replace(/[^a-z0-9.-]/gi, '')}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': language },
    })
    return { status: 250, error: null, isFinal: false }
  } catch (error) {
    const { responseCode = null, code } = error as { readonly responseCode?: number | null; readonly code?: string }
    return { status: responseCode, error: responseCode !== null ? 'refused' : code === 'ETIMEDOUT' ? 'timeout' : code === 'ETLS' ? 'certificate' : 'unreachable', isFinal: responseCode !== null && responseCode >= 500 && code !== 'EAUTH' }
  } finally {
    transport.close()
  }
}
