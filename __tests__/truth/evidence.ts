import type { OutputLine } from '../../testing/runner/commands.ts'
import type { ReceivedRequest } from '../../testing/service/index.ts'
import type { Scene } from './scene.ts'

/** All that a run leaves behind. */
export interface Evidence {
  scene: Scene
  /** Did the step succeed? */
  succeeded: boolean
  lines: OutputLine[]
  outputs: Record<string, string>
  summary: string
  /** The file that `results-file` names; `null` when there is none. */
  resultsFile: string | null
  requests: readonly ReceivedRequest[]
  holds(this: void, pinId: string): boolean
  /** Present where time was simulated. */
  time: TimeEvidence | null
}

export interface TimeEvidence {
  /** Simulated milliseconds that the run took. */
  totalMs: number
  /** Simulated milliseconds that passed between the stop and the end; `null` when it was not stopped. */
  afterStopMs: number | null
  /** One for each request that the run made, in order. */
  sent: {
    /** The pin's ID, or `list`. */
    key: string
    startedMs: number
    endedMs: number
    /** Places of start and end in the order of all starts and ends: many things happen in one simulated moment. */
    startEvent: number
    endEvent: number
    /** Of the answer, where one began. */
    status: number | null
    /** How long the answer asked every request to wait. */
    pauseMs: number
  }[]
}
