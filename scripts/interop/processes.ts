import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const STARTS_WITHIN_MS = 10_000
const ENDS_WITHIN_MS = 5000

const running = new Set<ChildProcess>()

/** Each is the leader of a group: a server's workers end with it. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The whole group has ended.
  }
}

/** Kills at once, with all their children, the servers that still run: for when this program ends early. */
export function killServers(): void {
  for (const child of running) killGroup(child, 'SIGKILL')
}

/**
 * Starts a server in the foreground.
 *
 * @param errors a file for stderr; made where it is missing
 * @param talks whether stdin and stdout are pipes; else stdin is closed, and stdout goes where stderr goes
 */
export function startServer(
  command: string,
  args: readonly string[],
  errors: string,
  { env = {}, talks = false }: { env?: Readonly<Record<string, string>>; talks?: boolean } = {},
): ChildProcess {
  const file = openSync(errors, 'a')
  const child = spawn(command, args, {
    detached: true,
    stdio: talks ? ['pipe', 'pipe', file] : ['ignore', file, file],
    env: { PATH: process.env['PATH'], ...env },
  })
  closeSync(file)
  running.add(child)
  child.once('close', () => running.delete(child))
  return child
}

/** Ends a server and waits until all that it wrote has arrived; one that does not obey is killed. */
export async function endServer(child: ChildProcess): Promise<void> {
  if (!running.has(child)) return
  const closed = once(child, 'close')
  killGroup(child, 'SIGTERM')
  const kill = setTimeout(() => killGroup(child, 'SIGKILL'), ENDS_WITHIN_MS)
  await closed
  clearTimeout(kill)
}

/** A port of 127.0.0.1 that was free just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port')
  return address.port
}

/**
 * Waits until the server accepts connections on a port of 127.0.0.1.
 *
 * @param errors the file with its stderr
 * @throws Error, with its stderr, when it ends first, or does not within 10 s
 */
export async function waitForPort(child: ChildProcess, port: number, errors: string): Promise<void> {
  const until = Date.now() + STARTS_WITHIN_MS
  while (!(await accepts(port))) {
    const { exitCode, signalCode, spawnfile } = child
    if (exitCode !== null || signalCode !== null || Date.now() > until)
      throw new Error(`${spawnfile} does not listen on port ${port}:\n${readFileSync(errors, 'utf8')}`)
    await sleep(20)
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
