import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export interface ActionMetadata {
  name: string
  description: string
  /** By input name, in the order of the file. */
  inputs: ReadonlyMap<string, ActionInput>
  /** By output name, in the order of the file. */
  outputs: ReadonlyMap<string, { description: string }>
  /** `using` such as `node24`, `main` relative to the action's folder. */
  runs: { using: string; main: string }
}

export interface ActionInput {
  description: string
  required: boolean
  default?: string
}

type Mapping = Record<string, unknown>

function mapping(value: unknown, where: string): Mapping {
  if (value === undefined || value === '') return {}
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`action.yml: ${where} is no mapping`)
  return value as Mapping
}

function text(parent: Mapping, key: string, where: string): string {
  const value = parent[key] ?? ''
  if (typeof value !== 'string') throw new Error(`action.yml: ${where}${key} is no text`)
  return value
}

function readInput(name: string, value: unknown): ActionInput {
  const where = `inputs.${name}.`
  const input = mapping(value, where)
  const read = {
    description: text(input, 'description', where),
    required: text(input, 'required', where) === 'true',
  }
  if (!('default' in input)) return read
  const byDefault = text(input, 'default', where)
  // The runner evaluates expressions here, which this stand-in does not.
  if (byDefault.includes('${{')) throw new Error(`action.yml: ${where}default holds an expression`)
  return { ...read, default: byDefault }
}

/**
 * What action.yml says.
 *
 * @param source the file's text
 * @throws Error when the text is no YAML, or of another shape than an action of JavaScript has
 */
export function parseActionMetadata(source: string): ActionMetadata {
  // Every scalar is text, as the runner takes it: `default: 1e3` arrives as `1e3`.
  const root = mapping(parse(source, { schema: 'failsafe' }), 'the file')
  const runs = mapping(root['runs'], 'runs')
  const main = text(runs, 'main', 'runs.')
  if (main === '') throw new Error('action.yml: runs.main is missing')
  return {
    name: text(root, 'name', ''),
    description: text(root, 'description', ''),
    inputs: new Map(
      Object.entries(mapping(root['inputs'], 'inputs')).map(([name, value]) => [
        name,
        readInput(name, value),
      ]),
    ),
    outputs: new Map(
      Object.entries(mapping(root['outputs'], 'outputs')).map(([name, value]) => [
        name,
        { description: text(mapping(value, `outputs.${name}`), 'description', `outputs.${name}.`) },
      ]),
    ),
    runs: { using: text(runs, 'using', 'runs.'), main },
  }
}

/**
 * Reads and parses an action.yml.
 *
 * @param file path or URL; by default the one of this repository
 * @throws Error as `parseActionMetadata`, and when the file cannot be read
 */
export function readActionMetadata(
  file: string | URL = new URL('../../action.yml', import.meta.url),
): ActionMetadata {
  return parseActionMetadata(readFileSync(file, 'utf8'))
}
