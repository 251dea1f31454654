import { readdirSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import type { run } from '../../src/run.ts'

/** A rule of the action, broken by one change of `src`, and the scenario in which it shows. */
export type Mutant = { name: string; scenario: string; from: RegExp; to: string }

const SOURCE = new URL('../../src/', import.meta.url)
const STAND_INS = new URL('stand-ins.ts', import.meta.url).href
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
  .filter((line) => line.includes(' | '))
  .map((line): Mutant => {
    const [, name = '', scenario = '', from = '', to = ''] = /^(.*?) \| (.*?) \| (.*) =>(.*)$/.exec(line) ?? []
    const marks = from
      .replace(/\s/g, '')
      .split('')
      .map((mark) => mark.replace(/[\\^$.*+?()[\]{}|]/, '\\$&'))
    return { name, scenario, from: new RegExp(marks.join('\\s*'), 'g'), to }
  })

registerHooks({
  resolve(specifier, { parentURL = '', ...context }, next) {
    const ofRun = parentURL.startsWith(`${SOURCE.href}run.ts`)
    if (ofRun && /\/(?:send|reporter)\.ts$/.test(specifier)) return next(STAND_INS, context)
    const found = next(specifier, { parentURL, ...context })
    const [query = ''] = QUERY.exec(parentURL) ?? []
    return found.url.startsWith(SOURCE.href) ? { ...found, url: found.url + query } : found
  },
  load(url, context, next) {
    const loaded = next(url, context)
    const mutant = MUTANTS[Number(QUERY.exec(url)?.[1])]
    if (mutant === undefined || loaded.source === undefined) return loaded
    const text = Buffer.from(loaded.source as Uint8Array).toString()
    return { ...loaded, source: text.replaceAll(mutant.from, () => mutant.to) }
  },
})

/** The whole action, less what sends and what writes. @param rule the place of the one that is broken in it, if any, in `MUTANTS`. */
export async function loadRun(rule?: number): Promise<typeof run> {
  const module = (await import(`${SOURCE.href}run.ts${rule === undefined ? '' : `?rule=${rule}`}`)) as {
    run: typeof run
  }
  return module.run
}
