import { afterAll, expect, test } from '@jest/globals'
import { DEFAULT_KEYS } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { answer, each, endProcesses, entriesOf, errorsOf, type Faults, nodeArgsFor, pin, runStep } from '../support/step.ts'
import { unpinEach, unpinOne } from '../support/step.ts'

afterAll(endProcesses)

const page = (title: string): string => `<!doctype html><style>p{}</style><title></title><h1>${title}</h1>`
const SCOPE = /scope `pinning\.unpin`/
const HOST = /`api-url`.*host where the keys were made/
const said = (status: number, message: string): Faults => answer(status, { message })

/** What a pin's answer is, words that its message must have, and words that it must not have. */
const CAUSES: Record<string, [Faults, RegExp, RegExp?]> = {
  'a good answer': [undefined, /confirmed/],
  'a page with 200': [answer(200, page('Sign in')), new RegExp(`HTML.*"Sign in".*${HOST.source}`), SCOPE],
  'a page with 404': [answer(404, page('Oops')), new RegExp(`HTML.*"Oops".*${HOST.source}`)],
  'a text with 400': [answer(400, 'upstream says no'), new RegExp(`"upstream says no".*${HOST.source}`)],
  'JSON of another kind': [answer(200, { hello: 'world' }), HOST],
  'a firewall': [answer(403, page('Attention Required!')), /firewall.*"Attention Required!"/, /scope/],
  'rights, with words': [said(403, 'missing permission'), new RegExp(`"missing permission".*${SCOPE.source}`)],
  'rights, without words': [answer(403, {}), SCOPE],
  'a pin that is too new': [said(403, 'created less than 5 minutes ago'), /less than 5 minutes ago/, /scope|api-url/],
  'a refusal': [said(400, 'User not enough balance'), /User not enough balance/, /scope|api-url/],
  'a service that is busy': [said(500, 'too much to do'), /too much to do.*later/, /scope|api-url/],
}

test.concurrent('the message names the cause that was seen last, and what helps against it', async () => {
  const { rows } = await unpinEach(
    each(CAUSES, ([faults]) => faults),
    { 'timeout-seconds': '1' },
  )
  expect(rows).toMatchObject(each(CAUSES, ([, words]) => ({ message: expect.stringMatching(words) })))
  expect(rows).toMatchObject(
    each(CAUSES, ([, , never]) => (never === undefined ? {} : { message: expect.not.stringMatching(never) })),
  )
})

test.concurrent('a name that does not resolve gets three attempts, and `api-url` is named', async () => {
  const nodeArgs = nodeArgsFor('Math.random = () => 0')
  const result = await runStep('https://pin.example.invalid', [pin.id], {}, { nodeArgs })
  expect(entriesOf(result)).toMatchObject([{ result: 'failed', attempts: 3, httpStatus: null }])
  expect(errorsOf(result)).toMatch(new RegExp(`name does not resolve.*${HOST.source}`))
})

test.concurrent('a host that refuses connections: `api-url` is named', async () => {
  const result = await runStep('http://127.0.0.1:1', [pin.id], { 'timeout-seconds': '1' })
  expect(errorsOf(result)).toMatch(new RegExp(`refused.*${HOST.source}`))
})

// FAILS: only "slow or down" is named ("a host that does not … answer: check `api-url`").
test.concurrent('a host that does not answer: `api-url` is named', async () => {
  const { result } = await unpinOne({ kind: 'hang', effect: 'before' }, { 'timeout-seconds': '1' })
  expect(errorsOf(result)).toMatch(HOST)
})

test.concurrent('a pin that is read gets one request where a page answers, and a dry run says that it alone reads', async () => {
  const { result, service } = await unpinOne(answer(200, page('Sign in')), { 'dry-run': 'true' })
  expect(service.requests.map(({ method }) => method)).toEqual(['GET'])
  expect(errorsOf(result)).toMatch(new RegExp(`"Sign in".*${HOST.source}.*a real run would not`))
})

test.concurrent('a refused key pair: the pair, its host, and what may be stored with it', async () => {
  const service = await start({ pins: [pin], keys: [{ ...DEFAULT_KEYS, secretKey: 'another-key' }] })
  const result = await runStep(service.url, [pin.id])
  expect(errorsOf(result)).toMatch(/You are not logged in.*one pair.*this host \(`api-url`\).*quotes.*`NAME=`/)
})
