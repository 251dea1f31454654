/**
 * `npm run look [-- FOLDER [NAME]]`: pictures of every kind of job summary, or of those whose name holds NAME, as GitHub shows them:
 * wide and narrow, light and dark. The README shows `example`, made smaller with `pngquant --quality 80-100 --speed 1`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { findChromium, measure, photograph } from './look/page.ts'
import { summaries } from './look/summaries.ts'

/** CSS pixels; what is longer is cut off. */
const TALLEST = 3000

const folder = resolve(process.argv[2] ?? 'build/look')
const wanted = Object.entries(summaries()).filter(([name]) => name.includes(process.argv[3] ?? ''))
const chromium = findChromium()
if (chromium === null) {
  process.stderr.write(
    'There is no Chromium on PATH. On Debian: apt-get install --no-install-recommends chromium\n',
  )
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
for (const width of [925, 400]) {
  const measured = measure(
    chromium,
    wanted.map(([, text]) => text),
    width,
  )
  for (const [index, [name, text]] of wanted.entries()) {
    const { height = 0, overflow, tallestRow } = measured[index] ?? {}
    process.stdout.write(`${name}: at ${width} px ${overflow} px too wide, tallest row ${tallestRow} px\n`)
    writeFileSync(resolve(folder, `${name}.md`), text)
    for (const theme of ['light', 'dark'] as const) {
      const file = resolve(folder, `${name}-${width}-${theme}.png`)
      photograph(chromium, text, { width, height: Math.min(height, TALLEST), theme, file })
    }
  }
}
