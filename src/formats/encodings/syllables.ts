/** Whether a word can be a Vietnamese syllable: by its spelling alone, so that a wrong encoding shows itself. */

const rhymes = new Set(
  [
    'a ac ach ai am an ang anh ao ap at au ay ak ah ăc ăm ăn ăng ăp ăt ăk âc âm ân âng âp ât âu ây âk',
    'e ec em en eng eo ep et ek ê êch êm ên êng ênh êp êt êu êk i ia ich im in inh ip it iu ik iêc iêm iên iêng iêp iêt iêu',
    'o oa oac oach oai oam oan oang oanh oao oap oat oau oay oăc oăm oăn oăng oăt oc oe oem oen oeng oeo oet oi om on ong ooc oong op ot ok',
    'ô ôc ôi ôm ôn ông ôp ôt ôông ôôc ôk ơ ơi ơm ơn ơng ơp ơt ơu ơk',
    'u ua uc ui um un ung up ut uk uân uâng uât uây uê uêch uên uênh uêt uêu uơ uơn uơt uy uya uych uyên uyêt uym uyn uynh uyp uyt uyu uôc uôi uôm uôn uông uôt uôp',
    'ư ưa ưc ưi ưm ưn ưng ưt ưu ưk ươc ươi ươm ươn ương ươp ươt ươu y yên yêm yêng yêt yêu ynh yt ych',
  ].flatMap((line) => line.split(' ')),
)
const onset = /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])/
const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/g

/** True when a word of letters (any case, NFC) has the spelling of a Vietnamese syllable, minority names' -k included. */
export function isSyllable(word: string): boolean {
  const parts = word.toLowerCase().normalize('NFD')
  const tones = parts.match(toneMarks) ?? []
  if (tones.length > 1) return false
  const bare = parts.replace(toneMarks, '').normalize('NFC')
  const begins = onset.exec(bare)?.[0] ?? ''
  const rest = bare.slice(begins.length)
  // In gì and giêng the I is the vowel.
  const rhyme = rhymes.has(rest) ? rest : begins === 'gi' && rhymes.has(`i${rest}`) ? `i${rest}` : null
  if (rhyme === null) return false
  if (!/(?:c|ch|p|t)$/.test(rhyme)) return true
  // A stop bears the acute or the dot; without a tone only where there are no marks at all to be seen.
  return tones.length === 0 ? !/[^\x20-\x7eđ]/.test(bare) : tones[0] === '\u0301' || tones[0] === '\u0323'
}
