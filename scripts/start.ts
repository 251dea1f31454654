import { constants } from 'node:os'
import { styleText } from 'node:util'
import { logDisplay, showOutput } from '../testing/runner/display.ts'
import { mask } from '../testing/runner/mask.ts'
import { startAction } from '../testing/runner/run-action.ts'
import type { ActionRun } from '../testing/runner/run-action.ts'
import { DEFAULT_KEYS, makePin, startService } from '../testing/service/index.ts'
import { readStartRequest } from './start-request.ts'

/** Runs the committed action and shows what a runner shows: `npm start`. */

function heading(text: string): void {
  // styleText uses no colour if stdout is not a terminal or NO_COLOR is set.
  console.log(`\n${styleText('bold', text)}\n`)
}

/** Runs the action, shows its log, outputs and summary, and returns the exit code. */
async function showRun(run: ActionRun, secrets: readonly string[]): Promise<number> {
  const shown = logDisplay(secrets, run.env?.['RUNNER_DEBUG'] === '1')
  heading('Log')
  const action = startAction({
    ...run,
    onLine: (line) => {
      const text = shown(line)
      if (text !== undefined) console.log(text)
    },
  })
  // As when a job is cancelled, so that the action can still report what it did.
  const cancel = (): void => action.cancel()
  process.on('SIGINT', cancel).on('SIGTERM', cancel)

  await using result = await action.finished
  process.off('SIGINT', cancel).off('SIGTERM', cancel)
  const masked = (text: string): string => mask(text, [...secrets, ...result.masks])

  heading('Outputs')
  for (const [name, value] of Object.entries(result.outputs)) console.log(showOutput(name, masked(value)))
  heading('Summary')
  console.log(masked(result.summary))
  if (result.problems.length > 0) heading('Problems for the runner')
  for (const problem of result.problems) console.log(masked(problem))

  return result.exitCode ?? 128 + (result.signal === null ? 0 : constants.signals[result.signal])
}

async function runEmbedded(): Promise<number> {
  const pins = [
    makePin({ size: 1_482_240, metadata: { name: 'site-2026-11-01' } }, 1),
    makePin({ size: 48_318_382, metadata: { name: 'release-1.4.0.tar.gz' } }, 2),
    makePin({ size: 734, metadata: { name: 'robots.txt' } }, 3),
    makePin({ size: 2_097_152, metadata: { name: 'site-2026-11-20' } }, 4),
  ]
  const unknown = makePin({}, 5).id
  const service = await startService({ pins })
  try {
    console.log(`An embedded service at ${service.url} holds ${pins.length} pins.`)
    console.log('The action is asked to unpin three of them, and one pin that the service does not have.')
    const secrets = [DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey]
    return await showRun(
      {
        inputs: {
          'pin-id': [...pins.slice(0, 3).map((pin) => pin.id), unknown].join('\n'),
          'pinning-api-key': DEFAULT_KEYS.apiKey,
          'pinning-secret-key': DEFAULT_KEYS.secretKey,
          'api-url': service.url,
        },
      },
      secrets,
    )
  } finally {
    await service.close()
  }
}

const request = readStartRequest(process.argv.slice(2), process.env)
if (request.kind === 'refused') {
  console.error(request.message)
  process.exitCode = 2
} else if (request.kind === 'embedded') {
  process.exitCode = await runEmbedded()
} else {
  process.exitCode = await showRun(
    { inputs: request.inputs, env: request.env, timeoutMs: Infinity },
    request.secrets,
  )
}
