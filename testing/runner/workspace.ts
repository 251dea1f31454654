import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const FILE_COMMANDS = ['output', 'summary', 'state', 'env', 'path'] as const

/** The text of each file command after a run; `''` for one that the action has removed. */
export type RunnerFiles = Record<(typeof FILE_COMMANDS)[number], string>

/** The absolute paths that an action gets in its environment: of the file commands, and these. */
export interface RunnerPaths extends RunnerFiles {
  /** `GITHUB_WORKSPACE`, where the action runs. */
  workspace: string
  /** `RUNNER_TEMP`. */
  temp: string
  toolCache: string
  eventFile: string
}

const eachFile = (make: (name: keyof RunnerFiles) => string): RunnerFiles =>
  Object.fromEntries(FILE_COMMANDS.map((name) => [name, make(name)])) as RunnerFiles

/** Fresh folders and empty files for one step, all below one temporary folder `root`. */
export function makeWorkspace(): { root: string; paths: RunnerPaths } {
  const root = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-runner-'))
  const folder = (name: string): string => {
    mkdirSync(join(root, name))
    return join(root, name)
  }
  const file = (name: string, text: string): string => {
    writeFileSync(join(root, name), text)
    return join(root, name)
  }
  folder('file-commands')
  const paths = {
    ...eachFile((name) => file(`file-commands/${name}`, '')),
    workspace: folder('workspace'),
    temp: folder('temp'),
    toolCache: folder('tool-cache'),
    eventFile: file('event.json', '{}'),
  }
  return { root, paths }
}

/** Reads back what the action wrote, without a byte order mark, as .NET's ReadAllText does. */
export function readRunnerFiles(paths: RunnerPaths): RunnerFiles {
  return eachFile((name) => (readIfThere(paths[name]) ?? '').replace(/^\uFEFF/, ''))
}

/** A file's text, or undefined when there is none. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    // Not `instanceof Error`: under Jest a system error is another realm's.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Removes the whole temporary folder. */
export function removeWorkspace(root: string): void {
  rmSync(root, { recursive: true, force: true, maxRetries: 3 })
}
