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
