/** The only reader of the environment: every setting, its default and what is wrong with it. */
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { Refusal } from './core/index.ts'

const emptyIsUnset = (value: unknown): unknown => (value === '' ? undefined : value)

const databaseUrl = z.preprocess(
  emptyIsUnset,
  z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'must start with postgres://')
    .optional(),
)

const schema = z.object({
  DATABASE_URL: databaseUrl,
  TANTAY_DESK_DATABASE_URL: databaseUrl,
  TANTAY_TEST_DATABASE_URL: databaseUrl,
  TANTAY_SHEET_KEY: z.preprocess(emptyIsUnset, z.string().optional()),
  TANTAY_DATA: z.preprocess(emptyIsUnset, z.string().default('.tantay')),
  HOST: z.preprocess(emptyIsUnset, z.string().default('127.0.0.1')),
  TANTAY_OPEN_TO_NETWORK: z.preprocess(emptyIsUnset, z.enum(['yes', 'no']).default('no')),
  PORT: z.preprocess(emptyIsUnset, z.coerce.number().int().min(0).max(65_535).default(3000)),
  LOG_LEVEL: z.preprocess(emptyIsUnset, z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info')),
})

/** The settings of one process. */
export interface Config {
  /** Your own PostgreSQL; null means the embedded one in `dataDirectory`. */
  readonly databaseUrl: string | null
  /** Where pages connect, as a member of tantay_desk; null: that login is made in the database itself. */
  readonly deskDatabaseUrl: string | null
  /** A server where tests may create and drop databases; null means an embedded one. */
  readonly testDatabaseUrl: string | null
  /** Absolute path of the folder of the embedded database and of received files. */
  readonly dataDirectory: string
  /** Absolute path of the key that signs public sheets; made where it is missing. */
  readonly sheetKeyFile: string
  readonly host: string
  /** Somebody said that other machines may reach the pages although there is no log-in yet. */
  readonly isOpenToNetwork: boolean
  /** 0 asks the system for a free port. */
  readonly port: number
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
}

/**
 * The settings from the environment, with what the command line says over them.
 *
 * @throws Refusal `setting_invalid` (usage) that names the variable; values are not repeated, they may be secrets.
 */
export function loadConfig(given: { readonly dataDirectory?: string } = {}, environment: NodeJS.ProcessEnv = process.env): Config {
  const parsed = schema.safeParse(environment)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Refusal('usage', 'setting_invalid', `a setting in the environment cannot be used: ${faults.join('; ')}`)
  }
  const settings = parsed.data
  const dataDirectory = resolve(given.dataDirectory ?? settings.TANTAY_DATA)
  return {
    databaseUrl: settings.DATABASE_URL ?? null,
    deskDatabaseUrl: settings.TANTAY_DESK_DATABASE_URL ?? null,
    testDatabaseUrl: settings.TANTAY_TEST_DATABASE_URL ?? null,
    dataDirectory,
    sheetKeyFile: resolve(settings.TANTAY_SHEET_KEY ?? join(dataDirectory, 'sheet-key.pem')),
    host: settings.HOST,
    isOpenToNetwork: settings.TANTAY_OPEN_TO_NETWORK === 'yes',
    port: settings.PORT,
    logLevel: settings.LOG_LEVEL,
  }
}
