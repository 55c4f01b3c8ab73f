/** Weights and threshold for FEBRL, as `npm run bench -- febrl --data DIR --learn` printed them from dataset 1 alone; not changed since dataset 4 was looked at. */
export interface FebrlWeights {
  readonly threshold: number
  /** Per field: points of each level; where a level is `same`, the rarity of the value is added. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, number>>>>
}

export const febrlWeights: FebrlWeights = {
  threshold: 134,
  fields: {
    given_name: { same: -6, swapped: 71, near: 65, alike: 26, different: -34, missing: 0 },
    surname: { same: -6, swapped: 71, near: 83, alike: 51, different: -41, missing: 0 },
    street_number: { same: -3, swapped: 0, near: -18, alike: 0, different: -29, missing: 0 },
    address_1: { same: -6, swapped: 104, near: 110, alike: 12, different: -48, missing: 0 },
    address_2: { same: -10, swapped: 104, near: 106, alike: 66, different: -61, missing: 0 },
    suburb: { same: -5, swapped: 0, near: 97, alike: 53, different: -39, missing: 0 },
    postcode: { same: -2, swapped: 0, near: 35, alike: 0, different: -62, missing: 0 },
    state: { same: 0, swapped: 0, near: 5, alike: 0, different: -58, missing: 0 },
    date_of_birth: { same: -1, swapped: 0, near: 38, alike: -21, different: -42, missing: 0 },
    soc_sec_id: { same: -1, swapped: 0, near: 157, alike: 23, different: -44, missing: 0 },
  },
}
