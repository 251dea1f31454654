import { afterEach, describe, expect, test } from '@jest/globals'
import { canonicalCid } from '../../../src/cid.ts'
import type { Criteria } from '../../../src/criteria.ts'
import { RefusedError } from '../../../src/errors.ts'
import { type Inputs, readInputs } from '../../../src/inputs/read.ts'
import { DEFAULT_MAX_UNPINS } from '../../../src/inputs/selection.ts'
import { readActionMetadata } from '../../../testing/runner/action-metadata.ts'
import { spellingsOf } from '../../support/selection-accounts.ts'
import { beginStep, endSteps } from '../../support/step.ts'

afterEach(endSteps)

const KEYS = { api: 'an-api-key-of-a-kind', secret: 'a-secret-key-of-a-kind' }
const ID = 'e5c4456d-5e5c-465d-a02a-3a536fc6e718'
const [V0 = '', ...V1] = spellingsOf(1)

type Given = Readonly<Record<string, string>>

function read(given: Given): Promise<Inputs> {
  beginStep({ 'pinning-api-key': KEYS.api, 'pinning-secret-key': KEYS.secret, ...given })
  return readInputs(KEYS)
}

async function problemsOf(given: Given): Promise<readonly string[]> {
  const refusal = await read(given).catch((error: unknown) => error)
  if (!(refusal instanceof RefusedError)) throw new Error('It was not refused')
  return refusal.problems
}

async function select(given: Given): Promise<Criteria & { maxUnpins: number }> {
  const { target } = await read(given)
  if ('pinIds' in target) throw new Error('No selection')
  return { ...target.criteria, maxUnpins: target.maxUnpins }
}

/** The inputs that the problems are about. */
const namedIn = (problems: readonly string[]): Set<string | undefined> =>
  new Set(problems.map((problem) => /`([\w-]+)`/.exec(problem)?.[1]))

test('the default of `max-unpins` in action.yml is the one that the code takes for "not set"', () => {
  expect(readActionMetadata().inputs.get('max-unpins')?.default).toBe(String(DEFAULT_MAX_UNPINS))
})

test('what may be left out says so in action.yml, with one word', () => {
  const { inputs } = readActionMetadata()
  for (const name of ['pin-id', 'cid', 'name', 'keyvalues', 'older-than', 'protect']) {
    expect(inputs.get(name)?.default).toBe('(none)')
  }
})

describe('read as it is meant', () => {
  test('with one selector, everything else stays out of the way', async () => {
    expect(await select({ name: 'main' })).toEqual({
      cids: null,
      names: ['main'],
      keyvalues: [],
      olderThan: null,
      keepLatest: 0,
      maxUnpins: 25,
      protect: { pinIds: new Set(), cids: new Set(), names: [] },
      told: [['name', 'main']],
    })
  })

  test.each([`${V0} ${V1[4]}`, `${V0},${V1[0]}`, `\n${V0}\r\n\t${V0},,\n`, V1[7] ?? ''])(
    'cid, in any spelling and between any separators: %j',
    async (cid) => {
      expect((await select({ cid })).cids).toEqual(new Set([canonicalCid(V0)]))
    },
  )

  test('name, one a line, with whatever a name may hold', async () => {
    const name = 'release 1.0, final\r\n\n  preview/*  \nünï ☂\n[a-z]+\n#1=$x\n(none) of it'
    expect((await select({ name })).names).toEqual([
      'release 1.0, final',
      'preview/*',
      'ünï ☂',
      '[a-z]+',
      '#1=$x',
      '(none) of it',
    ])
  })

  test('keyvalues, one a line, split at the first `=`', async () => {
    const keyvalues = 'branch=main\n pr = 7 \n\nquery=a=b=c\n__proto__=x\nspaced key=a, b'
    expect((await select({ keyvalues })).keyvalues).toEqual([
      ['branch', 'main'],
      ['pr', '7'],
      ['query', 'a=b=c'],
      ['__proto__', 'x'],
      ['spaced key', 'a, b'],
    ])
  })

  test.each([
    ['90m', 90 * 60_000],
    ['12h', 12 * 3_600_000],
    ['30d', 30 * 86_400_000],
    ['8w', 56 * 86_400_000],
  ])('older-than: %s', async (text, ms) => {
    expect((await select({ name: 'main', 'older-than': text })).olderThan).toEqual({ ms, text })
  })

  test('keep-latest and max-unpins', async () => {
    const given = { name: 'main', 'keep-latest': '3', 'max-unpins': '1000000' }
    expect(await select(given)).toMatchObject({ keepLatest: 3, maxUnpins: 1_000_000 })
  })

  test('protect: pin IDs, CIDs and names, each as what it is', async () => {
    const protect = `${ID.toUpperCase()}\n${V1[5]}\nlive-*\nrelease 1, final\nqm\nQmain`
    const { protect: read } = await select({ name: '*', protect })
    expect(read.pinIds).toEqual(new Set([ID]))
    expect(read.cids).toEqual(new Set([canonicalCid(V0)]))
    expect(read.names).toEqual(expect.arrayContaining(['live-*', 'release 1, final', 'qm', 'Qmain']))
    expect(read.names).not.toContain(ID.toUpperCase())
  })

  test.each([
    `Qm${'1'.repeat(39)}`,
    `Qm${'1'.repeat(51)}`,
    `Qm${'0'.repeat(43)}`,
    `Qm${'0'.repeat(45)}`,
    'Qm1',
    'Qm0',
    `my${V0.slice(0, -1)}`,
    'a-baf',
  ])('protect: %s is far enough from a CID to be a name', async (name) => {
    const { protect } = await select({ name: '*', protect: name })
    expect(protect).toEqual({ pinIds: new Set(), cids: new Set(), names: [name] })
  })

  test('protect: a pin ID whose first letters are those of a CID is a pin ID', async () => {
    const pinId = 'baf4456d-5e5c-465d-a02a-3a536fc6e718'
    expect((await select({ name: '*', protect: pinId })).protect.pinIds).toEqual(new Set([pinId]))
  })

  test('protect beside pin-id', async () => {
    const { target, protect } = await read({ 'pin-id': ID, protect: V0 })
    expect(target).toEqual({ pinIds: [ID] })
    expect(protect.cids).toEqual(new Set([canonicalCid(V0)]))
  })

  test('the criteria are told in the words of the workflow, only those that were given', async () => {
    const given = { cid: V0, keyvalues: 'pr=7', 'older-than': '30d', 'keep-latest': '2', protect: 'live-*' }
    expect((await select(given)).told).toEqual([
      ['cid', V0],
      ['keyvalues', 'pr=7'],
      ['older-than', '30d'],
      ['protect', 'live-*'],
      ['keep-latest', '2'],
    ])
  })
})

describe('refused', () => {
  test.each([
    ['cid', 'main', /holds "main"; it takes CIDs/],
    ['cid', `${V0} ${V0.slice(0, -1)}`, /it takes CIDs/],
    ['cid', ID, /it takes CIDs/],
    ['cid', ',,', /only separators/],
    ['keyvalues', 'branch', /holds "branch"; it takes lines `key=value`, neither of them empty/],
    ['keyvalues', 'branch=', /neither of them empty/],
    ['keyvalues', 'branch=  \npr=7', /"branch=/],
    ['keyvalues', '=main', /neither of them empty/],
    ['keyvalues', 'pr=7\n=', /holds "="/],
    ['older-than', '30', /`90m`, `12h`, `30d` or `8w`/],
    ['older-than', '0d', /is "0d"/],
    ['older-than', '-1d', /is "-1d"/],
    ['older-than', '1.5d', /is "1.5d"/],
    ['older-than', '30 d', /is "30 d"/],
    ['older-than', '30D', /is "30D"/],
    ['older-than', '1y', /is "1y"/],
    ['older-than', '1d12h', /is "1d12h"/],
    ['older-than', 'P30D', /is "P30D"/],
    ['older-than', '3000000d', /is "3000000d"/],
    ['keep-latest', '-1', /whole number from 0/],
    ['keep-latest', '1.0', /whole number from 0/],
    ['keep-latest', 'all', /whole number from 0/],
    ['keep-latest', '', /is empty/],
    ['max-unpins', '0', /whole number from 1/],
    ['max-unpins', '1000001', /whole number from 1 to 1000000/],
    ['max-unpins', 'unlimited', /whole number from 1/],
    ['max-unpins', '', /is empty/],
    ['verify', 'yes', /`true` or `false`/],
    ['verify', '', /is empty/],
    ['protect', `${V0.slice(0, -1)}0`, /looks like a CID and is none/],
    ['protect', V0.replace(/.$/, 'O'), /looks like a CID and is none/],
    [
      'protect',
      `live\n${V1.find((text) => text.startsWith('baf'))?.slice(0, -1)}`,
      /looks like a CID and is none/,
    ],
    ['protect', 'bafy', /Is a character missing\?/],
    ['protect', `Qm${'1'.repeat(40)}`, /looks like a CID and is none/],
    ['protect', `Qm${'1'.repeat(50)}`, /looks like a CID and is none/],
    ['protect', `Qm${'0'.repeat(44)}`, /looks like a CID and is none/],
    ['keyvalues', 'branch=main\u2028-old', /neither of them empty/],
  ])('%s: %j', async (name, value, expected) => {
    const problems = await problemsOf({ name: 'main', [name]: value })
    expect(problems).toEqual([expect.stringMatching(expected)])
    expect(problems[0]).toMatch(new RegExp(`^\`${name}\` `))
  })

  test.each(['pin-id', 'cid', 'name', 'keyvalues', 'older-than', 'protect'])(
    '%s passed, but empty',
    async (name) => {
      const other = name === 'name' ? { cid: V0 } : { name: 'main' }
      for (const empty of ['', '  ', '\n\n']) {
        const problems = await problemsOf({ ...other, [name]: empty })
        expect(problems).toContainEqual(
          expect.stringMatching(new RegExp(`^\`${name}\` is empty; it takes (?!a text).*Was the variable`)),
        )
      }
    },
  )

  test('nothing that selects, and nothing given', async () => {
    expect(await problemsOf({})).toEqual([
      expect.stringMatching(/`pin-id` is not given, and neither is `cid`, `name` or `keyvalues`/),
    ])
  })

  test.each([
    ['cid', V0],
    ['name', 'main'],
    ['keyvalues', 'pr=7'],
  ])('%s beside pin-id', async (name, value) => {
    expect(await problemsOf({ 'pin-id': ID, [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^\`${name}\` selects pins, and \`pin-id\` names them`)),
    ])
  })

  test.each([
    ['older-than', '30d'],
    ['keep-latest', '1'],
    ['max-unpins', '24'],
  ])('%s beside pin-id', async (name, value) => {
    expect(await problemsOf({ 'pin-id': ID, [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^\`${name}\` narrows a selection and does not go with \`pin-id\``)),
    ])
  })

  test('everything that is wrong, each with its own words', async () => {
    const problems = await problemsOf({
      cid: 'main',
      name: '',
      keyvalues: 'pr',
      'older-than': 'long',
      'keep-latest': 'some',
      protect: 'bafy',
      'max-unpins': '0',
      verify: 'perhaps',
    })
    expect(namedIn(problems)).toEqual(
      new Set(['cid', 'keep-latest', 'keyvalues', 'max-unpins', 'name', 'older-than', 'protect', 'verify']),
    )
  })

  test('what narrows is looked at though nothing selects', async () => {
    const problems = await problemsOf({
      'older-than': '',
      'keep-latest': 'x',
      'max-unpins': '0',
      protect: '',
    })
    expect(namedIn(problems)).toEqual(
      new Set(['keep-latest', 'max-unpins', 'older-than', 'pin-id', 'protect']),
    )
  })

  test('what narrows and is malformed is told beside pin-id as well', async () => {
    const problems = await problemsOf({
      'pin-id': ID,
      'older-than': '',
      'keep-latest': 'x',
      'max-unpins': '',
    })
    expect(namedIn(problems)).toEqual(new Set(['keep-latest', 'max-unpins', 'older-than']))
    expect(problems[0]).toMatch(/^`older-than` is empty; it takes an age/)
  })

  test.each(['cid', 'keyvalues', 'older-than', 'keep-latest', 'max-unpins', 'protect', 'verify'])(
    'a key that was pasted into %s is not shown',
    async (name) => {
      for (const key of [KEYS.api, KEYS.secret.toUpperCase()]) {
        const value = name === 'protect' ? `bafy${key}` : key
        const [problem = ''] = await problemsOf({ name: 'main', [name]: value })
        expect(problem).toContain(`\`${name}\``)
        expect(problem.toLowerCase()).not.toContain(key.toLowerCase())
        expect(problem).toContain('(not shown: it holds the value of a key)')
      }
    },
  )

  test('a long list of bad words is shown in part', async () => {
    const words = Array.from({ length: 40 }, (_, index) => `word-${index}`)
    const [problem = ''] = await problemsOf({ cid: words.join(' ') })
    expect(problem).toContain('"word-4" and 35 more')
  })
})

describe('a line of `protect` is a name, unless it can only be meant as a CID', () => {
  const protectedBy = async (protect: string) => (await read({ name: 'x', protect })).protect

  test.each(['my Qmxyz', 'Qm', 'Qm-preview', 'a baf', 'x'.repeat(60)])('%s is a name', async (line) => {
    expect(await protectedBy(line)).toMatchObject({ names: [line], cids: new Set(), pinIds: new Set() })
  })

  test.each([V0.slice(0, -1), `${V0}a`, `Qm${'0'.repeat(44)}`, 'bafy'])('%s is refused', async (line) => {
    expect(await problemsOf({ name: 'x', protect: line })).toEqual([
      expect.stringMatching(/^`protect` holds .* looks like a CID and is none/),
    ])
  })

  test('a CID is no name, and empty lines are nothing', async () => {
    expect(await protectedBy(`${V0}\n\n \r\n${ID}\n`)).toMatchObject({
      names: [],
      cids: { size: 1 },
      pinIds: new Set([ID]),
    })
  })
})

test.each(['warn', 'ignore', 'fail'])('`on-missing` may be %s', async (word) => {
  expect((await read({ name: 'x', 'on-missing': word })).onMissing).toBe(word)
})

test('a CID among other wrong words of `pin-id` is recognised all the same', async () => {
  expect(await problemsOf({ 'pin-id': `nonsense ${V0}` })).toEqual([
    expect.stringContaining('use the input `cid`'),
  ])
  expect((await problemsOf({ 'pin-id': 'nonsense' }))[0]).not.toContain('CID')
})
