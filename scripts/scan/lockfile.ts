/** What may be wrong with the packages that are brought along: where they come from, whether their bytes are known, whether they run on being installed. */

interface LockedPackage {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
}

/** One sentence a fault; empty: every package is one of a registry, of one exact version, known by its SHA-512, and none runs anything on being installed. */
export function faultsOfPackages(manifest: { readonly dependencies?: Readonly<Record<string, string>>; readonly devDependencies?: Readonly<Record<string, string>> }, lock: { readonly packages: Readonly<Record<string, LockedPackage>> }, npmrc: string): string[] {
  const wished = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
  const locked = Object.entries(lock.packages).filter(([path]) => path !== '')
  const runsScripts = !/^ignore-scripts=true$/m.test(npmrc)
  return [
    ...wished.map(([name, version]) => `package.json: ${name} is asked for as ${version}: name one exact version`),
    ...locked.filter(([, one]) => one.link === true || !/^sha512-/.test(one.integrity ?? '')).map(([path]) => `package-lock.json: ${path} has no SHA-512: install it from a registry`),
    ...locked.filter(([, { resolved }]) => resolved !== undefined && !/^https:\/\/[^/]+\/.*\.tgz$/.test(resolved)).map(([path]) => `package-lock.json: ${path} comes from elsewhere than a registry`),
    ...(runsScripts ? locked.filter(([, one]) => one.hasInstallScript === true).map(([path]) => `.npmrc: ${path} would run a script on being installed: say ignore-scripts=true`) : []),
  ]
}

/** Of `npm audit --json`: a sentence for each package with a known hole of this gravity; null when the registry did not answer the question. */
export function faultsOfAudit(answer: string): string[] | null {
  let said: { readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>> }
  try {
    said = JSON.parse(answer) as typeof said
  } catch {
    return null
  }
  if (said.vulnerabilities === undefined) return null
  return Object.entries(said.vulnerabilities).filter(([, { severity }]) => severity === 'high' || severity === 'critical').map(([name, { severity, range }]) => `${name} ${range}: ${severity}; npm audit tells of it, npm install brings a version without it`)
}
