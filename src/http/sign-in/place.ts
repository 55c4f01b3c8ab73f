/** Where a request comes from, and where it wanted to go: read from what cannot be made up. */
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { isWithin } from '../../core/index.ts'

const loopback = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/

/**
 * The address of whoever asks, for counting tries. A proxy on this machine, or in a network named for it, is believed about
 * whom it passes on, and only its last word: what stands before it came from outside. Of IPv6 the network counts, for its owner has all its addresses.
 */
export function addressOf(context: Context): string {
  const address = wholeAddressOf(context)
  return address.includes(':') && !address.includes('.') ? networkOf(address) : address.replace(/^::ffff:/i, '')
}

/** The same, of IPv6 too the address alone: for keys that may come from some networks only. */
export function wholeAddressOf(context: Context): string {
  const direct = directAddress(context)
  const proxies = (context.var as { readonly trustedProxies?: readonly string[] } | undefined)?.trustedProxies ?? []
  const forwarded = loopback.test(direct) || isWithin(proxies, direct) ? context.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() : undefined
  return forwarded !== undefined && /^[0-9a-f.:]{3,45}$/i.test(forwarded) ? forwarded : direct
}

/** A path of this site that may be gone to after signing in; null for anything else, such as `//elsewhere` and `/\elsewhere`. */
export function localPath(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text.length > 2000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) return null
  const url = new URL(text, 'http://here.invalid')
  if (url.host !== 'here.invalid' || url.pathname.startsWith('/sign-') || url.pathname.startsWith('//')) return null
  return url.pathname + url.search
}

/** The kind of browser and machine, from what it says of itself: enough to recognise one's own, too little to tell people apart. */
export function deviceOf(userAgent: string | undefined): string | null {
  const find = (pairs: readonly (readonly [RegExp, string])[]): string | undefined => pairs.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1]
  const browser = find([[/coc_coc/i, 'Cốc Cốc'], [/Edg/, 'Edge'], [/OPR|Opera/, 'Opera'], [/SamsungBrowser/, 'Samsung Internet'], [/Firefox|FxiOS/, 'Firefox'], [/Chrome|CriOS/, 'Chrome'], [/Safari/, 'Safari']])
  const machine = find([[/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']])
  return [browser, machine].filter((part) => part !== undefined).join(' · ') || null
}

/** True for an address of this machine alone. */
export function isLoopbackAddress(address: string): boolean {
  return loopback.test(address)
}

/** Who is at the other end of the line: a proxy, where one stands before the server. */
export function directAddress(context: Context): string {
  // A request that came through no socket is one of a test or of the server itself.
  const bindings = context.env as { readonly incoming?: unknown } | undefined
  return bindings?.incoming === undefined ? 'here' : (getConnInfo(context).remote.address ?? 'unknown')
}

function networkOf(address: string): string {
  const [head = '', tail = ''] = address.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const missing = Math.max(0, 8 - groups.length - tail.split(':').filter((group) => group !== '').length)
  const whole = address.includes('::') ? [...groups, ...Array.from({ length: missing }, () => '0'), ...tail.split(':').filter((group) => group !== '')] : groups
  return `${whole.slice(0, 4).map((group) => group.toLowerCase().replace(/^0+(?=.)/, '')).join(':')}::/64`
}
