/** The README leads somewhere: every path that it names is there. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = new URL('../', import.meta.url)

/** Repository paths in code marks and links that do not exist; `dir/40…` names what begins so, and is left out. */
function deadPaths(markdown: string): string[] {
  const named = [...markdown.matchAll(/`([\w./-]+)`|\]\(([\w./-]+)\)/g)].map(([, code, link]) => code ?? link ?? '')
  return named.filter((path) => /^(?:src|sql|test|docs|scripts)\/|^[\w.-]+\.(?:md|js|json)$/.test(path) && !existsSync(fileURLToPath(new URL(path, root))))
}

test('every path in the README exists', () => {
  expect(deadPaths(readFileSync(new URL('README.md', root), 'utf8'))).toEqual([])
})

test('a path that leads nowhere would be seen', () => {
  expect(deadPaths('see `src/nowhere.ts` and [this](docs/nothing.md), not `src/main.ts`')).toEqual(['src/nowhere.ts', 'docs/nothing.md'])
})
