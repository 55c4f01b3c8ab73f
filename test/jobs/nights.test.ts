/** Which nights there must be: none twice, none skipped, in order, whatever clocks do; and when a failed one is tried again. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMilliseconds, compareInstants, daysBetween } from '../../src/core/index.ts'
import { afterFailure, missingNights, newestDue, nightToDo, type KnownNight } from '../../src/jobs/nights.ts'

const minute = 60_000
const hour = 60 * minute

describe('the newest night that is due', () => {
  // 01:30 in Vietnam is 18:30 of the day before in UTC.
  test.each([
    ['2026-11-22T18:29:59Z', 90, '2026-11-21'],
    ['2026-11-22T18:30:00Z', 90, '2026-11-22'],
    ['2026-11-22T23:59:59.999Z', 90, '2026-11-22'],
    ['2027-12-31T18:30:00Z', 90, '2027-12-31'],
    ['2028-02-29T17:30:00Z', 30, '2028-02-29'],
    ['2028-02-29T16:59:59.999999Z', 0, '2028-02-28'],
    ['2026-10-31T22:59:59Z', 360, '2026-10-30'],
  ])('at %s, begun %d minutes after midnight: %s', (now, startsAt, due) => {
    expect(newestDue(now, startsAt)).toBe(due)
  })
})

describe('the first night of an installation', () => {
  const now = '2026-11-22T20:00:00Z'
  test('is that of the day that has just ended, not of year 0', () => {
    expect(missingNights({ newestKnown: null, publishedAsOf: null, now, startsAt: 90 })).toEqual(['2026-11-22'])
    expect(missingNights({ newestKnown: null, publishedAsOf: '2026-10-01', now, startsAt: 90 })).toEqual(['2026-11-22'])
  })
  test('waits for its day where a person has published that of today by hand', () => {
    expect(missingNights({ newestKnown: null, publishedAsOf: '2026-11-23', now, startsAt: 90 })).toEqual([])
  })
})

/** A step of the world: time passes or a clock is set; then one of two servers, each with a clock of its own, ticks, and what it begins goes well or fails. */
const worldStep = fc.record({
  server: fc.nat(1),
  passes: fc.oneof(fc.constant(minute), fc.integer({ min: 0, max: 3 * hour }), fc.integer({ min: 0, max: 80 * hour })),
  jump: fc.constantFrom(0, 0, 0, hour, -hour, -25 * hour, 10 * minute),
  goesWell: fc.boolean(),
})

test('whatever two clocks do: no night twice, none skipped, always the oldest first', () => {
  fc.assert(fc.property(fc.array(worldStep, { maxLength: 60 }), (steps) => {
    const clocks = ['2026-12-28T12:00:00Z', '2026-12-28T12:07:00Z']
    const nights: (KnownNight & { tries: number })[] = []
    const published: string[] = []
    let newestSeen = ''
    for (const { server, passes, jump, goesWell } of steps) {
      for (const one of [0, 1]) clocks[one] = addMilliseconds(clocks[one] ?? '', passes + (one === server ? jump : 0))
      const now = clocks[server] ?? ''
      const due = newestDue(now, 90)
      newestSeen = due > newestSeen ? due : newestSeen
      for (const asOf of missingNights({ newestKnown: nights.at(-1)?.as_of ?? null, publishedAsOf: published.at(-1) ?? null, now, startsAt: 90 })) nights.push({ as_of: asOf, state: 'planned', finished_at: null, next_attempt_at: null, tries: 0 })
      for (let night = nightToDo(nights, now); night !== null; night = nightToDo(nights, now)) {
        const { as_of: day } = night
        // Nothing older is passed over while it may still be done.
        expect(nights.filter(({ as_of: asOf, finished_at: at }) => asOf < day && at === null)).toEqual([])
        const tries = night.tries + 1
        const { hasFailed, pause } = afterFailure(tries, 'disk_full')
        if (goesWell) published.push(night.as_of)
        const next = !goesWell && pause !== null ? addMilliseconds(now, pause) : null
        nights[nights.indexOf(night)] = { as_of: night.as_of, state: goesWell ? 'published' : hasFailed ? 'failed' : 'retrying', finished_at: goesWell || hasFailed ? now : null, next_attempt_at: next, tries }
        if (!goesWell) break
      }
    }
    expect(published).toEqual([...new Set(published)].sort())
    const days = nights.map(({ as_of: asOf }) => asOf)
    expect(days).toEqual(days.map((_, index) => addDays(days[0] ?? '', index)))
    if (newestSeen !== '') expect(days.at(-1)).toBe(newestSeen)
    // Every night has its result, has failed for now, or is still to come to one.
    expect(nights.filter(({ state }) => state === 'published').map(({ as_of: asOf }) => asOf)).toEqual(published)
  }), { numRuns: 200 })
})

test('pauses grow, and come to an end', () => {
  const ends = [1, 2, 3, 4, 5, 6].map((tries) => afterFailure(tries, 'disk_full'))
  expect(ends.map(({ hasFailed }) => hasFailed)).toEqual([false, false, false, false, false, true])
  expect(ends.map(({ pause }) => (pause ?? 0) / minute)).toEqual([1, 5, 15, 30, 60, 60])
  // What the same facts would give again is worked out in full once more, and then left to people.
  expect([1, 2].map((tries) => afterFailure(tries, 'check_failed').hasFailed)).toEqual([false, true])
  expect(afterFailure(2, 'check_failed').pause).toBeNull()
})

test('a clock that goes back does not hold a night back for longer than any pause', () => {
  fc.assert(fc.property(fc.integer({ min: -40 * hour, max: 40 * hour }), (ahead) => {
    const now = '2026-11-22T20:00:00Z'
    const at = addMilliseconds(now, ahead)
    const night: KnownNight = { as_of: '2026-11-22', state: 'retrying', finished_at: null, next_attempt_at: at }
    const waits = compareInstants(at, now) > 0 && ahead <= hour
    expect(nightToDo([night], now)).toEqual(waits ? null : night)
  }), { numRuns: 100 })
  expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1)
})
