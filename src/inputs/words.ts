/** Reads a whole number written in digits only; anything else, or out of range, is `null`. */
export function parseInteger(text: string, least: number, most: number): number | null {
  if (!/^\d{1,9}$/.test(text)) return null
  const value = Number(text)
  return value >= least && value <= most ? value : null
}

/** The toolkit's own spellings of a boolean (YAML 1.2 core schema); anything else is `null`. */
export function parseBoolean(text: string): boolean | null {
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  return null
}

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Reads an age: a whole number above 0 and one of `m`, `h`, `d`, `w`. Milliseconds; anything else is `null`. */
export function parseAge(text: string): number | null {
  const [, number = '', unit = ''] = /^([1-9]\d{0,5})([mhdw])$/.exec(text) ?? []
  const unitMs = UNIT_MS[unit]
  return unitMs === undefined ? null : Number(number) * unitMs
}
