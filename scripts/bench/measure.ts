import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Far more than anything measured here takes, in ms. */
const LONGEST_RUN_MS = 120_000

/** A whole process, as it is started. */
export interface Command {
  /** For people. */
  name: string
  file: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
}

export interface Measured {
  ms: number
  /** Peak of the resident memory; `null` where it was not watched or the system does not tell. */
  peakMiB: number | null
}

/**
 * Runs a process from its start to the end of its output.
 *
 * @param watchEveryMs how often to look at its memory; 0 for never, as looking takes time itself.
 * @throws Error when the process fails, or does not end in time; it is killed then.
 */
export function measure({ name, file, args, env }: Command, watchEveryMs = 0): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    const listen = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-2000)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    let peakMiB: number | null = null
    const look = (): void => {
      peakMiB = peakOf(child.pid) ?? peakMiB
    }
    const watch = watchEveryMs > 0 ? setInterval(look, watchEveryMs) : undefined
    const limit = setTimeout(() => {
      child.kill('SIGKILL')
      const seconds = LONGEST_RUN_MS / 1000
      reject(new Error(`${name} hung: it was killed after ${seconds} s, and had said:\n${said}`))
    }, LONGEST_RUN_MS)
    child.on('error', reject)
    child.on('close', (code) => {
      const ms = performance.now() - startedAt
      clearInterval(watch)
      clearTimeout(limit)
      if (code === 0) resolve({ ms, peakMiB })
      else reject(new Error(`${name} ended with ${code}:\n${said}`))
    })
  })
}

/** The kernel's own high-water mark, so that looking seldom misses only what is allocated at the very end. */
function peakOf(pid: number | undefined): number | null {
  if (process.platform !== 'linux' || pid === undefined) return null
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? null : Number(kib) / 1024
  } catch {
    return null
  }
}
