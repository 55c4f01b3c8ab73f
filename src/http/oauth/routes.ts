/** Tokens for systems: OAuth 2 client credentials, the client known by an assertion that it signs (RFC 6749, 7523, 8414). */
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Clock } from '../../core/index.ts'
import type { Database } from '../../db/index.ts'
import { assertionAlgorithms, keyScopes, tokenFor, TokenFault, type ApiLimits } from '../../staff/index.ts'
import { wholeAddressOf } from '../sign-in/place.ts'

/** What handing tokens out needs from outside. */
export interface OAuthDependencies {
  readonly database: Database
  readonly clock: Clock
  readonly limits: ApiLimits
  readonly publicUrl?: string | null
}

const largestRequest = 16_384
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const tokenPath = '/oauth/token'

/** The two addresses, to be put at the root. */
export function createOAuth({ database, clock, limits, publicUrl = null }: OAuthDependencies): Hono {
  const oauth = new Hono()
  const issuerOf = (context: Context): string => publicUrl ?? new URL(context.req.url).origin
  oauth.get('/.well-known/oauth-authorization-server', (context) => {
    const issuer = issuerOf(context)
    context.header('Cache-Control', 'no-cache')
    return context.json({
      issuer, token_endpoint: `${issuer}${tokenPath}`, grant_types_supported: ['client_credentials'], response_types_supported: [], scopes_supported: keyScopes,
      token_endpoint_auth_methods_supported: ['private_key_jwt'], token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms, service_documentation: `${issuer}/docs`,
    })
  })
  oauth.post(tokenPath, bodyLimit({ maxSize: largestRequest, onError: (context) => refused(context, 413, 'invalid_request', 'the request is too large') }), async (context) => {
    const address = wholeAddressOf(context)
    const allowance = await limits.countStranger(address)
    if (!allowance.allowed) return refused(context, 429, 'temporarily_unavailable', 'too many requests', { 'Retry-After': `${allowance.retryAfterSeconds}` })
    if (!/^application\/x-www-form-urlencoded\b/i.test(context.req.header('Content-Type') ?? '')) return refused(context, 400, 'invalid_request', 'send a form: application/x-www-form-urlencoded')
    const form = new URLSearchParams(await context.req.text())
    if (new Set(form.keys()).size !== form.size) return refused(context, 400, 'invalid_request', 'a parameter is given twice')
    if (form.get('grant_type') !== 'client_credentials') return form.has('grant_type') ? refused(context, 400, 'unsupported_grant_type', 'grant_type is client_credentials') : refused(context, 400, 'invalid_request', 'grant_type is missing')
    const assertion = form.get('client_assertion')
    if (form.get('client_assertion_type') !== assertionType || assertion === null) return refused(context, 401, 'invalid_client', `send client_assertion, and client_assertion_type=${assertionType}`)
    const issuer = issuerOf(context)
    try {
      const { token, expiresInSeconds, scopes } = await tokenFor(database, { assertion, clientId: form.get('client_id'), scope: form.get('scope') }, { audiences: [issuer, `${issuer}${tokenPath}`], remoteAddress: address, at: clock.now() })
      return context.json({ access_token: token, token_type: 'Bearer', expires_in: expiresInSeconds, scope: scopes.join(' ') }, 200, unkept)
    } catch (error) {
      if (!(error instanceof TokenFault)) throw error
      return refused(context, error.code === 'invalid_client' ? 401 : 400, error.code, error.message)
    }
  })
  return oauth
}

const unkept = { 'Cache-Control': 'no-store', Pragma: 'no-cache' }

function refused(context: Context, status: 400 | 401 | 413 | 429, code: string, description: string, headers: Readonly<Record<string, string>> = {}): Response {
  return context.json({ error: code, error_description: description }, status, { ...unkept, ...headers })
}
