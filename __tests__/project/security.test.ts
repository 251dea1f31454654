import { expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'

const rows = [...readFileSync('SECURITY.md', 'utf8').matchAll(/^\| (?!Attack|-)(.+?) +\| (.+?) +\| (.+?) +\|$/gm)]
const shown = rows.map(([, attack = '', , proof = '']) => {
  const [, file = '', title = ''] = /^`(__tests__\/[\w/.-]+\.test\.ts)`: "(.+)"$/.exec(proof) ?? []
  return { attack, file, title }
})

test('SECURITY.md lists the attacks', () => {
  expect(rows.length).toBeGreaterThanOrEqual(12)
})

test.each(shown)('against this stands a test of that title: $attack', ({ file, title }) => {
  expect(readFileSync(file, 'utf8')).toContain(`'${title}'`)
})
