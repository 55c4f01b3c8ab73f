/** Where a bank's webhook may lead: to the open internet, never into our own network, whatever a name resolves to (D161). */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { isWithin } from '../core/index.ts'

/** An address that may be connected to. */
export interface Destination {
  readonly address: string
  readonly family: 4 | 6
}

/** Addresses of a name, as the system resolves them. */
export type Resolve = (name: string) => Promise<readonly { readonly address: string; readonly family: number }[]>

/** Everything of IPv4 that is no host of the open internet (IANA's special-purpose registry). */
const closedFour = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24',
  '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
]
/** Of IPv6 the other way round: what is given out to hosts, without what carries an address of IPv4 inside or is kept for examples. */
const openSix = ['2000::/3']
const closedSix = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']

/** Why a webhook cannot be told there. */
export type Obstacle = 'address_invalid' | 'address_refused' | 'name_unknown'

/** True for addresses that anybody may be told to connect to, and those that the installation allows. */
export function isOpen(address: string, allowedNetworks: readonly string[] = []): boolean {
  const [isFour, isSix] = [isWithin(['0.0.0.0/0'], address), isWithin(['::/0'], address)]
  if (isWithin(allowedNetworks, address)) return true
  return isFour ? !isWithin(closedFour, address) : isSix && isWithin(openSix, address) && !isWithin(closedSix, address)
}

/**
 * The one address to which the connection is made, so that a name that resolves anew in between leads nowhere else.
 * A name with one closed address among others is refused whole, and one that is not answered for is waited for no longer
 * than five seconds.
 */
export async function destinationOf(url: URL, allowedNetworks: readonly string[], resolve: Resolve = (name) => lookup(name, { all: true, order: 'verbatim' }), patienceMilliseconds = 5000): Promise<Destination | Obstacle> {
  if (!isWebhookUrl(url, allowedNetworks.length > 0)) return 'address_invalid'
  const host = hostOf(url)
  const found = isIP(host) === 0 ? await Promise.race([resolve(host).catch(() => []), sleep(patienceMilliseconds, [], { ref: false })]) : [{ address: host, family: isIP(host) }]
  const [first] = found
  if (first === undefined) return 'name_unknown'
  if (!found.every(({ address }) => isReachable(url, address, allowedNetworks))) return 'address_refused'
  return { address: first.address, family: first.family === 6 ? 6 : 4 }
}

/** True for an address without a name, of a network that webhooks may not lead into. */
export function isClosedNumber(url: URL, allowedNetworks: readonly string[]): boolean {
  const host = hostOf(url)
  return isIP(host) !== 0 && !isReachable(url, host, allowedNetworks)
}

/** Without encryption only where the installation itself says that it trusts the way. */
function isReachable({ protocol }: URL, address: string, allowedNetworks: readonly string[]): boolean {
  return protocol === 'https:' ? isOpen(address, allowedNetworks) : isWithin(allowedNetworks, address)
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/** Whether an address could be one of a webhook at all: https, without a password in it. */
export function isWebhookUrl(url: URL, mayBePlain: boolean): boolean {
  return (url.protocol === 'https:' || (mayBePlain && url.protocol === 'http:')) && url.username === '' && url.password === '' && url.hostname !== '' && url.href.length <= 2000
}
