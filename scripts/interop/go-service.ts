import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { PinRecord } from '../../testing/service/index.ts'
import { startServer } from './processes.ts'

/** What service.go reads; its comments say what the fields mean. */
export interface GoSettings {
  apiKey: string
  secretKey: string
  pins: readonly PinRecord[]
  cutAfterEffect: readonly string[]
  idleMs: number
  speaks: '1.1' | '1.0 keep-alive' | '1.0 close'
  key: string
  cert: string
}

/** One request as service.go saw it; `id` is empty for the list, `status` is 0 where the connection was cut. */
export interface SeenRequest {
  connection: number
  method: string
  version: string
  path: string
  id: string
  status: number
  effect: boolean
}

export interface GoService {
  port: number
  /** Ends it, and resolves to all that it saw. */
  end(): Promise<readonly SeenRequest[]>
}

/** The command `go`: from PATH, or where its makers say to unpack it. Undefined when there is none. */
export function findGo(): string | undefined {
  return ['go', '/usr/local/go/bin/go'].find((place) => spawnSync(place, ['version']).status === 0)
}

/** Compiles service.go into the folder, and returns the program's path. */
export async function buildGoService(go: string, folder: string): Promise<string> {
  const program = join(folder, 'service')
  const source = fileURLToPath(new URL('service.go', import.meta.url))
  // One file and the standard library: no module, whatever the machine is set up for.
  const env = { ...process.env, GOFLAGS: '', GO111MODULE: '', GOWORK: 'off', GOTOOLCHAIN: 'local' }
  await promisify(execFile)(go, ['build', '-o', program, source], { cwd: folder, env })
  return program
}

/** @throws Error, with its stderr, when it ends before it says its port */
export async function startGoService(
  program: string,
  settings: GoSettings,
  errors: string,
): Promise<GoService> {
  const child = startServer(program, [], errors, { talks: true })
  if (child.stdin === null || child.stdout === null) throw new Error('no pipes')
  child.stdin.write(JSON.stringify(settings))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const first = await lines.next()
  if (first.done === true) throw new Error(`service.go did not start:\n${readFileSync(errors, 'utf8')}`)
  const { port } = JSON.parse(first.value) as { port: number }
  const seen: SeenRequest[] = []
  const ended = (async () => {
    for await (const line of lines) seen.push(JSON.parse(line) as SeenRequest)
    return seen
  })()
  return {
    port,
    end() {
      child.stdin?.end()
      return ended
    },
  }
}
