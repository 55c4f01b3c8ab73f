/** The header is found below title rows, in three delimiters, by its Vietnamese names, and for exactly one kind. */
import { describe, expect, test } from 'vitest'
import { foldHeader, foldWord, headerForms, kindNamed, kinds, tableColumns } from '../../src/core/index.ts'
import { findHeader } from '../../src/formats/index.ts'

const find = (text: string, kind?: string): ReturnType<typeof findHeader> => findHeader(Buffer.from(text), 0, true, kind)

describe('the header', () => {
  test('of every kind is found by its canonical names, in any order, and in each delimiter', () => {
    for (const kind of kinds) {
      const names = kind.columns.map(({ name }) => name)
      for (const delimiter of [',', ';', '\t']) {
        expect(find(`${names.join(delimiter)}\n`)).toMatchObject({ delimiter, columns: names, line: 1, kind: { name: kind.name } })
        expect(find(`${names.toReversed().join(delimiter).toUpperCase()}\n`, kind.name).columns).toEqual(names.toReversed())
      }
    }
  })

  test('of every kind may use any alias of any column, in capitals, decomposed, with underscores or without blanks', () => {
    for (const kind of kinds) {
      const names = kind.columns.map(({ name }) => name)
      for (const column of kind.columns) {
        for (const [index, alias] of column.headers.entries()) {
          const written = [alias, alias.toUpperCase().normalize('NFD'), alias.replaceAll(' ', '_'), foldHeader(alias)][index % 4] ?? alias
          const header = names.map((name) => (name === column.name ? written : name)).join(';')
          expect(find(`${header}\n`), `${kind.name}: ${written}`).toMatchObject({ kind: { name: kind.name }, columns: names })
        }
      }
    }
  })

  test('may state the unit or the form of dates behind a name, but thousands are another column', () => {
    const rest = 'beneficiary_id,beneficiary_name,unit_code,scheme,benefit_period'
    for (const amount of ['Số tiền (đồng)', 'Số tiền (VNĐ)', 'Mức hưởng (đ)', 'SoTien_VND']) expect(find(`${rest},${amount},Ngày sinh (dd/mm/yyyy)\n`).columns.slice(5)).toEqual(['due_amount', 'birth_date'])
    for (const amount of ['Số tiền (nghìn đồng)', 'Số tiền (triệu đồng)', 'Số tiền (1000đ)']) expect(() => find(`${rest},${amount}\n`)).toThrow(/no column due_amount/)
  })

  test('of a printed list with both the rate and the total says that two columns name the amount', () => {
    expect(() => find('Số CCCD;Họ và tên;Mã xã;Chế độ;Kỳ chi trả;Mức trợ cấp;Truy lĩnh;Tổng cộng\n')).toThrow(/"Mức trợ cấp" and "Tổng cộng"/)
  })

  test('of every kind is found by its required columns alone when the kind is named', () => {
    for (const kind of kinds) {
      const names = kind.columns.filter(({ isRequired }) => isRequired === true).map(({ name }) => name)
      expect(find(`${names.join(',')}\n`, kind.name)).toMatchObject({ columns: names })
    }
  })

  test('is found in Vietnamese below a title block, and unknown columns are ignored', () => {
    const text = [
      'ỦY BAN NHÂN DÂN XÃ BẰNG THÀNH;;;;;;;;',
      'DANH SÁCH CHI TRẢ THÁNG 10/2026;;;;;;;;',
      '',
      'STT;Họ và tên;Số CCCD/ĐDCN;Mã xã;Chế độ;Tháng hưởng;Số tiền (đồng);Số tài khoản;Ghi chú',
      '1;Nguyễn Văn An;001087123456;00001;BTXH;10/2026;540000;;',
    ].join('\r\n')
    expect(find(text)).toMatchObject({
      kind: { name: 'beneficiary_list' },
      delimiter: ';',
      line: 4,
      recordsFromTop: 4,
      columns: [null, 'beneficiary_name', 'beneficiary_id', 'unit_code', 'scheme', 'benefit_period', 'due_amount', 'creditor_account', null],
    })
  })

  test('obeys sep= on the first line', () => {
    expect(find('sep=;\nscheme;name_vi;currency\nX;Y;VND\n', 'scheme')).toMatchObject({ delimiter: ';', line: 2, hasSeparatorLine: true })
  })

  test('may be written in decomposed letters, with other case and a byte less tidy', () => {
    const text = 'HỌ VÀ TÊN,số cccd,Mã Xã,chế độ,Tháng hưởng,Số tiền\n'.normalize('NFD')
    expect(find(text).columns).toEqual(['beneficiary_name', 'beneficiary_id', 'unit_code', 'scheme', 'benefit_period', 'due_amount'])
  })

  test('that names a column twice is refused with both names: two aliases, or an alias beside the canonical name', () => {
    const rest = 'beneficiary_id,unit_code,scheme,benefit_period,due_amount'
    for (const [first, second] of [['beneficiary_name', 'name'], ['Họ và tên', 'beneficiary_name'], ['Họ và tên', 'Họ tên đối tượng'], ['beneficiary_name', 'Beneficiary name']]) {
      expect(() => find(`${first},${rest},${second}\n`)).toThrow(expect.objectContaining({ refusal: expect.objectContaining({ code: 'column_doubled', column: 'beneficiary_name', detail: expect.stringContaining(`"${first}" and "${second}"`) as string }) as unknown }))
    }
  })

  test('is not led astray by names of object properties', () => {
    expect(find('__proto__,constructor,scheme,name_vi,currency\n', 'scheme').columns).toEqual([null, null, 'scheme', 'name_vi', 'currency'])
  })
})

describe('the table of kinds', () => {
  test('has no header that means two columns of one kind', () => {
    for (const kind of kinds) {
      const meanings = new Map<string, string>()
      for (const column of kind.columns) {
        for (const word of headerForms(column)) {
          expect(meanings.get(word) ?? column.name, `${kind.name}: ${word}`).toBe(column.name)
          meanings.set(word, column.name)
        }
      }
    }
  })

  test('has no word that means two things in one column, and defaults that are words', () => {
    for (const kind of kinds) {
      for (const column of kind.columns) {
        const meanings = new Map<string, string>()
        for (const [label, aliases] of Object.entries(column.words ?? {})) {
          for (const word of [label, ...aliases].map(foldWord)) {
            expect(meanings.get(word) ?? label, `${kind.name}.${column.name}: ${word}`).toBe(label)
            meanings.set(word, label)
          }
        }
        if (column.type === 'word' && column.default !== undefined) expect(Object.keys(column.words ?? {})).toContain(column.default)
      }
    }
  })

  test('fills each column of a table once, and looks repeats up by columns it fills', () => {
    for (const kind of kinds) {
      const columns = tableColumns(kind)
      expect(new Set(columns).size, kind.name).toBe(columns.length)
      expect(columns, kind.name).toEqual(expect.arrayContaining([...kind.lookup]))
    }
    expect(kindNamed('no such kind')).toBeNull()
  })
})
