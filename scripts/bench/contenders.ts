import { spawnSync } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { hostVariables, inputVariables, runnerVariables } from '../../testing/runner/environment.ts'
import { makeWorkspace } from '../../testing/runner/workspace.ts'
import { DEFAULT_KEYS } from '../../testing/service/index.ts'
import type { Contender } from './measure.ts'

const node = process.execPath
const here = (name: string): string => join(import.meta.dirname, name)
const { apiKey, secretKey } = DEFAULT_KEYS

export const BARE_NODE: Contender = {
  name: 'bare Node',
  start: () => ({ file: node, args: ['-e', '0'], env: hostVariables() }),
}

/** `node --require`: a minute lasts 2 s, so that 6000 requests a minute, the most that the action takes, hold nothing back. */
export const FAST_CLOCK = ['--require', here('fast-clock.cjs')]

/** The committed bundle as a runner starts it, and the one that the variable `BUNDLE` names; each with its own action.yml. */
export function actions(
  inputs: Readonly<Record<string, string>>,
  certificate: string,
  nodeArgs: readonly string[],
): Contender[] {
  const { BUNDLE } = process.env
  const bundles = { 'this action': 'dist/index.js', ...(BUNDLE !== undefined && { [BUNDLE]: BUNDLE }) }
  return Object.entries(bundles).map(([name, path]) => {
    const metadata = readActionMetadata(resolve(dirname(path), '../action.yml'))
    const all = { 'pinning-api-key': apiKey, 'pinning-secret-key': secretKey, ...inputs }
    const env = { ...hostVariables(), ...inputVariables(metadata, all), NODE_EXTRA_CA_CERTS: certificate }
    const args = [...nodeArgs, resolve(path)]
    const files = (): Record<string, string> => runnerVariables(makeWorkspace().paths)
    return { name, start: () => ({ file: node, args, env: { ...env, ...files() } }) }
  })
}

function client(name: string, certificate: string, file: string, ...args: string[]): Contender {
  const trusts = ['NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE']
  const trust = Object.fromEntries(trusts.map((variable) => [variable, certificate]))
  const { NODE_PATH = '' } = process.env
  const env = { ...hostVariables(), ...trust, NODE_PATH, API_KEY: apiKey, SECRET_KEY: secretKey }
  return { name, start: () => ({ file, args, env }) }
}

/** Sends a request to each URL in turn, and parses the answers: the least that a Node script can do. */
export function bareScript(certificate: string, method: string, urls: readonly string[]): Contender {
  return client('bare script', certificate, node, here('bare-https.js'), method, ...urls)
}

/** The same over one connection, which the action must not do. */
export function keptAlive({ start }: Contender): Contender {
  return {
    name: 'bare script, one connection',
    start: () => ({ ...start(), env: { ...start().env, KEEP_ALIVE: '1' } }),
  }
}

const AXIOS = `const { API_KEY: pinning_api_key, SECRET_KEY: pinning_secret_key } = process.env
const answer = require('axios').delete(process.argv[1], { headers: { pinning_api_key, pinning_secret_key } })
answer.then(({ data }) => data.status === 'success' || process.exit(1))`

const REQUESTS = `import os, sys, requests
headers = {"pinning_api_key": os.environ["API_KEY"], "pinning_secret_key": os.environ["SECRET_KEY"]}
assert requests.delete(sys.argv[1], headers=headers).json()["status"] == "success"`

/** Other clients that send one `DELETE`. @param folder for what is compiled */
export function otherClients(certificate: string, url: string, folder: string): Contender[] {
  const go = join(folder, 'with-net-http')
  spawnSync('go', ['build', '-o', go, here('with_net_http.go')], {
    env: { ...process.env, GO111MODULE: 'off' },
  })
  // The interpreter itself: a version manager's stand-in would be measured as well.
  const python = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' })
  const headers = ['-H', `pinning_api_key: ${apiKey}`, '-H', `pinning_secret_key: ${secretKey}`]
  return [
    client('curl', certificate, 'curl', '--silent', '--fail', '--request', 'DELETE', ...headers, url),
    client('Go net/http', certificate, go, url),
    client('axios', certificate, node, '--eval', AXIOS, url),
    client('Python requests', certificate, python.stdout?.trim() || 'python3', '-c', REQUESTS, url),
  ]
}
