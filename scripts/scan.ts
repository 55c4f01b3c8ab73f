/** `npm run scan`: no secret in what is committed, and no package of unknown bytes or with a known hole of high gravity. Changes nothing. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { faultsOfAudit, faultsOfPackages } from './scan/lockfile.ts'
import { holdsKey } from './scan/keys.ts'

const cwd = fileURLToPath(new URL('..', import.meta.url))
const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const faults = faultsOfPackages(JSON.parse(read('package.json')) as object, JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, object>> }, read('.npmrc'))

const committed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd, encoding: 'utf8' }).stdout.split('\0').filter((name) => name !== '' && existsSync(new URL(`../${name}`, import.meta.url)))
faults.push(...committed.filter((name) => holdsKey(read(name))).map((name) => `${name} holds a private key`))
const secrets = spawnSync('secretlint', ['--no-glob', ...committed], { cwd, encoding: 'utf8' })
if (secrets.status !== 0) faults.push(`a secret stands in the checkout (values are hidden):\n${secrets.stdout}${secrets.stderr}`)

// Only what runs in production: a hole in a test's tool is no hole in the product.
const audit = spawnSync('npm', ['audit', '--json', '--omit=dev'], { cwd, encoding: 'utf8', timeout: 30_000 })
const holes = faultsOfAudit(audit.stdout)
if (holes === null) process.stderr.write('scan: the registry did not say which packages have known holes; ask again where it does: npm audit --omit=dev\n')
else faults.push(...holes)

for (const fault of faults) process.stderr.write(`scan: ${fault}\n`)
if (faults.length > 0) process.exit(1)
