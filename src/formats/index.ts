/** The door of the room `formats`: bytes of a file to fields and values; knows files, not databases. */
export { inspectContainer, refuseInvalidUtf8 } from './container.ts'
export { findHeader, type Header } from './csv/header.ts'
export { CsvScanner, oddities } from './csv/scanner.ts'
export { FileFault } from './fault.ts'
export * from './limits.ts'
export { csvTemplate, templateLanguages, workbookTemplate, type TemplateLanguage } from './template.ts'
export * from './texts.ts'
export * from './values.ts'
