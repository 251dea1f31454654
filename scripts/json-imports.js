/**
 * A Jest transformer that adds the import attribute which Node demands for JSON (https://nodejs.org/api/esm.html#import-attributes).
 * GitHub's language service is published without it, for bundlers.
 */
export default {
  process: (source) => ({
    code: source.replace(/^(import \w+ from "[^"]+\.json");$/gm, "$1 with { type: 'json' };"),
  }),
}
