import { afterAll, expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { readRepository, withRepository } from '../../scripts/repository.ts'
import { inputGroups, withTables } from '../../scripts/tables.ts'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { disposeAll, runAction } from '../../testing/runner/run-action.ts'
import { validateYaml } from './validation.ts'

interface Step {
  id?: string
  uses?: string
  run?: string
  with?: Record<string, string | number | boolean>
}

const readme = readFileSync('README.md', 'utf8')
const actionYml = readFileSync('action.yml', 'utf8')
const metadata = readActionMetadata()
const repository = readRepository()
const exampleFiles = readdirSync('examples').map((name) => `examples/${name}`)
const snippets = [...readme.matchAll(/```yaml\n([^]*?)```/g)].map(([, text = '']): [string, string] => [
  'README.md',
  // A step alone becomes a workflow.
  /^on:/m.test(text)
    ? text
    : `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n${text.replace(/^/gm, '      ')}`,
])
const workflows = [...snippets, ...exampleFiles.map((name): [string, string] => [name, readFileSync(name, 'utf8')])]

function stepsOf(workflow: string): Step[] {
  const { jobs } = parse(workflow) as { jobs: Record<string, { steps: Step[] }> }
  return Object.values(jobs).flatMap(({ steps }) => steps)
}

const ownStepsOf = (workflow: string): Step[] => stepsOf(workflow).filter(({ uses }) => uses === `${repository}@v1`)

afterAll(disposeAll)

test('README.md has at most 2,200 words', () => {
  expect(readme.trim().split(/\s+/).length).toBeLessThanOrEqual(2200)
})

test('the tables of inputs and outputs are what `npm run docs` makes of action.yml', () => {
  const unpadded = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---')
  expect(unpadded(readme)).toBe(unpadded(withTables(readme, actionYml)))
})

test('each input of action.yml stands in one of three groups', () => {
  const groups = inputGroups(actionYml)
  expect(groups.size).toBe(3)
  expect([...groups.values()].flat()).toEqual([...metadata.inputs.keys()])
})

test('each link of README.md within the repository leads to a file or to a heading', () => {
  const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-'))
  const targets = [...readme.matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, target = '']) => target)
  for (const target of targets)
    if (target.startsWith('#')) expect(headings).toContain(target.slice(1))
    else expect(() => readFileSync(target)).not.toThrow()
  expect(targets).toEqual(expect.arrayContaining(exampleFiles))
})

test.each(['README.md', 'SECURITY.md', '.github/zizmor.yml', ...exampleFiles])(
  '%s names this repository as package.json does',
  (name) => {
    const text = readFileSync(name, 'utf8')
    expect(text).toBe(withRepository(text, repository))
    expect(text).not.toMatch(/OWNER\/(?!aioz-ipfs-unpin\b)/)
  },
)

test('only the owner of the repository is replaced', () => {
  const text = 'uses: old/aioz-ipfs-unpin@v1\nhttps://github.com/old/aioz-ipfs-unpin/x /tmp/aioz-ipfs-unpin-x'
  expect(withRepository(text, 'new-owner/aioz-ipfs-unpin')).toBe(
    'uses: new-owner/aioz-ipfs-unpin@v1\nhttps://github.com/new-owner/aioz-ipfs-unpin/x /tmp/aioz-ipfs-unpin-x',
  )
})

test.each(snippets)('an example of %s is a workflow without a finding', async (_, workflow) => {
  expect(await validateYaml('.github/workflows/example.yml', workflow)).toEqual([])
})

test.each(workflows)('%s names only outputs of this action that action.yml declares', (_, workflow) => {
  const ids = ownStepsOf(workflow).map(({ id }) => id)
  for (const [, id, output] of workflow.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g))
    if (ids.includes(id)) expect([...metadata.outputs.keys()]).toContain(output)
})

/** What an expression may become: a name, or another value where an input does not take one. */
const EVALUATED: Readonly<Record<string, string>> = {
  'pin-id': 'e5c4456d-5e5c-465d-a02a-3a536fc6e718',
  cid: 'Qmc1135ziMvmFG534i75E8HpJoLqzLzgKBxfjBV9cBsMAs',
  'dry-run': 'true',
}

test.each(workflows)('%s takes the keys from secrets, and the action accepts its other inputs', async (_, workflow) => {
  for (const { with: inputs = {} } of ownStepsOf(workflow)) {
    expect(inputs['pinning-api-key']).toBe('${{ secrets.AIOZ_PINNING_API_KEY }}')
    expect(inputs['pinning-secret-key']).toBe('${{ secrets.AIOZ_PINNING_SECRET_KEY }}')
    const values = Object.entries(inputs).map(([name, value]): [string, string] => [
      name,
      String(value).replace(/\$\{\{.*?\}\}/g, EVALUATED[name] ?? 'some-text'),
    ])
    // Empty keys stop the action before its first request, with the problems of all inputs.
    const keys = { 'pinning-api-key': '', 'pinning-secret-key': '' }
    const { annotations } = await runAction({ inputs: { ...Object.fromEntries(values), ...keys } })
    const messages = annotations.errors.map(({ message }) => message).join('\n')
    const lines = messages.split('\n').filter((line) => /^\W*`/.test(line))
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.filter((line) => !/^\W*`(?:pinning-(?:api|secret)-key|plan-file)`/.test(line))).toEqual([])
  }
})

test('the commands for contributors are scripts of package.json', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const documents = readme + readFileSync('CONTRIBUTING.md', 'utf8')
  const named = [...documents.matchAll(/`npm run ([\w:-]+)/g)].map((match) => match[1])
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named))
})
