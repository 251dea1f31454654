/**
 * `node scripts/node.js [OPTIONS] SCRIPT [ARGUMENTS]`: runs a script with the machine's own Node if it is 24 or newer, which the sources
 * need for type stripping and `await using`. An older Linux machine gets Node 24 from package.json's optional dependencies; elsewhere
 * a sentence says what to install. This file itself runs on Node 18.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants } from 'node:os'

const LEAST_MAJOR = 24

const isNewEnough = (version) => Number.parseInt(version.replace(/^v/, ''), 10) >= LEAST_MAJOR

/** npm puts the packaged Node first on PATH, so it may be what runs this file. npm itself says which Node it was started with. */
function ownNode() {
  const { npm_node_execpath: node, npm_config_user_agent: agent } = process.env
  const [, version] = /\bnode\/(v\d+)/.exec(agent ?? '') ?? []
  if (node && version && isNewEnough(version)) return node
  return isNewEnough(process.version) ? process.execPath : undefined
}

/** Undefined if it is not installed, or does not start (as on a Linux without glibc). */
function packagedNode() {
  try {
    const file = createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/bin/node`)
    return spawnSync(file, ['--version']).status === 0 ? file : undefined
  } catch {
    return undefined
  }
}

const node = ownNode() ?? packagedNode()
if (node === undefined) {
  console.error(
    `This needs Node ${LEAST_MAJOR} or newer, and this is Node ${process.version.slice(1)}. Install one from https://nodejs.org. ` +
      `On Linux (x64 and arm64, with glibc) "npm ci" is enough: it brings Node ${LEAST_MAJOR}.`,
  )
  process.exitCode = 1
} else {
  // Type stripping and Jest's ES modules work, but some versions of Node call them experimental.
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // On Windows the console tells the child as well, and to kill it would end it without a word.
      if (process.platform !== 'win32') child.kill(signal)
    })
  }
  child.on('error', (error) => {
    throw error
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal]
  })
}
