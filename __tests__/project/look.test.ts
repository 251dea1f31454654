import { expect, jest, test } from '@jest/globals'
import { readdirSync, statSync } from 'node:fs'
import { findChromium, measure } from '../../scripts/look/page.ts'
import { summaries } from '../../scripts/look/summaries.ts'

jest.setTimeout(120_000)

const chromium = findChromium()
// On a Linux runner a missing browser is a mistake in the set-up.
const needed = process.env['CI'] === 'true' && process.platform === 'linux'
const testInChromium = chromium === null && !needed ? test.skip : test

testInChromium(
  'at the width of GitHub every summary fits, in five columns and low rows (skipped without Chromium on PATH)',
  () => {
    expect(chromium).not.toBeNull()
    const names = Object.keys(summaries())
    const measured = measure(chromium ?? '', Object.values(summaries()), 925)
    expect(measured).toHaveLength(names.length)
    for (const [index, { overflow, tallestRow, columns }] of measured.entries()) {
      const name = names[index] ?? ''
      // Texts that are made to spoil the page may make a row a little taller, not the page wider.
      const tallest = name.startsWith('hostile') ? 240 : 160
      expect({ name, overflow, low: tallestRow <= tallest, few: columns <= 5 }).toEqual({
        name,
        overflow: 0,
        low: true,
        few: true,
      })
    }
  },
)

testInChromium('what is too wide or too tall is noticed', () => {
  const tall = `<table><tr><td>${'a<br>'.repeat(20)}</td></tr></table>`
  const [wide, high] = measure(chromium ?? '', [`\`\`\`\n${'x'.repeat(300)}\n\`\`\``, tall], 925)
  expect(wide?.overflow).toBeGreaterThan(0)
  expect(high?.tallestRow).toBeGreaterThan(160)
})

test('the pictures in the README are small', () => {
  const pictures = readdirSync('docs').filter((name) => name.endsWith('.png'))
  const sizes = pictures.map((name) => statSync(`docs/${name}`).size)
  expect(sizes.length).toBe(2)
  expect(Math.max(...sizes)).toBeLessThan(60_000)
})
