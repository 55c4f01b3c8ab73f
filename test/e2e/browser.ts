/**
 * A real Chromium for the browser tests: the machine's own where it has one, else the one packed inside an npm package.
 *
 * `CHROMIUM_PATH` wins, then `/usr/bin/chromium`; else @sparticuz/chromium is unpacked once per user into the
 * temporary folder (about 3 seconds). Its own unpacking goes to one shared path that a second user can neither run nor
 * repair and that a second process reads half written, so it is done in a folder of our own and moved in one step.
 */
import { accessSync, constants, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const launchArguments = [
  // Root may not use Chromium's sandbox, and an ordinary user has none where user namespaces are forbidden; the
  // browser only ever opens this test's own pages.
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--font-render-hinting=none',
]

/** Starts the browser; whoever calls closes it. Throws when neither a machine's nor the packed Chromium runs. */
export async function launchBrowser(): Promise<Browser> {
  const ownPath = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((path) => path !== undefined && isExecutable(path))
  if (ownPath !== undefined) return chromium.launch({ executablePath: ownPath, args: launchArguments })
  const folder = await unpackedChromium()
  const executablePath = join(folder, 'chromium')
  // Without any fonts on the machine Chromium would draw boxes, or nothing; the package brings Open Sans.
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }
  try {
    return await chromium.launch({ executablePath, args: launchArguments, env: { ...process.env, ...fonts } })
  } catch (failure) {
    if (!String(failure).includes('error while loading shared libraries')) throw failure
    // A slim machine lacks libnss3 and its kin: the package brings them too, but they must not come before the
    // machine's own where it has them.
    const env = { ...process.env, ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') }
    return chromium.launch({ executablePath, args: launchArguments, env })
  }
}

/** The folder that holds the unpacked Chromium of this version for this user. */
async function unpackedChromium(): Promise<string> {
  const packageFolder = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
  const version = (createRequire(import.meta.url)(join(packageFolder, 'package.json')) as { version: string }).version
  const folder = join(tmpdir(), `tantay-chromium-${version}-${userInfo().uid}`)
  if (existsSync(folder)) return folder
  const staging = mkdtempSync(`${folder}-`)
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = staging
  try {
    const { default: packed, inflate } = await import('@sparticuz/chromium')
    await packed.executablePath()
    await inflate(join(packageFolder, 'bin', 'al2023.tar.br'))
    // Its own fonts.conf looks in fixed places of the cloud machines it was made for.
    const directories = `<dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir>`
    writeFileSync(join(staging, 'fonts', 'fonts.conf'), `<?xml version="1.0"?><fontconfig>${directories}</fontconfig>\n`)
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  try {
    renameSync(staging, folder)
  } catch {
    // Another process of this user was quicker; its copy is as good.
    rmSync(staging, { recursive: true, force: true })
  }
  return folder
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
