/** What the commands about keys and clients read alike. */
import { Refusal } from '../core/index.ts'
import { requireScopes, type KeyScope } from '../staff/index.ts'

/** A bank's 6 digits. @throws Refusal `agent_invalid` (usage) */
export function readBank(text: string): string {
  if (!/^\d{6}$/.test(text)) throw new Refusal('usage', 'agent_invalid', 'a bank\'s code has 6 digits')
  return text
}

/** Scopes, one or several in each text. @throws Refusal `scope_unknown` (usage) */
export function readScopes(texts: readonly string[]): readonly KeyScope[] {
  const scopes = [...new Set(texts.flatMap((text) => text.split(',')).map((text) => text.trim()))]
  requireScopes(scopes)
  return scopes
}
