import { expect } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { DEFAULT_KEYS } from '../../testing/service/index.ts'
import { isIn, SPELLINGS } from '../support/spellings.ts'

export const KEYS = [DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey] as const

/** Every spelling of both keys, by what it is. */
export const SPELT: Readonly<Record<string, string>> = Object.fromEntries(
  KEYS.flatMap((key, index) =>
    Object.entries(SPELLINGS).map(([how, spell]) => [`${index === 0 ? 'API' : 'secret'} key ${how}`, spell(key)]),
  ),
)

const filesBelow = (folder: string): (readonly [where: string, text: string])[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => [['a file name', path] as const, ['a file', readFileSync(path, 'utf8')] as const])

/** Every text in JSON, as a program reads it: field names too. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flat().flatMap(textsIn) : [String(value)]

/** Where a key, in any of its spellings, left the action, except for `add-mask`, which tells the runner the keys. */
export function leaksOf(result: ActionResult, keys: readonly string[]): string[] {
  const leaving = [
    ['the log', result.log.replaceAll(/^::add-mask::.*$/gm, '')] as const,
    ['an annotation', JSON.stringify(result.annotations)] as const,
    ...Object.entries({ ...result.files, ...result.outputs }),
    ...textsIn(result.resultsFile ?? null).map((text) => ['a text in the results', text] as const),
    ...filesBelow(result.runnerTemp),
    ...filesBelow(result.workspace),
  ]
  return leaving.flatMap(([where, text]) =>
    keys.flatMap((key, index) => (isIn(text, key) ? [`key ${index + 1} in ${where}: ${text.slice(0, 300)}`] : [])),
  )
}

/** Neither key is in anything that left the action, and both are masked before anything else is printed. */
export function expectNoLeak(result: ActionResult): void {
  expect(leaksOf(result, KEYS)).toEqual([])
  expect(result.masks).toEqual(KEYS)
  expect(result.lines.slice(0, 2).map(({ text }) => text)).toEqual(KEYS.map((key) => `::add-mask::${key}`))
}
