/** `npm start [-- INPUT=VALUE… PIN-ID…]`: runs the bundle of `dist`, and shows what a runner shows. */
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { constants } from 'node:os'
import { styleText } from 'node:util'
import { readActionMetadata } from '../testing/runner/action-metadata.ts'
import { logDisplay, showOutput } from '../testing/runner/display.ts'
import { inputVariable } from '../testing/runner/environment.ts'
import { mask } from '../testing/runner/mask.ts'
import { startAction } from '../testing/runner/run-action.ts'
import { DEFAULT_KEYS, startService } from '../testing/service/index.ts'
import { describePins, samplePins } from './sample-pins.ts'
import { EXAMPLE, readStartRequest, USAGE } from './start-request.ts'

const RESULTS = 'reports/results.json'

function heading(text: string): void {
  // styleText uses no colour if stdout is not a terminal or NO_COLOR is set.
  console.log(`\n${styleText('bold', text)}\n`)
}

/** Runs the action, shows its log, outputs and summary, and returns the exit code. */
async function showRun(
  given: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const known = readActionMetadata().inputs
  const inputs = Object.fromEntries(Object.entries(given).filter(([name]) => known.has(name)))
  const others = Object.entries(given).filter(([name]) => !known.has(name))
  const secrets = [inputs['pinning-api-key'] ?? '', inputs['pinning-secret-key'] ?? ''].filter(Boolean)
  const shown = logDisplay(secrets)
  heading('Log')
  const action = startAction({
    inputs,
    // A runner warns of a name that action.yml does not have, and passes it on.
    env: { ...env, ...Object.fromEntries(others.map(([name, value]) => [inputVariable(name), value])) },
    timeoutMs: Infinity,
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

  const file = result.outputs['results-file'] ?? ''
  if (existsSync(file)) {
    mkdirSync('reports', { recursive: true })
    copyFileSync(file, RESULTS)
    console.log(`\nThe results file is kept as ${RESULTS}.`)
  }
  return result.exitCode ?? 128 + (result.signal === null ? 0 : constants.signals[result.signal])
}

const args = process.argv.slice(2)
const request = readStartRequest(args, process.env)
if ('refused' in request) {
  console.error(request.refused)
  process.exitCode = 2
} else if (request.real) {
  process.exitCode = await showRun(request.inputs, request.env)
} else {
  const pins = samplePins()
  const service = await startService({ pins })
  console.log(`An embedded service at ${service.url} holds these pins:\n\n${describePins(pins)}\n`)
  console.log(`The action gets: ${(args.length === 0 ? EXAMPLE : args).join(' ')}`)
  const keys = { 'pinning-api-key': DEFAULT_KEYS.apiKey, 'pinning-secret-key': DEFAULT_KEYS.secretKey }
  process.exitCode = await showRun({ 'api-url': service.url, ...keys, ...request.inputs }, {})
  await service.close()
  if (args.length === 0) console.log(`\nNow try others. ${USAGE}`)
}
