/** The scan of packages and secrets can fail: each fault it knows is shown to it once. */
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { holdsKey } from '../../scripts/scan/keys.ts'
import { faultsOfAudit, faultsOfPackages } from '../../scripts/scan/lockfile.ts'

const good = { integrity: 'sha512-AAAA', version: '1.0.0' }

test.each([
  ['a range instead of a version', { dependencies: { hono: '^4.0.0' } }, { hono: good }, /package\.json: hono/],
  ['a package of unknown bytes', {}, { hono: { version: '1.0.0' } }, /hono has no SHA-512/],
  ['a weak hash', {}, { hono: { integrity: 'sha1-AAAA' } }, /hono has no SHA-512/],
  ['a repository instead of a registry', {}, { hono: { ...good, resolved: 'git+ssh://git@example.org/hono.git#abc' } }, /elsewhere/],
] as const)('%s is named', (_, manifest, packages, said) => {
  expect(faultsOfPackages(manifest, { packages: { '': {}, ...packages } }, 'ignore-scripts=true\n')).toEqual([expect.stringMatching(said)])
})

test('a package that runs something on being installed is no fault while nothing may run', () => {
  const lock = { packages: { hono: { ...good, hasInstallScript: true } } }
  expect(faultsOfPackages({}, lock, 'save-exact=true\nignore-scripts=true\n')).toEqual([])
  expect(faultsOfPackages({}, lock, '#ignore-scripts=true\n')).toEqual([expect.stringContaining('.npmrc')])
})

test('a hole of high gravity is named, a small one is not, and no answer is no clean bill', () => {
  expect(faultsOfAudit('{"vulnerabilities":{"a":{"severity":"high","range":"<2"},"b":{"severity":"moderate","range":"*"}}}')).toEqual([expect.stringContaining('a <2')])
  expect(faultsOfAudit('{"vulnerabilities":{}}')).toEqual([])
  expect(faultsOfAudit('{"message":"405"}')).toBeNull()
  expect(faultsOfAudit('npm error')).toBeNull()
})

test('a private key is found, of a general kind by the scanner and of our own short kind by us, and not repeated', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tantay-scan-'))
  onTestFinished(() => { rmSync(folder, { recursive: true }) })
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const long = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  writeFileSync(join(folder, 'notes.txt'), long)
  const found = spawnSync(join(root, 'node_modules/.bin/secretlint'), ['--secretlintrc', join(root, '.secretlintrc.json'), '--no-glob', join(folder, 'notes.txt')], { cwd: root, encoding: 'utf8' })
  expect(found.status).toBe(1)
  expect(found.stdout).not.toContain(long.split('\n')[1])

  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  expect(holdsKey(`see\n${privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()}`)).toBe(true)
  expect(holdsKey(JSON.stringify(privateKey.export({ format: 'jwk' })))).toBe(true)
  expect(holdsKey(publicKey.export({ type: 'spki', format: 'pem' }).toString())).toBe(false)
  expect(holdsKey('a line that says -----BEGIN PRIVATE KEY----- and no more')).toBe(false)
})
