/**
 * `npm run look [-- NAME]`: runs the committed bundle against the embedded service, and takes pictures of the summaries as GitHub shows
 * them, wide and narrow, light and dark, into build/look. NAME picks a scene. The scene `readme` is also the picture in README.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium, measure, photograph } from './look/page.ts'
import { SCENES, summaryOf } from './look/scenes.ts'

const FOLDER = 'build/look'
/** CSS pixels of text: a job's page, a telephone, README. */
const [WIDE, NARROW, README] = [925, 400, 730]
/** CSS pixels; what is longer is cut off. */
const TALLEST = 3000

const chromium = findChromium()
if (chromium === null) {
  console.error('There is no Chromium on PATH. On Debian: apt-get install --no-install-recommends chromium')
  process.exit(1)
}
mkdirSync(FOLDER, { recursive: true })
for (const [name, scene] of Object.entries(SCENES).filter(([name]) => name.includes(process.argv[2] ?? ''))) {
  const text = await summaryOf(scene())
  writeFileSync(join(FOLDER, `${name}.md`), text)
  for (const width of name === 'readme' ? [WIDE, NARROW, README] : [WIDE, NARROW]) {
    const [measured] = measure(chromium, [text], width)
    const { height = 0, overflow, scrolls, tallestRow } = measured ?? {}
    console.log(
      `${name}: at ${width} px ${overflow} px too wide, tables scroll ${scrolls} px, tallest row ${tallestRow} px`,
    )
    for (const theme of ['light', 'dark'] as const) {
      const inFolder = join(FOLDER, `${name}-${width}-${theme}.png`)
      const file = width === README ? `docs/summary-${theme}.png` : inFolder
      photograph(chromium, text, { width, height: Math.min(height, TALLEST), theme, file })
      // A third of the size. Where it is not installed, the picture stays as it is.
      if (width === README) spawnSync('pngquant', ['--force', '--ext', '.png', '--quality', '80-100', file])
    }
  }
}
