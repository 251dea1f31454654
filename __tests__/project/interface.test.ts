import { afterAll, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { disposeAll, runAction } from '../../testing/runner/run-action.ts'
import { validateYaml } from './validation.ts'

const metadata = readActionMetadata()
const types = parse(readFileSync('action-types.yml', 'utf8')) as {
  inputs: Record<string, { type: string; separator?: string; 'allowed-values'?: string[] }>
  outputs: Record<string, { type: string }>
}
const enums = Object.entries(types.inputs).flatMap(([name, { 'allowed-values': words }]) =>
  words === undefined ? [] : [[name, words] as const],
)

afterAll(disposeAll)

test('action.yml is valid for the language service of GitHub, and names the current runtime', async () => {
  expect(await validateYaml('action.yml', readFileSync('action.yml', 'utf8'))).toEqual([])
  expect(metadata.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
})

test('the description of action.yml fits the Marketplace, which takes fewer than 125 characters', () => {
  expect(metadata.description.length).toBeLessThan(125)
})

test('action-types.yml types the inputs and outputs of action.yml, and splits lists where the action does', () => {
  expect(Object.keys(types.inputs)).toEqual([...metadata.inputs.keys()])
  expect(Object.keys(types.outputs)).toEqual([...metadata.outputs.keys()])
  for (const { type, separator } of Object.values(types.inputs))
    expect(separator).toBe(type === 'list' ? '\n' : undefined)
})

test.each(enums)(
  'the action accepts the words that action-types.yml allows for %s, and no other',
  async (name, words) => {
    expect(words).toContain(metadata.inputs.get(name)?.default)
    for (const word of [...words, words[0]?.toUpperCase() ?? '', 'another-word']) {
      // The missing keys stop the action before its first request, with the problems of all inputs.
      const inputs = { name: 'preview', protect: 'production', [name]: word }
      const { annotations } = await runAction({ inputs })
      const refused = annotations.errors.some(({ message }) => new RegExp(`^\\W*\`${name}\``, 'm').test(message))
      expect([word, refused]).toEqual([word, !words.includes(word)])
    }
  },
)

test('results.schema.json allows the results that action.yml names', () => {
  const schema = JSON.parse(readFileSync('results.schema.json', 'utf8')) as {
    items: { properties: { result: { enum: string[] } } }
  }
  const named = [...(metadata.outputs.get('result')?.description ?? '').matchAll(/`([\w-]+)`/g)]
  expect(new Set(schema.items.properties.result.enum)).toEqual(new Set(named.map(([, word]) => word)))
})
