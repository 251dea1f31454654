import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** What a job needs of this repository: the action itself, and the service that the job `action` starts. */
const NEEDED = ['action.yml', 'dist', 'testing', 'scripts', 'package.json']

/** A copy of this repository in which workflows run; it takes nothing from the original and leaves nothing there. */
export interface Playground {
  /** The copy. */
  folder: string
  /** Beside it, for act's own files. */
  home: string
  /**
   * Puts a workflow of this repository into the copy; in it this action is the copy's own, and it speaks to `apiUrl`.
   *
   * @returns its path within the copy
   */
  install: (workflow: string, apiUrl: string) => string
  remove: () => void
}

export function makePlayground(): Playground {
  const home = mkdtempSync(join(tmpdir(), 'aioz-unpin-e2e-'))
  const folder = join(home, 'repository')
  const filter = (path: string): boolean => basename(path) !== 'node_modules'
  for (const name of NEEDED) cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter })
  mkdirSync(join(folder, '.github/workflows'), { recursive: true })

  // act reads repository and commit from git.
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' })
  git('init', '--quiet', '--initial-branch', 'main')
  git('remote', 'add', 'origin', 'https://github.com/octo-org/octo-repo.git')
  git('add', 'action.yml')
  git('-c', 'user.name=e2e', '-c', 'user.email=e2e@localhost', 'commit', '--quiet', '-m', 'Playground')

  return {
    folder,
    home,
    install(workflow, apiUrl) {
      const path = join('.github/workflows', workflow.replace(/^.*\//, ''))
      writeFileSync(join(folder, path), withThisAction(readFileSync(join(ROOT, workflow), 'utf8'), apiUrl))
      return path
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

/** An example as it is, but with the action of the copy, and an address. */
function withThisAction(workflow: string, apiUrl: string): string {
  if (!workflow.includes('OWNER/')) return workflow
  const changed = workflow
    .replace(
      /uses: OWNER\/aioz-unpin@v1\n( +)with:\n/g,
      (_, indent: string) => `uses: ./\n${indent}with:\n${indent}  api-url: ${apiUrl}\n`,
    )
    // act takes this one for granted: it copies the folder into the job's.
    .replace(/^( +)steps:\n/gm, '$&$1  - uses: actions/checkout@v7\n')
  if (changed.includes('OWNER/')) throw new Error('`uses: OWNER/aioz-unpin@v1` has to be followed by `with:`')
  return changed
}
