import { expect, test } from '@jest/globals'
import { parseActionMetadata, readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { inputVariable, inputVariables } from '../../testing/runner/environment.ts'

const SOURCE = `
name: Example
inputs:
  pin-id: { description: The pin, required: true }
  per minute: { default: 1e3 }
  dry-run: { default: false }
outputs:
  cid: { description: The CID }
runs: { using: node24, main: dist/index.js }
`

test('action.yml of this repository can be read', () => {
  const metadata = readActionMetadata()
  expect(metadata.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
  expect(metadata.inputs.get('pinning-api-key')).toMatchObject({ required: true })
  expect(metadata.outputs.has('results-file')).toBe(true)
})

test('defaults are text just as written', () => {
  const { inputs, outputs } = parseActionMetadata(SOURCE)
  expect(inputs.get('per minute')?.default).toBe('1e3')
  expect(inputs.get('dry-run')?.default).toBe('false')
  expect(inputs.get('pin-id')).toEqual({ description: 'The pin', required: true })
  expect(outputs.get('cid')).toEqual({ description: 'The CID' })
})

test.each([
  ['name: x', /runs.main is missing/],
  ['runs: [a]', /runs is no mapping/],
  ['inputs: { a: { default: "${{ github.token }}" } }\nruns: { main: a.js }', /expression/],
  ['inputs: { a: { default: [x] } }\nruns: { main: a.js }', /inputs.a.default is no text/],
])('%j is refused', (source, message) => {
  expect(() => parseActionMetadata(source)).toThrow(message)
})

test('every declared input has its variable: the value given, else the default, else nothing', () => {
  const metadata = parseActionMetadata(SOURCE)
  expect(inputVariables(metadata, { 'per minute': '' })).toEqual({
    'INPUT_PIN-ID': '',
    INPUT_PER_MINUTE: '',
    'INPUT_DRY-RUN': 'false',
  })
  expect(inputVariable('pin-id')).toBe('INPUT_PIN-ID')
})

test('an input that is not declared is refused, so that no test misspells one', () => {
  expect(() => inputVariables(parseActionMetadata(SOURCE), { 'pin-ids': 'x' })).toThrow(
    "action.yml declares no input 'pin-ids'; it has pin-id, per minute, dry-run",
  )
})
