/** The installation's own key: made once, read by its owner alone, never leaving the machine. */
import { createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Refusal } from '../core/index.ts'

/**
 * The key that signs, from a file that only its owner can read; made when it is missing.
 *
 * @throws Refusal `key_open` when others may read it, `key_unreadable` when it is no such key
 */
export async function loadSigningKey(path: string): Promise<KeyObject> {
  await makeMissingKey(path)
  // Windows knows no such bits and reports all of them.
  if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) throw new Refusal('installation', 'key_open', `${path} signs for this installation, and others on this machine may read it: chmod 600 ${path}, or remove it and let a new one be made`)
  try {
    const key = createPrivateKey(await readFile(path))
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // The answer is the same for what is no key and for a key of another kind.
  }
  throw new Refusal('installation', 'key_unreadable', `${path} is no Ed25519 private key in PEM form`)
}

/** Written whole under another name and then linked: who comes second finds the first one's key, never half of one. */
async function makeMissingKey(path: string): Promise<void> {
  if (await stat(path).then(() => true, () => false)) return
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(draft, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true })
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
}
