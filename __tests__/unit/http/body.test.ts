import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { parseBody } from '../../../src/http/body.ts'

describe('bytes are read as a JSON object', () => {
  test('for any object', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const text = JSON.stringify(object)
        expect(parseBody(Buffer.from(text))).toEqual({ kind: 'json', object: JSON.parse(text) })
      }),
    ))

  test.each([
    ['an empty body', ['']],
    ['a body that is not JSON', ['{', 'ok', 'no <p>']],
    ['HTML or XML instead of JSON', ['<!doctype html>', '\n <?xml?>']],
    ['JSON that is not an object', ['[]', 'null', '"text"', '7']],
  ])('but %s is not one: %j', (problem, texts) => {
    for (const text of texts) expect(parseBody(Buffer.from(text))).toEqual({ kind: 'unusable', problem })
  })

  test('but bytes that are not UTF-8 are refused, not replaced', () => {
    const body = parseBody(Buffer.from('{"\xff":1}', 'latin1'))
    expect(body).toEqual({ kind: 'unusable', problem: 'a body that is not UTF-8' })
  })
})
