import { expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'

test('a runner downloads the bundle, its sources and the documents for users, and nothing else', () => {
  const tar = execFileSync('git', ['archive', '--worktree-attributes', '--format=tar', 'HEAD'], {
    maxBuffer: 64 * 1024 * 1024,
  })
  const files = execFileSync('tar', ['-tf', '-'], { input: tar, encoding: 'utf8' }).split('\n')
  const tops = new Set(files.map((file) => file.replace(/\/.*/, '/')))
  expect([...tops].sort()).toEqual([
    '',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'action.yml',
    'dist/',
    'package.json',
    'results.schema.json',
    'src/',
  ])
})
