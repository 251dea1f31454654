import { expect, test } from '@jest/globals'
import { flagsFor } from '../../src/memory.ts'

test('a small run is left as it is: loading what sets the flags would cost it more than they save', () => {
  expect(flagsFor(99)).toEqual([])
})

test('a large run, and one of unknown size, keeps its young objects few', () => {
  for (const pins of [100, Infinity])
    expect(flagsFor(pins)).toEqual(['--optimize-for-size', '--semi-space-growth-factor=1'])
})
