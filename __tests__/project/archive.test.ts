import { expect, test } from '@jest/globals'
import { execFileSync, spawnSync } from 'node:child_process'

/** Is this folder the top of a clone that git reads? A ZIP download is none, even if it lies within one. */
const isClone = spawnSync('git', ['rev-parse', '--show-prefix', 'HEAD'], { encoding: 'utf8' }).stdout?.startsWith('\n')
const inClone = isClone ? test : test.skip

inClone('a runner downloads what it runs, its source and what people read (skipped without git and a clone)', () => {
  const archive = ['archive', '--worktree-attributes', '--format=tar', 'HEAD']
  const tar = execFileSync('git', archive, { maxBuffer: 64 * 1024 * 1024 })
  const files = execFileSync('tar', ['-tf', '-'], { input: tar, encoding: 'utf8' }).trim().split('\n')
  const documents = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'results.schema.json']
  const expected = [...documents, 'action.yml', 'dist/', 'package.json', 'src/']
  expect(new Set(files.map((file) => file.replace(/\/.*/, '/')))).toEqual(new Set(expected))
})
