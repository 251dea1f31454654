import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runAction } from '../../testing/runner/run-action.ts'
import { nodeArgsFor } from '../support/step.ts'
import { type Evidence, evidenceOf, setScene } from './scene.ts'
import type { Exchange } from './wire.ts'
import type { Schedule } from './world.ts'

const WATCH = `
  import { writeFileSync } from 'node:fs'
  import { Watch } from '${new URL('watch.ts', import.meta.url).href}'
  const watch = new Watch(() => performance.now())
  process.on('exit', () => writeFileSync(process.env.RUNNER_TEMP + '/exchanges', JSON.stringify(watch.exchanges)))`

/** Runs the committed bundle against a schedule, as a runner does, in real time. */
export async function runAsProcess(schedule: Schedule): Promise<Evidence> {
  const scene = await setScene(schedule, { epoch: () => Date.now() })
  try {
    await using result = await runAction({ inputs: scene.inputs, nodeArgs: nodeArgsFor(WATCH) })
    const { lines, outputs, summary, conclusion, runnerTemp } = result
    const exchanges = JSON.parse(readFileSync(join(runnerTemp, 'exchanges'), 'utf8')) as Exchange[]
    const path = outputs['results-file'] ?? ''
    const resultsFile = path === '' ? null : readFileSync(path, 'utf8')
    const told = { succeeded: conclusion === 'success', lines, outputs: { ...outputs }, summary, resultsFile }
    return evidenceOf(scene, { ...told, exchanges, stop: null, endedMs: 0, timed: false })
  } finally {
    await scene.close()
  }
}
