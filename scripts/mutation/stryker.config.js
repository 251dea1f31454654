/** For one room of `src`, which `npm run mutation` names: the room's own unit tests have to catch its mutants. */
const room = process.env.ROOM
const others = {
  '.': ['*', 'run/*'],
  // What carries a plan out shows what the rule of `service` does, and that shows what `http` says of an answer.
  http: ['http/*', 'service/*'],
  service: ['service/*', 'unpin/*'],
  // Without the test that has every summary read by other programs: it takes seconds for each change.
  report: ['report/clean', 'report/reporter', 'report/summary'],
}
const tests = others[room] ?? [`${room}/*`]

export default {
  testRunner: 'jest',
  // The last two make a process of the action, and only tests of whole processes (`__tests__/action/process.test.ts`) see what they do.
  mutate: [room === '.' ? 'src/*.ts' : `src/${room}/*.ts`, '!src/index.ts', '!src/supervise.ts'],
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    projectType: 'custom',
    configFile: 'jest.config.js',
    config: {
      testMatch: tests.map((files) => `<rootDir>/__tests__/unit/${files}.test.ts`),
      setupFiles: ['<rootDir>/scripts/mutation/no-shrinking.ts'],
      testTimeout: 20_000,
      testEnvironment: './scripts/mutation/first-failure-environment.js',
    },
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  incremental: true,
  incrementalFile: `reports/mutation/${room}.incremental.json`,
  concurrency: Number(process.env.CONCURRENCY ?? 2),
  maxTestRunnerReuse: 40,
  timeoutMS: 30_000,
  timeoutFactor: 1,
  tsconfigFile: 'none',
  tempDirName: `.stryker-tmp/${room}`,
  ignorePatterns: ['.stryker-tmp', 'scripts/mutation/node_modules', 'dist', 'lib', 'reports', 'coverage', '.tools'],
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: `reports/mutation/${room}.json` },
}
