/** The door of the room `periods`: a month of payments is closed by four persons, put on paper, checked and reopened. */
export * from './acts.ts'
export { checkMinutes, sealMinutes, type Minutes, type MinutesFault, type MinutesMark, type SealedMinutes, type SignedMinutes, type Signer } from './minutes.ts'
export { fileChanges, filesWaiting, missingName, periodFacts, publishedFigures, publishedHashes, type Changes, type Content, type MissingFile, type PeriodFacts, type PeriodKey, type SignedCorrection, type SignedFile } from './content.ts'
export { differencesBetween, totalsOf, type Difference, type Figures, type SignedCell, type SignedClass } from './figures.ts'
export { filesCsv } from './files-csv.ts'
export { findFiles, type FoundFiles } from './evidence.ts'
export * from './standing.ts'
