/** A copy of the tree whose SQL may be changed: the engine of the copy reads the copy's files at every run. */
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** A copy, to be removed after use. */
export interface TreeCopy {
  readonly directory: string
  /** The URL of a module of the copy, to be imported. */
  readonly module: (path: string) => string
  remove(): void
}

/** Copies what the engine and its tests are made of; packages are linked. */
export function copyTree(): TreeCopy {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const directory = mkdtempSync(join(tmpdir(), 'tantay-mutants-'))
  for (const part of ['src', 'sql', 'test', 'package.json']) cpSync(join(root, part), join(directory, part), { recursive: true })
  symlinkSync(realpathSync(join(root, 'node_modules')), join(directory, 'node_modules'))
  return {
    directory,
    module: (path) => pathToFileURL(join(directory, path)).href,
    remove: () => { rmSync(directory, { recursive: true, force: true }) },
  }
}
