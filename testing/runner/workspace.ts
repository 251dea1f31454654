import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunnerPaths } from './environment.ts'

/** The text of each file command after a run; `''` for one that the action has removed. */
export interface RunnerFiles {
  output: string
  summary: string
  state: string
  env: string
  path: string
}

const FILE_COMMANDS = ['output', 'summary', 'state', 'env', 'path'] as const

/** Fresh folders and empty files for one step, all below one temporary folder `root`. */
export function makeWorkspace(): { root: string; paths: RunnerPaths } {
  const root = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-runner-'))
  const folder = (name: string): string => {
    const path = join(root, name)
    mkdirSync(path)
    return path
  }
  const file = (name: string, text: string): string => {
    const path = join(root, name)
    writeFileSync(path, text)
    return path
  }
  folder('file-commands')
  const paths: RunnerPaths = {
    workspace: folder('workspace'),
    temp: folder('temp'),
    toolCache: folder('tool-cache'),
    eventFile: file('event.json', '{}'),
    output: file('file-commands/output', ''),
    summary: file('file-commands/summary', ''),
    state: file('file-commands/state', ''),
    env: file('file-commands/env', ''),
    path: file('file-commands/path', ''),
  }
  return { root, paths }
}

/** Reads back what the action wrote. */
export function readRunnerFiles(paths: RunnerPaths): RunnerFiles {
  const files: RunnerFiles = { output: '', summary: '', state: '', env: '', path: '' }
  for (const name of FILE_COMMANDS) {
    const text = readIfThere(paths[name])
    // .NET's ReadAllText takes a byte order mark away.
    files[name] = (text ?? '').replace(/^\uFEFF/, '')
  }
  return files
}

/** A file's text, or undefined when there is none. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    // Not `instanceof Error`: under Jest a system error is another realm's.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT')
      return undefined
    throw error
  }
}

/** Removes the whole temporary folder. */
export function removeWorkspace(root: string): void {
  rmSync(root, { recursive: true, force: true, maxRetries: 3 })
}
