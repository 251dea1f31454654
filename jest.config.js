/** Node strips the types itself, so nothing stands between the source and what runs: line numbers are the file's own. */
export default {
  testEnvironment: 'node',
  maxWorkers: '100%',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  coverageProvider: 'v8',
  // The entry is covered by the runs that are spawned, which are not counted; types.ts has nothing that runs.
  collectCoverageFrom: ['src/**/*.ts', '!src/index.ts', '!src/types.ts'],
  coverageThreshold: { global: { statements: 95, branches: 95, functions: 95, lines: 95 } },
}
