import { DEFAULT_KEYS } from '../../testing/service/index.ts'
import { isIn } from '../support/spellings.ts'
import type { Entry } from '../support/step.ts'
import { failing } from './oracle.ts'
import type { Evidence } from './scene.ts'

type Wrong = (text: string) => void

/** What the log, the outputs, the summary and the results file say that does not agree with each other, or should not be there. */
export function disagreements(evidence: Evidence): string[] {
  const found: string[] = []
  const wrong: Wrong = (text) => void found.push(text)
  neverLeaks(evidence, wrong)
  neverStrays(evidence, wrong)
  const { lines, succeeded, resultsFile, outputs } = evidence
  const errors = lines.filter((line) => line.kind === 'command' && line.name === 'error').length
  if (succeeded !== (errors === 0)) wrong(`the step ${succeeded ? 'succeeds' : 'fails'} with ${errors} errors`)
  if (resultsFile !== null) agrees(evidence, JSON.parse(resultsFile) as Entry[], wrong)
  else if (outputs['results'] !== '[]' || outputs['unpinned-count'] !== '0' || outputs['failed-count'] !== '0')
    wrong('a run without results has results in its outputs')
  return found
}

function neverLeaks({ lines, outputs, summary, resultsFile, exchanges }: Evidence, wrong: Wrong): void {
  const shown = lines.filter((line) => line.kind !== 'command' || line.name !== 'add-mask')
  const places: [string, string][] = [
    ['the log', shown.map(({ text }) => text).join('\n')],
    ...Object.entries(outputs).map(([name, text]): [string, string] => [`the output ${name}`, text]),
    ['the summary', summary],
    ['the results file', resultsFile ?? ''],
    ['a URL', exchanges.map(({ url }) => url).join('\n')],
  ]
  for (const [place, text] of places)
    for (const key of [DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey])
      if (isIn(text, key)) wrong(`a key stands in ${place}`)
  if (lines.some((line) => line.kind === 'command' && ['set-output', 'stop-commands'].includes(line.name)))
    wrong('a text of the service became a command')
}

function neverStrays({ exchanges, scene }: Evidence, wrong: Wrong): void {
  if (scene.stranger.requests.length > 0) wrong('a request went to another origin')
  for (const { method, url } of exchanges) {
    const { host, pathname } = new URL(url)
    const endpoint = method === 'DELETE' ? /\/pinning\/unpin\/[0-9a-f-]{36}\/*$/ : /\/pinning\/([0-9a-f-]{36}|pins)\/*$/
    const { port } = scene.service
    if (host !== `127.0.0.1:${scene.schedule.nobodyListens ? 1 : port}` || !endpoint.test(pathname))
      wrong(`a ${method} went to ${url}`)
  }
  const { requests } = scene.service
  if (new Set(requests.map(({ connection }) => connection)).size < requests.length)
    wrong('a connection carried two requests')
  if (requests.some(({ status, fault }) => status === 429 && fault === undefined))
    wrong('the service refused a request for being over the limit')
}

/** Do all forms of the report say the same? */
function agrees(evidence: Evidence, results: readonly Entry[], wrong: Wrong): void {
  const { outputs, summary, lines, resultsFile, schedule, pins } = evidence
  // Where they are too large, the records are left out.
  const told = JSON.parse(outputs['results'] ?? '') as Entry[]
  const whole = Buffer.byteLength(resultsFile ?? '') <= 120 * 1024
  const known = results.map((one) => (whole ? one : { ...one, record: undefined }))
  if (JSON.stringify(told) !== JSON.stringify(known)) wrong('the output `results` and the results file disagree')
  for (const { pinId, record, cid, size } of results) {
    const own = pins.find(({ id }) => id === pinId)?.record
    if (record !== null && record['id'] !== pinId) wrong(`the record of ${pinId} is of another pin`)
    if ((cid ?? own?.cid) !== own?.cid || (size ?? own?.size) !== own?.size) wrong(`CID or size of ${pinId} is wrong`)
  }
  const fails = new Set(failing(evidence))
  const count = (word: string): string => String(results.filter(({ result }) => result === word).length)
  const freed = results.filter(({ result }) => result === (schedule.dryRun ? 'would-unpin' : 'unpinned'))
  const expected: Record<string, string> = {
    result: results.map(({ result }) => result).join('\n'),
    cid: results.map((one) => one.cid ?? '').join('\n'),
    'unpinned-count': count('unpinned'),
    'missing-count': count('missing'),
    'failed-count': String(fails.size),
    'protected-count': count('protected'),
    'kept-count': count('kept'),
    'matched-count': String(results.length),
    'total-size': String(freed.reduce((sum, { size }) => sum + (size ?? 0), 0)),
  }
  for (const [name, value] of Object.entries(expected))
    if (outputs[name] !== value) wrong(`the output ${name} is ${outputs[name]} and not ${value}`)
  const chosen = (outputs['pin-ids'] ?? '').split('\n').filter((id) => id !== '')
  const sent = evidence.exchanges.flatMap(({ method, pin }) => (method === 'DELETE' ? pin : []))
  if (!sent.every((id) => id !== null && chosen.includes(id))) wrong('`pin-ids` does not name every DELETE')
  if (chosen.length > 0 && outputs['chosen-count'] !== String(chosen.length))
    wrong('`chosen-count` disagrees with `pin-ids`')

  for (const { pinId, result } of results) {
    const rows = summary
      .replaceAll('<wbr>', '')
      .split('\n')
      .filter((line) => line.startsWith('<tr>') && line.includes(`<code>${pinId}</code>`))
    const [, bold, said] = /^<tr><td[^>]*>(<b>)?\S (\S+?)(?:<\/b>)?<\/td>/.exec(rows[0] ?? '') ?? []
    if (rows.length !== 1 || said !== result || (bold !== undefined) !== fails.has(pinId))
      wrong(`the summary says of ${pinId}: ${rows.join(' ')}`)
    const own = lines.filter((line) => line.kind === 'plain' && line.text.startsWith(`${pinId}: ${result}`))
    if (own.length !== 1) wrong(`the log has ${own.length} lines for the end of ${pinId}`)
  }
}
