/** Published lists of administrative units in their shapes: each gives the same rows; nothing is guessed. */
import { describe, expect, test } from 'vitest'
import { readUnits } from '../../src/formats/index.ts'

const dates = { validFrom: '2025-07-01', legalBasis: 'Nghị quyết 202/2025/QH15' }
const read = (value: unknown): ReturnType<typeof readUnits> => readUnits(JSON.stringify(value), dates)
const expected = [
  'unit_code,name,unit_type,level,parent_code,valid_from,legal_basis',
  '01,Thành phố Hà Nội,thành phố,province,,2025-07-01,Nghị quyết 202/2025/QH15',
  '00004,Phường Ba Đình,phường,commune,01,2025-07-01,Nghị quyết 202/2025/QH15',
  '00376,Xã Sóc Sơn,xã,commune,01,2025-07-01,Nghị quyết 202/2025/QH15',
  '',
].join('\n')

describe('a list of units', () => {
  test.each([
    ['provinces with their wards inside', [{ Type: 'province', Code: '01', Name: 'Hà Nội', NameEn: 'Ha Noi', FullName: 'Thành phố Hà Nội', CodeName: 'ha_noi', AdministrativeUnitId: 1, Wards: [{ Type: 'ward', Code: '00004', Name: 'Ba Đình', FullName: 'Phường Ba Đình', ProvinceCode: '01' }, { Type: 'ward', Code: '00376', Name: 'Sóc Sơn', FullName: 'Xã Sóc Sơn', ProvinceCode: '01' }] }]],
    ['numbers that have lost their zeros', [{ name: 'Thành phố Hà Nội', code: 1, division_type: 'thành phố trung ương', codename: 'ha_noi', phone_code: 24, wards: [{ name: 'Phường Ba Đình', code: 4, division_type: 'phường', province_code: 1 }, { name: 'Xã Sóc Sơn', code: 376, division_type: 'xã', province_code: 1 }] }]],
    ['flat lists', [{ code: '01', name: 'Hà Nội', type: 'city', nameWithType: 'Thành phố Hà Nội' }, { code: '00004', provinceCode: '01', name: 'Ba Đình', nameWithType: 'Phường Ba Đình' }, { code: '00376', provinceCode: '01', nameWithType: 'Xã Sóc Sơn' }]],
    ['tables', [{ type: 'header', version: '1.1' }, { type: 'database', name: 'address' }, { type: 'table', name: 'provinces', data: [{ id: '1', province_code: '01', name: 'Thành phố Hà Nội', code: 'HNI', place_type: 'Thành phố Trung Ương' }] }, { type: 'table', name: 'wards', data: [{ id: '1', ward_code: '00004', name: 'Phường Ba Đình', province_code: '01' }, { id: '2', ward_code: '00376', name: 'Xã Sóc Sơn', province_code: '01' }] }]],
  ])('as %s', (_, value) => {
    const { administrativeUnits, unitSuccessions, counts } = read(value)
    expect(administrativeUnits).toBe(expected)
    expect(unitSuccessions).toBeNull()
    expect(counts).toEqual({ provinces: 1, districts: 0, communes: 2, successions: 0, leftOut: 0 })
  })

  test('with districts between keeps all three levels', () => {
    const { administrativeUnits } = read([{ Code: '38', FullName: 'Tỉnh Thanh Hoá'.normalize('NFD'), District: [{ Code: '380', FullName: 'Thành phố Thanh Hóa', ProvinceCode: '38', Ward: [{ Code: '14758', FullName: 'Phường Đông Cương', DistrictCode: '380' }] }] }])
    expect(administrativeUnits?.split('\n').slice(1, 4)).toEqual([
      '38,Tỉnh Thanh Hoá,tỉnh,province,,2025-07-01,Nghị quyết 202/2025/QH15',
      '380,Thành phố Thanh Hóa,thành phố,district,38,2025-07-01,Nghị quyết 202/2025/QH15',
      '14758,Phường Đông Cương,phường,commune,380,2025-07-01,Nghị quyết 202/2025/QH15',
    ])
  })

  test('with mappings gives successions: whole, in parts, and none for a unit that kept its code', () => {
    const mapping = (old: string, next: string): object => ({ old_ward_code: old, old_ward_name: 'x', old_district_name: 'y', old_province_name: 'z', new_ward_code: next, new_ward_name: 'w', new_province_name: 'v' })
    const { unitSuccessions, administrativeUnits } = read([{ type: 'table', name: 'ward_mappings', data: [mapping('00001', '00004'), mapping('00002', '00004'), mapping('00002', '00008'), mapping('00008', '00008'), mapping('00001', '00004')] }])
    expect(unitSuccessions).toBe('old_code,new_code,effective_date,part\n00001,00004,2025-07-01,whole\n00002,00004,2025-07-01,part\n00002,00008,2025-07-01,part\n')
    expect(administrativeUnits).toBeNull()
  })

  test('may date each unit itself', () => {
    expect(read([{ code: '25270', provinceCode: '75', name: 'Phường Lộc Ninh', effectiveDate: '2026-04-30' }]).administrativeUnits).toContain('25270,Phường Lộc Ninh,phường,commune,75,2026-04-30,')
  })

  test.each([
    ['no JSON', '{', 'json_invalid'],
    ['nothing of the kind', '[{"a":1},{"name":"x"},3,null]', 'units_unknown'],
    ['one code for two units', '[{"code":"01","name":"Hà Nội"},{"code":"01","name":"Hà Giang"}]', 'unit_doubled'],
    ['what is nested without end', `${'['.repeat(5000)}${']'.repeat(5000)}`, 'units_unknown'],
  ])('that is %s is refused', (_, text, code) => {
    expect(() => readUnits(text, dates)).toThrow(expect.objectContaining({ code }))
  })

  test('leaves out what has a code and is no unit, says so, and harms no prototype', () => {
    const { counts } = readUnits('[{"code":"01","name":"Hà Nội"},{"code":"VN","name":"Việt Nam"},{"__proto__":{"code":"02","name":"x"}}]', dates)
    expect(counts).toMatchObject({ provinces: 2, leftOut: 1 })
    expect(Object.prototype).not.toHaveProperty('code')
  })
})
