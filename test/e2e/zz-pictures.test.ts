import { expect, test } from 'vitest'
import { useProvince } from '../http/province.ts'
import { useServed, violationsOn } from './served.ts'
const province = useProvince(1500)
const { origin, open } = useServed(province)
test('pictures', async () => {
  const [unit] = await province().database.query<{ unit_code: string }>("select unit_code from outcome_count where benefit_period = 202610 group by 1 order by sum(entitlement_count) desc limit 1")
  const pages = { list: '/settlement', one: '/settlement/organisation?source=970452&period=2026-10&class=handed_back', all: '/settlement/organisation?source=970437', monthly: '/monthly-report?period=2026-10', commune: `/monthly-report?unit=${unit?.unit_code ?? ''}&period=2026-10`, people: `/monthly-report/people?unit=${unit?.unit_code ?? ''}&period=2026-10&state=not_received` }
  const bad: string[] = []
  for (const [language, width] of [['vi', 1280], ['vi', 360], ['ar', 1280], ['ar', 360], ['en', 1280]] as const) {
    const { context, page, complaints } = await open(width)
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(`${origin()}${path}&lang=${language}`.replace('/settlement&', '/settlement?'))
      await page.screenshot({ path: `/tmp/settlement/${name}-${language}-${width}.png`, fullPage: true })
      if (!(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'))) bad.push(`${name} ${language} ${width} wide`)
      bad.push(...(await violationsOn(page)).map(({ id, nodes }) => `${name} ${language} ${width} ${id}: ${nodes[0]?.html ?? ''}`))
    }
    bad.push(...complaints.filter((text) => !text.includes('Content Security Policy')))
    await context.close()
  }
  expect(bad).toEqual([])
  expect(province().failures).toEqual([])
}, 120_000)
