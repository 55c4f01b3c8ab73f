/** SQL cut into tokens with their places: enough to change one thing without touching a comment or the inside of a text. */

/** A piece of code; comments and blanks are left out. */
export interface SqlToken {
  readonly kind: 'word' | 'number' | 'string' | 'sign'
  /** Words in lower case, all else as written. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** How many brackets are open around it; a bracket itself lies outside of what it encloses. */
  readonly depth: number
}

const pattern = /(?<blank>\s+|--[^\n]*)|(?<string>'(?:[^']|'')*'|:'\w+'|\$\$)|(?<word>[A-Za-z_][\w$]*)|(?<number>\d+(?:\.\d+)?)|(?<sign>::|<=|>=|<>|!=|\|\||->>|->|[^\s\w])/gy

/** The tokens of a text in order. @throws Error where it cannot be read */
export function sqlTokens(text: string): SqlToken[] {
  const tokens: SqlToken[] = []
  let depth = 0
  let position = 0
  while (position < text.length) {
    pattern.lastIndex = position
    const groups: Readonly<Record<string, string | undefined>> | undefined = pattern.exec(text)?.groups
    if (groups === undefined) throw new Error(`cannot be read from ${JSON.stringify(text.slice(position, position + 20))}`)
    const [kind, found] = Object.entries(groups).find(([, value]) => value !== undefined) as [string, string]
    if (found === ')' || found === ']') depth -= 1
    if (kind !== 'blank') tokens.push({ kind: kind as SqlToken['kind'], text: kind === 'word' ? found.toLowerCase() : found, start: position, end: position + found.length, depth })
    if (found === '(' || found === '[') depth += 1
    position += found.length
  }
  return tokens
}
