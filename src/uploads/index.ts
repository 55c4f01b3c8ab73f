/** The door of the room `uploads`: files handed in by web or API, from their first byte to the end of their way. */
export { countDrafts, discardDraft, handIn } from './drafts.ts'
export { announce, strangersTo, type Presence } from './presence.ts'
export { heldPath, receiveUpload, requireDurable, requireRoom, type Reception, type SentFile } from './receive.ts'
export { beginOnce, endOnce, forgetOldRequests, releaseOnce, stillRunning, type Answer, type Once } from './once.ts'
export { failedUploads, retake, type FailedUpload } from './retaking.ts'
export { findUpload, listUploads, type UploadFilter, type UploadPage, type UploadRow, type UploadStatus } from './rows.ts'
export { beginTaking, endTaking, failTaking, forgetAbandoned, leaveWaiting, noteProgress, type Taking } from './taking.ts'
