/**
 * One file, one transaction: read, hashed, checked, loaded, counted, sealed; or refused, and nothing of it stays but its
 * refusal and its bytes in quarantine.
 */
import { basename } from 'node:path'
import { bankKinds, cleanFileName, isBankKind, money, placeOf, type Clock, type FileRefusal, type Kind, type Profile } from '../core/index.ts'
import { certainly, whenBack, type Database, type Transaction } from '../db/index.ts'
import { FileFault, headBytes, needsTranslation, type FilePart } from '../formats/index.ts'
import { leaveTrail } from '../trail/index.ts'
import { readBankCodes } from './bank-codes.ts'
import { findEarlier, keepContent } from './earlier-content.ts'
import { FileReceiver, hashFile, readHead } from './file-receiver.ts'
import { loadRecords, type Loaded } from './load-records.ts'
import { readTotal, type LineTally } from './line-tally.ts'
import { openAsOldText, openFile, openTop, takenAs, type Opening } from './opening.ts'
import { profileText, type SavedProfile } from './profile-store.ts'
import { receiptOf, type Receipt } from './receipt.ts'
import { countRepeats } from './repeats.ts'
import { checkStatements, readOwnAccounts } from './statement-checks.ts'
import { statements } from './statements.ts'
import { SchemeBook, type KnownScheme } from './word-list.ts'

/** A file to take in. */
export interface IngestRequest {
  readonly path: string
  /** What its sender calls it, where its path does not say. */
  readonly fileName?: string
  /** One of the contract's kinds; absent: told from the header. */
  readonly kind?: string
  /** The encoding of its text, when somebody says so; absent: recognised. */
  readonly encoding?: string
  /** The saved profile by which it is read; absent: by its own header. */
  readonly savedProfile?: SavedProfile
  /** Who sent it. */
  readonly source?: string
  /** The bank that hands it in, which speaks of its own accounts alone; absent: somebody whom every kind of file is taken from. */
  readonly bank?: BankSender
  /** What its bytes must come to, SHA-256 in hex: they were received before. */
  readonly expectedSha256?: string
  /** How many data lines the sender declared, and their sum. */
  readonly controlCount?: number
  readonly controlSum?: string
}

/** A bank at the counter. */
export interface BankSender {
  /** Its 6 digits. */
  readonly agent: string
  /** It pays into accounts of other banks too: its disbursements may name them. */
  readonly paysElsewhere: boolean
}

/** What ingest needs from outside. */
export interface Surroundings {
  readonly clock: Clock
  /** Received bytes go to `files` and `quarantine` below it. */
  readonly dataDirectory: string
  /** Told in one line what takes long. */
  readonly onProgress?: (message: string) => void
  /** How much of a file is worked on before others have their turn; absent: a quarter of a megabyte, for a program that does nothing else. */
  readonly pieceBytes?: number
  /** Told often how many bytes and lines were read. */
  readonly onRead?: (bytes: number, lines: number) => void
}

/**
 * Looks at a file that was loaded and sealed in a transaction that is then rolled back: as if it had come, and nothing
 * of it stays.
 */
export type Rehearsal = (transaction: Transaction, receipt: Receipt) => Promise<void>

/** Where one file stands among several. */
export interface Turn {
  readonly fileId: number
  /** Resolves when every earlier file is sealed or refused: repeats are counted in the order given. */
  readonly ready: Promise<void>
}

/**
 * The receipt of one file, once it is sealed or refused; both are on disk by then.
 *
 * The same bytes as a sealed file answer with that file's receipt and change nothing. Bad data never throws; what is
 * thrown is an outage, and then nothing of the file stays.
 */
export async function ingestFile(database: Database, request: IngestRequest, surroundings: Surroundings, turn?: Turn): Promise<Receipt> {
  try {
    const { head, size } = await readHead(request.path, headBytes)
    // Whoever declares control totals has them checked, also of bytes that came before.
    const isDeclared = request.controlCount !== undefined || request.controlSum !== undefined
    const earlier = isDeclared ? null : await findSealedWithSize(database, request, size)
    if (earlier !== null) return await receiptOf(database, earlier, earlier, request.path)
    return await receive(database, request, surroundings, head, size, turn)
  } catch (error) {
    if (error instanceof FileFault && error.refusal.code === 'file_unreadable') return unreadable(request, error.refusal)
    throw error
  }
}

/**
 * The receipt that a file would get, and what `look` makes of its rows among all others; nothing is kept, and nothing
 * is told to anybody but the caller. A file that would be refused is not looked at.
 */
export async function rehearseFile(database: Database, request: IngestRequest, surroundings: Surroundings, look: Rehearsal): Promise<Receipt> {
  try {
    const { head, size } = await readHead(request.path, headBytes)
    return await receive(database, request, surroundings, head, size, undefined, look)
  } catch (error) {
    if (error instanceof FileFault) return unreadable(request, error.refusal)
    throw error
  }
}

async function receive(database: Database, request: IngestRequest, surroundings: Surroundings, head: Buffer, size: number, turn?: Turn, rehearsal?: Rehearsal): Promise<Receipt> {
  const receiver = await FileReceiver.open(request.path, surroundings.dataDirectory, surroundings.pieceBytes)
  try {
    return await takeIn(database, request, surroundings, receiver, head, size, turn, rehearsal)
  } finally {
    await receiver.close()
  }
}

async function takeIn(database: Database, request: IngestRequest, surroundings: Surroundings, receiver: FileReceiver, head: Buffer, size: number, turn?: Turn, rehearsal?: Rehearsal): Promise<Receipt> {
  const { fileId, ready } = turn ?? { fileId: await nextFileId(database), ready: Promise.resolve() }
  const said = saidOf(request)
  let opening: Opening | null = null
  const load = async (opened: Opening): Promise<Receipt> => {
    opening = opened
    try {
      return await certainly(database, database, (transaction) => loadAndSeal(transaction, request, surroundings, receiver, opened, { fileId, ready }, size, rehearsal))
    } finally {
      await opened.source?.close()
    }
  }
  try {
    if (said.profile === undefined && !needsTranslation(head, size, said)) {
      try {
        return await load(openTop(head, size, request.kind))
      } catch (error) {
        // The first letters beyond ASCII may stand far below the top: what is not UTF-8 there may still be recognised.
        if (request.encoding !== undefined || !(error instanceof FileFault) || error.refusal.code !== 'encoding_unknown') throw error
        await receiver.finish()
        return await load(await openAsOldText(receiver.path, said))
      }
    }
    // What is translated are the very bytes that are hashed and kept.
    await receiver.finish()
    return await load(await openFile({ path: receiver.path, head, size }, { ...said, banks: await readBankCodes(database), ownAccounts: await readOwnAccounts(database) }))
  } catch (error) {
    if (error instanceof RolledBack) return error.receipt
    if (rehearsal !== undefined) throw error
    if (isSealedTwice(error)) {
      const first = await findSealed(database, await receiver.finish(), request.source)
      if (first !== null) return await receiptOf(database, first, first, request.path)
    }
    if (!(error instanceof FileFault)) throw error
    return await refuse(database, request, surroundings, receiver, fileId, opening, error)
  }
}

async function loadAndSeal(transaction: Transaction, request: IngestRequest, { clock, onProgress, onRead }: Surroundings, receiver: FileReceiver, opening: Opening, turn: Turn, size: number, rehearsal?: Rehearsal): Promise<Receipt> {
  const { header } = opening
  const { kind } = header
  const onlyAgent = agentBound(request, kind)
  // Scheme files give out numbers, so only one of them works at a time.
  if (kind.name === 'scheme') await transaction.query(statements.lockKind, [kind.name])
  const schemes = await readSchemes(transaction)
  const { tally, filter, marks } = await loadRecords({ transaction, source: opening.source ?? receiver, opening, fileId: turn.fileId, schemes, size, name: nameOf(request), onlyAgent, onRead, ...(onProgress && { onProgress }) })
  try {
    if (tally.dataLines === 0) throw new FileFault('file_empty', 'there is no data line below the header', { line: header.line })
    const declaredSum = readDeclaredSum(request.controlSum)
    const isSumChecked = tally.checkControls(request.controlCount, declaredSum)
    const sha256 = await receiver.finish()
    if (request.expectedSha256 !== undefined && request.expectedSha256 !== sha256) throw new Error('the bytes on disk are no longer those that were received')
    await turn.ready
    // From here on one file of a kind at a time: what is counted as held must be sealed, or not there. What is only
    // rehearsed holds up nobody: its counts are those of the moment (D150).
    if (rehearsal === undefined) await transaction.query(statements.lockKind, [kind.name])
    const earlier = await findEarlier(transaction, kind, tally)
    const repeats = await countRepeats(transaction, kind, turn.fileId, earlier, filter)
    tally.finish(repeats)
    if (kind.name === 'account_statement') await checkStatements(transaction, turn.fileId, tally)
    const now = clock.now()
    const { format, encoding, parts } = takenAs(opening)
    await transaction.query(statements.insertSealed, [
      // The same bytes may be sealed already; what is only rehearsed is another file.
      turn.fileId, rehearsal === undefined ? sha256 : `rehearsed-${turn.fileId}`, nameOf(request), kind.name, request.source ?? null, receiver.size, encoding, header.delimiter, header.line, header.columns,
      tally.lines, tally.stored - repeats, repeats, tally.ignored, tally.problemLines, request.controlCount ?? null,
      declaredSum ?? (tally.totals[0] === undefined ? null : readTotal(tally.totals[0].text)), isSumChecked, now, format, parts === null ? null : JSON.stringify(parts),
    ])
    if (request.savedProfile !== undefined) await transaction.query(statements.setProfile, [turn.fileId, request.savedProfile.name, request.savedProfile.version, opening.senderDelimiter ?? header.delimiter])
    if (rehearsal === undefined) await leaveTrail(transaction, { staffId: null, at: now, kind: 'file_sealed', subject: `file ${turn.fileId}`, details: { kind: kind.name, source: request.source ?? null }, row: { table: 'source_file', key: [turn.fileId] } })
    await storeTheRest(transaction, turn.fileId, tally, schemes, marks, rehearsal !== undefined)
    await keepContent(transaction, kind, turn.fileId, tally, filter)
    if (kind.group === 'fact' && rehearsal === undefined) await transaction.query(statements.summariseIndexes, [kind.table])
    const receipt: Receipt = {
      file_id: `${turn.fileId}`, file_name: nameOf(request), kind: kind.name, format, encoding, parts, profile: profileText(request.savedProfile), sha256, repeat_of: null, status: 'sealed', lines: tally.lines, accepted: tally.stored - repeats,
      repeats, ignored: tally.ignored, problem_count: tally.problemLines, problems: tally.problems, is_control_sum_checked: isSumChecked,
      has_final_newline: hasFinalNewline(receiver, opening), refusal: null,
    }
    if (rehearsal !== undefined) {
      await rehearsal(transaction, receipt)
      throw new RolledBack(receipt)
    }
    // The bytes are on disk under their name before anybody is told that the file is sealed.
    await receiver.keep('files')
    return receipt
  } finally {
    tally.close()
  }
}

/** Ends the transaction of a rehearsal with nothing kept. */
class RolledBack extends Error {
  readonly receipt: Receipt

  constructor(receipt: Receipt) {
    super('a rehearsal leaves nothing behind')
    this.receipt = receipt
  }
}

/** The one bank that the lines may be about; null: any. @throws FileFault `kind_not_allowed` */
function agentBound({ bank }: IngestRequest, kind: Kind): number | null {
  if (bank === undefined) return null
  if (!isBankKind(kind.name)) throw new FileFault('kind_not_allowed', `a bank hands in ${bankKinds.join(', ')}; this is a file of the kind ${kind.name}`)
  return bank.paysElsewhere && kind.name === 'disbursement' ? null : parseInt(bank.agent, 10)
}

/** What was said about a file, as its readers ask for it. */
export function saidOf({ kind, encoding, savedProfile }: IngestRequest): { readonly kind?: string; readonly encoding?: string; readonly profile?: Profile } {
  return { ...(kind !== undefined && { kind }), ...(encoding !== undefined && { encoding }), ...(savedProfile !== undefined && { profile: savedProfile.profile }) }
}

/** Null where lines have no ends of their own, as in a workbook. */
function hasFinalNewline(receiver: FileReceiver, { source }: Opening): boolean | null {
  if (source === null) return receiver.endsWithLineBreak
  return source.translation.isStructured ? null : source.endsWithLineBreak
}

async function storeTheRest(transaction: Transaction, fileId: number, tally: LineTally, schemes: SchemeBook, marks: Loaded['marks'], isRehearsed: boolean): Promise<void> {
  await tally.problemRows.copyInto(transaction, statements.copyProblems)
  await tally.ignoredRows.copyInto(transaction, statements.copyIgnored)
  await tally.termRows.copyInto(transaction, statements.copyTerms)
  if (tally.hashedRows.rows > 0) {
    await transaction.query(statements.stageHashed)
    await tally.hashedRows.copyInto(transaction, statements.copyHashed)
    // A key that is written and not yet kept keeps everybody waiting who writes the same.
    if (!isRehearsed) await transaction.query(statements.insertHashed)
    const [collision] = await transaction.query(statements.findCollision)
    if (collision !== undefined) throw new FileFault('key_collision', 'two different codes have one key')
  }
  for (const { id, scheme } of schemes.added) await transaction.query(statements.insertScheme, [id, scheme])
  if (schemes.added.length > 0) await transaction.query(statements.raiseSchemeSequence)
  if (marks !== null) await transaction.query(statements.insertOffsets, [fileId, marks.every, marks.offsets])
}

/** Keeps the refusal and, in quarantine, the bytes; nothing else. */
async function refuse(database: Database, request: IngestRequest, { clock }: Surroundings, receiver: FileReceiver, fileId: number, opening: Opening | null, { refusal, takenAs: known }: FileFault): Promise<Receipt> {
  const sha256 = await receiver.finish()
  await receiver.keep('quarantine')
  const taken = opening === null ? known : takenAs(opening)
  const parts = opening === null ? null : takenAs(opening).parts
  const at = clock.now()
  const kindName = opening?.header.kind.name ?? known?.kind ?? request.kind ?? 'unknown'
  await certainly(database, database, async (transaction) => {
    await transaction.query(statements.insertRefused, [fileId, sha256, nameOf(request), kindName, request.source ?? null, receiver.size, opening?.header.line ?? null, JSON.stringify(inSheet(refusal, parts)), at, taken?.format ?? null, taken?.encoding ?? null, parts === null ? null : JSON.stringify(parts)])
    if (request.savedProfile !== undefined) await transaction.query(statements.setProfile, [fileId, request.savedProfile.name, request.savedProfile.version, opening?.senderDelimiter ?? null])
    await leaveTrail(transaction, { staffId: null, at, kind: 'file_refused', subject: `file ${fileId}`, reason: refusal.code, details: { kind: kindName, source: request.source ?? null }, row: { table: 'source_file', key: [fileId] } })
  })
  return whenBack(() => receiptOf(database, `${fileId}`, null, request.path))
}

/** A refusal that names the row of its sheet, where the number of the line alone would send people to another. */
function inSheet(refusal: FileRefusal, parts: readonly FilePart[] | null): FileRefusal {
  if (refusal.line === null) return refusal
  const { part, number } = placeOf(parts, refusal.line)
  return part === null ? refusal : { ...refusal, detail: refusal.detail.replace(`on line ${refusal.line}`, `in row ${number} of sheet "${part}"`) }
}

function unreadable(request: IngestRequest, refusal: FileRefusal): Receipt {
  return {
    file_id: null, file_name: nameOf(request), kind: request.kind ?? null, format: null, encoding: null, parts: null, profile: profileText(request.savedProfile), sha256: null, repeat_of: null, status: 'refused', lines: 0, accepted: 0, repeats: 0, ignored: 0,
    problem_count: 0, problems: [], is_control_sum_checked: null, has_final_newline: null, refusal,
  }
}

export async function nextFileId(database: Database): Promise<number> {
  const [row] = await database.query<{ file_id: string }>(statements.nextFileId)
  return parseInt(row?.file_id ?? '', 10)
}

/** The sealed file with the same bytes; only looked for when one has the same size, so that a new file is read once. */
async function findSealedWithSize(database: Database, { path, source }: IngestRequest, size: number): Promise<string | null> {
  const [same] = await database.query(statements.sealedWithSize, [size])
  return same === undefined ? null : findSealed(database, await hashFile(path), source)
}

/** A bank learns of its own files alone: the same bytes of another sender are another file. */
async function findSealed(database: Database, sha256: string, source: string | undefined): Promise<string | null> {
  const [row] = await database.query<{ file_id: string }>(statements.sealedWithHash, [sha256, /^\d{6}$/.test(source ?? '') ? source : ''])
  return row?.file_id ?? null
}

async function readSchemes(transaction: Transaction): Promise<SchemeBook> {
  const known = await transaction.query<KnownScheme>(statements.knownSchemes)
  const codes = await transaction.query<{ id: number; scheme: string }>(statements.schemeCodes)
  return new SchemeBook(known, new Map(codes.map(({ id, scheme }) => [scheme, id])))
}

function readDeclaredSum(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const sum = readTotal(text.trim())
  if (sum === null) throw new FileFault('control_sum_mismatch', 'the declared sum cannot be read; write digits only', { raw: text })
  return money.add(sum)
}

/** The file's name as it was handed in, without its folder. */
function nameOf({ path, fileName }: IngestRequest): string {
  return cleanFileName(fileName ?? basename(path))
}

/** Told from the message: from a Citus worker the constraint comes in no field of its own, and with the number of its copy. */
function isSealedTwice(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return code === '23505' && message !== undefined && /"source_file_one_sealed(_\d+)?"/.test(message)
}
