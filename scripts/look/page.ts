import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

export type Theme = 'light' | 'dark'

/** What stands out on a page, in CSS pixels. */
export interface Measurements {
  height: number
  /** How far the widest thing reaches beyond the text width, tables aside: they scroll. */
  overflow: number
  /** How far the widest table scrolls. */
  scrolls: number
  tallestRow: number
  columns: number
}

const COLOURS = {
  light: { back: '#ffffff', line: '#d1d9e0', text: '#1f2328', quiet: '#59636e' },
  dark: { back: '#0d1117', line: '#3d444d', text: '#f0f6fc', quiet: '#9198a1' },
}

/** Left and right of the text, with the border. */
const AROUND = 2 * 25

/**
 * The boxes in which GitHub would show the summaries, one below the other, as far as width and style go.
 *
 * @param width of the text, in CSS pixels
 * @param script runs at the end
 */
function pageOf(texts: readonly string[], width: number, theme: Theme, script = ''): string {
  const style = readFileSync(`node_modules/github-markdown-css/github-markdown-${theme}.css`, 'utf8')
  const options = { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }
  const { back, line, text: colour, quiet } = COLOURS[theme]
  const boxes = texts.map(
    (text) => `<section><header>clean-up summary</header>
<article class="markdown-body">${micromark(text, options)}</article><footer>Job summary generated at run-time</footer></section>`,
  )
  return `<!doctype html><meta charset="utf-8"><style>${style}
* { box-sizing: border-box }
body { margin: 0; font: 14px sans-serif; color: ${colour} }
section { width: ${width + AROUND}px; border: 1px solid ${line}; border-radius: 6px; background: ${back}; overflow: hidden }
header { padding: 12px 24px; border-bottom: 1px solid ${line}; font-weight: 600 }
article { padding: 24px }
footer { padding: 12px 24px; border-top: 1px solid ${line}; font-size: 12px; color: ${quiet} }</style>
${boxes.join('\n')}<script>${script}</script>`
}

// The result stands in the page afterwards, where --dump-dom finds it. Everything is unfolded but for the height.
const MEASURE = `
const measured = [...document.querySelectorAll('section')].map((section) => {
  const height = section.getBoundingClientRect().height
  for (const details of section.querySelectorAll('details')) details.open = true
  const rows = [...section.querySelectorAll('tr')]
  const beyond = (boxes) => Math.max(0, ...[...section.querySelectorAll(boxes)].map((box) => box.scrollWidth - box.clientWidth))
  return {
    height: Math.ceil(height),
    overflow: beyond('article, h2, pre, p, ul, details'),
    scrolls: beyond('table'),
    tallestRow: Math.ceil(Math.max(0, ...rows.map((row) => row.getBoundingClientRect().height))),
    columns: Math.max(0, ...rows.map((row) => row.children.length)),
  }
})
document.body.innerHTML = ''
document.body.dataset.measured = JSON.stringify(measured)`

/** @returns the path of Chromium or Chrome, or `null` when there is none on PATH */
export function findChromium(): string | null {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const paths = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
  return paths.find((path) => existsSync(path)) ?? null
}

/** Lays summaries out in Chromium. */
export function measure(chromium: string, texts: readonly string[], width: number): Measurements[] {
  const dom = open(
    chromium,
    pageOf(texts, width, 'light', MEASURE),
    '--dump-dom',
    `--window-size=${width + AROUND},800`,
  )
  const [, measured = '[]'] = /data-measured="([^"]*)"/.exec(dom) ?? []
  return JSON.parse(measured.replaceAll('&quot;', '"')) as Measurements[]
}

/** Takes a picture of a box, sharp on dense screens, and clear around its corners. */
export function photograph(
  chromium: string,
  text: string,
  { width, height, theme, file }: { width: number; height: number; theme: Theme; file: string },
): void {
  const size = [`--window-size=${width + AROUND},${height}`, '--force-device-scale-factor=2']
  const page = pageOf([text], width, theme)
  open(chromium, page, `--screenshot=${file}`, ...size, '--default-background-color=00000000')
}

function open(chromium: string, page: string, ...options: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-chromium-'))
  const file = join(folder, 'page.html')
  writeFileSync(file, page)
  // The page is ours and local. In a container there is no sandbox to be had.
  const always = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--user-data-dir=${folder}`]
  try {
    return execFileSync(chromium, [...always, ...options, pathToFileURL(file).href], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 60_000,
      maxBuffer: 64 * 1024 * 1024,
    })
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
