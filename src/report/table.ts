import type { Cleaner } from './clean.ts'

/** From this many rows on, a table of pins that need no attention is folded. */
export const FOLDED_FROM = 20
/** 30 characters without a place to break: more do not fit into a column. */
const LONG_WORD = /(?:&#?\w+;|[^\s&<>]){30}(?=[^\s<])/gu

/** Makes a text mean nothing in Markdown and HTML, and cuts it. */
export type Cell = Cleaner['cell']

/**
 * Makes a text fit for the page: words in backticks are code, and a browser may break long words, at best behind `/`, `-` and `_`.
 * @param longest characters of the text.
 */
export function show(cell: Cell, text: string, longest: number): string {
  return cell(text, longest)
    .replace(/&#96;((?:(?!&#96;)[^<]){1,60})&#96;/g, '<code>$1</code>')
    .replace(/(?<=[^\s<>]{4}(?:&#47;|-|&#95;))(?=[\w&])/g, '<wbr>')
    .replace(LONG_WORD, '$&<wbr>')
}

/** A column's heading, and attributes of its cells. */
export type Column = readonly [heading: string, attributes: string]

export const NUMBER = ' align="right" nowrap'

/**
 * A table in HTML: in one of Markdown a long text squeezes the other columns. GitHub allows these attributes. Columns without
 * content are left out.
 * @param heading folds the table under it.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  heading: string | null = null,
): string {
  const used = columns.map((_, index) => rows.some((cells) => cells[index] !== ''))
  const line = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell, index) => (used[index] ? `<${tag}${columns[index]?.[1]}>${cell}</${tag}>` : '')).join('')}</tr>`
  const lines = [
    line(
      'th',
      columns.map(([name]) => name),
    ),
    ...rows.map((cells) => line('td', cells)),
  ]
  const block = ['<table>', ...lines, '</table>'].join('\n')
  return heading === null ? block : `<details><summary>${heading}</summary>\n\n${block}\n\n</details>`
}

/** As many sentences as fit. */
export function wholeSentences(text: string, longest: number): string {
  if (text.length <= longest) return text
  return /^[^]*[.?!](?=\s)/.exec(text.slice(0, longest + 1))?.[0] ?? text
}
