import { expect, jest, test } from '@jest/globals'
import { statSync } from 'node:fs'
import { findChromium, measure } from '../../scripts/look/page.ts'
import { SCENES, summaryOf } from '../../scripts/look/scenes.ts'

jest.setTimeout(120_000)

const WIDTH = 925
const TALLEST_ROW = 160

const chromium = findChromium()
// Where everything must be installed, a missing browser is a mistake in the set-up.
const needed = process.env['GITHUB_RENDERER'] === 'required'
const testInChromium = chromium === null && !needed ? test.skip : test

testInChromium(
  'at the width of GitHub the summary of every kind of run fits, in five columns and low rows (skipped without Chromium on PATH)',
  async () => {
    const summaries = await Promise.all(Object.values(SCENES).map((scene) => summaryOf(scene())))
    const measured = measure(chromium ?? '', summaries, WIDTH)
    const looks = Object.keys(SCENES).map((name, index) => {
      const { overflow, scrolls, tallestRow = 0, columns = 0 } = measured[index] ?? {}
      // Texts that are made to spoil the page may make a table scroll, not the page wider.
      return {
        name,
        overflow,
        scrolls: name === 'spoiling' ? 0 : scrolls,
        low: tallestRow <= TALLEST_ROW,
        few: columns <= 5,
      }
    })
    expect(looks).toEqual(looks.map(({ name }) => ({ name, overflow: 0, scrolls: 0, low: true, few: true })))
  },
)

testInChromium('a summary that is too wide or too tall is noticed (skipped without Chromium on PATH)', () => {
  const tall = `<table><tr><td>${'a<br>'.repeat(20)}</td></tr></table>`
  const [wide, high] = measure(chromium ?? '', [`\`\`\`\n${'x'.repeat(300)}\n\`\`\``, tall], WIDTH)
  expect(wide?.overflow).toBeGreaterThan(0)
  expect(high?.tallestRow).toBeGreaterThan(TALLEST_ROW)
})

test('the pictures in README are small (`npm run look` makes them small where pngquant is installed)', () => {
  const sizes = ['light', 'dark'].map((theme) => statSync(`docs/summary-${theme}.png`).size)
  expect(Math.max(...sizes)).toBeLessThan(100_000)
})
