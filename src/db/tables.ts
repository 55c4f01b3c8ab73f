/** What the tables hold, for the query builder; written by `npm run generate-types` from the migrated schema. */
export type DB = Record<string, never>
