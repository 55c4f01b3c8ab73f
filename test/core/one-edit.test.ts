/** One slip of the pen, held against every text of up to four letters; and where names that lack something stop being close. */
import { describe, expect, test } from 'vitest'
import { compareNames, isOneEditAway } from '../../src/core/names.ts'

const texts = ['']
for (const text of texts) if (text.length < 4) texts.push(...['A', 'B', 'C'].map((letter) => text + letter))

/** Everything that one letter put in, left out or changed, or two neighbours swapped, makes of a text. */
function slipsOf(text: string): Set<string> {
  const slips = new Set<string>()
  for (let at = 0; at <= text.length; at += 1) {
    const [before, after] = [text.slice(0, at), text.slice(at)]
    for (const letter of ['A', 'B', 'C']) {
      slips.add(before + letter + after)
      if (after !== '') slips.add(before + letter + after.slice(1))
    }
    if (after !== '') slips.add(before + after.slice(1))
    if (after.length > 1) slips.add(`${before}${after[1] ?? ''}${after[0] ?? ''}${after.slice(2)}`)
  }
  slips.delete(text)
  return slips
}

test('one edit is one letter in, out or changed, or two neighbours swapped: for all short texts', () => {
  for (const first of texts) {
    const slips = slipsOf(first)
    const found = texts.filter((second) => isOneEditAway(first, second))
    expect(found, first).toEqual(texts.filter((second) => slips.has(second)))
  }
})

describe('what a name may lack', () => {
  test.each([
    ['Nguyễn An', 'Nguyễn Văn An', 'missing_middle'],
    ['Nguyễn Thị Lan', 'Nguyễn Thị Thu Lan', 'missing_middle'],
    ['Nguyễn Văn', 'Nguyễn Văn An', 'cut_tail'],
    ['Lê Công', 'Lê Công An', undefined],
    ['Trần An', 'Nguyễn Văn An', undefined],
    ['Nguyễn Anh', 'Nguyễn Văn An', undefined],
    ['Nguyễn Thu Lan', 'Nguyễn Thị Mai Lan', undefined],
    ['Nguyễn', 'Nguyễn Văn Nguyễn', undefined],
    ['Nguyễn Lan Thu', 'Nguyễn Thu Mai Lan', undefined],
  ])('%s beside %s: %s', (first, second, reason) => {
    for (const compared of [compareNames(first, second), compareNames(second, first)]) expect(compared.class === 'E3' ? compared.reason : undefined).toBe(reason)
  })
})
