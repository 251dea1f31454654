import { afterAll, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { disposeAll, runAction } from '../../testing/runner/run-action.ts'
import { validateYaml } from './validation.ts'

const metadata = readActionMetadata()

afterAll(disposeAll)

test('action.yml is valid for the language service of GitHub, and names the current runtime', async () => {
  expect(await validateYaml('action.yml', readFileSync('action.yml', 'utf8'))).toEqual([])
  expect(metadata.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
})

const types = parse(readFileSync('action-types.yml', 'utf8')) as {
  inputs: Record<string, { type: string; separator?: string; 'allowed-values'?: string[] }>
  outputs: object
}

test('action-types.yml types the inputs and outputs of action.yml, and splits lists where the action does', () => {
  expect(Object.keys(types.inputs)).toEqual([...metadata.inputs.keys()])
  expect(Object.keys(types.outputs)).toEqual([...metadata.outputs.keys()])
  for (const { type, separator } of Object.values(types.inputs))
    expect(separator).toBe(type === 'list' ? '\n' : undefined)
})

test('the words that action-types.yml allows are the ones that the action accepts', async () => {
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
