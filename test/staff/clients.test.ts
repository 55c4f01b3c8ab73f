/** Tokens for assertions: signed by the client's own key, meant for us, fresh, once; and nothing else opens anything. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { addKeyCommands } from '../../src/cli/keys.ts'
import { systemClock } from '../../src/core/index.ts'
import { keyOf, revokeClient } from '../../src/staff/index.ts'
import { runHere } from '../cli/run-tantay.ts'
import { useFolder } from '../ingest/helpers.ts'
import { useDoor } from './door.ts'

const door = useDoor()
const folder = useFolder()
const issuer = 'http://localhost'
let pair: { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey }
let stranger: typeof pair
let nextId = 1

const seconds = (): number => Math.floor(Date.parse(door().clock.now()) / 1000)
interface Claims {
  readonly sub?: string
  readonly iss?: string
  readonly aud?: string | string[]
  readonly jti?: string | null
  readonly iat?: number
  readonly exp?: number
}
async function assertion(claims: Claims = {}, key: CryptoKey | Uint8Array = pair.privateKey, header: { readonly alg?: string; readonly kid?: string } = {}): Promise<string> {
  const now = seconds()
  const { sub = '970436-core', iss = sub, aud = `${issuer}/oauth/token`, jti = `j${nextId++}`, iat = now, exp = now + 120 } = claims
  return new SignJWT({ sub, iss, aud, iat, exp, ...(jti === null ? {} : { jti }) }).setProtectedHeader({ alg: 'ES256', ...header }).sign(key)
}
const ask = (form: Record<string, string> | string): Promise<Response> => Promise.resolve(door().app.request(`${issuer}/oauth/token`, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: typeof form === 'string' ? form : new URLSearchParams(form).toString() }))
const formOf = (signed: string, more: Record<string, string> = {}): Record<string, string> => ({ grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: signed, ...more })
const errorOf = async (answer: Response): Promise<[number, unknown]> => [answer.status, (await answer.json() as { error: unknown }).error]
const client = (...words: string[]) => runHere(addKeyCommands, ['key', 'client', ...words], { DATABASE_URL: door().database.pool.options.connectionString ?? '' })
const written = (name: string, keys: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(keys))
  return path
}
const publicHalf = async (key: CryptoKey, more: object = {}): Promise<JWK> => ({ ...(await exportJWK(key)), ...more })

beforeAll(async () => {
  pair = await generateKeyPair('ES256', { extractable: true })
  stranger = await generateKeyPair('ES256', { extractable: true })
  const jwks = written('core.json', { keys: [await publicHalf(pair.publicKey, { kid: 'a' })] })
  expect(await client('add', '--bank', '970436', '--name', 'core', '--jwks', jwks, '--scope', 'files:write,files:read')).toMatchObject({ code: 0, out: '970436-core\n' })
})

describe('a token', () => {
  test('is given for a fresh assertion, opens the API for ten minutes, and is kept nowhere', async () => {
    const answer = await ask(formOf(await assertion()))
    const { access_token: token, ...rest } = await answer.json() as { access_token: string }
    expect([answer.status, answer.headers.get('Cache-Control'), rest]).toEqual([200, 'no-store', { token_type: 'Bearer', expires_in: 600, scope: 'files:write files:read' }])
    const files = (): Promise<Response> => Promise.resolve(door().app.request(`${issuer}/api/v1/files`, { headers: { Authorization: `Bearer ${token}` } }))
    expect((await files()).status).toBe(200)
    const [kept] = await door().database.query<{ all: string }>('select string_agg(k::text, \' \') as all from api_key k')
    expect(kept?.all).not.toContain(token.slice(4, -4))
    expect(await keyOf(door().database, token, null, new Date(Date.parse(door().clock.now()) + 601_000).toISOString())).toBeNull()
  })

  test('holds no more than was asked for', async () => {
    expect(await (await ask(formOf(await assertion(), { scope: 'files:read' }))).json()).toMatchObject({ scope: 'files:read' })
    expect(await errorOf(await ask(formOf(await assertion(), { scope: 'files:read payments:all-banks' })))).toEqual([400, 'invalid_scope'])
  })

  test('is given once for an assertion, also when it comes twenty times at once', async () => {
    const form = formOf(await assertion())
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(form)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(19)
  })
})

test('nothing but a fresh assertion of the client, signed by its key and meant for us, is taken', async () => {
  await door().database.query('delete from api_attempt')
  const now = seconds()
  const raw = (header: object, payload: object, signature = ''): string => [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + `.${signature}`
  const claims = { sub: '970436-core', iss: '970436-core', aud: issuer, iat: now, exp: now + 60, jti: 'x' }
  const publicText = new TextEncoder().encode(JSON.stringify(await publicHalf(pair.publicKey)))
  const bad: readonly string[] = [
    await assertion({}, stranger.privateKey), await assertion({ sub: '970415-core' }), await assertion({ iss: '970415-core' }), await assertion({ aud: 'https://elsewhere.example/oauth/token' }),
    await assertion({ exp: now - 60 }), await assertion({ exp: now + 400 }), await assertion({ iat: now + 120 }), await assertion({ jti: null }), await assertion({ jti: '' }), await assertion({ jti: 'x'.repeat(256) }),
    await assertion({}, publicText, { alg: 'HS256' }), raw({ alg: 'none' }, claims), raw({ alg: 'ES256' }, claims, 'AAAA'), raw({ alg: 'ES256', crit: ['x'] }, claims, 'AAAA'), `${await assertion()}x`, 'a.b.c', '', '\0',
  ]
  for (const [index, one] of bad.entries()) expect([index, ...(await errorOf(await ask(formOf(one))))]).toEqual([index, 401, 'invalid_client'])
  expect(await errorOf(await ask(formOf(await assertion(), { client_id: '970415-core' })))).toEqual([401, 'invalid_client'])
  expect(await errorOf(await ask({ ...formOf(await assertion()), grant_type: 'password' }))).toEqual([400, 'unsupported_grant_type'])
  expect(await errorOf(await ask({}))).toEqual([400, 'invalid_request'])
  expect(await errorOf(await ask({ grant_type: 'client_credentials', client_id: '970436-core', client_secret: 'x' }))).toEqual([401, 'invalid_client'])
  expect(await errorOf(await ask(`${new URLSearchParams(formOf(await assertion())).toString()}&grant_type=client_credentials`))).toEqual([400, 'invalid_request'])
  expect((await ask(`client_assertion=${'x'.repeat(20_000)}`)).status).toBe(413)
})

test('a client that changes its key is known by both; one that is revoked by none, and its tokens end', async () => {
  await door().database.query('delete from api_attempt')
  const jwks = written('two.json', { keys: [await publicHalf(pair.publicKey), await publicHalf(stranger.publicKey)] })
  await client('add', '--bank', '970415', '--name', 'two', '--jwks', jwks, '--from', '127.0.0.0/8')
  const token = async (key: CryptoKey): Promise<Response> => ask(formOf(await assertion({ sub: '970415-two' }, key)))
  // Requests of tests have no address of their own: a client bound to networks is not let in from nowhere.
  expect((await token(pair.privateKey)).status).toBe(401)
  await door().database.query('update api_client set allowed_from = null where client_id = \'970415-two\'')
  const [first, second] = [await token(pair.privateKey), await token(stranger.privateKey)]
  expect([first.status, second.status]).toEqual([200, 200])
  const { access_token: given } = await first.json() as { access_token: string }
  expect(await keyOf(door().database, given, null, door().clock.now())).toMatchObject({ reader: { creditorAgent: '970415' } })
  await revokeClient(door().database, '970415-two', 'lost', systemClock.now(), null)
  expect(await keyOf(door().database, given, null, door().clock.now())).toBeNull()
  expect((await token(pair.privateKey)).status).toBe(401)
})

test('keys of clients are public halves that are strong enough', async () => {
  const weak = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 })
  const rsa = await publicHalf(weak.publicKey)
  for (const keys of [{ keys: [await exportJWK(pair.privateKey)] }, { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }, { keys: [] }, [], { keys: [{ kty: 'RSA', n: rsa.n?.slice(0, 170), e: 'AQAB' }] }, { keys: [{ kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }] }]) {
    expect((await client('add', '--bank', '970418', '--name', 'weak', '--jwks', written('weak.json', keys))).code).toBe(2)
  }
  expect(await door().database.query('select 1 from staff where creditor_agent = 970418')).toEqual([])
})

test('the metadata say where to ask and how', async () => {
  expect(await (await door().app.request(`${issuer}/.well-known/oauth-authorization-server`)).json()).toMatchObject({ issuer, token_endpoint: `${issuer}/oauth/token`, grant_types_supported: ['client_credentials'], token_endpoint_auth_methods_supported: ['private_key_jwt'] })
})
