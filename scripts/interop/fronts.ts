import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, globSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A request as it was answered. */
export interface Seen {
  method: string
  /** Empty for the list. */
  pinId: string
  /** `record` and `gone` are the service's words; `lost` is what may come after the effect; a `stranger` is not the service. */
  said: 'record' | 'gone' | 'lost' | 'stranger'
  removed: boolean
}

/** What stands between the action and the service. */
export interface Front {
  url: string
  /** Variables for the action. */
  env: Readonly<Record<string, string>>
  /** Where it answers in place of the service. */
  seen?: readonly Seen[]
  /** Ends it, and gives the connection of each request that it logged; for a proxy, one for each tunnel. */
  end(): Promise<readonly string[]>
}

/** What a front needs: a folder for its files, the service's URL, and PEM files. */
export interface Place {
  folder: string
  service: URL
  key: string
  certificate: string
}

/** How a front is started. */
export interface Recipe {
  /** Its programs and libraries. */
  needs: string[]
  command: (place: Place, port: number) => string[]
  env?: (place: Place) => Record<string, string>
  /** The text of `config` in its folder. */
  config?: (place: Place, port: number) => string
  /** What stands in `log` in its folder for each request; the group is the connection. */
  line: RegExp
  proxy?: true
}

/** The service's name for clients that come through a proxy: the toolkit goes round the proxy for names of loopback. */
export const PROXIED_HOST = 'pins.test'

/** Where scripts/install-tools.sh unpacks Debian's packages. */
const PEERS = join(import.meta.dirname, '../../.tools/peers')
const LIBRARIES = globSync(['/usr/lib/*-linux-gnu', `${PEERS}/usr/lib/*-linux-gnu`])

/** The path of a program or a library, whether it is installed or only unpacked; `''` where it is not there. */
export function find(name: string): string {
  const folders = ['/usr/sbin', '/usr/local/go/bin', `${PEERS}/usr/sbin`, `${PEERS}/usr/bin`, ...LIBRARIES]
  // Debian 13 has `squid-gnutls`, and makes the usual name only where it installs the package.
  const names = name === 'squid' ? [name, 'squid-gnutls', 'squid-openssl'] : [name]
  const paths = [...(process.env['PATH'] ?? '').split(':'), ...folders].flatMap((folder) =>
    names.map((one) => join(folder, one)),
  )
  return paths.find((path) => existsSync(path)) ?? ''
}

export const FRONTS = {
  go: {
    needs: ['go'],
    command({ folder, service, key, certificate }, port) {
      const program = join(folder, 'front')
      // One file and the standard library: no module, whatever the machine is set up for.
      const env = { ...process.env, GOFLAGS: '', GO111MODULE: '', GOWORK: 'off', GOTOOLCHAIN: 'local' }
      execFileSync(find('go'), ['build', '-o', program, join(import.meta.dirname, 'front.go')], { env })
      return [program, `127.0.0.1:${port}`, service.origin, certificate, key, join(folder, 'log')]
    },
    line: /^request (.+)$/gm,
  },
  nginx: {
    needs: ['nginx'],
    command: ({ folder }) => [find('nginx'), '-p', folder, '-c', join(folder, 'config')],
    config: ({ folder, service, key, certificate }, port) => `daemon off;
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/error.log info;
events { worker_connections 256; }
http {
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  log_format all '$connection $request $http_user_agent';
  access_log ${folder}/log all;
  # Else nginx drops the service's two headers for the underscores in their names.
  underscores_in_headers on;
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${certificate};
    ssl_certificate_key ${key};
    location / { proxy_pass ${service.origin}; }
  }
}
`,
    line: /^(\d+) (?:GET|DELETE) /gm,
  },
  tinyproxy: {
    needs: ['tinyproxy', 'libnss_wrapper.so'],
    command: ({ folder }) => [find('tinyproxy'), '-d', '-c', join(folder, 'config')],
    // It looks names up with the C library, which libnss-wrapper gives another hosts file.
    env: ({ folder }) => ({
      LD_PRELOAD: find('libnss_wrapper.so'),
      NSS_WRAPPER_HOSTS: join(folder, 'hosts'),
    }),
    config: ({ folder, service }, port) => `Port ${port}
Listen 127.0.0.1
Allow 127.0.0.1
Timeout 60
MaxClients 50
LogFile "${folder}/log"
LogLevel Info
ConnectPort ${service.port}
`,
    line: /CONNECT pins\.test:\d+ HTTP/g,
    proxy: true,
  },
  squid: {
    needs: ['squid'],
    command: ({ folder }) => [find('squid'), '-N', '-f', join(folder, 'config')],
    config: ({ folder, service }, port) => `http_port 127.0.0.1:${port}
acl service port ${service.port}
acl tunnel method CONNECT
http_access allow tunnel service
http_access deny all
hosts_file ${folder}/hosts
dns_nameservers 127.0.0.1
cache deny all
max_filedescriptors 1024
log_mime_hdrs on
access_log stdio:${folder}/log
cache_log ${folder}/cache.log
debug_options ALL,1 11,2
cache_effective_user nobody
pid_filename none
netdb_filename none
pinger_enable off
coredump_dir ${folder}
visible_hostname proxy.test
shutdown_lifetime 0 seconds
${
  find('squid').startsWith(PEERS)
    ? `mime_table ${PEERS}/usr/share/squid/mime.conf
icon_directory ${PEERS}/usr/share/squid/icons
error_directory ${PEERS}/usr/share/squid-langpack/en
unlinkd_program ${PEERS}/usr/lib/squid/unlinkd
logfile_daemon ${PEERS}/usr/lib/squid/log_file_daemon
err_page_stylesheet ${PEERS}/etc/squid/errorpage.css`
    : ''
}
`,
    line: /TUNNEL\/200 \d+ CONNECT pins\.test:/g,
    proxy: true,
  },
} satisfies Readonly<Record<string, Recipe>>

const running = new Set<ChildProcess>()

/** Each server is the leader of a group: its workers end with it. */
export function killServers(signal: NodeJS.Signals = 'SIGKILL', servers: Iterable<ChildProcess> = running): void {
  for (const { pid } of servers) if (pid !== undefined) process.kill(-pid, signal)
}

/** Starts a front, and waits until it listens. @throws Error where it does not, with what it wrote */
export async function startFront({ command, env, config, line, proxy }: Recipe, place: Place): Promise<Front> {
  const { folder, service, certificate } = place
  const port = await freePort()
  // A server that root starts may run as another user. A proxy resolves the service's name with `hosts`.
  chmodSync(folder, 0o777)
  writeFileSync(join(folder, 'hosts'), `127.0.0.1 ${PROXIED_HOST}\n`)
  writeFileSync(join(folder, 'config'), config?.(place, port) ?? '')
  const [program = '', ...args] = command(place, port)
  const output = openSync(join(folder, 'output'), 'a')
  const variables = { PATH: process.env['PATH'], LD_LIBRARY_PATH: LIBRARIES.join(':'), ...env?.(place) }
  const child = spawn(program, args, { detached: true, stdio: ['ignore', output, output], env: variables })
  running.add(child.once('close', () => running.delete(child)))
  for (let tries = 500; !(await accepts(port)); tries -= 1) {
    if (child.exitCode !== null || tries === 0)
      throw new Error(`${program} does not listen:\n${readFileSync(join(folder, 'output'), 'utf8')}`)
    await sleep(20)
  }
  const trust = { NODE_EXTRA_CA_CERTS: certificate }
  return {
    url: proxy ? `https://${PROXIED_HOST}:${service.port}` : `https://127.0.0.1:${port}`,
    env: proxy ? { ...trust, https_proxy: `http://127.0.0.1:${port}` } : trust,
    async end() {
      const closed = once(child, 'close')
      killServers('SIGTERM', [child])
      await closed
      return [...readFileSync(join(folder, 'log'), 'utf8').matchAll(line)].map(([, own], n) => own ?? String(n))
    },
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(() => resolve(true)))
    socket.once('error', () => resolve(false))
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}
