import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { execFileSync, spawnSync } from 'node:child_process'
import { createCleaner } from '../../../src/report/clean.ts'
import { createRedactor } from '../../../src/secrets.ts'
import { ended, failed, stayed } from '../../support/outcome.ts'
import { endSteps } from '../../support/step.ts'
import { report } from './telling.ts'

/** Reads a JSON array of Markdown, and writes one of HTML, as GitHub has it before it leaves out elements. */
const RENDER = `
import json, sys
from cmarkgfm import github_flavored_markdown_to_html as render
from cmarkgfm.cmark import Options
documents = json.load(open(0, encoding='utf8'))
pages = [render(document, options=Options.CMARK_OPT_UNSAFE) for document in documents]
sys.stdout.write(json.dumps(pages))
`

const { cell } = createCleaner(createRedactor(['secret-key-of-the-pair']))

/** Where a summary has a text of the service. */
const PLACES: readonly ((text: string) => string)[] = [
  (text) => `| a | b |\n| --- | ---: |\n| ${text} | <code>${text}</code> |\n`,
  (text) => `- <code>name</code>: ${text}\n`,
  (text) => `**${text}**\n`,
]

const LINKS = [
  ...'a@b.example A.b-c_d+e@b.example.org. a@b@c.example mailto:a@b.example MAILTO:a@b.example'.split(' '),
  ...'xmpp:a@b.example/x www.evil.example WwW.evil.example/a?b=c www.www.evil.example'.split(' '),
  ...'http://evil.example HTTPS://evil.example/a(b) ftp://evil.example (http://evil.example)'.split(' '),
  ...'*www.evil.example* "http://evil.example" <http://evil.example> <a@b.example>'.split(' '),
  ...'[a](http://evil.example) ![a](http://evil.example/a.png) http&#58;//evil.example'.split(' '),
  '<a href=http://evil.example>x</a>',
  '<img src=http://evil.example/a.png>',
  '<!-- x --> <script>x</script> <wbr>',
  'a&#64;b.example &commat; &amp;lt;b&gt;',
  '@octocat octo-org/repo#1 #1 :tada: $x$',
  '| a | b |\n| --- | --- |',
  '`a@b.example` ~~x~~ __y__ \\',
  '`x` www.evil.example',
  'http://evil.example/`a`',
  `${'a'.repeat(17)}@b.example`,
]
const piece = fc.oneof(
  fc.constantFrom(...LINKS),
  fc.constantFrom(...'@:/.#$<>[]()!*_~`|\\&;"\' -+\n'.split('')),
  fc.constantFrom(...'www. http :// mailto: xmpp: a b.example'.split(' ')),
  fc.constantFrom('\u200b', '\u00a0', '\u3000', '…', 'ü', '🎉', '“'),
  fc.string({ maxLength: 4 }),
)
/** Texts full of what could be a link, an element or a mark, and places for them. */
const hostile = fc.tuple(
  fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
  fc.constantFrom(...PLACES),
  fc.integer({ min: 1, max: 200 }),
)

type Hostile = [text: string, place: (text: string) => string, longest: number]
const EXAMPLES = LINKS.flatMap((text) => PLACES.map((place): Hostile => [text, place, 1000]))

const tagsOf = (html: string): string[] =>
  [...html.matchAll(/<\/?[a-z][^>]*>|<!|<\?/gi)].map(([tag]) => tag).filter((tag) => tag !== '<wbr>')
const NAMES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const textsOf = (html: string): string[] =>
  html.split(/<[^>]*>/).map((text) => text.replace(/&(\w+);/g, (_, name: string) => NAMES[name] ?? ''))

/** The text of a cell gives no element but those of its place, and shows what it says. */
function expectTexts(render: (documents: readonly string[]) => unknown): void {
  const examples = [...EXAMPLES, ...fc.sample(hostile, 1000)]
    .map(([text, place, longest]) => ({ text, place, longest, cleaned: cell(text, longest) }))
    .filter(({ cleaned }) => cleaned !== '')
  const documents = [
    'a link: www.evil.example',
    ...PLACES.map((place) => place('x')),
    ...examples.map(({ place, cleaned }) => place(cleaned)),
  ]
  const pages = render(documents)
  if (!Array.isArray(pages)) throw new Error('The renderer gave no list of pages.')
  const rendered = new Map(documents.map((document, at) => [document, String(pages[at])]))
  const htmlOf = (document: string): string => rendered.get(document) ?? ''
  expect(htmlOf('a link: www.evil.example')).toMatch('<a ')
  for (const { text, place, longest, cleaned } of examples) {
    const html = htmlOf(place(cleaned))
    expect({ text, tags: tagsOf(html) }).toEqual({ text, tags: tagsOf(htmlOf(place('x'))) })
    const texts = textsOf(html)
    // Programs that look for mentions, issues, emoji and URLs in a page look at its texts, each by itself.
    for (const shown of texts) expect(shown).not.toMatch(/@\S|:\/\/|www\.\S|#\d|:\w+:|\$\S/i)
    if (longest > 200) expect(texts.join('')).toContain(text.replaceAll('\n', ' '))
  }
}

const asMicromark = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })

test('wherever a summary shows a text of the service, there is no link and no markup in it', () => {
  const outcomes = LINKS.map((text, index) => {
    const fields = { cid: text, metadata: { name: text } }
    return index % 2 === 0
      ? failed(index, text, { record: ended(index, {}, fields).record })
      : stayed(index, 'kept', text, fields)
  })
  const criteria = LINKS.map((text) => ['name', text] as const)
  const groups = LINKS.map((value) => ({ value, matched: 1, chosen: 1 }))
  const html = asMicromark(report(outcomes, { stopped: LINKS.join(' ') }, { criteria, groups }).summary)
  endSteps()
  expect(html).not.toMatch(/<a |<img|<script/)
  expect(new Set(html.match(/<\w+/g)?.map((tag) => tag.slice(1)))).toEqual(
    new Set('h2 b ul li p pre code table tr th td sub br wbr details summary'.split(' ')),
  )
})

describe('no text of the service is a link or an element of the summary', () => {
  test('as micromark renders it', () => expectTexts((documents) => documents.map(asMicromark)))

  const python = ['.tools/python/bin/python', '.tools/python/Scripts/python.exe', 'python3', 'python'].find(
    (command) => spawnSync(command, ['-c', 'import cmarkgfm']).status === 0,
  )
  const required = process.env['GITHUB_RENDERER'] === 'required'
  const unlessMissing = python === undefined && !required ? test.skip : test
  unlessMissing(
    'as GitHub’s own renderer shows it (skipped where scripts/install-tools.sh did not run)',
    () =>
      expectTexts((documents) => {
        const options = { input: JSON.stringify(documents), encoding: 'utf8', maxBuffer: 2 ** 28 } as const
        return JSON.parse(execFileSync(python ?? 'python3', ['-c', RENDER], options))
      }),
  )
})
