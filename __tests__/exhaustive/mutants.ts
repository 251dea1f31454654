import { readdirSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import type * as action from './action.ts'

export type Action = typeof action

/** A rule of the action, broken by one change of `src`, and the scenario in which it shows. */
export interface Mutant {
  name: string
  scenario: string
  from: RegExp
  to: string
}

const SOURCE = new URL('../../src/', import.meta.url)
/** Ends the URL of a module in which a rule is broken. */
const QUERY = /\?rule=(\d+)$/

/** Every file of `src`, by its URL. */
export const FILES = new Map(
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => new URL(path.replaceAll('\\', '/'), SOURCE))
    .map((url) => [url.href, readFileSync(url, 'utf8')]),
)

/** Lines `rule | scenario | text that goes => text that comes`. White space does not count. */
export const MUTANTS = readFileSync(new URL('mutants.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.includes(' => '))
  .map((line): Mutant => {
    const [, name = '', scenario = '', from = '', to = ''] = /^(.*?) \| (.*?) \| (.*) =>(.*)$/.exec(line) ?? []
    const marks = [...from.replace(/\s/g, '')].map((mark) => mark.replace(/[\\^$.*+?()[\]{}|]/, '\\$&'))
    return { name, scenario, from: new RegExp(marks.join('\\s*'), 'g'), to }
  })

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    const [query = ''] = QUERY.exec(context.parentURL ?? '') ?? []
    return found.url.startsWith(SOURCE.href) ? { ...found, url: found.url + query } : found
  },
  load(url, context, next) {
    const loaded = next(url, context)
    const mutant = MUTANTS[Number(QUERY.exec(url)?.[1])]
    return mutant === undefined
      ? loaded
      : { ...loaded, source: String(loaded.source).replaceAll(mutant.from, () => mutant.to) }
  },
})

/** @param rule the place of the broken one in `MUTANTS`; none where it is left out. */
export function loadAction(rule?: number): Promise<Action> {
  return import(`./action.ts${rule === undefined ? '' : `?rule=${rule}`}`) as Promise<Action>
}
