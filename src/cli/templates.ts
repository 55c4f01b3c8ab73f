/** The command about empty files: template. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { kindNamed, kinds, Refusal } from '../core/index.ts'
import { csvTemplate, templateLanguages, workbookTemplate } from '../formats/index.ts'
import { say } from './context.ts'

interface TemplateFlags {
  readonly format: string
  readonly language: string
  readonly out?: string
}

/** Adds the command to the program. */
export function addTemplateCommand(program: Command): void {
  program
    .command('template')
    .description('an empty file of one kind to fill in, with the columns that ingest reads')
    .argument('<kind>', kinds.map(({ name }) => name).join(', '))
    .option('--format <format>', 'csv, or xlsx with text-typed ids and a sheet that explains each column', 'csv')
    .option('--language <language>', 'the names of the columns: vi, or en for the canonical ones', 'vi')
    .option('--out <file>', 'where to write it (default: stdout)')
    .action(async (name: string, { format, language, out }: TemplateFlags) => {
      const kind = kindNamed(name)
      if (kind === null) throw new Refusal('usage', 'kind_unknown', `${name} is no kind of file; known are ${kinds.map((one) => one.name).join(', ')}`)
      const inLanguage = templateLanguages.find((one) => one === language)
      if (inLanguage === undefined) throw new Refusal('usage', 'language_unknown', `--language ${language} is none of ${templateLanguages.join(', ')}`)
      if (format !== 'csv' && format !== 'xlsx') throw new Refusal('usage', 'format_unknown', `--format ${format} is neither csv nor xlsx`)
      if (format === 'xlsx' && out === undefined && process.stdout.isTTY) throw new Refusal('usage', 'out_missing', 'a workbook is no text for a screen; say --out FILE.xlsx')
      await writeOut(format === 'csv' ? [Buffer.from(csvTemplate(kind, inLanguage))] : workbookTemplate(kind, inLanguage), out)
    })
}

/** Writes bytes to a file that is not there yet, or to stdout. @throws Refusal `file_exists`, `file_unwritable` */
export async function writeOut(pieces: Iterable<Buffer> | AsyncIterable<Buffer>, out: string | undefined): Promise<void> {
  if (out === undefined) {
    await pipeline(Readable.from(pieces), process.stdout, { end: false })
    return
  }
  try {
    await pipeline(Readable.from(pieces), createWriteStream(out, { flags: 'wx', mode: 0o600 }))
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall !== 'open') throw error
    throw new Refusal('usage', code === 'EEXIST' ? 'file_exists' : 'file_unwritable', code === 'EEXIST' ? `${out} is there already; name another file` : `${out} cannot be written (${code ?? 'unknown reason'})`)
  }
  say(`${out} written`)
}
