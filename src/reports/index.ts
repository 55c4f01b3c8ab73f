/** The door of the room `reports`: read-only questions about the published results and the files behind them. */
export * from './export.ts'
export * from './files.ts'
export * from './overview.ts'
export * from './person.ts'
export { personAddresses, personKeyOf, type PersonAddresses } from './person-address.ts'
export * from './queries.ts'
export { consistently } from './snapshot.ts'
