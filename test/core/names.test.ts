/** Vietnamese names compared: every letter both ways, each class, each of the four answers, and names that only look alike. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bankFold, compareNames, identicalName, isOneEditAway, nameSpelling, type NameAnswer, type NameClass, type NameReason } from '../../src/core/index.ts'
import { everyLetter, syllables, tones } from '../helpers/vietnamese.ts'

const name = fc.array(fc.constantFrom(...syllables), { minLength: 2, maxLength: 5 }).map((parts) => parts.join(' '))

describe('folding', () => {
  test('there are 67 marked capitals (134 signs with the small ones), each once', () => {
    const marked = everyLetter.filter(({ letter, base }) => letter !== base)
    expect(new Set(marked.map(({ letter }) => letter)).size).toBe(67)
  })

  test.each(everyLetter)('$letter is one spelling composed, decomposed, small and capital, and $base for a bank', ({ letter, base }) => {
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) {
      for (const written of [letter, letter.toLowerCase()]) {
        const one = `LAN ${written.normalize(form)}`
        expect(identicalName(one)).toBe(`LAN ${letter.normalize('NFC')}`)
        expect(nameSpelling(one)).toBe(`LAN ${letter.normalize('NFC')}`)
        expect(bankFold(one)).toBe(`LAN ${base}`)
      }
    }
  })

  test('no two letters share a spelling', () => {
    expect(new Set(everyLetter.map(({ letter }) => nameSpelling(letter))).size).toBe(everyLetter.length)
  })

  test.each(['Đ', 'Ð', 'Ɖ', 'đ', 'ð', 'ɖ'])('%s is Đ', (letter) => {
    expect(nameSpelling(`${letter}ặng`)).toBe('ĐẶNG')
    expect(bankFold(`${letter}ặng`)).toBe('DANG')
    expect(nameSpelling(`${letter}ặng`)).not.toBe(nameSpelling('Dặng'))
  })

  // Pairs as written by the old and the new school; the tone is put on each of the two vowels.
  test.each(tones.flatMap((tone) => (['oa', 'oe', 'uy'] as const).map((pair) => [`H${pair[0] ?? ''}${tone}${pair[1] ?? ''}`, `H${pair}${tone}`] as const)))('%s and %s are one spelling, in NFC and NFD', (early, late) => {
    for (const form of ['NFC', 'NFD'] as const) expect(nameSpelling(early.normalize(form))).toBe(nameSpelling(late.normalize(form)))
    expect(identicalName(early)).not.toBe(identicalName(late))
  })

  test.each([['Hùynh', 'Huỳnh'], ['Hòang', 'Hoàng'], ['Tòan', 'Toàn']])('%s is a slip for %s: the tone belongs to the vowel that carries the syllable', (slip, right) => {
    expect(nameSpelling(slip)).toBe(nameSpelling(right))
  })

  test.each([['Qúy', 'Quý'], ['Gìa', 'Già'], ['Mùa', 'Muà'], ['Hào', 'Haò'], ['Đúc', 'Đức'], ['Hòa', 'Hóa'], ['Thủy', 'Thúy'], ['Hòe', 'Hoè' + '\u0302']])('%s and %s are not made equal', (first, second) => {
    expect(nameSpelling(first)).not.toBe(nameSpelling(second))
  })

  test.each(['\u00a0', '\u2003', '\u202f', '\u3000', '\t', '  ', ' \u200b ', '\ufeff '])('blank %j parts two names like any other', (blank) => {
    expect(identicalName(`${blank}Lê${blank}Lợi${blank}`)).toBe('LÊ LỢI')
  })

  test.each(['\u200b', '\u200c', '\u200d', '\ufeff', '\u00ad', '\u2060', '\u200e', '\u202a'])('%j is nothing', (nothing) => {
    expect(identicalName(`L${nothing}ê Lợi${nothing}`)).toBe('LÊ LỢI')
  })

  test('a bank keeps letters and single blanks alone', () => {
    expect([bankFold("Giàng A H'Mông"), bankFold('Y-Bhăm  Êban.'), bankFold('Đỗ Thị Ðiểm (GH: mẹ)'), bankFold('Ngô 2')]).toEqual(['GIANG A HMONG', 'Y BHAM EBAN', 'DO THI DIEM GH ME', 'NGO'])
  })

  test('folding twice changes nothing, and each class holds the one before', () => {
    fc.assert(fc.property(name, (one) => {
      expect(nameSpelling(nameSpelling(one))).toBe(nameSpelling(one))
      expect(bankFold(bankFold(one))).toBe(bankFold(one))
      expect(nameSpelling(identicalName(one))).toBe(nameSpelling(one))
      expect(bankFold(nameSpelling(one))).toBe(bankFold(one))
    }))
  })
})

describe('the four answers, and the class that decided', () => {
  const cases: readonly (readonly [string, string, NameAnswer, NameClass, NameReason?])[] = [
    ['Nguyễn Thị Hoa', ' nguyễn  thị HOA', 'match', 'E0'],
    ['Nguyễn Văn Hòa', 'Nguyễn Văn Hoà', 'match', 'E1'],
    ['Đặng Thúy Đào', 'Ðặng Thuý Ɖào', 'match', 'E1'],
    ['Nguyễn Văn Hùng', 'NGUYEN VAN HUNG', 'cannot_tell', 'E2'],
    ["Giàng A H'Mông", 'GIANG A HMONG', 'cannot_tell', 'E2'],
    ['Lý Thị Mỹ', 'Lí Thị Mĩ', 'close_match', 'E3', 'i_or_y'],
    ['Trần Quý', 'Trần Quí', 'close_match', 'E3', 'i_or_y'],
    ['LY THI MY', 'Lí Thị Mỹ', 'close_match', 'E3', 'i_or_y'],
    ['Nguyễn Thị Phương Thảo', 'NGUYEN THI PHUONG TH', 'close_match', 'E3', 'cut_tail'],
    ['Nguyễn Thị Hoa', 'Nguyễn Hoa', 'close_match', 'E3', 'missing_middle'],
    ['Trần Lê Thị Hoa', 'TRAN HOA', 'close_match', 'E3', 'missing_middle'],
    ['Nguyễn Văn Hùng', 'Hùng Nguyễn Văn', 'close_match', 'E3', 'token_order'],
    ['Nguyễn Văn Hùng', 'NGUYEN VAN HUGN', 'close_match', 'E3', 'one_letter'],
    ['Nguyễn Văn Hùng', 'Nguyễn Văn Hùngg', 'close_match', 'E3', 'cut_tail'],
    ['Nguyễn Văn Hùng', 'Nguyễn Vă Hùng', 'close_match', 'E3', 'one_letter'],
    ['Nguyễn Văn Hùng', 'Nguyễn Văn Hưng', 'no_match', 'different', 'marks'],
    ['Nguyễn Thị Hoa', 'Nguyễn Thị Hòa', 'no_match', 'different', 'marks'],
    ['Vũ Văn An', 'Võ Văn An', 'no_match', 'different', 'surname'],
    ['VU VAN AN', 'VO VAN AN', 'no_match', 'different', 'surname'],
    ['Huỳnh Thị Lan', 'Hoàng Thị Lan', 'no_match', 'different', 'surname'],
    ['HUYNH THI LAN', 'Hoàng Thị Lan', 'no_match', 'different', 'surname'],
    ['Nguyễn Văn Hùng', 'NGUYEN VAN DUNG A', 'no_match', 'different', 'letters'],
    ['Nguyễn Văn Hùng', 'Nguyễn Văn Tuấn', 'no_match', 'different', 'letters'],
    ['Nguyễn An', 'Nguyễn An Bang Cao', 'close_match', 'E3', 'cut_tail'],
    ['Lê An', 'Lê An Bang', 'no_match', 'different', 'letters'],
    ['', 'Nguyễn Văn Hùng', 'cannot_tell', 'unreadable'],
    ['?', '?', 'cannot_tell', 'unreadable'],
    ['阮文雄', 'Nguyễn Văn Hùng', 'cannot_tell', 'unreadable'],
  ]
  test.each(cases.map(([first, second, answer, nameClass, reason]) => ({ first, second, answer, nameClass, reason })))('$first beside $second: $answer, $nameClass', ({ first, second, answer, nameClass, reason }) => {
    const expected = reason === undefined ? { answer, class: nameClass } : { answer, class: nameClass, reason }
    expect(compareNames(first, second)).toEqual(expected)
    expect(compareNames(second, first)).toEqual(expected)
  })

  test('a bank’s fold is equal beside a second key, and a second key makes nothing else equal', () => {
    expect(compareNames('Nguyễn Văn Hùng', 'NGUYEN VAN HUNG', { hasSecondKey: true })).toEqual({ answer: 'match', class: 'E2' })
    for (const [first, second, answer, nameClass] of cases) if (nameClass !== 'E2') expect(compareNames(first, second, { hasSecondKey: true }).answer).toBe(answer)
  })

  test('is the same both ways round, and a name matches itself', () => {
    fc.assert(fc.property(name, name, (first, second) => {
      expect(compareNames(first, second)).toEqual(compareNames(second, first))
      expect(compareNames(first, first)).toEqual({ answer: 'match', class: 'E0' })
    }))
  })

  test('a name folded by a bank is never called different from itself', () => {
    fc.assert(fc.property(name, (one) => {
      expect(compareNames(one, bankFold(one), { hasSecondKey: true }).answer).toBe('match')
    }))
  })
})

describe('one edit away', () => {
  test.each([['AB', 'ABC'], ['AB', 'B'], ['AB', 'AC'], ['AB', 'BA'], ['A', '']])('%s and %s', (first, second) => {
    expect([isOneEditAway(first, second), isOneEditAway(second, first)]).toEqual([true, true])
  })
  test.each([['AB', 'AB'], ['AB', 'CD'], ['ABC', 'CAB'], ['A', 'ABC'], ['ABCD', 'BADC'], ['AAB', 'BAA']])('not %s and %s', (first, second) => {
    expect([isOneEditAway(first, second), isOneEditAway(second, first)]).toEqual([false, false])
  })

  test('agrees with the distance counted the slow way', () => {
    const short = fc.string({ unit: fc.constantFrom('A', 'B', 'C'), maxLength: 6 })
    fc.assert(fc.property(short, short, (first, second) => {
      expect(isOneEditAway(first, second)).toBe(slowDistance(first, second) === 1)
    }))
  })
})

/** Optimal string alignment, straight from its definition. */
function slowDistance(first: string, second: string): number {
  if (first === '' || second === '') return first.length + second.length
  const [a, b] = [first.slice(1), second.slice(1)]
  const plain = Math.min(slowDistance(a, second) + 1, slowDistance(first, b) + 1, slowDistance(a, b) + (first[0] === second[0] ? 0 : 1))
  const isSwap = first.length > 1 && second.length > 1 && first[0] === second[1] && first[1] === second[0]
  return isSwap ? Math.min(plain, slowDistance(first.slice(2), second.slice(2)) + 1) : plain
}
