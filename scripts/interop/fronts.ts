import type { ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endServer, freePort, startServer, waitForPort } from './processes.ts'

/** Where scripts/install-tools.sh unpacks Debian's packages. */
const PEERS = fileURLToPath(new URL('../../.tools/peers', import.meta.url))
const NGINX = join(PEERS, 'usr/sbin/nginx')
const TINYPROXY = join(PEERS, 'usr/bin/tinyproxy')
const SQUID = join(PEERS, 'usr/sbin/squid')

/** The service's name for clients that come through a proxy: the toolkit goes round the proxy for names of loopback. */
export const PROXIED_HOST = 'pins.test'

/** What stands between the action and the service. */
export interface Front {
  /** The input `api-url`. */
  url: string
  /** Variables for the action. */
  env: Readonly<Record<string, string>>
  /** Ends it. What it has in its log then are so many requests (nginx) or tunnels (proxies). */
  end(): Promise<number>
}

/** What a front needs: an empty folder for all of its files, and the service's port. */
export interface FrontOptions {
  folder: string
  port: number
  /** PEM files. */
  keyFile: string
  certificateFile: string
}

/** What of the programs is missing. */
export function missingFronts(): string[] {
  return [NGINX, TINYPROXY, SQUID].filter((path) => !existsSync(path))
}

/** The folder with the packages' libraries: its name holds the machine's kind, e.g. `usr/lib/x86_64-linux-gnu`. */
function libraries(): string {
  const lib = join(PEERS, 'usr/lib')
  const name = readdirSync(lib).find((folder) => folder.endsWith('-linux-gnu'))
  if (name === undefined) throw new Error(`${lib} has no libraries`)
  return join(lib, name)
}

function countIn(file: string, pattern: RegExp): number {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => pattern.test(line)).length
}

async function start(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  folder: string,
  port: number,
): Promise<ChildProcess> {
  const errors = join(folder, 'stderr.log')
  const server = startServer(command, args, errors, { env })
  await waitForPort(server, port, errors)
  return server
}

/**
 * nginx with TLS in front of a service without. Its connections end after 20 requests.
 */
export async function startNginx({ folder, port, keyFile, certificateFile }: FrontOptions): Promise<Front> {
  const own = await freePort()
  const access = join(folder, 'access.log')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off;
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/error.log info;
events { worker_connections 256; }
http {
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  access_log ${access} combined;
  # Else nginx drops the service's two headers for the underscores in their names.
  underscores_in_headers on;
  keepalive_requests 20;
  server {
    listen 127.0.0.1:${own} ssl;
    ssl_certificate ${certificateFile};
    ssl_certificate_key ${keyFile};
    location / { proxy_pass http://127.0.0.1:${port}; }
  }
}
`,
  )
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf')]
  const env = { LD_LIBRARY_PATH: libraries() }
  const server = await start(NGINX, args, env, folder, own)
  return {
    url: `https://127.0.0.1:${own}`,
    env: { NODE_EXTRA_CA_CERTS: certificateFile },
    async end() {
      await endServer(server)
      return countIn(access, /"(GET|DELETE) /)
    },
  }
}

function proxied(proxyPort: number, { port, certificateFile }: FrontOptions): Pick<Front, 'url' | 'env'> {
  return {
    url: `https://${PROXIED_HOST}:${port}`,
    env: { NODE_EXTRA_CA_CERTS: certificateFile, https_proxy: `http://127.0.0.1:${proxyPort}` },
  }
}

/** The proxy resolves the service's name; this file tells it, and the machine's own stays as it is. */
function writeHosts(folder: string): string {
  const hosts = join(folder, 'hosts')
  writeFileSync(hosts, `127.0.0.1 ${PROXIED_HOST}\n`)
  return hosts
}

/** tinyproxy, which logs every request line; it looks names up with the C library, which libnss-wrapper gives another hosts file. */
export async function startTinyproxy(options: FrontOptions): Promise<Front> {
  const { folder } = options
  const own = await freePort()
  const log = join(folder, 'tinyproxy.log')
  writeFileSync(
    join(folder, 'tinyproxy.conf'),
    `Port ${own}
Listen 127.0.0.1
Allow 127.0.0.1
Timeout 60
MaxClients 50
LogFile "${log}"
LogLevel Info
ConnectPort ${options.port}
`,
  )
  const args = ['-d', '-c', join(folder, 'tinyproxy.conf')]
  const env = {
    LD_PRELOAD: join(libraries(), 'libnss_wrapper.so'),
    NSS_WRAPPER_HOSTS: writeHosts(folder),
  }
  const server = await start(TINYPROXY, args, env, folder, own)
  return {
    ...proxied(own, options),
    async end() {
      await endServer(server)
      return countIn(log, new RegExp(`CONNECT ${PROXIED_HOST}:${options.port} HTTP`))
    },
  }
}

/** squid, which logs every header that it reads. */
export async function startSquid(options: FrontOptions): Promise<Front> {
  const { folder } = options
  const own = await freePort()
  const access = join(folder, 'access.log')
  // Started by root, it runs as another user.
  chmodSync(folder, 0o777)
  writeFileSync(
    join(folder, 'squid.conf'),
    `http_port 127.0.0.1:${own}
acl service port ${options.port}
acl tunnel method CONNECT
http_access allow tunnel service
http_access deny all
hosts_file ${writeHosts(folder)}
dns_nameservers 127.0.0.1
cache deny all
cache_mem 8 MB
memory_pools off
max_filedescriptors 1024
log_mime_hdrs on
access_log stdio:${access}
cache_log ${folder}/cache.log
debug_options ALL,1 11,2
cache_effective_user nobody
pid_filename none
netdb_filename none
pinger_enable off
coredump_dir ${folder}
visible_hostname proxy.test
shutdown_lifetime 0 seconds
mime_table ${PEERS}/usr/share/squid/mime.conf
icon_directory ${PEERS}/usr/share/squid/icons
error_directory ${PEERS}/usr/share/squid-langpack/en
unlinkd_program ${PEERS}/usr/lib/squid/unlinkd
logfile_daemon ${PEERS}/usr/lib/squid/log_file_daemon
err_page_stylesheet ${PEERS}/etc/squid/errorpage.css
`,
  )
  const args = ['-N', '-f', join(folder, 'squid.conf')]
  const env = { LD_LIBRARY_PATH: libraries() }
  const server = await start(SQUID, args, env, folder, own)
  return {
    ...proxied(own, options),
    async end() {
      await endServer(server)
      return countIn(access, new RegExp(`TCP_TUNNEL/200 \\d+ CONNECT ${PROXIED_HOST}:${options.port} `))
    },
  }
}
