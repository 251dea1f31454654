import { readFileSync } from 'node:fs'
import { runAction } from '../../testing/runner/run-action.ts'
import type { Evidence } from './evidence.ts'
import { setScene } from './scene.ts'
import type { Schedule } from './schedule.ts'

/** Runs the committed bundle against a schedule, as a runner does, in real time. */
export async function runAsProcess(schedule: Schedule): Promise<Evidence> {
  const scene = await setScene(schedule, { epoch: () => Date.now() })
  try {
    await using result = await runAction({ inputs: scene.inputs })
    const path = result.outputs['results-file'] ?? ''
    return {
      scene,
      succeeded: result.conclusion === 'success',
      lines: result.lines,
      outputs: { ...result.outputs },
      summary: result.summary,
      resultsFile: path === '' ? null : readFileSync(path, 'utf8'),
      requests: scene.service.requests,
      holds: (pinId) => scene.service.holds(pinId),
      time: null,
    }
  } finally {
    await scene.close()
  }
}
