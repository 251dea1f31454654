import { describe, expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { readRepository } from '../../scripts/repository.ts'
import { validateYaml } from './validation.ts'

interface Job {
  permissions?: Record<string, string>
  'timeout-minutes'?: number
  steps: { id?: string; uses?: string; run?: string; with?: Record<string, unknown> }[]
}

/** Not to be known here: the variable that act sets. */
const UNKNOWN = /Context access might be invalid: ACT"/

const ours = readdirSync('.github/workflows').map((name) => `.github/workflows/${name}`)
const examples = readdirSync('examples').map((name) => `examples/${name}`)

function jobsOf(file: string): Job[] {
  return Object.values((parse(readFileSync(file, 'utf8')) as { jobs: Record<string, Job> }).jobs)
}

describe.each([...ours, ...examples])('%s', (file) => {
  const text = readFileSync(file, 'utf8')
  const jobs = jobsOf(file)

  test('is a workflow without a finding', async () => {
    const findings = await validateYaml(`.github/workflows/${file.replaceAll('/', '-')}`, text)
    expect(findings.filter((finding) => !UNKNOWN.test(finding))).toEqual([])
  })

  test('grants nothing but what a job asks for', () => {
    expect(text).toMatch(/^permissions: \{\}$/m)
    expect(text).not.toContain('write-all')
  })

  test('has a limit of time for each job', () => {
    for (const job of jobs) expect(job['timeout-minutes']).toBeLessThanOrEqual(60)
  })

  test('hands no expression to a shell', () => {
    for (const { steps } of jobs) for (const { run } of steps) expect(run ?? '').not.toContain('${{')
  })
})

describe.each(ours)('%s', (file) => {
  test('names every action by a full SHA and its version', () => {
    const uses = [...readFileSync(file, 'utf8').matchAll(/uses: (.+)/g)].map(([, name = '']) => name)
    for (const name of uses) expect(name).toMatch(/^(?:\.\/|[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/)
  })

  test('leaves no token behind for later steps', () => {
    const checkouts = jobsOf(file)
      .flatMap(({ steps }) => steps)
      .filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    for (const checkout of checkouts) expect(checkout.with).toEqual({ 'persist-credentials': false })
  })
})

test('one action has one version everywhere', () => {
  const versions = new Map<string, Set<string>>()
  for (const file of ours) {
    for (const [, name = '', version = ''] of readFileSync(file, 'utf8').matchAll(/uses: ([\w/-]+)@(.+)/g)) {
      const action = name.split('/').slice(0, 2).join('/')
      versions.set(action, (versions.get(action) ?? new Set()).add(version))
    }
  }
  for (const [, found] of versions) expect([...found]).toHaveLength(1)
})

/** The steps of an example that use this action. */
function ownStepsOf(file: string): Job['steps'] {
  return jobsOf(file).flatMap(({ steps }) => steps.filter(({ uses }) => uses?.startsWith(readRepository())))
}

describe.each(examples)('%s', (file) => {
  const head = readFileSync(file, 'utf8').split(/^name:/m)[0] ?? ''

  test('says what it is for, which scopes its key needs and what equal content means', () => {
    expect(head).toMatch(/Key scopes?: pinning\.(?:unpin|pin_by_hash)/)
    expect(head).toContain('AIOZ Pin keeps one pin for equal content')
    const lines = head.trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(4)
    for (const line of lines) expect(line).toMatch(/^# /)
  })

  test('asks for the scope to read exactly where it reads', () => {
    const inputs = ownStepsOf(file).flatMap((step) => Object.keys(step.with ?? {}))
    const reads = ['cid', 'name', 'keyvalues', 'protect', 'verify', 'dry-run'].some((name) =>
      inputs.includes(name),
    )
    expect(head.includes('data.pin_list')).toBe(reads)
  })

  test('keeps the results of everything that it unpins', () => {
    const unpinning = ownStepsOf(file).filter((step) => step.with?.['dry-run'] !== true)
    const kept = jobsOf(file).flatMap(({ steps }) => steps.map((step) => step.with?.['path']))
    for (const { id } of unpinning) expect(kept).toContain(`\${{ steps.${id}.outputs.results-file }}`)
  })
})
