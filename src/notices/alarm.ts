/** Tells whoever runs the installation that something is wrong with the nights, and when it is well again: by a signed webhook and by e-mail. */
import { alarmText } from './alarm-texts.ts'
import { destinationOf, type Resolve } from './guard.ts'
import { sendLetter, type MailSettings } from './mail.ts'
import { postNotice } from './post.ts'

/** Where alarms go; both may be missing, and then only the log tells. */
export interface AlarmSettings {
  readonly webhook: { readonly url: string; readonly secret: string } | null
  readonly mail: { readonly server: MailSettings; readonly to: readonly string[] } | null
  /** Networks that the installation allows besides the internet and its own. */
  readonly allowedNetworks: readonly string[]
  /** Where people reach the pages; null: messages name no page. */
  readonly publicUrl: string | null
  /** How names are resolved; absent: as the system does. */
  readonly resolve?: Resolve
}

/** One thing to tell. */
export interface Alarm {
  /** The same for every attempt and every place. */
  readonly id: string
  readonly kind: 'night_late' | 'night_failed' | 'proof_failed' | 'database_away'
  readonly phase: 'raised' | 'well_again'
  /** The day of the night it is about; null: of none. */
  readonly asOf: string | null
  readonly failureCode: string | null
  readonly failurePlace: string | null
  /** The day of the result that stands meanwhile; null: none, or not known. */
  readonly publishedAsOf: string | null
  /** When it happened, UTC. */
  readonly at: string
}

/** The house's own machines: whoever runs it names the address, not a bank. Not link-local ones, where clouds keep their keys. */
const ownNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.0/8', '::1/128', 'fc00::/7']

/** The places of the settings by name: `webhook`, `mail 1`, `mail 2`, …; addresses stay in the settings. */
export function alarmPlaces({ webhook, mail }: AlarmSettings): string[] {
  return [...(webhook === null ? [] : ['webhook']), ...(mail?.to ?? []).map((_, index) => `mail ${index + 1}`)]
}

/** One attempt at one place; null: it arrived, else what kept it, in a word. Never throws. */
export async function tellAlarm(settings: AlarmSettings, place: string, alarm: Alarm, now: string): Promise<string | null> {
  if (place === 'webhook') return settings.webhook === null ? 'place_removed' : byWebhook(settings, settings.webhook, alarm, now)
  const to = settings.mail?.to[parseInt(place.slice('mail '.length), 10) - 1]
  if (settings.mail === null || to === undefined) return 'place_removed'
  const { subject, text } = alarmText(alarm, settings.publicUrl)
  return (await sendLetter(settings.mail.server, { to, language: 'vi', subject, text, messageId: alarm.id })).error
}

async function byWebhook({ allowedNetworks, resolve }: AlarmSettings, { url, secret }: { readonly url: string; readonly secret: string }, { id, kind, phase, asOf, failureCode, failurePlace, publishedAsOf, at }: Alarm, now: string): Promise<string | null> {
  const address = new URL(url)
  const destination = await destinationOf(address, [...ownNetworks, ...allowedNetworks], resolve)
  if (typeof destination === 'string') return destination
  const type = phase === 'well_again' ? 'alarm.well_again' : `alarm.${kind}`
  const body = JSON.stringify({ type, timestamp: at, data: { kind, as_of: asOf, failure_code: failureCode, failure_place: failurePlace, published_as_of: publishedAsOf } })
  return (await postNotice(address, destination, { eventId: id, body, secrets: [secret] }, now)).error
}
