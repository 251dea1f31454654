import { makePin, type PinRecord } from '../testing/service/index.ts'

const DAY_MS = 24 * 60 * 60_000
const site = { repository: 'octo-org/site' }
/** A moment as the service writes it. */
export const pinnedDaysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString()

const dayFromNow = (days: number): string => pinnedDaysAgo(-days).slice(0, 10)

const PINS: [name: string, daysAgo: number, size: number, keyvalues?: Record<string, unknown>][] = [
  ['release-1.4.1', 96, 48_120_554, { version: '1.4.1' }],
  ['backup-spring', 70, 910_337_401, { expires: dayFromNow(-9) }],
  ['nightly', 45, 3_310_087],
  ['preview-fix-typo', 34, 2_209_114, { ...site, 'pull-request': 38 }],
  ['nightly', 33, 3_318_450],
  ['backup-autumn', 20, 918_404_776, { expires: dayFromNow(80) }],
  ['preview-feature-login', 16, 2_214_887, { ...site, 'pull-request': 41 }],
  ['release-1.4.2', 12, 48_318_382, { version: '1.4.2' }],
  ['preview-main', 10, 2_208_765, site],
  ['preview-feature-login', 3, 2_231_340, { ...site, 'pull-request': 41 }],
  ['nightly', 1, 3_402_119],
]

/** A believable account, oldest first, with the same IDs each time: for everything that a person tries by hand. */
export function samplePins(): PinRecord[] {
  return PINS.map(([name, daysAgo, size, keyvalues], seed) =>
    makePin(
      {
        size,
        date_pinned: pinnedDaysAgo(daysAgo),
        metadata: { name, ...(keyvalues && { keyvalues }) },
      },
      seed,
    ),
  )
}

/** One line for each pin: ID, age, size, name, key-values. */
export function describePins(pins: readonly PinRecord[]): string {
  const line = ({ id, date_pinned: pinned, size, metadata }: PinRecord): string => {
    const days = Math.round((Date.now() - Date.parse(pinned)) / DAY_MS)
    const keyvalues = Object.entries(metadata.keyvalues ?? {}).map(([key, value]) => `${key}=${String(value)}`)
    const megabytes = (size / 1_000_000).toFixed(1)
    return `  ${id} ${String(days).padStart(3)} d ${megabytes.padStart(6)} MB  ${(metadata.name ?? '').padEnd(22)} ${keyvalues.join(' ')}`
  }
  return pins.map((pin) => line(pin).trimEnd()).join('\n')
}
