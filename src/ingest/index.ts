/** The door of the room `ingest`: files in, receipts out; every row stored or its problem. */
export { ingestFile, rehearseFile, type IngestRequest, type Rehearsal, type Surroundings } from './ingest-file.ts'
export { ingestFiles } from './ingest-files.ts'
export { draftProfile, previewFile, type Preview } from './profile-preview.ts'
export { listProfiles, loadProfile, saveProfile, type SavedProfile } from './profile-store.ts'
export { rawLine } from './raw-line.ts'
export { encodingNames } from '../formats/index.ts'
export { problemsShown } from './line-tally.ts'
export { countProblems, eachIgnoredRun, eachProblem, listFiles, showFile, voidFile, type FileDetail, type FileSummary, type Receipt } from './receipt.ts'
