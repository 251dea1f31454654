/** Node strips the types itself, so nothing stands between the source and what runs: line numbers are the file's own. */
export default {
  testEnvironment: 'node',
  // No test is about how fast a machine is, and a shared one can be slow.
  testTimeout: 60_000,
  // Most of the time goes into waiting for processes and the network.
  maxWorkers: '100%',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  // Copies of this project.
  modulePathIgnorePatterns: ['<rootDir>/.stryker-tmp'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '/@actions/(languageservice|workflow-parser)/dist/': '<rootDir>/scripts/json-imports.js' },
  transformIgnorePatterns: [],
  coverageProvider: 'v8',
  // Types alone are nothing that runs; the entry is covered by what is spawned, which this does not count.
  collectCoverageFrom: ['src/**/*.ts', '!src/index.ts'],
  coverageThreshold: { global: { branches: 95, functions: 95, lines: 95, statements: 95 } },
}
