import { mkdirSync, writeFileSync } from 'node:fs'
import { describeError } from '../../src/errors.ts'
import { count } from '../../src/format.ts'
import { isUnpinned } from '../../src/pin/record.ts'
import { judgeUnpin } from '../../src/service/judge.ts'
import { Asker, LIMIT_MS, type ProbeOptions } from './asker.ts'
import { askAll, type Line } from './questions.ts'

const inWords = ({ verdict, question, answer, cameBack, takenForGranted, rule }: Line): string =>
  `${verdict}: ${question} (answer ${answer}): ${cameBack.replace(/\.$/, '')}. Taken for granted: ${takenForGranted}.${rule && ` Rule: ${rule}.`}`

/** Removes every pin of the probe's own. @returns a sentence where one may be left. */
async function removeAll(asker: Asker): Promise<string[]> {
  if (!asker.answers.some(({ request }) => request.startsWith('POST'))) return []
  asker.removing = true
  asker.options.say('The probe removes its pin, if it is still there.')
  const gone = new Set<string>()
  try {
    // The vendor's dashboard knows a text that says: what is younger than five minutes cannot be deleted.
    for (const waitMs of [0, 2000, 330_000, 2000]) {
      if (waitMs > 2000) asker.options.say(`The next try is in ${waitMs / 1000} s.`)
      await asker.options.pause(waitMs)
      const rows = await asker.newest()
      const left = [...asker.own].filter((id) => {
        const row = rows?.find((one) => one.id === id)
        return row === undefined ? !gone.has(id) : !isUnpinned(row) && !(gone.has(id) && row.pinned === false)
      })
      if (left.length === 0 && (rows !== null || gone.size > 0)) return []
      for (const id of left)
        if (/unpinned|missing/.test(judgeUnpin(id, await asker.unpin(id), LIMIT_MS).result)) gone.add(id)
    }
  } catch (error) {
    asker.options.say(`The removal stops: ${describeError(error)}.`)
  }
  const ids = [...asker.own].join(', ') || 'unknown'
  return [`A pin may be left. Remove it in the dashboard. Its name: ${asker.name}. Its ID: ${ids}.`]
}

/** Asks everything, removes the pin, and writes the report. @returns does all agree that the action relies on? */
export async function probe(options: ProbeOptions, folder: string): Promise<boolean> {
  const asker = new Asker(options)
  const lines: Line[] = []
  const problems: string[] = []
  try {
    await askAll(asker, (line) => {
      lines.push(line)
      options.say(asker.clean(inWords(line)))
    })
  } catch (error) {
    problems.push(`Not everything was asked: ${describeError(error)}.`)
  }
  problems.push(...lines.filter(({ verdict }) => /^(?:contradicted|no answer)$/.test(verdict)).map(inWords))
  problems.push(...(await removeAll(asker)))
  const { answers } = asker
  const about = `${answers.length} requests to ${options.base} until ${new Date().toISOString()}: ${count(problems.length, 'problem')}`
  const report = { about, leftOut: 'keys, user_id, cookies, other pins', problems, lines, answers }
  const items = (texts: string[]) => texts.map((text) => `- ${text}\n`).join('')
  const shown = answers.map((answer, place) => `${place + 1}. \`\` ${JSON.stringify(answer)} \`\`\n`).join('')
  const markdown = `# npm run probe\n\n${about}. Left out: ${report.leftOut}.\n\n${items(problems)}\n## Questions\n\n${items(lines.map(inWords))}\n## Answers\n\n${shown}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/probe-report.md`, asker.clean(markdown))
  writeFileSync(`${folder}/probe-report.json`, asker.clean(JSON.stringify(report, null, 2)))
  options.say(asker.clean(`\n${items(problems)}${about}. See probe-report.md and probe-report.json in ${folder}.`))
  return problems.length === 0
}
