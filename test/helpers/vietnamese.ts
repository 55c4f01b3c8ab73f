/** The Vietnamese alphabet with every tone, and syllables to make names of. */

/** The five written tones as combining marks. */
export const tones = ['\u0300', '\u0301', '\u0303', '\u0309', '\u0323'] as const

const vowels = { A: 'A', Ă: 'A', Â: 'A', E: 'E', Ê: 'E', I: 'I', O: 'O', Ô: 'O', Ơ: 'O', U: 'U', Ư: 'U', Y: 'Y' } as const
const consonants = Array.from('BCDGHKLMNPQRSTVX')

/** Every capital letter with the letter that a bank prints for it: 12 vowels in 6 tones, Đ and the consonants; small and capital make 134 marked signs. */
export const everyLetter: readonly { readonly letter: string; readonly base: string }[] = [
  ...Object.entries(vowels).flatMap(([letter, base]) => ['', ...tones].map((tone) => ({ letter: (letter + tone).normalize('NFC'), base }))),
  { letter: 'Đ', base: 'D' },
  ...consonants.map((letter) => ({ letter, base: letter })),
]

/** Syllables of names, some of them alike but for a mark. */
export const syllables = 'Nguyễn Trần Lê Phạm Vũ Võ Huỳnh Hoàng Hòang Đặng Ðỗ Văn Thị Đức Hòa Hoà Hoa Thúy Thuý Thủy Quý Quí Lý Lí Mỹ Mĩ Hùng Hưng Nguyen VAN Thi hoa Y Út Ấn An'.split(' ')
