/** Pieces of files are taken a few at a time between other work: fifty senders at once must not make a page wait. */

/** Pieces taken before everybody else's turn; one is some 64 kB, and takes a third of a millisecond. */
const atOnce = 2

const waiting: (() => void)[] = []
let isGoingRound = false

/** Resolves when it is this piece's turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (isGoingRound) return
    isGoingRound = true
    setImmediate(goRound)
  })
}

function goRound(): void {
  for (const resolve of waiting.splice(0, atOnce)) resolve()
  isGoingRound = waiting.length > 0
  if (isGoingRound) setImmediate(goRound)
}
