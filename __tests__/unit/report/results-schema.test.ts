import { afterEach, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { broken, type PinOutcome, RESULTS, withKnown } from '../../../src/pin/outcome.ts'
import { endSteps } from '../../support/step.ts'
import { ended, failed, pinIdOf, recordOf, stayed } from '../../support/outcome.ts'
import { report } from './telling.ts'

interface Schema {
  $id: string
  items: { required: string[]; properties: Record<string, unknown> & { result: { enum: string[] } } }
}

const schema = JSON.parse(readFileSync('results.schema.json', 'utf8')) as Schema
const packaged = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

// A reader has to expect further fields in a later version. Here one that the schema does not have is a mistake.
const validate = new Ajv2020({ allowUnionTypes: true }).compile({
  ...schema,
  items: { ...schema.items, additionalProperties: false },
})

function errorsIn(json: string): unknown {
  validate(JSON.parse(json))
  return validate.errors
}

afterEach(endSteps)

test('the schema of the results has the major version of the action and every result', () => {
  expect(schema.$id).toBe(`urn:aioz-ipfs-unpin:v${packaged.version.split('.')[0]}:results.schema.json`)
  expect(schema.items.properties.result.enum).toEqual([...RESULTS])
})

test('results of every kind fit the schema, in the file and in the output', () => {
  const outcomes: PinOutcome[] = [
    ended(0),
    failed(1, 'Not unpinned.', { httpStatus: null, attempts: 3, durationMs: 1234.5 }),
    failed(2, 'Not known.', { result: 'unconfirmed', lostAnswer: true }),
    broken(pinIdOf(3), new Error('x')),
    ...(['missing', 'not-attempted', 'would-unpin', 'protected', 'kept'] as const).map((result, index) =>
      stayed(4 + index, result),
    ),
    stayed(9, 'missing', 'x', null),
    withKnown(ended(10, {}, { cid: null, size: null, metadata: null }), recordOf(), 'matched by its name'),
  ]
  const { outputs } = report(outcomes)
  expect(new Set(outputs['result']?.split('\n'))).toEqual(new Set(RESULTS))
  const file = readFileSync(outputs['results-file'] ?? '', 'utf8')
  expect([errorsIn(file), errorsIn(outputs['results'] ?? '')]).toEqual([null, null])
  const [first = {}] = JSON.parse(file) as object[]
  expect(Object.keys(first)).toEqual(Object.keys(schema.items.properties))
})

test('results without records fit the schema', () => {
  const { outputs } = report([ended(0, {}, { text: 'x'.repeat(130_000) })])
  expect(outputs['results']).not.toMatch('"record"')
  expect(errorsIn(outputs['results'] ?? '')).toBeNull()
})

test('results fit the schema whatever a record holds', () => {
  const names = ['cid', 'size', 'status', 'metadata', 'date_pinned']
  const fields = fc.record(Object.fromEntries(names.map((name) => [name, fc.jsonValue()])))
  fc.assert(
    fc.property(fields, (fields) => {
      const { outputs } = report([ended(0, {}, fields)])
      expect(errorsIn(readFileSync(outputs['results-file'] ?? '', 'utf8'))).toBeNull()
      endSteps()
    }),
  )
})

test('the schema refuses what is not a result', () => {
  const { outputs } = report([ended(0)])
  const [entry = {}] = JSON.parse(outputs['results'] ?? '') as object[]
  const wrongs = [
    { result: 'gone' },
    { size: '7' },
    { size: -1 },
    { pinId: 'X' },
    { record: [] },
    { attempts: null },
  ]
  for (const wrong of wrongs) expect(errorsIn(JSON.stringify([{ ...entry, ...wrong }]))).not.toBeNull()
})
