/** Minutes on paper: PDF in the two languages whose letters are set from left to right. */
import { writePdf } from '../../formats/index.ts'
import type { Minutes, MinutesMark, SealedMinutes } from '../../periods/index.ts'
import { dictionaries } from '../text/index.ts'
import { month } from '../format.ts'
import { minutesBlocks, minutesFoot, shownMinutes } from './minutes-document.ts'

/** Both files; the same minutes and mark give the same bytes. */
export async function printMinutes(minutes: Minutes, mark: MinutesMark): Promise<SealedMinutes['pdfs']> {
  const print = (language: 'vi' | 'en'): Promise<Buffer> => {
    const reader = { language, words: dictionaries[language] }
    const { minutes: said, periodTitle } = reader.words.periods
    return writePdf({
      title: `${said.title}: ${periodTitle(month(minutes.content.benefit_period, language))}`, language,
      madeAt: minutes.steps.find(({ step }) => step === 'issued')?.at ?? minutes.steps.at(-1)?.at ?? '',
      blocks: minutesBlocks(shownMinutes(minutes, mark), reader), foot: minutesFoot(mark, reader),
    })
  }
  return { vi: await print('vi'), en: await print('en') }
}
