import { expect, test } from '@jest/globals'
import { LARGEST_ARCHIVE, readArchive } from '../../scripts/archive.ts'

const { bytes, files } = readArchive()

test('a runner downloads less than 120 kB', () => {
  expect(LARGEST_ARCHIVE).toBe(120_000)
  expect(bytes).toBeLessThan(LARGEST_ARCHIVE)
})

test('and nothing that it does not run, and that nobody reads there', () => {
  const tops = new Set(files.map((file) => file.replace(/\/.*/, file.includes('/') ? '/' : '')))
  expect([...tops].sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'action.yml',
    'dist/',
    'package.json',
    'src/',
  ])
  expect(files).toContain('dist/index.js')
})
