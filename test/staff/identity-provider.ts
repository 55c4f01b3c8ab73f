/** A real OpenID provider on this machine, and somebody who types into its pages. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll } from 'vitest'

/** Who has an account there: the name typed is the subject. */
export interface ThereAccount {
  readonly email: string
  readonly isVerified: boolean
}

export const clientSecret = 'a secret between the two, long enough'

/** The provider for the whole of the calling test file; `people` may grow while it runs. */
export function useIdentityProvider(redirectUri: string, people: Map<string, ThereAccount>): () => { readonly issuer: string } {
  let server: Server | undefined
  let issuer = ''
  beforeAll(async () => {
    const { createServer } = await import('node:http')
    server = createServer()
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const provider = new Provider(issuer, {
      clients: [{ client_id: 'tantay', client_secret: clientSecret, redirect_uris: [redirectUri], post_logout_redirect_uris: [new URL('/sign-in', redirectUri).href], token_endpoint_auth_method: 'client_secret_post' }],
      pkce: { required: () => true },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
      cookies: { keys: ['only for these tests'] },
      findAccount: (_, subject) => {
        const account = people.get(subject)
        return account === undefined ? undefined : { accountId: subject, claims: () => ({ sub: subject, email: account.email, email_verified: account.isVerified, preferred_username: account.email }) }
      },
    })
    const answer = provider.callback()
    server.on('request', (request, response) => void answer(request, response))
  })
  afterAll(() => new Promise<void>((resolve) => {
    server?.closeAllConnections()
    server?.close(() => { resolve() })
  }))
  return () => ({ issuer })
}

/** Follows the provider's pages as a browser does, signing in as `name`; gives the address on which it sends the browser back. */
export async function typeInto(address: string, name: string, back: string): Promise<string> {
  const cookies = new Map<string, string>()
  const ask = async (url: string, body?: URLSearchParams): Promise<Response> => {
    const response = await fetch(url, { redirect: 'manual', ...(body === undefined ? {} : { method: 'POST', body }), headers: { Cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; ') } })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const cut = pair.indexOf('=')
      cookies.set(pair.slice(0, cut), pair.slice(cut + 1))
    }
    return response
  }
  let url = address
  let response = await ask(url)
  for (let step = 0; step < 20; step += 1) {
    const location = response.headers.get('Location')
    if (location !== null) {
      url = new URL(location, url).href
      if (url.startsWith(back)) return url
      response = await ask(url)
      continue
    }
    const page = await response.text()
    const form = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    if (form === undefined || prompt === undefined) throw new Error(`the provider stopped at ${url} with ${response.status}: ${page.slice(0, 500)}`)
    url = new URL(form, url).href
    response = await ask(url, new URLSearchParams({ prompt, ...(prompt === 'login' ? { login: name, password: 'any' } : {}) }))
  }
  throw new Error('the provider led in a circle')
}
