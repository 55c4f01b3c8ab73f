/** No webhook leads into our own network: not by number, not by name, not by a name that changes its mind, not unencrypted. */
import { describe, expect, test } from 'vitest'
import { destinationOf, isWebhookUrl, type Resolve } from '../../src/notices/guard.ts'
import { isOpen } from '../../src/notices/index.ts'

const named = (...addresses: string[]): Resolve => () => Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
const to = (url: string, allowed: readonly string[] = [], resolve: Resolve = named('8.8.8.8')) => destinationOf(new URL(url), allowed, resolve)

describe('an address', () => {
  test.each([
    '127.0.0.1', '127.9.9.9', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '100.127.255.255', '0.0.0.0', '224.0.0.1', '239.255.255.250', '255.255.255.255', '240.0.0.1', '192.0.0.8', '198.18.0.1', '203.0.113.5',
    '::1', '::', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:169.254.169.254', '64:ff9b::7f00:1', '64:ff9b:1::1', '2002:7f00:1::', '2001::1', '2001:db8::1', '3fff::1', '::127.0.0.1', '100::1', 'fec0::1',
  ])('%s is closed', (address) => {
    expect(isOpen(address)).toBe(false)
  })

  test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '11.0.0.1', '2606:4700:4700::1111', '2a00:1450::1', '::ffff:8.8.8.8'])('%s is open', (address) => {
    expect(isOpen(address)).toBe(true)
  })

  test('of a network that the installation names is open, and only that', () => {
    expect(isOpen('10.20.1.7', ['10.20.0.0/16'])).toBe(true)
    expect(isOpen('::ffff:10.20.1.7', ['10.20.0.0/16'])).toBe(true)
    expect(isOpen('10.21.1.7', ['10.20.0.0/16'])).toBe(false)
    expect(isOpen('no address', ['0.0.0.0/0', '::/0'])).toBe(false)
  })
})

describe('a webhook', () => {
  test.each([
    'https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://0177.0.0.1/', 'https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://169.254.169.254/latest/meta-data/', 'https://[fd00:ec2::254]/', 'https://127.1/', 'https://10.0.0.1:8443/',
  ])('at %s is refused, however the number is written', async (url) => {
    expect(await to(url)).toBe('address_refused')
  })

  test('at a name is refused when one of its addresses is closed, and is bound to the address that was looked at', async () => {
    expect(await to('https://bank.example/hook')).toEqual({ address: '8.8.8.8', family: 4 })
    expect(await to('https://bank.example/hook', [], named('8.8.8.8', '127.0.0.1'))).toBe('address_refused')
    expect(await to('https://bank.example/hook', [], named('::ffff:10.0.0.1'))).toBe('address_refused')
    expect(await to('https://bank.example/hook', [], named())).toBe('name_unknown')
    expect(await to('https://bank.example/hook', [], () => Promise.reject(new Error('SERVFAIL')))).toBe('name_unknown')
    expect(await destinationOf(new URL('https://bank.example/hook'), [], () => new Promise(() => undefined), 20)).toBe('name_unknown')
  })

  test('goes unencrypted only into networks that the installation names', async () => {
    expect(await to('http://bank.example/hook')).toBe('address_invalid')
    expect(await to('http://bank.example/hook', ['10.0.0.0/8'], named('10.1.1.1'))).toEqual({ address: '10.1.1.1', family: 4 })
    expect(await to('http://bank.example/hook', ['10.0.0.0/8'])).toBe('address_refused')
  })

  test.each(['ftp://bank.example/', 'https://user:secret@bank.example/', 'file:///etc/passwd', 'gopher://bank.example/', `https://bank.example/${'x'.repeat(2000)}`])('is none: %s', (url) => {
    expect(isWebhookUrl(new URL(url), true)).toBe(false)
  })
})
