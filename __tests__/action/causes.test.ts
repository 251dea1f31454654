import { afterAll, expect, test } from '@jest/globals'
import { DEFAULT_KEYS } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { answer, each, endProcesses, entriesOf, errorsOf, type Faults, nodeArgsFor, pin } from '../support/step.ts'
import { runStep, unpinEach, unpinOne } from '../support/step.ts'

afterAll(endProcesses)

const page = (title: string): string => `<!doctype html><style>p{}</style><title></title><h1>${title}</h1>`
const said = (status: number, message: string): Faults => answer(status, { message })
const HOST = '.*`api-url`.*host where the keys were made'
const SCOPE = '.*scope `pinning\\.unpin`'

/** What a pin's answer is, words that its message must have, and words that it must not have. */
const CAUSES: Record<string, [Faults, string, RegExp?]> = {
  'a good answer': [undefined, 'confirmed'],
  'a page with 200': [answer(200, page('Sign in')), `HTML.*"Sign in"${HOST}`, /scope/],
  'a page with 404': [answer(404, page('Oops')), `HTML.*"Oops"${HOST}`],
  'a text with 400': [answer(400, 'upstream says no'), `"upstream says no"${HOST}`],
  'JSON of another kind': [answer(200, { hello: 'world' }), HOST],
  'a firewall': [answer(403, page('Attention Required!')), 'firewall.*"Attention Required!"', /scope/],
  'rights, with words': [said(403, 'missing permission'), `"missing permission"${SCOPE}`],
  'rights, without words': [answer(403, {}), SCOPE],
  'a pin that is too new': [said(403, 'created less than 5 minutes ago'), 'less than 5 minutes ago', /scope|api-url/],
  'a refusal': [said(400, 'User not enough balance'), 'User not enough balance', /scope|api-url/],
  'a service that is busy': [said(500, 'too much to do'), 'too much to do.*later', /scope|api-url/],
}

test.concurrent('the message names the cause that was seen last, and what helps against it', async () => {
  const faults = each(CAUSES, ([fault]) => fault)
  const { rows } = await unpinEach(faults, { 'timeout-seconds': '1' })
  const told = each(CAUSES, ([, words]) => ({ message: expect.stringMatching(words) }))
  expect(rows).toMatchObject(told)
  for (const [name, [, , never]] of Object.entries(CAUSES))
    if (never !== undefined) expect([name, rows[name]?.message]).toEqual([name, expect.not.stringMatching(never)])
})

test.concurrent('a name that does not resolve gets three attempts, and `api-url` is named', async () => {
  const nodeArgs = nodeArgsFor('Math.random = () => 0')
  const result = await runStep('https://pin.example.invalid', [pin.id], {}, { nodeArgs })
  expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 3, httpStatus: null }])
  expect(errorsOf(result)).toMatch(new RegExp(`name does not resolve${HOST}`))
})

test.concurrent.each(['refuses connections', 'does not answer'])('a host that %s: `api-url` is named', async (what) => {
  const service = await start({ fault: () => ({ kind: 'hang', effect: 'before' }) })
  const url = what === 'does not answer' ? service.url : 'http://127.0.0.1:1'
  expect(errorsOf(await runStep(url, [pin.id], { 'timeout-seconds': '1' }))).toMatch(new RegExp(HOST))
})

test.concurrent('a page in place of a record is final, and a dry run says that a real run would not read', async () => {
  const { result, service } = await unpinOne(answer(200, page('Sign in')), { 'dry-run': 'true' })
  expect(service.requests.map(({ method }) => method)).toEqual(['GET'])
  expect(errorsOf(result)).toMatch(new RegExp(`"Sign in"${HOST}`))
})

test.concurrent('a refused key pair: the pair, its host, and what may be stored with it', async () => {
  const service = await start({ pins: [pin], keys: [{ ...DEFAULT_KEYS, secretKey: 'another-key' }] })
  const result = await runStep(service.url, [pin.id])
  expect(errorsOf(result)).toMatch(/You are not logged in.*one pair.*this host \(`api-url`\).*quotes.*`NAME=`/)
})
