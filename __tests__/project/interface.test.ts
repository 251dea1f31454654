import { afterAll, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { readRepository } from '../../scripts/repository.ts'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { disposeAll, runAction } from '../../testing/runner/run-action.ts'
import { DEFAULT_KEYS, makePin, startService } from '../../testing/service/index.ts'
import { validateYaml } from './validation.ts'

const metadata = readActionMetadata()
const inputs = [...metadata.inputs.keys()]
const outputs = [...metadata.outputs.keys()]

afterAll(disposeAll)

test('action.yml is valid for the language service of GitHub, and names the current runtime', async () => {
  expect(await validateYaml('action.yml', readFileSync('action.yml', 'utf8'))).toEqual([])
  expect(metadata.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
})

test('the language service does find what is wrong', async () => {
  const broken = readFileSync('action.yml', 'utf8').replace('using: node24', 'using: node99')
  expect(await validateYaml('action.yml', broken)).not.toEqual([])
  const misspelt = `on: push\njobs:\n  job:\n    runs-on: x\n    steps:\n      - uses: ${readRepository()}@v1\n        with:\n          pin-ids: x\n`
  expect(await validateYaml('.github/workflows/example.yml', misspelt)).not.toEqual([])
})

test('the code reads exactly the inputs that action.yml declares', async () => {
  const empty = Object.fromEntries(inputs.map((name) => [name, '']))
  const { annotations } = await runAction({ inputs: empty })
  const message = annotations.errors.map((error) => error.message).join('\n')
  const named = new Set([...message.matchAll(/^`([\w-]+)`/gm)].map((match) => match[1]))
  expect(named).toEqual(new Set(inputs))
})

test('the code sets exactly the outputs that action.yml declares, in its order', async () => {
  const refused = await runAction({ inputs: {} })
  expect(Object.keys(refused.outputs)).toEqual(outputs)
  const pin = makePin()
  const service = await startService({ pins: [pin] })
  const dryRun = await runAction({
    inputs: {
      'pin-id': pin.id,
      'pinning-api-key': DEFAULT_KEYS.apiKey,
      'pinning-secret-key': DEFAULT_KEYS.secretKey,
      'api-url': service.url,
      'dry-run': 'true',
    },
  })
  await service.close()
  expect(dryRun.conclusion).toBe('success')
  expect(Object.keys(dryRun.outputs)).toEqual(outputs)
})

test('action-types.yml types the inputs and outputs of action.yml, and no others', () => {
  const types = parse(readFileSync('action-types.yml', 'utf8')) as Record<'inputs' | 'outputs', object>
  expect(Object.keys(types.inputs)).toEqual(inputs)
  expect(Object.keys(types.outputs)).toEqual(outputs)
})

test('action-types.yml splits lists where the action does: at line ends', () => {
  const types = parse(readFileSync('action-types.yml', 'utf8')) as {
    inputs: Record<string, { type: string; separator?: string }>
  }
  for (const { type, separator } of Object.values(types.inputs))
    expect(separator).toBe(type === 'list' ? '\n' : undefined)
})

test('the words that action-types.yml allows are the ones that the action accepts', async () => {
  const types = parse(readFileSync('action-types.yml', 'utf8')) as {
    inputs: Record<string, { type: string; 'allowed-values'?: string[] }>
  }
  for (const [name, { type, 'allowed-values': words }] of Object.entries(types.inputs)) {
    if (type !== 'enum') continue
    const { annotations } = await runAction({ inputs: { [name]: 'another-word' } })
    const problem = annotations.errors[0]?.message.split('\n').find((line) => line.startsWith(`\`${name}\``))
    const offered = [...(problem ?? '').replace(/.*it takes/, '').matchAll(/`(\w+)`/g)].map(
      (match) => match[1],
    )
    expect(offered).toEqual(words)
  }
})
