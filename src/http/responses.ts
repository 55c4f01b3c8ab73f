/** What every answer carries: headers that let the page load nothing but its own files, and a compressed body. */
import { constants, brotliCompressSync, gzipSync } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'

const ownFilesAlone = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  fontSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}
/** Browsers heed it over https alone, so that this machine's own http is left as it is. */
const encryptedForTwoYears = 'max-age=63072000; includeSubDomains'
const restrict = (contentSecurityPolicy: typeof ownFilesAlone): MiddlewareHandler => secureHeaders({ contentSecurityPolicy, strictTransportSecurity: encryptedForTwoYears, referrerPolicy: 'same-origin', xFrameOptions: 'DENY', permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] } })

const forPages = restrict(ownFilesAlone)
// The reference of the API has its icons inside of its stylesheet.
const forReference = restrict({ ...ownFilesAlone, imgSrc: ["'self'", 'data:'] })

/** No script but our own files, no inline style, no frame, nothing from elsewhere. */
export const protectiveHeaders: MiddlewareHandler = (context, next) => (context.req.path === '/docs' ? forReference : forPages)(context, next)

/**
 * Brotli where the browser takes it, else gzip, for text that is not compressed yet: hono's own middleware knows no
 * Brotli, and a page of the list is a fifth smaller with it. Files to take away go out as they are made: this holds a body whole.
 */
export const compressed = createMiddleware(async (context, next) => {
  await next()
  const { res: response } = context
  const accepted = context.req.header('Accept-Encoding') ?? ''
  const type = response.headers.get('Content-Type') ?? ''
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null
  if (encoding === null || response.body === null || response.headers.has('Content-Encoding') || response.headers.has('Content-Disposition') || !/^(?:text|application\/json)/.test(type)) return
  const body = Buffer.from(await response.arrayBuffer())
  const packed = encoding === 'br' ? brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } }) : gzipSync(body)
  const headers = new Headers(response.headers)
  headers.set('Content-Encoding', encoding)
  headers.set('Content-Length', String(packed.length))
  headers.append('Vary', 'Accept-Encoding')
  context.res = undefined
  context.res = new Response(packed, { status: response.status, headers })
})
