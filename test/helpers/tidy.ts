/** The rules that a single file can break, told from its path and text; what crosses files is dependency-cruiser's. */

/** A set of files: the repository, or a sample that breaks a rule. */
export interface House {
  readonly paths: readonly string[]
  readonly read: (path: string) => string
}

interface Rule {
  /** Which paths it is about. */
  readonly about: RegExp
  readonly except?: RegExp
  /** What is wrong, with what to do; null when nothing is. */
  readonly fault: (text: string, path: string) => string | null
}

// A letter in brackets here and there, so that this file keeps the rules it states.
const laterMark = /\b(TOD[O]|FIXM[E])\b/
const machinePath = /(^|[\s"'`(=])\/(wor[k]|roo[t]|hom[e]\/[a-z]+|User[s]\/[a-z]+|tm[p]\/[a-z]+)\b/
const registryHost = /registry\.(npmj[s]|yarnpk[g])|npmmirro[r]|artifactor[y]|"resolve[d]":/
const besideUs = /(\.\.\/|[\s"'`(])share[d]\//
const today = /\b(now\(\)|current_date|current_timestamp|clock_timestamp|localtime|transaction_timestamp)/i
const refusedByCitus = /\b(create\s+rule|materialized\s+view|set\s+null|timestamp\s+(without|,)|serial\b)/i

const text = /\.(ts|js|mjs|sql|md|json|yml|css|html|csv)$|^(scripts|\.ci)\/[^.]*$|^\.[a-z]+rc$/
const code = /^(src|test|scripts)\/.*\.ts$|^sql\/.*\.sql$|^[^/]+\.(ts|js)$|^\.[^/]+\.js$/

const rules: readonly Rule[] = [
  {
    about: code,
    fault: (content) => (/^(\/\*\*?\s*\S|\/\/ \S|-- \S)/.test(content) ? null : 'begins with a comment that says what the file is for'),
  },
  {
    about: /^(scripts|\.ci)\/[^.]+$/,
    fault: (content) => (/^#!.*\n# \S/.test(content) ? null : 'begins with a comment that says what the script is for'),
  },
  { about: code, fault: (content) => lineOf(content, laterMark, 'is a decision or nothing: do it, or write down in src/DECISIONS.md why not') },
  {
    about: /^src\/.*\.ts$/,
    // Generated, and dictionaries, which are read one entry at a time.
    except: /^src\/(db\/tables|http\/text\/[a-z]+)\.ts$/,
    fault: (content) => (content.trimEnd().split('\n').length > 400 ? 'is past 400 lines: it is two things, find the seam' : null),
  },
  { about: text, fault: (content) => lineOf(content, besideUs, 'names a folder beside the repository: whoever clones it has none') },
  { about: text, fault: (content) => lineOf(content, machinePath, 'names a path of one machine: use a relative one, or os.tmpdir()') },
  { about: text, fault: (content) => lineOf(content, registryHost, 'names a package registry: keep omit-lockfile-registry-resolved in .npmrc and run npm install again') },
  { about: /^sql\/(reconcile|findings|checks|reports)\/.*\.sql$/, fault: (content) => lineOf(withoutComments(content), today, "reads the time: :'as_of' is the only today") },
  { about: /^sql\/.*\.sql$/, except: /^sql\/schema\.sql$/, fault: (content) => lineOf(withoutComments(content), refusedByCitus, 'is refused by Citus: one schema serves both') },
  { about: /^(src|test|scripts)\/.*\.ts$/, fault: (_, path) => (/^[a-z0-9./-]+$/.test(path) ? null : 'is not in kebab-case') },
]

/** Every fault, as `path: what is wrong and what to do`. */
export function faultsOf(house: House): string[] {
  return house.paths.flatMap((path) => {
    const about = rules.filter((rule) => rule.about.test(path) && rule.except?.test(path) !== true)
    if (about.length === 0) return []
    const content = house.read(path)
    return about.map((rule) => rule.fault(content, path)).filter((fault) => fault !== null).map((fault) => `${path}: ${fault}`)
  })
}

function lineOf(content: string, pattern: RegExp, fault: string): string | null {
  const index = content.split('\n').findIndex((line) => pattern.test(line))
  return index < 0 ? null : `line ${index + 1} ${fault}`
}

function withoutComments(sql: string): string {
  return sql.replace(/--[^\n]*/g, '')
}
