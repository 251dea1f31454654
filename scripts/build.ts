/** `npm run build [-- FOLDER]`: compiles the source, bundles it into one file in `dist` or another folder, and drops what nothing calls. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { minify } from 'terser'

const { resolve } = createRequire(import.meta.url)
const folder = process.argv[2] ?? 'dist'

/**
 * Runners choose the Node, and older ones (or engines built on act) may start the bundle with one in which every line below would fail
 * without a useful word. `process.getBuiltinModule` came with Node 20.16 and 22.3 (https://nodejs.org/api/process.html).
 */
const GUARD = `if (!process.getBuiltinModule) {
  console.log("::error::This action needs Node 20.16 or newer, and this runner started it with Node " +
    process.versions.node + ". Use a runner of version 2.327.1 or newer.");
  process.exit(1);
}
`

run('../node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')
rmSync(folder, { recursive: true, force: true })
// ncc is never handed a TypeScript file: its own loader does not know this compiler.
const bundling = ['build', 'lib/index.js', '-o', folder, '--no-cache', '--license', 'licenses.txt']
run('@vercel/ncc/dist/ncc/cli.js', ...bundling)
addLicences(join(folder, 'licenses.txt'))
const bundle = join(folder, 'index.js')
const trimmed = await trim(builtinsOnly(readFileSync(bundle, 'utf8')))
// What only those methods called goes in the second pass.
writeFileSync(bundle, GUARD + (await trim(agentOnly(trimmed))))

/** Ends this program where a script fails. What it said is shown then. */
function run(script: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(script), ...args])
  if (status === 0) return
  console.error(`${stdout.toString()}${stderr.toString()}`)
  process.exit(1)
}

/** ncc overlooks packages that are imported by their parts. */
function addLicences(file: string): void {
  const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
  for (const name of Object.keys(dependencies)) {
    if (readFileSync(file, 'utf8').includes(`${name}\n`)) continue
    const { license } = JSON.parse(read(`node_modules/${name}/package.json`)) as { license: string }
    appendFileSync(file, `\n${name}\n${license}\n${read(`node_modules/${name}/LICENSE`)}`)
  }
}

/**
 * Drops what nothing calls: the toolkit's OIDC, summary and platform parts would otherwise be a quarter of what a reviewer has to read.
 * Names and statements stay; only dead code and comments go (the source has those).
 */
async function trim(untrimmed: string): Promise<string> {
  const { code } = await minify(untrimmed, {
    ecma: 2020,
    module: true,
    mangle: false,
    // Reading a property, and constructing what is never used, has no effect anywhere in this bundle.
    compress: {
      defaults: false,
      unused: true,
      dead_code: true,
      toplevel: true,
      pure_getters: true,
      pure_new: true,
      // The bases of CIDs that nothing uses.
      pure_funcs: ['rfc4648', 'baseX'],
      passes: 4,
    },
    format: { beautify: true, indent_level: 2, comments: false, width: 110, quote_style: 3 },
  })
  if (code === undefined) throw new Error('nothing is left of the bundle')
  return `${code}\n`
}

/**
 * ncc has Node's own modules loaded with `createRequire`, which could load any file on the machine. `process.getBuiltinModule` can
 * load nothing else than those, and starts sooner.
 */
function builtinsOnly(code: string): string {
  return code
    .replace(/^import \{ createRequire as __WEBPACK_EXTERNAL_createRequire \} from "module";$/m, '')
    .replaceAll('__WEBPACK_EXTERNAL_createRequire(import.meta.url)(', 'process.getBuiltinModule(')
}

/**
 * Of the toolkit's client, the action uses the choice of the agent alone; Node sends the requests. The methods that send, follow redirects
 * and retry are a tenth of the bundle, and a reviewer need not read what cannot run. No tool can prove that a method is never called, so
 * they are named here: a call of another one would be a `TypeError` in the first test that starts the bundle.
 */
function agentOnly(code: string): string {
  const kept = new Set(['constructor', 'getAgent', '_getAgent', '_getUserAgentWithOrchestrationId'])
  const [client = ''] = /^class lib_HttpClient \{\n[^]*?^\}$/m.exec(code) ?? []
  const methods = client.match(/^  (?:async )?\w+\(.*\n[^]*?^  \}$/gm) ?? []
  const dropped = methods.filter((method) => !kept.has(/\w+(?=\()/.exec(method)?.[0] ?? ''))
  if (methods.length - dropped.length !== kept.size)
    throw new Error("The toolkit's client has changed: look at agentOnly")
  // The tables that only those methods read.
  const tables = /^var (HttpCodes|Headers|MediaTypes);\n+\(function[^]*?^\}\)\(\1 .*$|^const Http\w+Codes = \[[^;]*;$/gm
  return code
    .replace(client, () => dropped.reduce((text, method) => text.replace(method, ''), client))
    .replace(tables, '')
}
