/** The door of the room `backup`: an installation kept elsewhere, brought back, and the proof that this works. */
export { backupsOf, beginArchiving, createBackup, endArchiving, type BackupMade, type BackupOptions } from './create.ts'
export { drillBackup, type Drill } from './drill.ts'
export { backupFolder } from './folder.ts'
export { listBackups, readManifest } from './manifest.ts'
export { restoreBackup, type Restored } from './restore.ts'
export { backupState, followReceived, nightlyBackup, type BackupState, type NightlyBackup } from './state.ts'
