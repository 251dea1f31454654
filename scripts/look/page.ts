import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { tmpdir } from 'node:os'
import { pathToFileURL } from 'node:url'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

export type Theme = 'light' | 'dark'

/** What stands out on a page, in CSS pixels. */
export interface Measurements {
  height: number
  /** How far the widest thing reaches beyond the page's text width. */
  overflow: number
  tallestRow: number
  columns: number
}

const BACKGROUND = { light: '#ffffff', dark: '#0d1117' }

/** Around the text, so that a picture has air. */
const PADDING = 24

/**
 * The page that GitHub would show for each Markdown text, one below the other, as far as width and style go.
 *
 * @param script runs at the end.
 */
function pageOf(texts: readonly string[], width: number, theme: Theme, script: string): string {
  const style = readFileSync(`node_modules/github-markdown-css/github-markdown-${theme}.css`, 'utf8')
  const options = { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }
  const articles = texts.map((text) => `<article class="markdown-body">${micromark(text, options)}</article>`)
  return `<!doctype html><meta charset="utf-8"><style>${style}
* { box-sizing: border-box }
body { margin: 0; background: ${BACKGROUND[theme]} }
article { padding: ${PADDING}px; width: ${width + 2 * PADDING}px }</style>
${articles.join('\n')}<script>${script}</script>`
}

// The result stands in the page afterwards, where --dump-dom finds it.
const MEASURE = `
const measured = [...document.querySelectorAll('article')].map((article) => {
  const height = article.getBoundingClientRect().height
  for (const details of article.querySelectorAll('details')) details.open = true
  const rows = [...article.querySelectorAll('tr')]
  const boxes = [article, ...article.querySelectorAll('h2, table, pre, p, ul, details')]
  return {
    height: Math.ceil(height),
    overflow: Math.max(...boxes.map((box) => box.scrollWidth - box.clientWidth)),
    tallestRow: Math.ceil(Math.max(0, ...rows.map((row) => row.getBoundingClientRect().height))),
    columns: Math.max(0, ...rows.map((row) => row.children.length)),
  }
})
document.body.innerHTML = ''
document.body.dataset.measured = JSON.stringify(measured)`

/** @returns the path of Chromium or Chrome, or `null` when there is none on PATH. */
export function findChromium(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  return (
    names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path)) ??
    null
  )
}

/** Lays the texts out in Chromium, with everything unfolded but for the height. */
export function measure(chromium: string, texts: readonly string[], width: number): Measurements[] {
  const page = pageOf(texts, width, 'light', MEASURE)
  const dom = open(chromium, page, ['--dump-dom', `--window-size=${width + 2 * PADDING},800`])
  const [, measured = ''] = /data-measured="([^"]*)"/.exec(dom) ?? []
  return JSON.parse(measured.replaceAll('&quot;', '"')) as Measurements[]
}

/** Takes a picture of the upper part of the page. */
export function photograph(
  chromium: string,
  text: string,
  { width, height, theme, file }: { width: number; height: number; theme: Theme; file: string },
): void {
  const size = `--window-size=${width + 2 * PADDING},${height}`
  open(chromium, pageOf([text], width, theme, ''), [`--screenshot=${file}`, size])
}

function open(chromium: string, page: string, options: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'aioz-unpin-chromium-'))
  const file = join(folder, 'page.html')
  writeFileSync(file, page)
  try {
    // The page is ours and local. In a container there is no sandbox to be had.
    const always = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      `--user-data-dir=${folder}`,
    ]
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
