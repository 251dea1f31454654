import { expect, test } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'

const MOST_FILES = 44
const MOST_LINES = 4219
const MOST_LINES_OF_A_FILE = 200

/** What each room, a folder or a file at the root of src, may import besides SHARED, its own files and Node's modules. */
const MAY_IMPORT: Readonly<Record<string, string>> = {
  'index.ts': 'supervise.ts run.ts',
  'supervise.ts': 'report @actions/core',
  'run.ts': 'inputs plan service unpin report http pin @actions/core',
  report: 'inputs plan unpin http pin @actions/core',
  inputs: 'plan http pin @actions/core',
  unpin: 'plan service pin',
  plan: 'service pin',
  service: 'http pin',
  http: '@actions/http-client',
  pin: 'multiformats',
}
const SHARED = ['clock.ts', 'errors.ts', 'format.ts', 'json.ts', 'secrets.ts']

const roomOf = (path: string): string => /^(?:@[\w-]+\/)?[\w.-]+/.exec(path)?.[0] ?? ''

/** What breaks the rules, a line each. @param files by their paths below src. */
function findProblems(files: ReadonlyMap<string, string>): string[] {
  const problems: string[] = []
  const imports = new Map<string, string[]>()
  for (const [file, text] of files) {
    const from = [...text.matchAll(/^(?:import|export|\}).*?\bfrom '([^']+)'|\bimport(?:\(| )'([^']+)'/gm)]
    const names = from.map(([, first, second]) => first ?? second ?? '').filter((name) => !name.startsWith('node:'))
    const targets = names.map((name) => (name.startsWith('.') ? join(dirname(file), name) : name))
    imports.set(file, targets)
    const room = roomOf(file)
    const allowed = SHARED.includes(room) ? '' : MAY_IMPORT[room]
    if (allowed === undefined) problems.push(`${file} has no row in the table`)
    const may = [room, ...SHARED, ...(allowed ?? '').split(' ')]
    problems.push(...targets.filter((to) => !may.includes(roomOf(to))).map((to) => `${file} imports ${to}`))
  }
  const done = new Set<string>()
  const visit = (file: string, above: readonly string[]): void => {
    if (above.includes(file)) problems.push(`cycle: ${[...above.slice(above.indexOf(file)), file].join(' -> ')}`)
    else if (!done.has(file)) for (const name of imports.get(file) ?? []) visit(name, [...above, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return problems
}

const names = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
const source = new Map(
  names.map((name) => [name.replaceAll('\\', '/'), readFileSync(join('src', name), 'utf8')] as const),
)

test('each file of src imports only what its row of the table allows, and there is no cycle', () =>
  expect(findProblems(source)).toEqual([]))

test('an import that the table does not allow, a cycle and a file without a row are found', () => {
  const files = {
    'run.ts': "import { get } from './http/get.ts'\nimport {\n  other,\n} from './other.ts'\n",
    'other.ts': '',
    'http/get.ts': "import { HttpClient } from '@actions/http-client/lib/x'\nexport * from './set.ts'\n",
    'http/set.ts': "import './get.ts'\nimport type { Pin } from '../pin/pin.ts'\n",
    'pin/pin.ts': "import * as core from '@actions/core'\nconst cid = await import('multiformats/cid')\n",
    'clock.ts': "import { readFileSync } from 'node:fs'\nimport { run } from './run.ts'\n",
  }
  expect(findProblems(new Map(Object.entries(files)))).toEqual([
    'run.ts imports other.ts',
    'other.ts has no row in the table',
    'http/set.ts imports pin/pin.ts',
    'pin/pin.ts imports @actions/core',
    'clock.ts imports run.ts',
    'cycle: http/get.ts -> http/set.ts -> http/get.ts',
  ])
})

test('importing any file of src but index has no effect that can be seen', () => {
  const modules = JSON.stringify([...source.keys()].filter((name) => name !== 'index.ts'))
  const program = `
    const look = () => JSON.stringify([process.env, process.exitCode, process.eventNames(), process.getActiveResourcesInfo()])
    await import('node:http').then(() => import('node:https'))
    const before = look()
    for (const name of ${modules}) await import('./src/' + name)
    console.log(look() === before ? 'the same' : before + '\\n' + look())`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  expect([stdout, stderr]).toEqual(['the same\n', ''])
})

test('src can be read in one sitting: its files are few and short', () => {
  const lines = new Map([...source].map(([name, text]) => [name, text.split('\n').length - 1]))
  expect([...lines].filter(([, length]) => length > MOST_LINES_OF_A_FILE)).toEqual([])
  expect(lines.size).toBeLessThanOrEqual(MOST_FILES)
  expect([...lines.values()].reduce((sum, length) => sum + length)).toBeLessThanOrEqual(MOST_LINES)
})
