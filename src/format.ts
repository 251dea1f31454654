const MOST_QUOTED = 5
const UNITS = ['', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const

/** Bytes for people: `512 bytes`, `2.75 MiB`. */
export function formatSize(bytes: number | bigint): string {
  let value = Number(bytes)
  let unit = 0
  // 1023.995 would be shown as 1024.00.
  while (value >= 1023.995 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return unit === 0 ? count(value, 'byte') : `${value.toFixed(2)} ${UNITS[unit]}`
}

/** Milliseconds for people: `0.2 s`, `12.5 s`, `2 min 5 s`, `1 h`. */
export function formatDuration(ms: number): string {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  return minutes < 60
    ? withRest(minutes, 'min', seconds % 60, 's')
    : withRest(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

function withRest(number: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${number} ${unit}` : `${number} ${unit} ${rest} ${restUnit}`
}

/** `1 pin`, `2 pins`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** An age for people, in one unit: `3 days`, `5 hours`. A date in the future is `0 minutes` old. */
export function formatAge(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  if (minutes < 120) return count(minutes, 'minute')
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? count(hours, 'hour') : count(Math.floor(hours / 24), 'day')
}

/** A text in quotes. If a character in it does not show, or looks like a blank and is none, its code point follows. */
export function quoted(text: string): string {
  const code = /(?! )[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.exec(text)?.[0].codePointAt(0)
  return `"${text}"${code === undefined ? '' : ` (with U+${code.toString(16).toUpperCase().padStart(4, '0')})`}`
}

/** The first few of many texts, quoted; the others are counted. */
export function quoteSome(texts: readonly string[], quote = quoted): string {
  const more = texts.length - MOST_QUOTED
  return texts.slice(0, MOST_QUOTED).map(quote).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

/** A moment for people: `2026-10-26 20:51 UTC`. @param ms epoch milliseconds. */
export function formatDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
