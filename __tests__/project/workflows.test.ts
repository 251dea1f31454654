import { describe, expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { readRepository } from '../../scripts/repository.ts'
import { validateYaml } from './validation.ts'

interface Job {
  name?: string
  environment?: string
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

describe.each([...ours, ...examples])('%s', (file) => {
  test('names every action by a full SHA and its version', () => {
    const uses = [...readFileSync(file, 'utf8').matchAll(/uses: (.+)/g)].map(([, name = '']) => name)
    for (const name of uses.filter((each) => each !== `${readRepository()}@v1`))
      expect(name).toMatch(/^(?:\.\/|[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/)
  })

  test('leaves no token behind for later steps', () => {
    const checkouts = jobsOf(file)
      .flatMap(({ steps }) => steps)
      .filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    for (const checkout of checkouts) expect(checkout.with).toEqual({ 'persist-credentials': false })
  })
})

test('an example that an event starts says why publication and clean-up share their `concurrency` group', () => {
  const byEvent = examples.filter((file) =>
    /^on: (?:push|delete)$|^  (?:push|pull_request):$/m.test(readFileSync(file, 'utf8')),
  )
  expect(byEvent.length).toBeGreaterThanOrEqual(4)
  for (const file of byEvent)
    expect(readFileSync(file, 'utf8')).toMatch(/^concurrency:\n(?:  # .+\n)+  group: (?:publish|preview)-/m)
})

test('one action has one version everywhere', () => {
  const versions = new Map<string, Set<string>>()
  for (const file of [...ours, ...examples]) {
    for (const [, name = '', version = ''] of readFileSync(file, 'utf8').matchAll(
      /uses: ([\w/-]+)@([0-9a-f]{40} .+)/g,
    )) {
      const action = name.split('/').slice(0, 2).join('/')
      versions.set(action, (versions.get(action) ?? new Set()).add(version))
    }
  }
  for (const [, found] of versions) expect([...found]).toHaveLength(1)
})

const isOurs = ({ uses }: Job['steps'][number]): boolean => uses?.startsWith(`${readRepository()}@`) === true
const onlyReads = (step: Job['steps'][number]): boolean => step.with?.['dry-run'] === true

describe.each(examples)('%s', (file) => {
  const text = readFileSync(file, 'utf8')
  const head = text.split(/^name:/m)[0] ?? ''
  const jobs = jobsOf(file)
  const own = jobs.flatMap(({ steps }) => steps.filter(isOurs))

  test('says what it is for, which scopes its key needs and what equal content means', () => {
    expect(head).toMatch(/Key scopes?: pinning\.(?:unpin|pin_by_hash)/)
    expect(head).toContain('AIOZ Pin keeps one pin for equal content')
    const lines = head.trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(4)
    for (const line of lines) expect(line).toMatch(/^# /)
  })

  test('asks for the scope to read exactly where it reads', () => {
    const inputs = own.flatMap((step) => Object.keys(step.with ?? {}))
    const reads = ['cid', 'name', 'keyvalues', 'protect', 'verify', 'dry-run'].some((name) => inputs.includes(name))
    expect(head.includes('data.pin_list')).toBe(reads)
  })

  test('keeps the results of everything that it unpins', () => {
    const kept = jobs.flatMap(({ steps }) => steps.map((step) => step.with?.['path']))
    for (const step of own.filter((each) => !onlyReads(each)))
      expect(kept).toContain(`\${{ steps.${step.id}.outputs.results-file }}`)
  })

  test('names each job, and an environment where the keys can unpin', () => {
    for (const { name, environment, steps } of jobs) {
      expect(name).toMatch(/^[A-Z]/)
      if (steps.some((step) => isOurs(step) && !onlyReads(step))) expect(environment).toMatch(/^unpin/)
    }
  })

  test('stops at an unused line of `protect`, unless a person or a command makes up for it', () => {
    const settings = own.flatMap((step) => step.with?.['on-unused-protect'] ?? [])
    const expected = { 'examples/approve.yml': ['warn'], 'examples/sweep.yml': ['ignore'] }[file] ?? []
    expect(settings).toEqual(expected)
  })
})
