/** The sample people of a demo: one of each role, with passwords that are made anew on every machine and never stored as text. */
import { Refusal, type Role } from '../core/index.ts'
import { unitsOf } from '../reports/index.ts'
import { accounts, addPerson, givePassword, layOutScopes, oneTimePassword } from '../staff/index.ts'
import { clerkName } from './demo-bank.ts'
import type { Context } from './context.ts'

/** Somebody who may sign in to a demo. */
export interface SamplePerson {
  readonly userName: string
  readonly displayName: string
  readonly roles: readonly Role[]
  readonly unitCode: string | null
  readonly creditorAgent: string | null
}

/** Adds them where they are missing, and gives each a new password; for the end of the demo's output. */
export async function makeSamplePeople({ database, clock }: Context): Promise<{ readonly person: SamplePerson; readonly password: string }[]> {
  const people = await samplePeople({ database, clock })
  const at = clock.now()
  return database.transaction(async (transaction) => {
    const units = await unitsOf(transaction, clock.today())
    const made: { person: SamplePerson; password: string }[] = []
    for (const person of people) {
      const password = oneTimePassword()
      const [known] = await accounts(transaction, { userName: person.userName })
      if (known === undefined) await addPerson(transaction, { ...person, isTotpRequired: false, password }, { staffId: null, reason: 'sample person of the demo', at }, units)
      else await givePassword(transaction, known.staff_id, password, at)
      made.push({ person, password })
    }
    // A demo of another size has other communes.
    await layOutScopes(transaction, units)
    return made
  })
}

/** An officer and an approver where most is to be done, those of the province who close a month, its auditor, a clerk of the bank that pays most people, and two administrators. */
async function samplePeople({ database, clock }: Pick<Context, 'database' | 'clock'>): Promise<SamplePerson[]> {
  const [busiest] = await database.query<{ unit_code: string }>('select unit_code from finding where unit_code is not null group by unit_code order by count(*) desc, unit_code collate "C" limit 1')
  const [bank] = await database.query<{ agent: string }>(`select lpad(creditor_agent::text, 6, '0') as agent from payment_report where creditor_agent is not null group by creditor_agent order by count(*) desc, creditor_agent limit 1`)
  if (busiest === undefined || bank === undefined) throw new Refusal('failure', 'demo_empty', 'the demo found nothing to be done, so there is nobody to do it')
  const units = await unitsOf(database, clock.today())
  const commune = units.name(busiest.unit_code) ?? `xã ${busiest.unit_code}`
  const person = (userName: string, displayName: string, roles: readonly Role[], unitCode: string | null = null, creditorAgent: string | null = null): SamplePerson => ({ userName, displayName, roles, unitCode, creditorAgent })
  return [
    person(`canbo.${busiest.unit_code}`.toLowerCase(), `Cán bộ, ${commune}`, ['officer'], busiest.unit_code),
    person(`lanhdao.${busiest.unit_code}`.toLowerCase(), `Lãnh đạo, ${commune}`, ['approver'], busiest.unit_code),
    // A month of payments is closed by four: these three, and the payer.
    person('tiepnhan.tinh', 'Cán bộ tiếp nhận tỉnh', ['officer']),
    person('thamdinh.tinh', 'Cán bộ thẩm định tỉnh', ['officer']),
    person('chitra.tinh', 'Cán bộ chi trả tỉnh', ['payer']),
    person('lanhdao.tinh', 'Lãnh đạo tỉnh', ['approver']),
    person('thanhtra.tinh', 'Thanh tra tỉnh', ['auditor']),
    person(clerkName, `Ngân hàng ${bank.agent}`, ['bank'], null, bank.agent),
    person('quantri.1', 'Quản trị thứ nhất', ['administrator']),
    person('quantri.2', 'Quản trị thứ hai', ['administrator']),
  ]
}
