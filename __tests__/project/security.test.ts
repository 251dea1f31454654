import { expect, test } from '@jest/globals'
import { existsSync, readFileSync } from 'node:fs'

const security = readFileSync('SECURITY.md', 'utf8')
const rows = security.split('\n').filter((line) => /^\| (?!Attack|-)/.test(line))
const shown = [...security.matchAll(/`((?:__tests__|scripts)\/[\w/.-]+\.ts)`: "([^"]+)"/g)].map(
  ([, file = '', name = '']) => [file, name] as const,
)

test('every attack in SECURITY.md has a defence, and a test that shows it', () => {
  expect(rows.length).toBeGreaterThanOrEqual(12)
  for (const row of rows) expect(row).toMatch(/`(?:__tests__|scripts)\/[\w/.-]+\.ts`: "[^"]+"[^|]*\|$/)
})

test.each(shown)('%s has the test "%s"', (file, name) => {
  expect(existsSync(file)).toBe(true)
  expect(readFileSync(file, 'utf8')).toContain(`'${name}'`)
})
