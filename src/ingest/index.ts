/** The door of the room `ingest`: files in, receipts out; every row stored or its problem. */
export { ingestFile, type IngestRequest, type Surroundings } from './ingest-file.ts'
export { ingestFiles } from './ingest-files.ts'
export { rawLine } from './raw-line.ts'
export { encodingNames } from '../formats/index.ts'
export { problemsShown } from './line-tally.ts'
export { countProblems, eachIgnoredRun, eachProblem, listFiles, showFile, voidFile, type FileDetail, type FileSummary, type Receipt } from './receipt.ts'
