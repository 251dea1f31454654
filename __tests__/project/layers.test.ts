import { expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'

/** What every room may use. */
const SHARED = [
  'clock.ts',
  'errors.ts',
  'format.ts',
  'json.ts',
  'loopback.ts',
  'request-trace.ts',
  'secrets.ts',
  'secrets/',
]

/** What each folder and each file at the root of src may import, besides SHARED, its own files and Node's modules. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'index.ts': ['supervise.ts', 'run.ts', '@actions/core'],
  'supervise.ts': ['report/', '@actions/core'],
  'run.ts': [
    'plan-from-list.ts',
    'inputs/',
    'plan.ts',
    'http/',
    'client/',
    'execution/',
    'verdict.ts',
    'report/',
    'pin/',
    '@actions/core',
  ],
  'plan-from-list.ts': ['inputs/', 'client/', 'selection/', 'plan.ts', 'report/', 'pin/'],
  'inputs/': ['selection/', 'pin/', '@actions/core'],
  'selection/': ['plan.ts', 'pin/'],
  'plan.ts': ['pin/'],
  'execution/': ['plan.ts', 'client/', 'pin/'],
  'client/': ['http/', 'pin/'],
  'http/': ['@actions/http-client'],
  'report/': ['verdict.ts', 'plan.ts', 'http/', 'pin/', '@actions/core'],
  'verdict.ts': ['plan.ts', 'pin/'],
  'pin/': ['multiformats'],
  ...Object.fromEntries(SHARED.map((file) => [file, []])),
}

/** @param path below src, or the name of a module */
function roomOf(path: string): string {
  return path.replace(/^((?:@[\w-]+\/)?[\w.-]+\/?).*$/, (_, top: string) =>
    // Of a package only the name counts.
    path.endsWith('.ts') ? top : top.replace(/\/$/, ''),
  )
}

/** @returns what each file imports: a path below src or the name of a module */
function readImports(files: ReadonlyMap<string, string>): Map<string, string[]> {
  return new Map(
    [...files].map(([file, text]) => {
      const named = [...text.matchAll(/^(?:import|export|\}).*?\bfrom '([^']+)'|\bimport(?:\(| )'([^']+)'/gm)]
      return [
        file,
        named
          .map(([, from, alone]) => from ?? alone ?? '')
          .map((name) => (name.startsWith('.') ? join(dirname(file), name) : name))
          .filter((name) => !name.startsWith('node:')),
      ]
    }),
  )
}

/** What breaks the rules, a line each. */
function findProblems(files: ReadonlyMap<string, string>): string[] {
  const imports = readImports(files)
  const problems: string[] = []
  for (const [file, names] of imports) {
    const room = roomOf(file)
    const allowed = MAY_IMPORT[room]
    if (allowed === undefined) problems.push(`${file} has no row in the table`)
    for (const name of names) {
      const target = roomOf(name)
      if (![room, ...SHARED, ...(allowed ?? [])].includes(target)) problems.push(`${file} imports ${name}`)
    }
  }
  const done = new Set<string>()
  const visit = (file: string, above: readonly string[]): void => {
    if (above.includes(file))
      problems.push(`cycle: ${[...above.slice(above.indexOf(file)), file].join(' -> ')}`)
    if (done.has(file) || above.includes(file)) return
    for (const name of imports.get(file) ?? []) visit(name, [...above, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return problems
}

test('each file under src imports only what its row of the table allows, and no cycle exists', () => {
  const names = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  const files = names.map(
    (name) => [name.replaceAll('\\', '/'), readFileSync(join('src', name), 'utf8')] as const,
  )
  expect(findProblems(new Map(files))).toEqual([])
})

test('an import that the table does not allow, a cycle and a file without a row are found', () => {
  const files = new Map([
    ['run.ts', "import { get } from './http/get.ts'\nimport {\n  other,\n} from './other.ts'\n"],
    ['other.ts', ''],
    ['http/get.ts', "import { HttpClient } from '@actions/http-client'\nexport * from './set.ts'\n"],
    ['http/set.ts', "import './get.ts'\nimport type { Pin } from '../pin/pin.ts'\n"],
    ['pin/pin.ts', "import * as core from '@actions/core'\nconst cid = await import('multiformats/cid')\n"],
    ['clock.ts', "import { readFileSync } from 'node:fs'\nimport { run } from './run.ts'\n"],
  ])
  expect(findProblems(files)).toEqual([
    'run.ts imports other.ts',
    'other.ts has no row in the table',
    'http/set.ts imports pin/pin.ts',
    'pin/pin.ts imports @actions/core',
    'clock.ts imports run.ts',
    'cycle: http/get.ts -> http/set.ts -> http/get.ts',
  ])
})
