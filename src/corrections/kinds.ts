/** The kinds of lists that put money right, how a list and its items stand, and why something is left out. */

/** supplementary: paid now; recovery: asked back; offset: kept back from months to come; account_fix: asked of banks; carried_over: lines for next month's list. */
export const listKinds = ['supplementary', 'recovery', 'offset', 'account_fix', 'carried_over'] as const
export type ListKind = (typeof listKinds)[number]

/** draft: to be approved by somebody else; approved: to be sent; sent: answers are awaited; settled: all of them came; withdrawn: taken back. */
export const listStates = ['draft', 'approved', 'sent', 'settled', 'withdrawn'] as const
export type ListState = (typeof listStates)[number]

/** waiting; partly: some of it came; settled: all of it; failed: refused or returned; gone: nothing is owed any more and nothing came. */
export type ItemProgress = 'waiting' | 'partly' | 'settled' | 'failed' | 'gone'

/** Kinds that rest on somebody's decision, whose number and date they carry. */
export const kindsByDecision: ReadonlySet<ListKind> = new Set<ListKind>(['recovery', 'offset'])
/** Kinds that are about a month to come. */
export const kindsForAMonth: ReadonlySet<ListKind> = new Set<ListKind>(['offset', 'carried_over'])

/** The kind of that name; null when there is none. */
export function listKindNamed(name: string | undefined): ListKind | null {
  return listKinds.find((kind) => kind === name) ?? null
}

const marks: Readonly<Record<ListKind, string>> = { supplementary: 'CB', recovery: 'TH', offset: 'BT', account_fix: 'TK', carried_over: 'CK' }

/** What people call a list by: `CB-12` (chi bổ sung, thu hồi, bù trừ, tài khoản, chuyển kỳ). */
export function listName(list: { readonly kind: ListKind; readonly list_id: string }): string {
  return `${marks[list.kind]}-${list.list_id}`
}
