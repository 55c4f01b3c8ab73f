/** What the house forbids in a single file, each with what to use instead; test/tidy.test.ts shows that each rule can fail. */
import tseslint from 'typescript-eslint'

/** Patterns are esquery selectors; a message ends with the way out. */
const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only src/config.ts reads the environment: add the setting there and pass the value on.',
}
const time = [
  { selector: "NewExpression[callee.name='Date'], CallExpression[callee.name='Date']", message: 'Only src/core/clock.ts reads the time and dates are text: take a Clock, and src/core/dates.ts to count.' },
  { selector: "MemberExpression[object.name='Date']", message: 'Only src/core/clock.ts reads the time and dates are text: take a Clock, and src/core/dates.ts to count.' },
]
const numbers = [
  { selector: "CallExpression[callee.name='parseFloat'], CallExpression[callee.property.name='parseFloat']", message: 'No amount is ever a JavaScript number: use money from src/core, or parseInt(text, 10) for a count.' },
  { selector: "CallExpression[callee.name='Number']", message: 'No amount is ever a JavaScript number: use money from src/core, or parseInt(text, 10) for a count.' },
  { selector: "UnaryExpression[operator='+']", message: 'No amount is ever a JavaScript number: use money from src/core, or parseInt(text, 10) for a count.' },
]
const rounding = [
  { selector: "CallExpression[callee.property.name='toFixed']", message: 'Nothing rounds silently: amounts are formatted by money.formatAmount in src/core.' },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='round']", message: 'Nothing rounds silently: split amounts with money.splitEvenly in src/core, count with Math.floor or Math.ceil.' },
]
const rawSql = {
  selector: "MemberExpression[object.name='sql'][property.name='raw']",
  message: 'No SQL is assembled from strings: write a .sql file and load it with loadSqlFile, or use the builder.',
}
const everywhere = [environment, ...time, ...numbers, ...rounding, rawSql]
const without = (...allowed) => ['error', ...everywhere.filter((rule) => !allowed.flat().includes(rule))]

export default tseslint.config(
  { ignores: ['node_modules', '.node', '.tantay', 'coverage', 'cache', 'src/db/tables.ts'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': without() } },
  { files: ['src/config.ts'], rules: { 'no-restricted-syntax': without([environment]) } },
  { files: ['src/core/clock.ts'], rules: { 'no-restricted-syntax': without(time) } },
  { files: ['src/core/money.ts'], rules: { 'no-restricted-syntax': without(rounding) } },
  // Coordinates of a picture and shares of a whole are no money.
  { files: ['src/http/pictures/**/*.ts', 'src/http/picture*.ts', 'src/core/survival/**/*.ts'], rules: { 'no-restricted-syntax': without(numbers, rounding) } },
  { files: ['scripts/**/*.ts'], rules: { 'no-restricted-syntax': without(numbers, rounding) } },
  {
    files: ['test/**/*.ts'],
    rules: {
      // A test may ask the machine for the time and compare with its arithmetic; that is what it checks ours against.
      // It also starts processes, which need the environment that it was given.
      'no-restricted-syntax': without([environment], time, numbers, rounding),
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
)
