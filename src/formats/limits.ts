/** How large the parts of a file may be; beyond them it is no list that anybody meant to send. */

/** Bytes of one value; a longer one is a problem on its row. */
export const maximumFieldBytes = 65_536
/** Bytes of one record, all its lines; a longer one refuses the file. */
export const maximumRecordBytes = 1_048_576
/** Fields of one record; more refuse the file. */
export const maximumColumns = 500
/** The header stands within so many records from the top. */
export const headerSearchRecords = 50
/** How much of a file is looked at to find its header. */
export const headBytes = 262_144
/** Every so many lines the place of a line in the file is kept, so that any line is found quickly. */
export const linesPerMark = 1000

/** What a workbook may hold; all of it is counted while it is inflated, whatever the file says of itself. */
export const workbookLimits = {
  /** Files inside the workbook. */
  entries: 1000,
  /** Bytes of one file inside it, inflated, and of all that are read. */
  entryBytes: 2_147_483_648,
  totalBytes: 4_294_967_296,
  /** Inflated bytes for one deflated byte, once more than `freeBytes` came out. */
  ratio: 100,
  freeBytes: 1_048_576,
  /** Bytes of XML in which nothing begins or ends: one text, one tag, one comment. */
  quietBytes: 8_388_608,
  /** How deep elements stand in one another. */
  depth: 64,
  sheets: 1000,
  rows: 1_048_576,
  columns: 16_384,
  /** Formats of cells. */
  styles: 65_536,
  /** Texts that cells share: how many, and their bytes together. */
  sharedTexts: 8_000_000,
  sharedBytes: 134_217_728,
} as const
