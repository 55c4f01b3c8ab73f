/** Networks and addresses: what may be written down, and whether the one lies in the other. */
import { BlockList, isIP } from 'node:net'
import { Refusal } from './problem.ts'

const mostNetworks = 50

/**
 * Networks as the database keeps them: `10.1.0.0/16`, `2001:db8::/32`; a single address is its own network.
 *
 * @throws Refusal `network_invalid` (usage)
 */
export function readNetworks(texts: readonly string[]): string[] {
  if (texts.length > mostNetworks) throw new Refusal('usage', 'network_invalid', `name ${mostNetworks} networks at most`)
  return texts.map((text) => {
    const { address, prefix } = partsOf(text.trim())
    // An address of IPv4 in the clothes of IPv6 is looked at as what it is, so a network of such would never fit.
    if (prefix === null || address.toLowerCase().startsWith('::ffff:')) throw new Refusal('usage', 'network_invalid', `${text} is no network; write 203.0.113.7, 203.0.113.0/24 or 2001:db8::/32`)
    return `${address}/${prefix}`
  })
}

/** Whether `address` lies in one of `networks`; an address that cannot be read lies nowhere. */
export function isWithin(networks: readonly string[], address: string | null): boolean {
  if (address === null) return false
  const plain = plainAddress(address)
  const family = isIP(plain)
  if (family === 0) return false
  const list = new BlockList()
  for (const network of networks) {
    const { address: base, prefix } = partsOf(network)
    if (prefix !== null) list.addSubnet(base, prefix, isIP(base) === 6 ? 'ipv6' : 'ipv4')
  }
  return list.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}

/** `::ffff:10.1.2.3` and `::ffff:a01:203` are 10.1.2.3; `fe80::1%eth0` is fe80::1. */
function plainAddress(address: string): string {
  const text = address.replace(/%.*$/, '').toLowerCase()
  const dotted = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1]
  if (dotted !== undefined) return dotted
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text) ?? []
  if (high === undefined || low === undefined) return text
  return [high, low].map((half) => parseInt(half, 16)).flatMap((half) => [half >> 8, half & 255]).join('.')
}

/** Prefix null: no network. */
function partsOf(text: string): { readonly address: string; readonly prefix: number | null } {
  const [address = '', bits, more] = text.split('/')
  const family = isIP(address)
  const widest = family === 6 ? 128 : 32
  if (family === 0 || more !== undefined || address.includes('%')) return { address, prefix: null }
  if (bits === undefined) return { address, prefix: widest }
  const prefix = /^\d{1,3}$/.test(bits) ? parseInt(bits, 10) : widest + 1
  return { address, prefix: prefix <= widest ? prefix : null }
}
