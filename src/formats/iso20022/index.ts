/** ISO 20022 among the formats: what is certainly XML of payments, and its translation. */
import { FileFault } from '../fault.ts'
import { paymentTranslation } from '../payment-translation.ts'
import type { SourceFile, Translation, TranslationOptions } from '../translation.ts'
import { isOwnStatement } from '../statement-row.ts'
import { Iso20022Reader } from './reader.ts'
import { refuseDoctype } from './xml-decoder.ts'

/** True for XML; a web page is none. */
export function isXml(head: Uint8Array): boolean {
  const wide = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
  // Without a mark the zero bytes of UTF-16 and UTF-32 are left out, so that the decoder can say what they are.
  const top = head.subarray(0, 512)
  const text = wide === null ? Buffer.from(top).toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '').replaceAll('\0', '') : new TextDecoder(wide).decode(top.subarray(0, top.length & ~1))
  return /^[\s\ufeff]*<[?!A-Za-z_]/.test(text) && !/^[\s\ufeff]*<(?:!doctype\s+html|html)\b/i.test(text)
}

/** The translation of an ISO 20022 message. @throws FileFault when its beginning says that it is none, or none that is read here */
export function openIso20022(file: SourceFile, { banks, kind, ownAccounts }: TranslationOptions): Promise<Translation> {
  const { head, size } = file
  refuseDoctype(head)
  // Read once as far as the head goes, to know what it is; what is wrong below is found when it is read for good.
  const probe = new Iso20022Reader()
  try {
    probe.push(head)
    if (probe.type === null && head.length === size) probe.finish()
  } catch (error) {
    if (probe.type === null || !(error instanceof FileFault)) throw error
  }
  if (probe.type === null) throw new FileFault('xml_invalid', `no message begins within the first ${head.length} bytes`)
  const isStatement = isOwnStatement(probe.type.name === 'camt.053' ? accountsIn(head) : [], kind, ownAccounts)
  const settings = { ...(banks !== undefined && { banks }), isStatement }
  return Promise.resolve(paymentTranslation({ file, format: probe.type.version, encoding: probe.encoding, kind: isStatement ? 'account_statement' : 'disbursement', newReader: (isForShowing) => new Iso20022Reader({ ...settings, keepSource: isForShowing }) }))
}

/** The accounts of the statements that begin in the first bytes. */
function accountsIn(head: Uint8Array): string[] {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1').replaceAll('\0', '')
  return [...text.matchAll(/<(?:[A-Za-z0-9_]+:)?Stmt[\s>][\s\S]*?<(?:[A-Za-z0-9_]+:)?Acct>([\s\S]*?)<\/(?:[A-Za-z0-9_]+:)?Acct>/g)].map(([, account = '']) => /<(?:[A-Za-z0-9_]+:)?(?:IBAN|Id)>\s*([^<\s][^<]*?)\s*</.exec(account)?.[1] ?? '')
}
