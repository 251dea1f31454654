import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Something to measure; `start` gives each run fresh files. */
export interface Contender {
  name: string
  start: () => { file: string; args: readonly string[]; env: Readonly<Record<string, string>> }
}

/** One whole process. CPU comes in steps of 10 ms; both it and the peak are 0 where the system does not tell. */
interface Run {
  ms: number
  cpuMs: number
  peakMiB: number
}

/** Medians, and the highest peak. The ratios are taken within a round, and NaN where there is nothing to compare with. */
export interface Found extends Run {
  name: string
  toNode: number
  toLeast: number
}

/**
 * Runs the contenders in turns, so that whatever else the machine does hits all alike.
 *
 * @param contenders bare Node first. Where there are more than three rounds, one before them fills the caches, and a contender that
 *   fails in it is left out with a word.
 * @param least the name of a contender, or milliseconds
 * @param prepare is called before each run
 */
export async function race(
  contenders: readonly Contender[],
  rounds: number,
  least: string | number,
  prepare: () => void,
): Promise<Found[]> {
  const runs = new Map<string, Run[]>(contenders.map(({ name }) => [name, []]))
  for (let round = rounds > 3 ? -1 : 0; round < rounds; round += 1) {
    for (const contender of contenders.filter(({ name }) => runs.has(name))) {
      prepare()
      try {
        const run = await measure(contender)
        if (round >= 0) runs.get(contender.name)?.push(run)
      } catch (error) {
        if (round >= 0) throw error
        console.error(`Left out: ${String(error)}`)
        runs.delete(contender.name)
      }
    }
  }
  const [node] = runs.values()
  const compared = typeof least === 'number' ? node?.map(() => ({ ms: least })) : runs.get(least)
  return [...runs].map(([name, own]) => ({
    name,
    ms: median(own.map(({ ms }) => ms)),
    toNode: median(own.map(({ ms }, round) => ms / (node?.[round]?.ms ?? NaN))),
    toLeast: median(own.map(({ ms }, round) => ms / (compared?.[round]?.ms ?? NaN))),
    cpuMs: median(own.map(({ cpuMs }) => cpuMs)),
    peakMiB: Math.max(...own.map(({ peakMiB }) => peakMiB)),
  }))
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2
}

/** @throws Error when the process fails, or hangs */
function measure({ name, start }: Contender): Promise<Run> {
  const { file, args, env } = start()
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 900_000 })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-500)))
    let seen = { cpuMs: 0, peakMiB: 0 }
    const watch = setInterval(() => (seen = look(child.pid) ?? seen), 5)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearInterval(watch)
      if (code === 0) resolve({ ms: performance.now() - startedAt, ...seen })
      else reject(new Error(`${name} ended with ${code ?? signal}:\n${said}`))
    })
  })
}

/** The kernel's own counters: time in user and kernel mode, and the most memory so far (proc(5)). Linux only. */
function look(pid: number | undefined): Omit<Run, 'ms'> | undefined {
  try {
    const [, peak] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    const [user, kernel] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11) ?? []
    const cpuMs = 10 * (Number(user) + Number(kernel))
    return peak === undefined ? undefined : { cpuMs, peakMiB: Number(peak) / 1024 }
  } catch {
    return undefined
  }
}
