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
