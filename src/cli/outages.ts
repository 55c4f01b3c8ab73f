/** What kept the database from doing something, said to whoever gave the command, with what to do about it. */
import type { Outage } from '../db/index.ts'

const undone = 'What was not finished was undone, and the last published result stands.'

/** One or two sentences for each outage; afterwards the same command works. */
export const outageTexts: Readonly<Record<Outage, string>> = {
  database_away: `the connection to the database was lost. ${undone} When the database answers again, do the same once more.`,
  disk_full: `a disk is full: the database's, or that of the data folder. ${undone} Make room, then do the same once more.`,
  statement_timeout: `the database ended a statement that took longer than it allows (statement_timeout), or that somebody cancelled. ${undone} Lift the limit for this login, then do the same once more.`,
  out_of_memory: `the database has no more memory. ${undone} Give its machine more, or take away what else runs there, then do the same once more.`,
  read_only: `the database may only be read just now: a copy, or set so by somebody. ${undone} Connect to the one that may be written.`,
  locked: `somebody else holds a table for longer than the database waits (lock_timeout), or two waited for each other. ${undone} Do the same once more.`,
}
