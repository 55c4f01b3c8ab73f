/** The small trees that XML is read as, and how to find something in them. */

/** An element with what was kept of it. */
export interface XmlElement {
  readonly name: string
  readonly parent: XmlElement | null
  readonly attributes: ReadonlyMap<string, string>
  /** Its elements in order, without those that were handed over. */
  children: readonly XmlElement[]
  text: string
  /** Its number among the elements of its name in its parent, 1 is the first; 0 where nobody watches for it. */
  readonly index: number
  /** How many elements of each name that is watched for it has; null: none. */
  counts: Map<string, number> | null
  /** The physical line on which it begins. */
  readonly line: number
  /** How it stands in the file; only of elements handed over, and only when asked for. */
  source: string
}

/** The text at a path below an element, of the first element of each name; empty when there is none. */
export function textAt(element: XmlElement | null, ...path: readonly string[]): string {
  return elementAt(element, ...path)?.text ?? ''
}

/** The first element at a path below an element. */
export function elementAt(element: XmlElement | null, ...path: readonly string[]): XmlElement | null {
  let at = element
  for (const name of path) {
    if (at === null) return null
    at = childOf(at, name)
  }
  return at
}

function childOf({ children }: XmlElement, name: string): XmlElement | null {
  for (const child of children) if (child.name === name) return child
  return null
}

/** All elements of a name right below an element. */
export function elementsOf(element: XmlElement | null, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

/** Where an element stands below its message: `Stmt[1]/Ntry[3]`. */
export function placeOf(element: XmlElement): string {
  const names: string[] = []
  for (let at = element; at.parent?.parent; at = at.parent) names.unshift(`${at.name}[${at.index}]`)
  return names.join('/')
}
