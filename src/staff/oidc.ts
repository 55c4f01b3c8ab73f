/** Signing in at an identity provider: OpenID Connect's code flow with PKCE, state and nonce, each log-in once and in the browser that began it (D130). */
import * as client from 'openid-client'
import { addMilliseconds, compareInstants, Refusal } from '../core/index.ts'
import type { Database, Session, Transaction } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { hashOf, newToken } from './sessions.ts'

/** How the provider is reached, and as whom. */
export interface IdentityProviderSettings {
  /** As the provider calls itself: `https://dang-nhap.example/realms/tinh`. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Where people reach this server, without a path. */
  readonly publicUrl: string
}

/** Who came back from it. */
export interface Vouched {
  readonly staffId: string
  /** To be kept with the session, for signing out there too. */
  readonly idToken: string
  /** The path on this site that was wanted; null: the first page. */
  readonly destination: string | null
}

/** The provider. */
export interface IdentityProvider {
  readonly issuer: string
  /** Where to send the browser, and the cookie without which it will not be believed on its return. @throws Refusal `provider_unreachable` (try again) */
  begin(session: Session, destination: string | null, now: string): Promise<{ readonly address: string; readonly browserToken: string }>
  /** Who came back. @throws Refusal `oidc_refused`, `oidc_unknown` (not allowed), `provider_unreachable` */
  finish(database: Database, returned: URL, browserToken: string | null, now: string): Promise<Vouched>
  /** Where to send whoever has signed out here; null where the provider ends no sessions. */
  signOutAddress(idToken: string): Promise<string | null>
}

export const callbackPath = '/sign-in/return'

/** Long enough to look for the telephone with the codes, too short to be found in a history. */
const underWayMilliseconds = 10 * 60_000

/** The provider with its metadata read when it is first needed: while it is down people still sign in with a password. */
export function identityProvider(settings: IdentityProviderSettings): IdentityProvider {
  const issuer = new URL(settings.issuer)
  const redirectUri = new URL(callbackPath, settings.publicUrl).href
  let found: Promise<client.Configuration> | undefined
  const configuration = async (): Promise<client.Configuration> => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; only a provider on this very machine may do without encryption
    found ??= client.discovery(issuer, settings.clientId, settings.clientSecret, undefined, isLoopback(issuer) ? { execute: [client.allowInsecureRequests] } : {})
    try {
      return await found
    } catch {
      found = undefined
      throw new Refusal('tryAgain', 'provider_unreachable', `the identity provider ${issuer.host} gives no metadata; sign in with a password, or try again later`)
    }
  }
  return {
    issuer: settings.issuer,
    begin: async (session, destination, now) => {
      const provider = await configuration()
      const [browserToken, state, nonce, verifier] = [newToken(), client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
      await session.query('delete from oidc_sign_in where expires_at < $1', [now])
      await session.query('insert into oidc_sign_in (browser_hash, state, nonce, code_verifier, destination, started_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)', [hashOf(browserToken), state, nonce, verifier, destination, now, addMilliseconds(now, underWayMilliseconds)])
      const address = client.buildAuthorizationUrl(provider, {
        redirect_uri: redirectUri, scope: 'openid email profile', state, nonce, code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
      })
      return { address: address.href, browserToken }
    },
    finish: async (database, returned, browserToken, now) => {
      const begun = await takeBegun(database, browserToken, now)
      const provider = await configuration()
      const current = new URL(`${callbackPath}${returned.search}`, settings.publicUrl)
      const { claims, idToken } = await exchanged(provider, current, begun)
      const staffId = await database.transaction((transaction) => whoIs(transaction, settings.issuer, claims, now))
      if (staffId === null) throw new Refusal('notAllowed', 'oidc_unknown', 'the identity provider knows this person, but nobody here has given them any right')
      return { staffId, idToken, destination: begun.destination }
    },
    signOutAddress: async (idToken) => {
      const provider = await configuration()
      if (provider.serverMetadata().end_session_endpoint === undefined) return null
      return client.buildEndSessionUrl(provider, { id_token_hint: idToken, post_logout_redirect_uri: new URL('/sign-in', settings.publicUrl).href }).href
    },
  }
}

interface Begun {
  readonly state: string
  readonly nonce: string
  readonly code_verifier: string
  readonly destination: string | null
  readonly expires_at: string
}

/** Taking it removes it: who comes back a second time, or late, or in another browser, has not begun anything. */
async function takeBegun(session: Session, browserToken: string | null, now: string): Promise<Begun> {
  const [begun] = browserToken === null ? [] : await session.query<Begun>('delete from oidc_sign_in where browser_hash = $1 returning state, nonce, code_verifier, destination, expires_at', [hashOf(browserToken)])
  if (begun === undefined || compareInstants(begun.expires_at, now) < 0) throw refused('this browser has no log-in under way')
  return begun
}

interface Claims {
  readonly subject: string
  /** Small letters; null when the provider has not verified it. */
  readonly verifiedEmail: string | null
}

async function exchanged(provider: client.Configuration, current: URL, { state, nonce, code_verifier: verifier }: Begun): Promise<{ claims: Claims; idToken: string }> {
  try {
    const tokens = await client.authorizationCodeGrant(provider, current, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true })
    const claims = tokens.claims()
    if (claims === undefined || tokens.id_token === undefined) throw refused('the provider sent no identity')
    // Providers may say the address in the token or only when asked.
    const told = claims['email'] === undefined && provider.serverMetadata().userinfo_endpoint !== undefined ? await client.fetchUserInfo(provider, tokens.access_token, claims.sub) : claims
    const email = told['email_verified'] === true && typeof told['email'] === 'string' ? told['email'].toLowerCase() : null
    return { claims: { subject: claims.sub, verifiedEmail: email }, idToken: tokens.id_token }
  } catch (error) {
    if (error instanceof Refusal) throw error
    // What went wrong may quote the token; the kind of error says enough.
    throw refused(error instanceof Error ? error.name : 'unknown')
  }
}

/** Whom the provider vouches for: whoever is linked, or, once, whoever is called by the address that the provider has verified. */
async function whoIs(transaction: Transaction, issuer: string, { subject, verifiedEmail }: Claims, now: string): Promise<string | null> {
  const [linked] = await transaction.query<{ staff_id: string; is_active: boolean }>('select staff_id, is_active from staff where oidc_issuer = $1 and oidc_subject = $2', [issuer, subject])
  const [named] = linked !== undefined || verifiedEmail === null ? [] : await transaction.query<{ staff_id: string; is_active: boolean }>('select staff_id, is_active from staff where user_name = $1 and oidc_subject is null for update', [verifiedEmail])
  const known = linked ?? named
  if (known?.is_active !== true) {
    await leaveTrail(transaction, { at: now, staffId: known?.staff_id ?? null, kind: 'sign_in_failed', subject: 'identity_provider' })
    return null
  }
  if (linked === undefined) {
    await transaction.query('update staff set oidc_issuer = $2, oidc_subject = $3 where staff_id = $1', [known.staff_id, issuer, subject])
    await leaveTrail(transaction, { at: now, staffId: known.staff_id, kind: 'identity_linked', subject: 'verified_email' })
  }
  return known.staff_id
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/.test(hostname)
}

function refused(why: string): Refusal {
  return new Refusal('notAllowed', 'oidc_refused', `the log-in at the identity provider was not accepted: ${why}`)
}
