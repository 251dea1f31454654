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

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { encoding: 'utf8' })
}

describe('the launcher of the scripts', () => {
  test('passes arguments, output and exit code on', () => {
    const code = 'console.log(...process.argv.slice(1)); console.error(1); process.exitCode = 7'
    const { status, stdout, stderr } = run(LAUNCHER, '-e', code, '--', 'a b', '*')
    expect([status, stdout, stderr]).toEqual([7, 'a b *\n', '1\n'])
  })

  test('uses its own Node if no package brings one', () => {
    const { stdout } = run(alone, '-p', 'process.execPath')
    expect(stdout.trim()).toBe(process.execPath)
  })

  test('says what to install if its own Node is too old and no package brings one', () => {
    const older = 'data:text/javascript,Object.defineProperty(process,"version",{value:"v20.20.2"})'
    const { status, stderr } = run('--import', older, alone, '-e', '0')
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('This needs Node 24, and this is Node 20.20.2.'),
    ])
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

test('every script of package.json starts Node through the launcher', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
  for (const command of Object.values(scripts).flatMap((script) => script.split(' && ')))
    expect(command).toMatch(/^(?:node scripts\/node\.js|npm run|bash scripts\/) ?/)
})

test('the packages that bring a Node are the optional dependencies', () => {
  const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    optionalDependencies: Record<string, string>
  }
  const named = [...readFileSync(LAUNCHER, 'utf8').matchAll(/'(node-[\w-]+)\/bin\//g)].map(([, name]) => name)
  expect(new Set(named)).toEqual(new Set(Object.keys(optionalDependencies)))
})
