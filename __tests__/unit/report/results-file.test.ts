import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { type ResultEntry, ResultsFile } from '../../../src/report/results-file.ts'
import { pinIdOf } from '../../support/outcome.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-results-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const entry = (index: number, overrides: Partial<ResultEntry> = {}): ResultEntry => ({
  pinId: pinIdOf(index),
  result: 'unpinned',
  reason: '',
  cid: null,
  size: null,
  status: null,
  name: null,
  attempts: 1,
  httpStatus: 200,
  durationMs: 12,
  message: '',
  ...overrides,
})

test('holds every result with its record, in the order given, in whatever order the records came', () => {
  const pins = fc.array(
    fc.record({
      record: fc.option(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())),
      comes: fc.nat(),
      name: fc.option(fc.string({ unit: 'binary' })),
      size: fc.option(fc.maxSafeNat()),
    }),
  )
  fc.assert(
    fc.property(pins, (pins) => {
      const file = new ResultsFile(folder)
      const order = [...pins.keys()].sort((a, b) => (pins[a]?.comes ?? 0) - (pins[b]?.comes ?? 0))
      for (const index of order) {
        const record = pins[index]?.record ?? null
        if (record !== null) file.keepRecord(index, JSON.stringify(record))
      }
      const entries = pins.map(({ name, size }, index) => entry(index, { name, size }))
      const length = file.write(entries)
      const text = readFileSync(file.path)
      expect(text.length).toBe(length)
      expect(JSON.parse(text.toString())).toEqual(
        pins.map(({ record }, index) => JSON.parse(JSON.stringify({ ...entries[index], record })) as unknown),
      )
    }),
  )
})

test('writes each result’s fields in the documented order', () => {
  const file = new ResultsFile(folder)
  file.write([entry(1)])
  expect(Object.keys((JSON.parse(readFileSync(file.path, 'utf8')) as [object])[0])).toEqual([
    'pinId',
    'result',
    'reason',
    'cid',
    'size',
    'status',
    'name',
    'attempts',
    'httpStatus',
    'durationMs',
    'message',
    'record',
  ])
})

test('is the only file that is left, readable by its owner alone', () => {
  const file = new ResultsFile(folder)
  file.keepRecord(0, '{}')
  expect(file.write([entry(0)])).toBeGreaterThan(0)
  expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([file.path])
  expect(statSync(file.path).mode & 0o077).toBe(0)
})

test('of no pins is an empty array', () => {
  const file = new ResultsFile(folder)
  expect(file.write([])).toBe(2)
  expect(readFileSync(file.path, 'utf8')).toBe('[]')
})

test('that cannot be written is an error before anything is unpinned', () => {
  expect(() => new ResultsFile(join(folder, 'not-there'))).toThrow('ENOENT')
})

test('two runs in one job do not share a file', () => {
  expect(new ResultsFile(folder).path).not.toBe(new ResultsFile(folder).path)
})

test('of a run that came to nothing leaves nothing behind', () => {
  const file = new ResultsFile(folder)
  file.keepRecord(0, '{}')
  file.discard()
  expect(readdirSync(folder)).toEqual([])
})

test.each([
  ['written', (file: ResultsFile) => file.write([entry(0)])],
  ['discarded', (file: ResultsFile) => file.discard()],
])('is not held open once it is %s, and may have been cleaned away before', (_, end) => {
  const open = (): string[] => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd') : [])
  const before = open().length
  const file = new ResultsFile(folder)
  file.keepRecord(0, '{}')
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
  end(file)
  expect(open().length).toBe(before)
})
