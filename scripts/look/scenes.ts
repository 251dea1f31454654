import { runAction } from '../../testing/runner/run-action.ts'
import { DEFAULT_KEYS, type Fault, makePin, type PinRecord, startService } from '../../testing/service/index.ts'

/** An account, what the action is asked for, and how the service answers to the `DELETE` of a pin. */
interface Scene {
  pins: PinRecord[]
  inputs: Readonly<Record<string, string>>
  refusals?: ReadonlyMap<PinRecord | undefined, Fault>
}

const MIB = 2 ** 20
const DAY_MS = 24 * 60 * 60 * 1000

function pin(name: string, days: number, size: number, seed: number): PinRecord {
  const date_pinned = new Date(Date.now() - days * DAY_MS).toISOString()
  return makePin({ date_pinned, size: Math.round(size), metadata: { name } }, seed)
}

const BRANCHES = ['feature/login', 'fix/typo-in-footer', 'docs', 'dependabot/npm_and_yarn/multi-6a9c2a7f1e', 'redesign']

/** Builds of some branches: one every four days, the newest first. */
function previews(count: number): PinRecord[] {
  return Array.from({ length: count }, (_, n) =>
    pin(`preview-${BRANCHES[n % BRANCHES.length]}`, 2 + 4 * n, (2 + (n % 9) * 1.3) * MIB, n),
  )
}

const idsOf = (pins: readonly PinRecord[]): string => pins.map(({ id }) => id).join('\n')
const answer = (status: number, body: unknown): Fault => ({ kind: 'answer', status, body })

/** Texts that could spoil the page: long ones without a place to break, markup, links. */
const SPOILING = ['x', '|', '<td>', 'WWW.', '😀', '&amp;', 'WM', '- [x] `a` '].map((text) =>
  text.repeat(800 / text.length),
)

/** What the pictures show, by name. */
export const SCENES: Readonly<Record<string, () => Scene>> = {
  /** The picture in README. Its alt text there names the counts and the sum. */
  readme: () => ({
    pins: [
      ...previews(3),
      pin('preview-redesign', 11, 3.1 * MIB, 21),
      pin('preview-docs', 13, 10.2 * MIB, 22),
      pin('preview-docs', 33, 10.31 * MIB, 23),
      pin('preview-fix/typo-in-footer', 34, 11 * MIB, 24),
      pin('preview-feature/login', 36, 2.75 * MIB, 25),
      pin('release-1.4.0', 60, 14.2 * MIB, 26),
    ],
    inputs: { name: 'preview-*', 'older-than': '14d' },
  }),
  mixed: () => {
    const pins = previews(7)
    const html = '<html><head><title>502 Bad Gateway</title></head></html>'
    return {
      pins,
      inputs: { 'pin-id': idsOf([...pins, makePin({}, 99)]), 'timeout-seconds': '2' },
      refusals: new Map([
        [pins[0], answer(400, { status: 'error', message: 'pin is locked by another job' })],
        [pins[1], answer(502, html)],
      ]),
    }
  },
  'dry-run': () => ({
    pins: previews(17),
    inputs: {
      name: 'preview-*',
      'older-than': '14d',
      'keep-latest': '1',
      'group-by': 'name',
      protect: 'preview-docs',
      'dry-run': 'true',
    },
  }),
  refused: () => ({ pins: [], inputs: { 'pin-id': makePin().cid, 'dry-run': '' } }),
  'too-many': () => ({ pins: previews(40), inputs: { name: 'preview-*' } }),
  many: () => ({ pins: previews(40), inputs: { name: 'preview-*', 'max-unpins': '50', 'older-than': '14d' } }),
  spoiling: () => {
    const pins = SPOILING.map((text, n) => pin(text, 20_000, Number.MAX_SAFE_INTEGER, n))
    const inputs = { name: '(any)', protect: 'release-*', 'on-unused-protect': 'warn' }
    return { pins, inputs, refusals: new Map(pins.map((one, n) => [one, answer(400, { message: SPOILING[n] })])) }
  },
}

/** Runs the committed bundle against the embedded service, and returns the summary that it wrote. */
export async function summaryOf({ pins, inputs, refusals = new Map() }: Scene): Promise<string> {
  const faults = new Map([...refusals].map(([pin, fault]) => [pin?.id, fault]))
  const fault = ({ method, pinId }: { method: string; pinId?: string }): Fault | undefined =>
    method === 'DELETE' ? faults.get(pinId) : undefined
  const service = await startService({ pins, fault })
  const keys = { 'pinning-api-key': DEFAULT_KEYS.apiKey, 'pinning-secret-key': DEFAULT_KEYS.secretKey }
  await using result = await runAction({ inputs: { ...keys, 'api-url': service.url, ...inputs } })
  await service.close()
  // The embedded service stands for the real one; nothing else is changed.
  const url = new RegExp(String.raw`http\S{1,40}127\.0\.0\.1\S{1,20}${service.port}`, 'g')
  return result.summary.replace(url, 'https&#58;&#47;&#47;api-ipfs.attoaioz.cyou')
}
