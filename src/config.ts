/** The only reader of the environment: every setting, its default and what is wrong with it. */
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { readNetworks, Refusal } from './core/index.ts'
import { withSecretFiles } from './secret-files.ts'

const emptyIsUnset = (value: unknown): unknown => (value === '' ? undefined : value)

const databaseUrl = z.preprocess(
  emptyIsUnset,
  z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'must start with postgres://')
    .optional(),
)

const loopback = /^(?:127(?:\.\d{1,3}){3}|localhost|\[?::1\]?)$/

/** Passwords and people's data go over it: encrypted, unless they never leave this machine. */
const isSecureAddress = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && url.username === '' && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname)))
}
const secureUrl = z.preprocess(emptyIsUnset, z.string().refine(isSecureAddress, 'must be an https:// address').optional())
const publicUrl = z.preprocess(emptyIsUnset, z.string().refine((text) => isSecureAddress(text) && URL.parse(text)?.pathname === '/', 'must be an https:// address without a path').optional())

/** Null: one of them is none. */
const networksIn = (text: string): string[] | null => {
  try {
    return readNetworks(text.split(',').map((one) => one.trim()).filter((one) => one !== ''))
  } catch {
    return null
  }
}

const networks = z.preprocess(emptyIsUnset, z.string().default('').refine((text) => networksIn(text) !== null, 'must be networks with commas between: 10.20.0.0/16,fd12:3456::/32'))
/** Nights look at a day that has ended and are due by six. */
const nightHour = z.preprocess(emptyIsUnset, z.string().regex(/^0[0-5]:[0-5]\d$/, 'must be an hour of the country between 00:00 and 05:59, as 01:30').optional())
const mailAddress = /^[^\s<>",]+@[^\s<>",]+$/

const schema = z.object({
  DATABASE_URL: databaseUrl,
  TANTAY_DESK_DATABASE_URL: databaseUrl,
  TANTAY_ENGINE_DATABASE_URL: databaseUrl,
  TANTAY_TEST_DATABASE_URL: databaseUrl,
  TANTAY_API_KEY: z.preprocess(emptyIsUnset, z.string().optional()),
  TANTAY_AUDIT_HEADS: z.preprocess(emptyIsUnset, z.string().optional()),
  TANTAY_SHEET_KEY: z.preprocess(emptyIsUnset, z.string().optional()),
  TANTAY_DATA: z.preprocess(emptyIsUnset, z.string().default('.tantay')),
  HOST: z.preprocess(emptyIsUnset, z.string().default('127.0.0.1')),
  TANTAY_PUBLIC_URL: publicUrl,
  TANTAY_OIDC_ISSUER: secureUrl,
  TANTAY_OIDC_CLIENT_ID: z.preprocess(emptyIsUnset, z.string().max(500).optional()),
  TANTAY_OIDC_CLIENT_SECRET: z.preprocess(emptyIsUnset, z.string().max(2000).optional()),
  PORT: z.preprocess(emptyIsUnset, z.coerce.number().int().min(0).max(65_535).default(3000)),
  TANTAY_SMS_URL: z.preprocess(emptyIsUnset, z.string().regex(/^https:\/\/|^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?:[:/]|$)/, 'must start with https:// (http:// only to this machine: it carries people\'s phone numbers)').optional()),
  TANTAY_SMS_TOKEN: z.preprocess(emptyIsUnset, z.string().optional()),
  TANTAY_SMTP_URL: z.preprocess(emptyIsUnset, z.string().refine((text) => /^smtps?:$/.test(URL.parse(text)?.protocol ?? '') && URL.parse(text)?.hostname !== '', 'must be smtps://… or smtp://…').optional()),
  TANTAY_MAIL_FROM: z.preprocess(emptyIsUnset, z.string().regex(/^[^\s<>"]+@[^\s<>"]+$/, 'must be one e-mail address').optional()),
  TANTAY_WEBHOOK_ALLOW: networks,
  TANTAY_TRUSTED_PROXIES: networks,
  TANTAY_BACKUP: z.preprocess(emptyIsUnset, z.string().optional()),
  TANTAY_BACKUP_KEEP: z.preprocess(emptyIsUnset, z.coerce.number().int().min(1).max(999).default(14)),
  TANTAY_METRICS_TOKEN: z.preprocess(emptyIsUnset, z.string().min(16, 'must have at least 16 signs').optional()),
  TANTAY_STOP_SECONDS: z.preprocess(emptyIsUnset, z.coerce.number().int().min(1).max(3600).default(60)),
  TANTAY_NIGHT_AT: nightHour,
  TANTAY_NIGHT_LATEST: nightHour,
  TANTAY_TAKEOVER_SECONDS: z.preprocess(emptyIsUnset, z.coerce.number().int().min(1).max(3600).default(60)),
  TANTAY_ALARM_URL: z.preprocess(emptyIsUnset, z.string().max(2000).refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? '') && URL.parse(text)?.username === '', 'must be https://… (http:// only into your own network), without a password').optional()),
  TANTAY_ALARM_SECRET: z.preprocess(emptyIsUnset, z.string().optional()),
  TANTAY_ALARM_MAIL: z.preprocess(emptyIsUnset, z.string().refine((text) => text.split(',').every((one) => mailAddress.test(one.trim())), 'must be e-mail addresses with commas between').optional()),
  LOG_LEVEL: z.preprocess(emptyIsUnset, z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info')),
})

/** True for an address of this machine alone. */
export function isLoopback(host: string): boolean {
  return loopback.test(host)
}

/** The settings of one process. */
export interface Config {
  /** Your own PostgreSQL; null means the embedded one in `dataDirectory`. */
  readonly databaseUrl: string | null
  /** Where pages connect, as a member of tantay_desk; null: that login is made in the database itself. */
  readonly deskDatabaseUrl: string | null
  /** Where the program works every day, as a member of tantay_engine; null: that login is made in the database itself. */
  readonly engineDatabaseUrl: string | null
  /** Of a bank's command line: the key it sends with; null: none, or in a file. */
  readonly apiKey: string | null
  /** A server where tests may create and drop databases; null means an embedded one. */
  readonly testDatabaseUrl: string | null
  /** Absolute path of the folder of the embedded database and of received files. */
  readonly dataDirectory: string
  /** Absolute path of the key that signs public sheets and heads of the trail; made where it is missing. */
  readonly sheetKeyFile: string
  /** Absolute paths of the folders outside of the database that get every signed head of the trail; the first is in the data folder. */
  readonly auditHeadFolders: readonly string[]
  readonly host: string
  /** Where people reach the pages, `https://doi-soat.example`; null: on this machine alone. */
  readonly publicUrl: string | null
  /** Where people may sign in besides; null: with a password alone. */
  readonly identityProvider: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | null
  /** 0 asks the system for a free port. */
  readonly port: number
  /** The gateway that sends text messages; null: none, and the pages offer none. */
  readonly messageGateway: { readonly url: string; readonly token: string | null; readonly timeoutMilliseconds: number } | null
  /** How banks are told by e-mail; null: they are not. `mayBePlain`: the server is this machine, and nothing travels. */
  readonly mail: { readonly url: string; readonly from: string; readonly mayBePlain: boolean } | null
  /** Networks of our own that webhooks may lead into, besides the internet. */
  readonly webhookNetworks: readonly string[]
  /** Networks whose proxies are believed about whom they pass on (X-Forwarded-For), besides this machine. */
  readonly trustedProxies: readonly string[]
  /** Absolute path of the folder of backups; null: backups are made by hand, or not here. */
  readonly backupDirectory: string | null
  /** How many backups are kept. */
  readonly backupKeep: number
  /** What whoever reads /metrics has to show; null: this machine alone may read them, and only where no proxy stands before it. */
  readonly metricsToken: string | null
  /** How long what has begun may take to end when the server is told to stop. */
  readonly stopSeconds: number
  /** When nights begin, and from when no file is waited for, in minutes after the country's midnight; null: this server keeps no nights. */
  readonly nights: { readonly startsAt: number; readonly latestAt: number } | null
  /** A run that gives no sign of life for so long is taken over. */
  readonly takeOverAfterSeconds: number
  /** Who is told when something is wrong with the nights; both may be missing. */
  readonly alarms: { readonly webhook: { readonly url: string; readonly secret: string } | null; readonly mailTo: readonly string[] }
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

/**
 * The settings from the environment, with what the command line says over them; each secret also from a file, as `NAME_FILE`.
 *
 * @throws Refusal `setting_invalid` (usage) that names the variable; values are not repeated, they may be secrets.
 */
export function loadConfig(given: { readonly dataDirectory?: string } = {}, environment: NodeJS.ProcessEnv = process.env): Config {
  const secrets = withSecretFiles(environment)
  const parsed = schema.safeParse(secrets.environment)
  if (!parsed.success || secrets.faults.length > 0) {
    const faults = [...secrets.faults, ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`)]
    throw new Refusal('usage', 'setting_invalid', `a setting in the environment cannot be used: ${faults.join('; ')}`)
  }
  const settings = parsed.data
  const dataDirectory = resolve(given.dataDirectory ?? settings.TANTAY_DATA)
  return {
    databaseUrl: settings.DATABASE_URL ?? null,
    deskDatabaseUrl: settings.TANTAY_DESK_DATABASE_URL ?? null,
    engineDatabaseUrl: settings.TANTAY_ENGINE_DATABASE_URL ?? null,
    apiKey: settings.TANTAY_API_KEY?.trim() ?? null,
    testDatabaseUrl: settings.TANTAY_TEST_DATABASE_URL ?? null,
    dataDirectory,
    sheetKeyFile: resolve(settings.TANTAY_SHEET_KEY ?? join(dataDirectory, 'sheet-key.pem')),
    auditHeadFolders: [join(dataDirectory, 'audit-heads'), ...(settings.TANTAY_AUDIT_HEADS === undefined ? [] : [resolve(settings.TANTAY_AUDIT_HEADS)])],
    host: settings.HOST,
    publicUrl: settings.TANTAY_PUBLIC_URL === undefined ? null : new URL(settings.TANTAY_PUBLIC_URL).origin,
    identityProvider: identityProviderOf(settings),
    port: settings.PORT,
    messageGateway: settings.TANTAY_SMS_URL === undefined ? null : { url: settings.TANTAY_SMS_URL, token: settings.TANTAY_SMS_TOKEN ?? null, timeoutMilliseconds: 10_000 },
    mail: mailOf(settings),
    webhookNetworks: networksIn(settings.TANTAY_WEBHOOK_ALLOW) ?? [],
    trustedProxies: networksIn(settings.TANTAY_TRUSTED_PROXIES) ?? [],
    backupDirectory: settings.TANTAY_BACKUP === undefined ? null : resolve(settings.TANTAY_BACKUP),
    backupKeep: settings.TANTAY_BACKUP_KEEP,
    metricsToken: settings.TANTAY_METRICS_TOKEN ?? null,
    stopSeconds: settings.TANTAY_STOP_SECONDS,
    nights: nightsOf(settings),
    takeOverAfterSeconds: settings.TANTAY_TAKEOVER_SECONDS,
    alarms: alarmsOf(settings),
    logLevel: settings.LOG_LEVEL,
  }
}

/** All of it or nothing. @throws Refusal `setting_missing` (usage) */
function identityProviderOf({ TANTAY_OIDC_ISSUER: issuer, TANTAY_OIDC_CLIENT_ID: clientId, TANTAY_OIDC_CLIENT_SECRET: clientSecret, TANTAY_PUBLIC_URL: reachedAt }: z.infer<typeof schema>): Config['identityProvider'] {
  if (issuer === undefined) return null
  if (clientId === undefined || clientSecret === undefined || reachedAt === undefined) throw new Refusal('usage', 'setting_missing', 'TANTAY_OIDC_ISSUER needs TANTAY_OIDC_CLIENT_ID, TANTAY_OIDC_CLIENT_SECRET and TANTAY_PUBLIC_URL beside it')
  return { issuer, clientId, clientSecret }
}

/** Both or neither. @throws Refusal `setting_missing` (usage) */
function mailOf({ TANTAY_SMTP_URL: url, TANTAY_MAIL_FROM: from }: z.infer<typeof schema>): Config['mail'] {
  if ((url === undefined) !== (from === undefined)) throw new Refusal('usage', 'setting_missing', 'TANTAY_SMTP_URL and TANTAY_MAIL_FROM go together')
  return url === undefined || from === undefined ? null : { url, from, mayBePlain: isLoopback(new URL(url).hostname) }
}

/** How long files are waited for where nothing is said. */
const usualWaitMinutes = 180
const lastMinute = 5 * 60 + 59

/** @throws Refusal `setting_invalid` (usage) */
function nightsOf({ TANTAY_NIGHT_AT: at, TANTAY_NIGHT_LATEST: latest }: z.infer<typeof schema>): Config['nights'] {
  if (at === undefined) return null
  const startsAt = minutesOf(at)
  const latestAt = latest === undefined ? Math.min(startsAt + usualWaitMinutes, lastMinute) : minutesOf(latest)
  if (latestAt < startsAt) throw new Refusal('usage', 'setting_invalid', 'a setting in the environment cannot be used: TANTAY_NIGHT_LATEST: must not lie before TANTAY_NIGHT_AT')
  return { startsAt, latestAt }
}

function minutesOf(hour: string): number {
  return parseInt(hour.slice(0, 2), 10) * 60 + parseInt(hour.slice(3), 10)
}

/** @throws Refusal `setting_missing`, `setting_invalid` (usage) */
function alarmsOf({ TANTAY_ALARM_URL: url, TANTAY_ALARM_SECRET: key, TANTAY_ALARM_MAIL: mail, TANTAY_SMTP_URL: server }: z.infer<typeof schema>): Config['alarms'] {
  if (url !== undefined && key === undefined) throw new Refusal('usage', 'setting_missing', 'TANTAY_ALARM_URL needs TANTAY_ALARM_SECRET or TANTAY_ALARM_SECRET_FILE beside it, by which alarms are signed: whsec_ and 32 bytes in base64')
  if (key !== undefined && !/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(key)) throw new Refusal('usage', 'setting_invalid', 'a setting in the environment cannot be used: TANTAY_ALARM_SECRET: must be whsec_ and at least 24 bytes in base64')
  if (mail !== undefined && server === undefined) throw new Refusal('usage', 'setting_missing', 'TANTAY_ALARM_MAIL needs TANTAY_SMTP_URL and TANTAY_MAIL_FROM beside it')
  return { webhook: url === undefined || key === undefined ? null : { url, secret: key }, mailTo: mail === undefined ? [] : mail.split(',').map((one) => one.trim()) }
}
