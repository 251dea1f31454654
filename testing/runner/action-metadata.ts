import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export interface ActionMetadata {
  name: string
  description: string
  /** By name, in the order of the file. */
  inputs: ReadonlyMap<string, ActionInput>
  outputs: ReadonlyMap<string, { description: string }>
  /** `using` such as `node24`, `main` relative to the action's folder. */
  runs: { using: string; main: string }
}

export interface ActionInput {
  description: string
  required: boolean
  default?: string
}

type Texts<Name extends string> = Partial<Record<Name, string>>
interface Source extends Texts<'name' | 'description'> {
  inputs?: Record<string, Texts<'description' | 'required' | 'default'>>
  outputs?: Record<string, Texts<'description'>>
  runs?: Texts<'using' | 'main'>
}

function readInput(input: Texts<'description' | 'required' | 'default'>): ActionInput {
  const { description = '', required } = input
  if (input.default?.includes('${{') === true) throw new Error('action.yml: a default holds an expression')
  return { description, required: required === 'true', ...('default' in input && { default: input.default }) }
}

const mapped = <From, To>(from: Record<string, From> = {}, make: (from: From) => To): Map<string, To> =>
  new Map(Object.entries(from).map(([name, value]) => [name, make(value)]))

/** What the text of an action.yml says. Throws where it has no `runs.main`, or a default that only a runner can evaluate. */
export function parseActionMetadata(source: string): ActionMetadata {
  // Every scalar is text, as the runner takes it: `default: 1e3` arrives as `1e3`.
  const { name = '', description = '', inputs, outputs, runs } = parse(source, { schema: 'failsafe' }) as Source
  if (runs?.main === undefined) throw new Error('action.yml: runs.main is missing')
  return {
    name,
    description,
    inputs: mapped(inputs, readInput),
    outputs: mapped(outputs, ({ description = '' }) => ({ description })),
    runs: { using: runs.using ?? '', main: runs.main },
  }
}

/** As `parseActionMetadata`, for a file; by default the action.yml of this repository. */
export function readActionMetadata(file: string | URL = new URL('../../action.yml', import.meta.url)): ActionMetadata {
  return parseActionMetadata(readFileSync(file, 'utf8'))
}
