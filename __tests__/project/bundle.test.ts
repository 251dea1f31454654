import { expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'

// That the bundle is what the source builds, byte for byte, is proved by `npm run check-dist`.

const MOST_BYTES = 160_000

const bundle = readFileSync('dist/index.js', 'utf8')

test('the bundle is one file, and not too large to be reviewed', () => {
  expect(readdirSync('dist').sort()).toEqual(['index.js', 'licenses.txt', 'package.json'])
  expect(Buffer.byteLength(bundle)).toBeLessThanOrEqual(MOST_BYTES)
})

test('the bundle is not minified', () => expect(bundle.split('\n').length).toBeGreaterThan(bundle.length / 60))

test('the bundle loads modules of Node, and can load nothing else', () => {
  const loading = /process\.getBuiltinModule\("([^"]+)"\)/g
  const loaded = [...bundle.matchAll(loading)].map(([, name = '']) => name)
  expect(loaded).toContain('fs')
  expect(loaded.filter((name) => !isBuiltin(name) || /child_process|worker|cluster|vm|inspector/.test(name))).toEqual(
    [],
  )
  const rest = bundle
    .replaceAll(loading, '')
    .replaceAll('__nccwpck_require__', '')
    .replace('!process.getBuiltinModule', '')
  expect(/.*\b(?:require|createRequire|getBuiltinModule|import)\b(?!\.meta).*/.exec(rest)?.[0]).toBeUndefined()
})

test('the bundle has no undici, and no way to start a process or to evaluate text', () => {
  const words = ['undici', 'child_process', 'OidcClient', 'eval(', 'new Function']
  expect(words.filter((word) => bundle.includes(word))).toEqual([])
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
