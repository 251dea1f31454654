import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { hostVariables, inputVariables, runnerVariables } from '../../testing/runner/environment.ts'
import { makeWorkspace } from '../../testing/runner/workspace.ts'
import { DEFAULT_KEYS } from '../../testing/service/index.ts'
import type { Command } from './measure.ts'
import type { ServiceElsewhere } from './service-elsewhere.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const metadata = readActionMetadata()

/** The committed bundle as a runner starts it. Temporary files stay below `TMPDIR`. */
export function actionCommand(
  name: string,
  service: ServiceElsewhere,
  inputs: Readonly<Record<string, string>>,
): Command {
  return {
    name,
    file: process.execPath,
    args: [here(`../../${metadata.runs.main}`)],
    env: {
      ...hostVariables(),
      ...runnerVariables(makeWorkspace().paths),
      ...inputVariables(metadata, {
        'pinning-api-key': DEFAULT_KEYS.apiKey,
        'pinning-secret-key': DEFAULT_KEYS.secretKey,
        'api-url': service.url,
        ...inputs,
      }),
      NODE_EXTRA_CA_CERTS: service.certificateFile,
    },
  }
}

/** A bare script over the platform's own client. */
export function bareHttpsCommand(
  name: string,
  service: ServiceElsewhere,
  pinIds: readonly string[],
  atOnce: number,
): Command {
  return {
    name,
    file: process.execPath,
    args: [here('clients/bare-https.js'), service.url, String(atOnce)],
    env: clientEnvironment(service, pinIds),
  }
}

function clientEnvironment(service: ServiceElsewhere, pinIds: readonly string[]): Record<string, string> {
  return {
    ...hostVariables(),
    PIN_IDS: pinIds.join('\n'),
    API_KEY: DEFAULT_KEYS.apiKey,
    SECRET_KEY: DEFAULT_KEYS.secretKey,
    NODE_EXTRA_CA_CERTS: service.certificateFile,
    REQUESTS_CA_BUNDLE: service.certificateFile,
    SSL_CERT_FILE: service.certificateFile,
    CURL_CA_BUNDLE: service.certificateFile,
  }
}

/**
 * Every way to remove one pin that is installed here, this action among them; bare Node comes first.
 *
 * @param folder for what has to be compiled.
 */
export function contenders(service: ServiceElsewhere, pinId: string, folder: string): Command[] {
  const env = clientEnvironment(service, [pinId])
  const curlHeaders = [
    `pinning_api_key: ${DEFAULT_KEYS.apiKey}`,
    `pinning_secret_key: ${DEFAULT_KEYS.secretKey}`,
  ]
  const others: [name: string, command: () => Omit<Command, 'name'>][] = [
    [
      'curl',
      () => ({
        file: located('curl'),
        args: [
          '--silent',
          '--fail',
          '--request',
          'DELETE',
          ...curlHeaders.flatMap((header) => ['--header', header]),
          `${service.url}/api/pinning/unpin/${pinId}`,
        ],
        env,
      }),
    ],
    [
      'axios',
      () => {
        createRequire(import.meta.url).resolve('axios')
        return { file: process.execPath, args: [here('clients/with-axios.js'), service.url], env }
      },
    ],
    [
      'Python requests',
      () => ({ file: python(), args: [here('clients/with_requests.py'), service.url], env }),
    ],
    ['Go net/http', () => ({ file: compiled(folder), args: [service.url], env })],
  ]
  return [
    { name: 'bare Node (`node -e 0`)', file: process.execPath, args: ['-e', '0'], env: hostVariables() },
    bareHttpsCommand('bare `https` script', service, [pinId], 1),
    actionCommand('this action', service, { 'pin-id': pinId }),
    ...others.flatMap(([name, command]) => {
      try {
        return [{ name, ...command() }]
      } catch {
        console.error(`${name} is not installed here and left out`)
        return []
      }
    }),
  ]
}

/** @throws Error when it is not there. */
function located(program: string): string {
  return execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim()
}

/** The interpreter itself: a version manager's stand-in would be measured along with it. */
function python(): string {
  const script = 'import sys, requests; print(sys.executable)'
  return execFileSync('python3', ['-c', script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()
}

function compiled(folder: string): string {
  const program = join(folder, 'with-net-http')
  execFileSync('go', ['build', '-o', program, here('clients/with_net_http.go')], {
    stdio: 'ignore',
    env: { ...process.env, GO111MODULE: 'off' },
  })
  return program
}
