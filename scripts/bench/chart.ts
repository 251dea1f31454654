import type { OnePinFinding } from './one-pin.ts'

const WIDTH = 720
const LABELS = 190
const ROW = 34
const TOP = 46
/** Room to the right of the longest bar, for its number. */
const NUMBERS = 70

/** A bar for each client: how long it takes to remove one pin, with the middle half of the runs as a line. SVG. */
export function chartOf(onePin: readonly OnePinFinding[]): string {
  const most = Math.max(...onePin.map(({ ms }) => ms.high))
  const x = (ms: number): string => (LABELS + (ms / most) * (WIDTH - LABELS - NUMBERS)).toFixed(1)
  const height = TOP + onePin.length * ROW + 10
  const bars = onePin.map(({ name, ms }, index) => {
    const y = TOP + index * ROW
    const middle = y + ROW / 2 - 3
    const kind = name === 'this action' ? 'own' : 'other'
    return `  <text x="${LABELS - 10}" y="${middle + 5}" text-anchor="end">${escape(name.replaceAll('`', ''))}</text>
  <rect class="${kind}" x="${LABELS}" y="${y}" width="${(Number(x(ms.median)) - LABELS).toFixed(1)}" height="${ROW - 8}" rx="3"/>
  <path class="spread" d="M${x(ms.low)} ${middle}H${x(ms.high)}"/>
  <text x="${(Number(x(ms.high)) + 8).toFixed(1)}" y="${middle + 5}">${ms.median.toFixed(0)} ms</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
  <title>Time to remove one pin over TLS, whole process</title>
  <style>
    text { font: 14px system-ui, sans-serif; fill: #1f2328 }
    .head { font-weight: 600 }
    .own { fill: #0969da }
    .other { fill: #afb8c1 }
    .spread { stroke: #1f2328; stroke-width: 2 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .own { fill: #4493f8 }
      .other { fill: #57606a }
      .spread { stroke: #e6edf3 }
    }
  </style>
  <text class="head" x="0" y="22">One pin over TLS, whole process: median, and the middle half as a line</text>
${bars.join('\n')}
</svg>
`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
