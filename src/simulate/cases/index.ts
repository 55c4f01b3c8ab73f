/** The door of the cases: every story that a simulation can tell beside the ordinary month. */
import { accounts } from './accounts.ts'
import { amounts } from './amounts.ts'
import type { Case } from './case.ts'
import { identities } from './identities.ts'
import { listsAndReports } from './lists-and-reports.ts'
import { lookAlikes } from './look-alikes.ts'
import { notArrived } from './not-arrived.ts'
import { rules } from './rules.ts'
import { secondNight } from './second-night.ts'

export type { Case } from './case.ts'
export { ordinary } from './ordinary.ts'

export const cases: readonly Case[] = [...notArrived, ...amounts, ...accounts, ...rules, ...identities, ...listsAndReports, ...lookAlikes, ...secondNight]
