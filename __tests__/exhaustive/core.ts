import { readdirSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import type * as Body from '../../src/http/body.ts'
import type * as Client from '../../src/http/client.ts'
import type * as Limiter from '../../src/http/rate-limiter.ts'
import type * as Inputs from '../../src/inputs/read.ts'
import type * as MakePlan from '../../src/plan/make-plan.ts'
import type * as Reading from '../../src/plan/reading.ts'
import type * as Secrets from '../../src/secrets.ts'
import type * as Service from '../../src/service/service.ts'
import type * as Execute from '../../src/unpin/execute.ts'
import type * as Verdict from '../../src/unpin/verdict.ts'

/** What the search runs: the real modules, as they are or with one rule broken. */
export type Core = typeof Body &
  typeof Client &
  typeof Limiter &
  typeof Inputs &
  typeof MakePlan &
  typeof Reading &
  typeof Secrets &
  typeof Service &
  typeof Execute &
  typeof Verdict

/** A rule of the action, broken by one change of `src`, and the scenario in which it shows. */
export interface Mutant {
  name: string
  scenario: string
  from: string
  to: string
}

const SOURCE = new URL('../../src/', import.meta.url)
/** The broken rule that a URL ends with. */
const QUERY = /\?rule=(\d+)$/

/** Every file of `src`. */
export const FILES = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => new URL(path.replaceAll('\\', '/'), SOURCE).href)

/** `mutants.txt`: lines `rule | scenario | text that goes => text that comes`. White space does not count. */
export const MUTANTS = readFileSync(new URL('mutants.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.includes('|'))
  .map((line): Mutant => {
    const [name = '', scenario = '', ...change] = line.split(' | ')
    const [from = '', to = ''] = change.join(' | ').split(' => ')
    return { name, scenario, from, to }
  })

/** @returns the text with the rule broken, or as it is where the rule is elsewhere. */
export function broken({ from, to }: Mutant, text: string): string {
  const marks = [...from.replace(/\s/g, '')].map((mark) => mark.replace(/[\\^$.*+?()[\]{}|]/, '\\$&'))
  return text.replaceAll(new RegExp(marks.join('\\s*'), 'g'), () => to)
}

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    const [query = ''] = QUERY.exec(context.parentURL ?? '') ?? []
    return found.url.startsWith(SOURCE.href) ? { ...found, url: found.url + query } : found
  },
  load(url, context, next) {
    const loaded = next(url, context)
    const mutant = MUTANTS[Number(QUERY.exec(url)?.[1])]
    return mutant === undefined ? loaded : { ...loaded, source: broken(mutant, String(loaded.source)) }
  },
})

/** @param rule the place of the broken one in `MUTANTS`; none where it is left out. */
export async function loadCore(rule?: number): Promise<Core> {
  const query = rule === undefined ? '' : `?rule=${rule}`
  const modules = FILES.filter((url) => !/(?:index|run|supervise)\.ts$|\/report\//.test(url)).map(
    (url) => import(url + query) as Promise<Partial<Core>>,
  )
  return Object.assign({}, ...(await Promise.all(modules))) as Core
}
