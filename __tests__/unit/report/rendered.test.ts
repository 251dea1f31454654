import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { execFileSync, spawnSync } from 'node:child_process'
import { createCleaner } from '../../../src/report/clean.ts'
import { createRedactor } from '../../../src/secrets.ts'
import { ended, failed, stayed } from '../../support/outcome.ts'
import { endSteps } from '../../support/step.ts'
import { report, selection } from './telling.ts'

const { cell } = createCleaner(createRedactor(['secret-key-of-the-pair']))

/** Where a summary has a text of the service. */
const PLACES: readonly ((text: string) => string)[] = [
  (text) => `| a | b |\n| --- | ---: |\n| ${text} | <code>${text}</code> |\n`,
  (text) => `- <code>name</code>: ${text}\n`,
  (text) => `**${text}**\n`,
]
const WORDS = `a@b.example A.b-c_d+e@b.example.org. a@b@c.example mailto:a@b.example MAILTO:a@b.example xmpp:a@b.example/x
  www.evil.example WwW.evil.example/a?b=c www.www.evil.example http://evil.example HTTPS://evil.example/a(b)
  ftp://evil.example (http://evil.example) *www.evil.example* "http://evil.example" <http://evil.example> <a@b.example>
  [a](http://evil.example) ![a](http://evil.example/a.png) http&#58;//evil.example http://evil.example/\`a\``
const PHRASES = `<a href=http://evil.example>x</a>; <img src=http://evil.example/a.png>; <!-- x --> <script>x</script> <wbr>;
  a&#64;b.example; &commat; &amp;lt&#59;b; @octocat octo-org/repo#1 #1 :tada: $x$; | a | b |\n| --- | --- |;
  \`a@b.example\` ~~x~~ __y__ \\; \`x\` www.evil.example; ${'a'.repeat(17)}@b.example`
const LINKS = [...WORDS.split(/\s+/), ...PHRASES.split(/;(?!b|lt)\s*/)]
const piece = fc.oneof(
  fc.constantFrom(...LINKS, ...'www. http :// mailto: xmpp: a b.example \u200b \u3000 … ü 🎉 “'.split(' ')),
  fc.constantFrom(...'@:/.#$<>[]()!*_~`|\\&;"\' -+\n'.split('')),
  fc.string({ maxLength: 4 }),
)
/** Texts full of what could be a link, an element or a mark, and places for them. */
type Hostile = [text: string, place: (text: string) => string, longest: number]
const hostile: fc.Arbitrary<Hostile> = fc.tuple(
  fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
  fc.constantFrom(...PLACES),
  fc.integer({ min: 1, max: 200 }),
)

const tagsOf = (html: string): string[] =>
  [...html.matchAll(/<\/?[a-z][^>]*>|<!|<\?/gi)].map(([tag]) => tag).filter((tag) => tag !== '<wbr>')
const MARKS: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const textsOf = (html: string): string[] =>
  html.split(/<[^>]*>/).map((text) => text.replace(/&(\w+);/g, (_, name: string) => MARKS[name] ?? ''))

/** As GitHub has a page, before it leaves out elements. */
const RENDERERS: Record<string, (documents: readonly string[]) => string[]> = {
  micromark: (documents) => {
    const options = { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }
    return documents.map((markdown) => micromark(markdown, options))
  },
  'GitHub’s own renderer': (documents) => {
    const program = `import json, sys; from cmarkgfm import github_flavored_markdown_to_html as render
from cmarkgfm.cmark import Options
sys.stdout.write(json.dumps([render(text, options=Options.CMARK_OPT_UNSAFE) for text in json.load(open(0, encoding='utf8'))]))`
    const options = { input: JSON.stringify(documents), encoding: 'utf8', maxBuffer: 2 ** 28 } as const
    return JSON.parse(execFileSync(python ?? 'python3', ['-c', program], options)) as string[]
  },
}
const python = ['.tools/python/bin/python', '.tools/python/Scripts/python.exe', 'python3', 'python'].find(
  (command) => spawnSync(command, ['-c', 'import cmarkgfm']).status === 0,
)

const skips = python === undefined && process.env['GITHUB_RENDERER'] !== 'required'
test.each(['micromark'])('as %s shows it, no text of the service is a link or an element', expectTexts)
const unlessMissing = skips ? test.skip : test
unlessMissing.each(['GitHub’s own renderer'])(
  'as %s shows it, no text of the service is a link or an element (skipped where scripts/install-tools.sh did not run)',
  expectTexts,
)

function expectTexts(name: string): void {
  const examples = LINKS.flatMap((text) => PLACES.map((place): Hostile => [text, place, 1000]))
  const texts = [...examples, ...fc.sample(hostile, 1000)].filter(([text, , longest]) => cell(text, longest) !== '')
  const documents = texts.map(([text, place, longest]) => place(cell(text, longest)))
  const [link, ...pages] =
    RENDERERS[name]?.(['www.evil.example', ...PLACES.map((place) => place('x')), ...documents]) ?? []
  expect(link).toMatch('<a ')
  for (const [index, [text, place, longest]] of texts.entries()) {
    const html = pages[PLACES.length + index] ?? ''
    expect({ text, tags: tagsOf(html) }).toEqual({ text, tags: tagsOf(pages[PLACES.indexOf(place)] ?? '') })
    // Programs that look for mentions, issues, emoji and URLs in a page look at its texts, each by itself.
    for (const shown of textsOf(html)) expect(shown).not.toMatch(/@\S|:\/\/|www\.\S|#\d|:\w+:|\$\S/i)
    if (longest > 200) expect(textsOf(html).join('')).toContain(text.replaceAll('\n', ' '))
  }
}

test('wherever a summary shows a text of the service, there is no link and no markup in it', () => {
  const outcomes = LINKS.map((text, index) => {
    const fields = { cid: text, metadata: { name: text } }
    const { record } = ended(index, {}, fields)
    return index % 2 === 0 ? failed(index, text, { record }) : stayed(index, 'kept', text, fields)
  })
  const run = { target: selection([['name', LINKS]]), stopped: LINKS.join(' '), warnings: LINKS }
  const summaries = [[], LINKS].map((refusals) => report(outcomes, { ...run, plan: { refusals } }).summary)
  endSteps()
  const html = RENDERERS['micromark']?.(summaries).join('') ?? ''
  const elements = 'h2 b ul li p code table tr th td sub br wbr details summary'.split(' ')
  expect(new Set(html.match(/<\w+/g)?.map((tag) => tag.slice(1)))).toEqual(new Set(elements))
})
