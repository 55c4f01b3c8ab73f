/** Settings: defaults without any, the command line over the environment, and a clear refusal of what cannot be used. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { loadConfig } from '../src/config.ts'
import { secretSettings } from '../src/secret-files.ts'

test('without settings it is the embedded database here, and the page for this machine alone', () => {
  expect(loadConfig({}, {})).toEqual({ databaseUrl: null, deskDatabaseUrl: null, engineDatabaseUrl: null, testDatabaseUrl: null, dataDirectory: resolve('.tantay'), sheetKeyFile: resolve('.tantay', 'sheet-key.pem'), auditHeadFolders: [resolve('.tantay', 'audit-heads')], host: '127.0.0.1', publicUrl: null, identityProvider: null, port: 3000, messageGateway: null, apiKey: null, mail: null, webhookNetworks: [], trustedProxies: [], backupDirectory: null, backupKeep: 14, metricsToken: null, secretFiles: [], stopSeconds: 60, nights: null, takeOverAfterSeconds: 60, alarms: { webhook: null, mailTo: [] }, logLevel: 'info' })
})

test('nights begin at an hour before six, wait three hours for files unless told otherwise, and alarms need what they are signed or sent with', () => {
  const secret = `whsec_${'A'.repeat(43)}=`
  expect(loadConfig({}, { TANTAY_NIGHT_AT: '01:30' }).nights).toEqual({ startsAt: 90, latestAt: 270 })
  expect(loadConfig({}, { TANTAY_NIGHT_AT: '05:00' }).nights).toEqual({ startsAt: 300, latestAt: 359 })
  expect(loadConfig({}, { TANTAY_NIGHT_AT: '01:30', TANTAY_NIGHT_LATEST: '02:00' }).nights).toEqual({ startsAt: 90, latestAt: 120 })
  expect(loadConfig({}, { TANTAY_ALARM_URL: 'http://10.0.0.5/tantay', TANTAY_ALARM_SECRET: secret }).alarms).toEqual({ webhook: { url: 'http://10.0.0.5/tantay', secret }, mailTo: [] })
  for (const [environment, name] of [[{ TANTAY_NIGHT_AT: '22:00' }, 'TANTAY_NIGHT_AT'], [{ TANTAY_NIGHT_AT: '03:00', TANTAY_NIGHT_LATEST: '02:00' }, 'TANTAY_NIGHT_LATEST'], [{ TANTAY_ALARM_URL: 'https://x.example' }, 'TANTAY_ALARM_SECRET'], [{ TANTAY_ALARM_SECRET: 'short' }, 'TANTAY_ALARM_SECRET'], [{ TANTAY_ALARM_MAIL: 'a@b.vn' }, 'TANTAY_SMTP_URL'], [{ TANTAY_ALARM_MAIL: 'a@b.vn;c' }, 'TANTAY_ALARM_MAIL']] as const) expect(() => loadConfig({}, environment)).toThrow(name)
})

test('an empty variable is an unset one, and the command line wins', () => {
  expect(loadConfig({ dataDirectory: 'here' }, { DATABASE_URL: '', TANTAY_DATA: 'there', PORT: '0', HOST: '0.0.0.0' })).toMatchObject({
    databaseUrl: null, dataDirectory: resolve('here'), sheetKeyFile: resolve('here', 'sheet-key.pem'), port: 0, host: '0.0.0.0',
  })
})

test.each([
  [{ PORT: 'http' }, 'PORT'],
  [{ PORT: '65536' }, 'PORT'],
  [{ PORT: '80.5' }, 'PORT'],
  [{ DATABASE_URL: 'mysql://user:secret@host/db' }, 'DATABASE_URL'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  [{ TANTAY_PUBLIC_URL: 'http://secret.example' }, 'TANTAY_PUBLIC_URL'],
  [{ TANTAY_PUBLIC_URL: 'https://secret.example/path' }, 'TANTAY_PUBLIC_URL'],
  [{ TANTAY_OIDC_ISSUER: 'http://secret.example' }, 'TANTAY_OIDC_ISSUER'],
  [{ TANTAY_OIDC_ISSUER: 'https://secret.example', TANTAY_OIDC_CLIENT_ID: 'secret' }, 'TANTAY_OIDC_CLIENT_SECRET'],
  [{ TANTAY_SMTP_URL: 'https://user:secret@mail.example' }, 'TANTAY_SMTP_URL'],
  [{ TANTAY_SMTP_URL: 'smtps://user:secret@mail.example' }, 'TANTAY_MAIL_FROM'],
  [{ TANTAY_WEBHOOK_ALLOW: '10.0.0.0/8, secret' }, 'TANTAY_WEBHOOK_ALLOW'],
  [{ TANTAY_TRUSTED_PROXIES: 'secret' }, 'TANTAY_TRUSTED_PROXIES'],
  [{ TANTAY_METRICS_TOKEN: 'secret' }, 'TANTAY_METRICS_TOKEN'],
  [{ TANTAY_BACKUP_KEEP: '0' }, 'TANTAY_BACKUP_KEEP'],
  [{ TANTAY_SMS_URL: 'http://secret.example/send' }, 'TANTAY_SMS_URL'],
  [{ TANTAY_SMS_URL: 'https://sms.example/', TANTAY_SMS_TOKEN_FILE: '/nowhere/secret' }, 'TANTAY_SMS_TOKEN_FILE'],
])('%j is a usage error that names the variable and not its value', (environment, name) => {
  expect(() => loadConfig({}, environment)).toThrow(expect.objectContaining({ exitCode: 2, message: expect.stringMatching(new RegExp(`${name}(?!.*secret)`)) as string }) as Error)
})

test('an identity provider needs a name, a secret and a way back', () => {
  expect(loadConfig({}, { TANTAY_PUBLIC_URL: 'https://doi-soat.example/', TANTAY_OIDC_ISSUER: 'https://id.example/realms/tinh', TANTAY_OIDC_CLIENT_ID: 'tantay', TANTAY_OIDC_CLIENT_SECRET: 'x' }))
    .toMatchObject({ publicUrl: 'https://doi-soat.example', identityProvider: { issuer: 'https://id.example/realms/tinh', clientId: 'tantay', clientSecret: 'x' } })
})

test('every secret may come from a file that nobody else can read; two places for one secret, an open file and an empty one are refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tantay-secrets-'))
  onTestFinished(() => { rmSync(folder, { recursive: true }) })
  const path = join(folder, 'one')
  writeFileSync(path, 'postgres://secret@db.example/tantay\n', { mode: 0o600 })
  for (const name of secretSettings) expect(() => loadConfig({}, { [`${name}_FILE`]: path, [name]: 'other secret' })).toThrow(new RegExp(`${name} is set too(?!.*secret)`))
  expect(loadConfig({}, { DATABASE_URL_FILE: path }).databaseUrl).toBe('postgres://secret@db.example/tantay')
  expect(loadConfig({}, { DATABASE_URL_FILE: '' }).databaseUrl).toBeNull()
  for (const mode of [0o640, 0o604, 0o620, 0o602]) {
    chmodSync(path, mode)
    expect(() => loadConfig({}, { DATABASE_URL_FILE: path })).toThrow(/DATABASE_URL_FILE: others on this machine(?!.*secret)/)
  }
  // systemd closes the folder of credentials itself: readable bits of a file in it open nothing.
  chmodSync(path, 0o644)
  expect(loadConfig({}, { DATABASE_URL_FILE: path, CREDENTIALS_DIRECTORY: folder }).databaseUrl).toContain('db.example')
  chmodSync(path, 0o600)
  writeFileSync(path, ' \n')
  expect(() => loadConfig({}, { DATABASE_URL_FILE: path })).toThrow(/DATABASE_URL_FILE: the file is empty/)
})
