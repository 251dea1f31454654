import { afterAll, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const built = mkdtempSync(join(tmpdir(), 'aioz-ipfs-unpin-build-'))
afterAll(() => rmSync(built, { recursive: true, force: true }))

test('the committed bundle is what the source builds, byte for byte', () => {
  execFileSync(process.execPath, ['scripts/build.ts', built], { stdio: 'pipe' })
  expect(readdirSync(built).sort()).toEqual(readdirSync('dist').sort())
  for (const name of readdirSync(built)) {
    expect(readFileSync(join(built, name), 'utf8')).toBe(readFileSync(join('dist', name), 'utf8'))
  }
})

test('the bundle is not minified', () => {
  const bundle = readFileSync('dist/index.js', 'utf8')
  expect(bundle.split('\n').length).toBeGreaterThan(bundle.length / 60)
})

test('the bundle holds neither undici nor a way to start a process or to evaluate text', () => {
  const bundle = readFileSync('dist/index.js', 'utf8')
  for (const word of ['undici is not part of this bundle']) expect(bundle).toContain(word)
  for (const word of ['child_process', 'OidcClient', 'eval(', 'new Function'])
    expect(bundle).not.toContain(word)
})

test('the bundle loads its own chunks and these modules of Node, and can load nothing else', () => {
  const loaded = new Set<string>()
  for (const name of readdirSync('dist').filter((file) => file.endsWith('.js'))) {
    const code = readFileSync(join('dist', name), 'utf8')
    for (const [, module = ''] of code.matchAll(/process\.getBuiltinModule\("([^"]+)"\)/g))
      loaded.add(module.replace('node:', ''))
    const known = code
      .replaceAll(/process\.getBuiltinModule\("[^"]+"\)/g, '')
      .replaceAll('__nccwpck_require__', '')
      .replaceAll('import("./" + .u(chunkId))', '')
      .replaceAll(/^import \{[^}]*\} from '\.\/[^']+';$/gm, '')
    expect(known).not.toMatch(/\b(?:require|createRequire|getBuiltinModule|import)\b(?!\.meta)/)
  }
  expect([...loaded].sort()).toEqual([
    'assert',
    'crypto',
    'events',
    'fs',
    'http',
    'https',
    'net',
    'os',
    'path',
    'tls',
    'util',
    'v8',
  ])
})

test('every package in the bundle has its licence beside it', () => {
  const licences = readFileSync('dist/licenses.txt', 'utf8')
  for (const name of ['@actions/core', '@actions/http-client', 'multiformats', 'tunnel'])
    expect(licences).toContain(`${name}\n`)
})

test('the changelog knows the version of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  expect(readFileSync('CHANGELOG.md', 'utf8')).toContain(`## [${version}]`)
})
