import type { GoSettings } from './go-service.ts'
import { type Front, type FrontOptions, startNginx, startSquid, startTinyproxy } from './fronts.ts'

/** One way between the action and the service. */
export interface Scenario {
  title: string
  /** How service.go behaves. */
  service: Pick<GoSettings, 'idleMs' | 'speaks'>
  /** Whether service.go itself speaks TLS. */
  secure: boolean
  /** What stands in between, and what of it is one line in its log; absent where the action speaks to service.go itself. */
  front?: { start: (options: FrontOptions) => Promise<Front>; logs: 'requests' | 'connections' }
  /** How the pins are given: by `pin-id`, or by `name`, so that the list is read. */
  chosenBy: 'pin-id' | 'name'
  /**
   * What must be seen of the connections at service.go, so that the scenario shows what it is there for.
   *
   * - `kept`: the action's own few, and one for each that was cut.
   * - `closed`: more than that, because idle ones were closed under the action. Such a request may never be seen.
   * - `single`: one for each request. The toolkit's tunnels through a proxy serve one each.
   */
  connections: 'kept' | 'closed' | 'single'
}

const PLAIN = { idleMs: 0, speaks: '1.1' } as const

export const SCENARIOS: readonly Scenario[] = [
  {
    title: 'Go net/http that closes connections idle for 0.03 ms',
    service: { ...PLAIN, idleMs: 0.03 },
    secure: false,
    chosenBy: 'pin-id',
    connections: 'closed',
  },
  {
    title: 'Go net/http in HTTP/1.0 with keep-alive',
    service: { ...PLAIN, speaks: '1.0 keep-alive' },
    secure: false,
    chosenBy: 'pin-id',
    connections: 'kept',
  },
  {
    title: 'Go net/http in HTTP/1.0 with bodies that end with the connection',
    service: { ...PLAIN, speaks: '1.0 close' },
    secure: false,
    chosenBy: 'pin-id',
    connections: 'single',
  },
  {
    title: 'nginx with TLS',
    service: PLAIN,
    secure: false,
    front: { start: startNginx, logs: 'requests' },
    chosenBy: 'pin-id',
    connections: 'single',
  },
  {
    title: 'nginx with TLS, pins chosen from the list',
    service: PLAIN,
    secure: false,
    front: { start: startNginx, logs: 'requests' },
    chosenBy: 'name',
    connections: 'single',
  },
  {
    title: 'tinyproxy to Go net/http with TLS',
    service: PLAIN,
    secure: true,
    front: { start: startTinyproxy, logs: 'connections' },
    chosenBy: 'pin-id',
    connections: 'single',
  },
  {
    title: 'squid to Go net/http with TLS',
    service: PLAIN,
    secure: true,
    front: { start: startSquid, logs: 'connections' },
    chosenBy: 'pin-id',
    connections: 'single',
  },
]
