/** Systems that ask for short-lived tokens with an assertion signed by a key of their own: OAuth 2 client credentials with private_key_jwt (D162). */
import { createLocalJWKSet, decodeJwt, errors, importJWK, jwtVerify, type JSONWebKeySet, type JWK, type JWTPayload, type JWTVerifyOptions } from 'jose'
import { addMilliseconds, isWithin, readNetworks, Refusal, secondsOfInstant } from '../core/index.ts'
import { loadSqlFile, type Database, type Session } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { requireAdministrator } from './changes.ts'
import { requireScopes, type KeyScope } from './keys.ts'
import { hashOf, newToken } from './sessions.ts'

/** Signatures that are taken: nothing that shares a secret, and never none. */
export const assertionAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const

/** A client to be let in. */
export interface NewClient {
  /** The system that it is; a service account. */
  readonly staffId: string
  readonly clientId: string
  /** A JSON Web Key Set, as the bank handed it over; public halves alone. */
  readonly publicKeys: unknown
  readonly scopes: readonly KeyScope[]
  /** Networks; null: from anywhere. */
  readonly allowedFrom: readonly string[] | null
}

/** What a token request says. */
export interface TokenRequest {
  readonly assertion: string
  /** Where it was sent also by itself; must then be the assertion's. */
  readonly clientId: string | null
  /** Scopes with blanks between; null: all that the client has. */
  readonly scope: string | null
}

/** Where and when it was asked for. */
export interface TokenSurroundings {
  /** What an assertion may be addressed to: the issuer and the address of the token endpoint. */
  readonly audiences: readonly string[]
  readonly remoteAddress: string | null
  readonly at: string
}

/** A token as it is handed out. */
export interface IssuedToken {
  readonly token: string
  readonly expiresInSeconds: number
  readonly scopes: readonly KeyScope[]
}

/** Why none is handed out: an error code of RFC 6749, and one sentence for whoever writes the client. */
export class TokenFault extends Error {
  readonly code: 'invalid_client' | 'invalid_scope'

  constructor(code: TokenFault['code'], message: string) {
    super(message)
    this.code = code
  }
}

const tokenSeconds = 600
const longestAssertionSeconds = 300
/** Clocks of two machines differ. */
const toleranceSeconds = 30

const listFile = loadSqlFile(new URL('../../sql/staff/clients.sql', import.meta.url))

/**
 * Lets a client in.
 *
 * @throws Refusal `public_keys_invalid`, `scope_unknown`, `network_invalid`, `client_id_invalid` (usage), `system_unknown` (not found), `client_id_taken` (conflict), `not_administrator`
 */
export async function addClient(database: Pick<Database, 'transaction'>, { staffId, clientId, publicKeys, scopes, allowedFrom }: NewClient, at: string, by: string | null): Promise<void> {
  if (!/^[a-z0-9][a-z0-9._@-]{1,63}$/.test(clientId)) throw new Refusal('usage', 'client_id_invalid', 'a client\'s id has 2 to 64 small letters, digits and . _ @ -')
  requireScopes(scopes)
  const networks = allowedFrom === null || allowedFrom.length === 0 ? null : readNetworks(allowedFrom)
  const keys = await readPublicKeys(publicKeys)
  await database.transaction(async (transaction) => {
    await requireAdministrator(transaction, by)
    const [system] = await transaction.query<{ creditor_agent: number }>('select creditor_agent from staff where staff_id = $1 and is_service and is_active for update', [staffId])
    if (system === undefined) throw new Refusal('notFound', 'system_unknown', 'there is no such system, or it may no longer come in')
    const [added] = await transaction.query(`
      insert into api_client (client_id, staff_id, creditor_agent, public_keys, scopes, allowed_from, created_at, created_by) values ($1, $2, $3, $4, $5, (select array_agg(network(one::inet)::cidr) from unnest($6::text[]) one), $7, $8)
      on conflict (client_id) do nothing returning client_id`, [clientId, staffId, system.creditor_agent, JSON.stringify(keys), scopes, networks, at, by])
    if (added === undefined) throw new Refusal('conflict', 'client_id_taken', `there is a client ${clientId} already`)
    await leaveTrail(transaction, { staffId: by, at, kind: 'key_issued', subject: `client ${clientId}`, details: { staff_id: staffId, scopes, allowed_from: networks } })
  })
}

/** A client hands no more assertions in, and its tokens end at once. @throws Refusal `client_unknown` (not found), `reason_missing` (usage), `not_administrator` */
export async function revokeClient(database: Pick<Database, 'transaction'>, clientId: string, why: string, at: string, by: string | null): Promise<void> {
  if (why.trim() === '' || why.length > 300) throw new Refusal('usage', 'reason_missing', 'say why, in at most 300 characters')
  await database.transaction(async (transaction) => {
    await requireAdministrator(transaction, by)
    const [revoked] = await transaction.query('update api_client set revoked_at = $2, revoked_by = $3 where client_id = $1 and revoked_at is null returning client_id', [clientId, at, by])
    if (revoked === undefined) throw new Refusal('notFound', 'client_unknown', `there is no client ${clientId} that could come in`)
    await transaction.query('update api_key set revoked_at = $2, revoked_by = $3 where client_id = $1 and revoked_at is null', [clientId, at, by])
    await leaveTrail(transaction, { staffId: by, at, kind: 'key_revoked', subject: `client ${clientId}`, reason: why.trim() })
  })
}

/** A client as administrators see it. */
export interface ClientRow {
  readonly client_id: string
  readonly user_name: string
  /** Six digits. */
  readonly creditor_agent: string
  readonly scopes: readonly KeyScope[]
  readonly allowed_from: readonly string[] | null
  readonly created_at: string
  readonly revoked_at: string | null
}

/** All clients, by bank and id. */
export async function listClients(session: Session): Promise<ClientRow[]> {
  const [{ rows } = { rows: [] }] = await session.run<ClientRow>(listFile)
  return rows
}

/** A token of ten minutes for an assertion that was signed by the client's key, is meant for us, is fresh, and comes for the first time. @throws TokenFault */
export async function tokenFor(database: Database, request: TokenRequest, surroundings: TokenSurroundings): Promise<IssuedToken> {
  const { at, remoteAddress } = surroundings
  const clientId = subjectOf(request.assertion)
  const [client] = await database.query<{ staff_id: string; creditor_agent: number; public_keys: JSONWebKeySet; scopes: KeyScope[]; allowed_from: string[] | null }>(`
    select c.staff_id, c.creditor_agent, c.public_keys, c.scopes, c.allowed_from::text[] as allowed_from
    from api_client c join staff s using (staff_id) where c.client_id = $1 and c.revoked_at is null and s.is_active and s.is_service and s.creditor_agent = c.creditor_agent`, [clientId])
  // One answer for an unknown client, a wrong key and a wrong place.
  const isElsewhere = client !== undefined && client.allowed_from !== null && !isWithin(client.allowed_from, remoteAddress)
  if (client === undefined || isElsewhere || (request.clientId !== null && request.clientId !== clientId)) throw notAccepted()
  const payload = await verified(request.assertion, client.public_keys, clientId, surroundings)
  const { exp = 0, jti = '' } = payload
  const scopes = scopesOf(request.scope, client.scopes)
  const token = `ttt_${newToken()}`
  await database.transaction(async (transaction) => {
    const [first] = await transaction.query('insert into api_assertion (client_id, token_id_hash, expires_at) values ($1, $2, to_timestamp($3)) on conflict do nothing returning client_id', [clientId, hashOf(jti), exp + toleranceSeconds])
    if (first === undefined) throw new TokenFault('invalid_client', 'this assertion was used before: make a new one, with a jti of its own, for each request')
    await transaction.query('delete from api_assertion where client_id = $1 and expires_at < $2', [clientId, at])
    await transaction.query('delete from api_key where client_id = $1 and expires_at < $2', [clientId, addMilliseconds(at, -86_400_000)])
    await transaction.query(`
      insert into api_key (staff_id, creditor_agent, client_id, token_hash, token_end, scopes, allowed_from, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7::cidr[], $8, $9)`,
    [client.staff_id, client.creditor_agent, clientId, hashOf(token), token.slice(-4), scopes, client.allowed_from, at, addMilliseconds(at, tokenSeconds * 1000)])
  })
  return { token, expiresInSeconds: tokenSeconds, scopes }
}

async function verified(assertion: string, keys: JSONWebKeySet, clientId: string, { audiences, at }: TokenSurroundings): Promise<JWTPayload> {
  const now = secondsOfInstant(at)
  const options: JWTVerifyOptions = {
    algorithms: [...assertionAlgorithms], audience: [...audiences], issuer: clientId, subject: clientId, clockTolerance: toleranceSeconds, requiredClaims: ['exp', 'iat', 'jti'],
    // The library asks its date for nothing but this.
    currentDate: { getTime: () => now * 1000 } as Date,
  }
  const payload = await verifiedByOne(assertion, keys, options)
  const { exp = 0, iat = 0, jti } = payload
  if (exp - now > longestAssertionSeconds + toleranceSeconds) throw new TokenFault('invalid_client', 'the assertion ends later than five minutes from now')
  if (iat > now + toleranceSeconds) throw new TokenFault('invalid_client', 'the assertion was made in the future: set the clock')
  if (typeof jti !== 'string' || jti === '' || jti.length > 255) throw new TokenFault('invalid_client', 'the assertion needs a jti of 1 to 255 characters')
  return payload
}

async function verifiedByOne(assertion: string, keys: JSONWebKeySet, options: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(assertion, createLocalJWKSet(keys), options)).payload
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw notAccepted(error)
    // Two keys of one kind without a kid, as during a change: either may have signed.
    for await (const key of error) {
      const found = await jwtVerify(assertion, key, options).catch((failure: unknown) => {
        if (failure instanceof errors.JWSSignatureVerificationFailed) return null
        throw notAccepted(failure)
      })
      if (found !== null) return found.payload
    }
    throw notAccepted()
  }
}

/** What may be told: a claim that is wrong is the bank's own to mend; everything else is one answer. */
function notAccepted(error?: unknown): TokenFault {
  if (error instanceof errors.JWTExpired) return new TokenFault('invalid_client', 'the assertion has expired')
  if (error instanceof errors.JWTClaimValidationFailed) return new TokenFault('invalid_client', `the claim ${error.claim} of the assertion is missing or wrong`)
  return new TokenFault('invalid_client', 'no client with this assertion')
}

/** Who says that they sign it; believed only once a key of theirs has. */
function subjectOf(assertion: string): string {
  try {
    const { sub } = decodeJwt(assertion)
    if (typeof sub === 'string' && sub.length <= 64 && !sub.includes('\0')) return sub
  } catch {
    // Said below.
  }
  throw notAccepted()
}

function scopesOf(asked: string | null, had: readonly KeyScope[]): KeyScope[] {
  if (asked === null || asked === '') return [...had]
  const scopes = [...new Set(asked.split(' '))]
  const found = had.filter((scope) => scopes.includes(scope))
  if (found.length !== scopes.length) throw new TokenFault('invalid_scope', `this client may ask for ${had.join(' ')}`)
  return found
}

/** @throws Refusal `public_keys_invalid` (usage) */
async function readPublicKeys(given: unknown): Promise<JSONWebKeySet> {
  const wrong = (why: string): Refusal => new Refusal('usage', 'public_keys_invalid', `the key set cannot be used: ${why}`)
  const keys = (given as { readonly keys?: unknown } | null)?.keys
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > 10) throw wrong('it is a JSON object with "keys", one to ten of them')
  const read: JWK[] = []
  for (const key of keys as Record<string, unknown>[]) {
    if (['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth'].some((part) => part in key)) throw wrong('it holds a private or shared half; make a new pair, and hand over the public half alone')
    const alg = typeof key['alg'] === 'string' ? key['alg'] : { RSA: 'RS256', EC: 'ES256', OKP: 'EdDSA' }[String(key['kty'])]
    if (!(assertionAlgorithms as readonly unknown[]).includes(alg)) throw wrong(`an algorithm is none of ${assertionAlgorithms.join(', ')}`)
    // 2,048 bits are 342 signs of base64url.
    if (key['kty'] === 'RSA' && String(key['n']).length < 342) throw wrong('an RSA key has fewer than 2,048 bits')
    await importJWK(key as JWK, alg ?? '').catch(() => { throw wrong('a key is no JSON Web Key that can be read') })
    const { kty, n, e, crv, x, y, kid } = key as JWK
    read.push(JSON.parse(JSON.stringify({ kty, n, e, crv, x, y, kid, ...(typeof key['alg'] === 'string' ? { alg } : {}) })) as JWK)
  }
  return { keys: read }
}
