import { expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { readRepository, withRepository } from '../../scripts/repository.ts'
import { withTables } from '../../scripts/tables.ts'
import { validateYaml } from './validation.ts'

const readme = readFileSync('README.md', 'utf8')
const metadata = readActionMetadata()
const repository = readRepository()
const exampleFiles = readdirSync('examples').map((name) => `examples/${name}`)
const inReadme = [...readme.matchAll(/```yaml\n([^]*?)```/g)].map(([, example = '']) => example)
const examples = [...inReadme, ...exampleFiles.map((name) => readFileSync(name, 'utf8'))]

test('the tables of inputs and outputs are what `npm run docs` makes of action.yml', () => {
  const unpadded = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---')
  expect(unpadded(readme)).toBe(unpadded(withTables(readme, metadata)))
})

test.each(exampleFiles)('README.md links to %s', (name) => {
  expect(readme).toContain(`](${name})`)
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

/** A step of the README as a workflow. */
const workflowOf = (example: string): string =>
  /^on:/m.test(example)
    ? example
    : `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n${example.replace(/^/gm, '      ')}`

test('the examples of the README are workflows without a finding, and hand no expression to a shell', async () => {
  for (const workflow of inReadme.map(workflowOf)) {
    expect({ workflow, findings: await validateYaml('.github/workflows/example.yml', workflow) }).toEqual({
      workflow,
      findings: [],
    })
    for (const { run } of stepsOf(workflow)) expect(run ?? '').not.toContain('${{')
  }
})

test('every example names outputs that action.yml declares', () => {
  for (const example of examples) {
    const own = stepsOf(workflowOf(example)).filter(({ uses }) => uses?.startsWith(repository))
    const ids = own.map(({ id }) => id)
    for (const [, id, output] of example.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g))
      if (ids.includes(id)) expect([...metadata.outputs.keys()]).toContain(output)
  }
})

test('every example uses this action with its keys from secrets', () => {
  const steps = examples.flatMap((example) => [
    ...example.matchAll(new RegExp(`uses: ${repository}@v1`, 'g')),
  ])
  expect(steps.length).toBeGreaterThanOrEqual(4)
  expect(examples.join('\n').match(/pinning-api-key: (?!\$\{\{ secrets\.)/g)).toBeNull()
})

test('the texts of the troubleshooting table are texts of the action', () => {
  const bundle = readdirSync('dist')
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(`dist/${name}`, 'utf8'))
    .join('\n')
    .replaceAll("\\'", "'")
    .replace(/['"`] \+ ['"`]/g, '')
  const section = readme.slice(readme.indexOf('## Troubleshooting'), readme.indexOf('## Which host'))
  const texts = [...section.matchAll(/^\| `(.+?)` +\|/gm)].map((match) => match[1] as string)
  expect(texts.length).toBeGreaterThan(8)
  for (const text of texts) expect(bundle.replaceAll('\\`', '`')).toContain(text)
})

test('the commands for contributors are scripts of package.json', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  const documents = readme + readFileSync('CONTRIBUTING.md', 'utf8')
  const named = [...documents.matchAll(/`npm run ([\w:-]+)/g)].map((match) => match[1])
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named))
})

interface Step {
  id?: string
  uses?: string
  run?: string
}

function stepsOf(workflow: string): Step[] {
  const { jobs } = parse(workflow) as { jobs: Record<string, { steps: Step[] }> }
  return Object.values(jobs).flatMap(({ steps }) => steps)
}
