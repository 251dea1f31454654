if (!process.getBuiltinModule) {
  console.log("::error::This action needs Node 20.16 or newer, and this runner started it with Node " +
    process.versions.node + ". Use a runner of version 2.327.1 or newer.");
  process.exit(1);
}
var __webpack_modules__ = {
  770: (module, __unused_webpack_exports, __nccwpck_require__) => {
    module.exports = __nccwpck_require__(218);
  },
  218: (__unused_webpack_module, exports, __nccwpck_require__) => {
    __nccwpck_require__(278);
    var tls = __nccwpck_require__(756);
    var http = __nccwpck_require__(611);
    var https = __nccwpck_require__(692);
    var events = __nccwpck_require__(434);
    __nccwpck_require__(613);
    var util = __nccwpck_require__(23);
    exports.httpOverHttp = httpOverHttp;
    exports.httpsOverHttp = httpsOverHttp;
    exports.httpOverHttps = httpOverHttps;
    exports.httpsOverHttps = httpsOverHttps;
    function httpOverHttp(options) {
      var agent = new TunnelingAgent(options);
      agent.request = http.request;
      return agent;
    }
    function httpsOverHttp(options) {
      var agent = new TunnelingAgent(options);
      agent.request = http.request;
      agent.createSocket = createSecureSocket;
      agent.defaultPort = 443;
      return agent;
    }
    function httpOverHttps(options) {
      var agent = new TunnelingAgent(options);
      agent.request = https.request;
      return agent;
    }
    function httpsOverHttps(options) {
      var agent = new TunnelingAgent(options);
      agent.request = https.request;
      agent.createSocket = createSecureSocket;
      agent.defaultPort = 443;
      return agent;
    }
    function TunnelingAgent(options) {
      var self = this;
      self.options = options || {};
      self.proxyOptions = self.options.proxy || {};
      self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
      self.requests = [];
      self.sockets = [];
      self.on('free', function(socket, host, port, localAddress) {
        var options = toOptions(host, port, localAddress);
        for (var i = 0, len = self.requests.length; i < len; ++i) {
          var pending = self.requests[i];
          if (pending.host === options.host && pending.port === options.port) {
            self.requests.splice(i, 1);
            pending.request.onSocket(socket);
            return;
          }
        }
        socket.destroy();
        self.removeSocket(socket);
      });
    }
    util.inherits(TunnelingAgent, events.EventEmitter);
    TunnelingAgent.prototype.addRequest = function(req, host, port, localAddress) {
      var self = this;
      var options = mergeOptions({
        request: req
      }, self.options, toOptions(host, port, localAddress));
      if (self.sockets.length >= this.maxSockets) {
        self.requests.push(options);
        return;
      }
      self.createSocket(options, function(socket) {
        socket.on('free', onFree);
        socket.on('close', onCloseOrRemove);
        socket.on('agentRemove', onCloseOrRemove);
        req.onSocket(socket);
        function onFree() {
          self.emit('free', socket, options);
        }
        function onCloseOrRemove(err) {
          self.removeSocket(socket);
          socket.removeListener('free', onFree);
          socket.removeListener('close', onCloseOrRemove);
          socket.removeListener('agentRemove', onCloseOrRemove);
        }
      });
    };
    TunnelingAgent.prototype.createSocket = function(options, cb) {
      var self = this;
      var placeholder = {};
      self.sockets.push(placeholder);
      var connectOptions = mergeOptions({}, self.proxyOptions, {
        method: 'CONNECT',
        path: options.host + ':' + options.port,
        agent: false,
        headers: {
          host: options.host + ':' + options.port
        }
      });
      if (options.localAddress) connectOptions.localAddress = options.localAddress;
      if (connectOptions.proxyAuth) {
        connectOptions.headers = connectOptions.headers || {};
        connectOptions.headers['Proxy-Authorization'] = 'Basic ' + new Buffer(connectOptions.proxyAuth).toString('base64');
      }
      debug('making CONNECT request');
      var connectReq = self.request(connectOptions);
      connectReq.useChunkedEncodingByDefault = false;
      connectReq.once('response', onResponse);
      connectReq.once('upgrade', onUpgrade);
      connectReq.once('connect', onConnect);
      connectReq.once('error', onError);
      connectReq.end();
      function onResponse(res) {
        res.upgrade = true;
      }
      function onUpgrade(res, socket, head) {
        process.nextTick(function() {
          onConnect(res, socket, head);
        });
      }
      function onConnect(res, socket, head) {
        connectReq.removeAllListeners();
        socket.removeAllListeners();
        if (res.statusCode !== 200) {
          debug('tunneling socket could not be established, statusCode=%d', res.statusCode);
          socket.destroy();
          var error = new Error('tunneling socket could not be established, ' + 'statusCode=' + res.statusCode);
          error.code = 'ECONNRESET';
          options.request.emit('error', error);
          self.removeSocket(placeholder);
          return;
        }
        if (head.length > 0) {
          debug('got illegal response body from proxy');
          socket.destroy();
          error = new Error('got illegal response body from proxy');
          error.code = 'ECONNRESET';
          options.request.emit('error', error);
          self.removeSocket(placeholder);
          return;
        }
        debug('tunneling connection has established');
        self.sockets[self.sockets.indexOf(placeholder)] = socket;
        return cb(socket);
      }
      function onError(cause) {
        connectReq.removeAllListeners();
        debug('tunneling socket could not be established, cause=%s\n', cause.message, cause.stack);
        var error = new Error('tunneling socket could not be established, ' + 'cause=' + cause.message);
        error.code = 'ECONNRESET';
        options.request.emit('error', error);
        self.removeSocket(placeholder);
      }
    };
    TunnelingAgent.prototype.removeSocket = function(socket) {
      var pos = this.sockets.indexOf(socket);
      if (pos === -1) return;
      this.sockets.splice(pos, 1);
      var pending = this.requests.shift();
      if (pending) this.createSocket(pending, function(socket) {
        pending.request.onSocket(socket);
      });
    };
    function createSecureSocket(options, cb) {
      var self = this;
      TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
        var hostHeader = options.request.getHeader('host');
        var tlsOptions = mergeOptions({}, self.options, {
          socket,
          servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
        });
        var secureSocket = tls.connect(0, tlsOptions);
        self.sockets[self.sockets.indexOf(socket)] = secureSocket;
        cb(secureSocket);
      });
    }
    function toOptions(host, port, localAddress) {
      if (typeof host === 'string') return {
        host,
        port,
        localAddress
      };
      return host;
    }
    function mergeOptions(target) {
      for (var i = 1, len = arguments.length; i < len; ++i) {
        var overrides = arguments[i];
        if (typeof overrides === 'object') {
          var keys = Object.keys(overrides);
          for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
            var k = keys[j];
            if (overrides[k] !== void 0) target[k] = overrides[k];
          }
        }
      }
      return target;
    }
    var debug;
    if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) debug = function() {
      var args = Array.prototype.slice.call(arguments);
      if (typeof args[0] === 'string') args[0] = 'TUNNEL: ' + args[0]; else args.unshift('TUNNEL:');
      console.error.apply(console, args);
    }; else debug = function() {};
    exports.debug = debug;
  },
  613: module => {
    module.exports = process.getBuiltinModule("assert");
  },
  434: module => {
    module.exports = process.getBuiltinModule("events");
  },
  611: module => {
    module.exports = process.getBuiltinModule("http");
  },
  692: module => {
    module.exports = process.getBuiltinModule("https");
  },
  278: module => {
    module.exports = process.getBuiltinModule("net");
  },
  756: module => {
    module.exports = process.getBuiltinModule("tls");
  },
  23: module => {
    module.exports = process.getBuiltinModule("util");
  },
  330: (__unused_webpack_module, exports, __nccwpck_require__) => {
    for (const name of [ 'httpOverHttp', 'httpsOverHttp', 'httpOverHttps', 'httpsOverHttps' ]) exports[name] = options => __nccwpck_require__(770)[name](options);
  }
};

var __webpack_module_cache__ = {};

function __nccwpck_require__(moduleId) {
  var cachedModule = __webpack_module_cache__[moduleId];
  if (cachedModule !== void 0) return cachedModule.exports;
  var module = __webpack_module_cache__[moduleId] = {
    exports: {}
  };
  var threw = true;
  try {
    __webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
    threw = false;
  } finally {
    if (threw) delete __webpack_module_cache__[moduleId];
  }
  return module.exports;
}

if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";

(() => {
  var getProto = Object.getPrototypeOf ? obj => Object.getPrototypeOf(obj) : obj => obj.__proto__;
  var leafPrototypes;
  __nccwpck_require__.t = function(value, mode) {
    if (mode & 1) value = this(value);
    if (mode & 8) return value;
    if (typeof value === 'object' && value) {
      if (mode & 4 && value.__esModule) return value;
      if (mode & 16 && typeof value.then === 'function') return value;
    }
    var ns = Object.create(null);
    __nccwpck_require__.r(ns);
    var def = {};
    leafPrototypes = leafPrototypes || [ null, getProto({}), getProto([]), getProto(getProto) ];
    for (var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) Object.getOwnPropertyNames(current).forEach(key => def[key] = () => value[key]);
    def['default'] = () => value;
    __nccwpck_require__.d(ns, def);
    return ns;
  };
})();

(() => {
  __nccwpck_require__.d = (exports, definition) => {
    for (var key in definition) if (__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) Object.defineProperty(exports, key, {
      enumerable: true,
      get: definition[key]
    });
  };
})();

(() => {
  __nccwpck_require__.o = (obj, prop) => Object.prototype.hasOwnProperty.call(obj, prop);
})();

(() => {
  __nccwpck_require__.r = exports => {
    if (typeof Symbol !== 'undefined' && Symbol.toStringTag) Object.defineProperty(exports, Symbol.toStringTag, {
      value: 'Module'
    });
    Object.defineProperty(exports, '__esModule', {
      value: true
    });
  };
})();

const systemClock = {
  now() {
    const [seconds, nanos] = process.hrtime();
    return seconds * 1e3 + nanos / 1e6;
  },
  epoch: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }
};

function sleep(clock, ms, signal, sleeper) {
  return new Promise(resolve => {
    if (signal.aborted) return resolve();
    const wake = () => {
      cancel();
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const cancel = ms === 1 / 0 ? () => {} : clock.after(ms, wake);
    signal.addEventListener('abort', wake);
    if (sleeper !== void 0) sleeper.wake = wake;
  });
}

class RefusedError extends Error {
  name='RefusedError';
  problems;
  constructor(problems) {
    super(problems.join(' '));
    this.problems = problems;
  }
}

function describeError(thrown) {
  if (!(thrown instanceof Error)) return `a value that is not an Error was thrown: ${oneLine(describeValue(thrown))}`;
  const message = oneLine(thrown.message);
  if (message !== '') return message;
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return [ ...new Set(thrown.errors.map(describeError)) ].join('; ');
  return errorCode(thrown) ?? thrown.name;
}

function errorCode(thrown) {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
  return typeof code === 'string' && code !== '' ? code : null;
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').trim();
}

function describeValue(value) {
  try {
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  } catch {
    return typeof value;
  }
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function within(value, levels) {
  if (levels === 0 || typeof value !== 'object' || value === null) return [ value ];
  return [ value, ...Object.values(value).flatMap(field => within(field, levels - 1)) ];
}

const REDIRECTS = new Set([ 301, 302, 307, 308 ]);

function judgeRedirect({status, location}, asked, endpoint, holdsKey) {
  if (!REDIRECTS.has(status)) return {
    kind: 'none'
  };
  const refused = what => ({
    kind: 'refused',
    problem: `a redirect (HTTP ${status}) ${what}`
  });
  if (location === null) return refused('without a target');
  if (!URL.canParse(location, asked.href)) return refused('whose target is not a URL');
  const target = new URL(location, asked.href);
  if (target.origin !== asked.origin) return refused(`to another server, ${target.protocol}//${target.host}, which does not get the keys`);
  const path = target.pathname + target.search;
  if (holdsKey(path)) return refused('to a URL that holds a key');
  if (!slashesAside(target.pathname).endsWith(slashesAside(endpoint)) || !keepsQuery(asked, target)) return refused(`to another request, ${path}`);
  return {
    kind: 'follow',
    url: new URL(target.origin + path)
  };
}

function slashesAside(path) {
  return `/${path}`.replace(/\/+/g, '/').replace(/\/$/, '').toLowerCase();
}

function keepsQuery(asked, target) {
  return asked.searchParams.size === target.searchParams.size && [ ...asked.searchParams ].every(([name, value]) => target.searchParams.get(name) === value);
}

const LEAST_ATTEMPT_MS = 250;

const LEAST_WAIT_MS = 250;

const LONGEST_BACKOFF_MS = 3e4;

class Deadline {
  #clock;
  limitMs;
  #startedAt=null;
  #givenBackMs=0;
  constructor(clock, seconds) {
    this.#clock = clock;
    this.limitMs = seconds * 1e3;
  }
  start() {
    this.#startedAt ??= this.#clock.now();
  }
  get running() {
    return this.#startedAt !== null;
  }
  elapsed() {
    return this.#startedAt === null ? 0 : this.#clock.now() - this.#startedAt;
  }
  left() {
    return this.limitMs + this.#givenBackMs - this.elapsed();
  }
  fits(waitMs) {
    return this.left() - waitMs >= LEAST_ATTEMPT_MS;
  }
  everFits(waitMs) {
    return this.limitMs - waitMs >= LEAST_ATTEMPT_MS;
  }
  attemptMs() {
    return Math.max(0, Math.min(this.left(), Math.max(3e4, this.limitMs / 2)));
  }
  giveBack(ms) {
    if (this.running) this.#givenBackMs += ms;
  }
  backoffMs(attempt, random) {
    if (!this.fits(LEAST_WAIT_MS)) return null;
    return random() * Math.min(backoffBoundMs(attempt), this.left() - LEAST_ATTEMPT_MS);
  }
  async pause(attempt, signal) {
    const waitMs = backoffBoundMs(attempt);
    if (!this.fits(waitMs)) return false;
    await sleep(this.#clock, waitMs, signal);
    return !signal.aborted;
  }
}

function backoffBoundMs(attempt) {
  return Math.min(LONGEST_BACKOFF_MS, 1e3 * 2 ** (attempt - 1));
}

function isRetryable({status, body, retryAfter}, method) {
  if (status === 200) return body.kind === 'not-json' && method === 'DELETE';
  if (status === 403) return retryAfter !== null;
  return isBusy(status);
}

function isBusy(status) {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

function askedWaitMs(head, clock) {
  return head !== null && [ 403, 429, 503 ].includes(head.status) ? parseRetryAfter(head, clock) : null;
}

function parseRetryAfter({retryAfter, date}, clock) {
  const value = retryAfter?.trim() ?? '';
  if (/^\d+$/.test(value)) return Math.min(Number(value), 1e9) * 1e3;
  const until = parseHttpDate(value);
  return until === null ? null : Math.max(0, until - (parseHttpDate(date ?? '') ?? clock.epoch()));
}

const HTTP_DATE = /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? .*\d/;

function parseHttpDate(text) {
  const value = text.trim();
  if (!HTTP_DATE.test(value)) return null;
  const date = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(date) ? null : date;
}

var external_http_ = __nccwpck_require__(611);

__nccwpck_require__.t(external_http_, 2);

var external_https_ = __nccwpck_require__(692);

__nccwpck_require__.t(external_https_, 2);

function getProxyUrl(reqUrl) {
  const usingSsl = reqUrl.protocol === 'https:';
  if (checkBypass(reqUrl)) return;
  const proxyVar = (() => {
    if (usingSsl) return process.env['https_proxy'] || process.env['HTTPS_PROXY']; else return process.env['http_proxy'] || process.env['HTTP_PROXY'];
  })();
  if (proxyVar) try {
    return new DecodedURL(proxyVar);
  } catch (_a) {
    if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://')) return new DecodedURL(`http://${proxyVar}`);
  } else return;
}

function checkBypass(reqUrl) {
  if (!reqUrl.hostname) return false;
  const reqHost = reqUrl.hostname;
  if (isLoopbackAddress(reqHost)) return true;
  const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
  if (!noProxy) return false;
  let reqPort;
  if (reqUrl.port) reqPort = Number(reqUrl.port); else if (reqUrl.protocol === 'http:') reqPort = 80; else if (reqUrl.protocol === 'https:') reqPort = 443;
  const upperReqHosts = [ reqUrl.hostname.toUpperCase() ];
  if (typeof reqPort === 'number') upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
  for (const upperNoProxyItem of noProxy.split(',').map(x => x.trim().toUpperCase()).filter(x => x)) if (upperNoProxyItem === '*' || upperReqHosts.some(x => x === upperNoProxyItem || x.endsWith(`.${upperNoProxyItem}`) || upperNoProxyItem.startsWith('.') && x.endsWith(`${upperNoProxyItem}`))) return true;
  return false;
}

function isLoopbackAddress(host) {
  const hostLower = host.toLowerCase();
  return hostLower === 'localhost' || hostLower.startsWith('127.') || hostLower.startsWith('[::1]') || hostLower.startsWith('[0:0:0:0:0:0:0:1]');
}

class DecodedURL extends URL {
  constructor(url, base) {
    super(url, base);
    this._decodedUsername = decodeURIComponent(super.username);
    this._decodedPassword = decodeURIComponent(super.password);
  }
  get username() {
    return this._decodedUsername;
  }
  get password() {
    return this._decodedPassword;
  }
}

var tunnel = __nccwpck_require__(330);

void 0 && (void 0).__awaiter;

Error;

class lib_HttpClient {
  constructor(userAgent, handlers, requestOptions) {
    this._ignoreSslError = false;
    this._allowRedirects = true;
    this._allowRedirectDowngrade = false;
    this._maxRedirects = 50;
    this._allowRetries = false;
    this._maxRetries = 1;
    this._keepAlive = false;
    this._disposed = false;
    this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
    this.handlers = handlers || [];
    this.requestOptions = requestOptions;
    if (requestOptions) {
      if (requestOptions.ignoreSslError != null) this._ignoreSslError = requestOptions.ignoreSslError;
      this._socketTimeout = requestOptions.socketTimeout;
      if (requestOptions.allowRedirects != null) this._allowRedirects = requestOptions.allowRedirects;
      if (requestOptions.allowRedirectDowngrade != null) this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
      if (requestOptions.maxRedirects != null) this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
      if (requestOptions.keepAlive != null) this._keepAlive = requestOptions.keepAlive;
      if (requestOptions.allowRetries != null) this._allowRetries = requestOptions.allowRetries;
      if (requestOptions.maxRetries != null) this._maxRetries = requestOptions.maxRetries;
    }
  }
  getAgent(serverUrl) {
    const parsedUrl = new URL(serverUrl);
    return this._getAgent(parsedUrl);
  }
  _getAgent(parsedUrl) {
    let agent;
    const proxyUrl = getProxyUrl(parsedUrl);
    const useProxy = proxyUrl && proxyUrl.hostname;
    if (this._keepAlive && useProxy) agent = this._proxyAgent;
    if (!useProxy) agent = this._agent;
    if (agent) return agent;
    const usingSsl = parsedUrl.protocol === 'https:';
    let maxSockets = 100;
    if (this.requestOptions) maxSockets = this.requestOptions.maxSockets || external_http_.globalAgent.maxSockets;
    if (proxyUrl && proxyUrl.hostname) {
      const agentOptions = {
        maxSockets,
        keepAlive: this._keepAlive,
        proxy: Object.assign(Object.assign({}, (proxyUrl.username || proxyUrl.password) && {
          proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
        }), {
          host: proxyUrl.hostname,
          port: proxyUrl.port
        })
      };
      let tunnelAgent;
      const overHttps = proxyUrl.protocol === 'https:';
      if (usingSsl) tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp; else tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
      agent = tunnelAgent(agentOptions);
      this._proxyAgent = agent;
    }
    if (!agent) {
      const options = {
        keepAlive: this._keepAlive,
        maxSockets
      };
      agent = usingSsl ? new external_https_.Agent(options) : new external_http_.Agent(options);
      this._agent = agent;
    }
    if (usingSsl && this._ignoreSslError) agent.options = Object.assign(agent.options || {}, {
      rejectUnauthorized: false
    });
    return agent;
  }
  _getUserAgentWithOrchestrationId(userAgent) {
    const baseUserAgent = userAgent || 'actions/http-client';
    const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
    if (orchId) {
      const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
      return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
    }
    return baseUserAgent;
  }
}

const external_node_http_namespaceObject = process.getBuiltinModule("node:http");

const external_node_https_namespaceObject = process.getBuiltinModule("node:https");

const external_node_tls_namespaceObject = process.getBuiltinModule("node:tls");

const external_node_zlib_namespaceObject = process.getBuiltinModule("node:zlib");

const BODY_LIMIT = 8 * 1024 * 1024;

const FIRST_WORDS = 100;

function readBody(message, redact) {
  const chunks = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    message.on('data', chunk => {
      length += chunk.length;
      if (length <= BODY_LIMIT) chunks.push(chunk); else resolve(TOO_LARGE);
    });
    message.on('close', () => {
      if (message.complete) resolve(decode(Buffer.concat(chunks), redact, message.headers['content-encoding'])); else reject(new Error('the answer was cut short'));
    });
  });
}

const TOO_LARGE = notJson(`a body of over ${BODY_LIMIT / 1024 / 1024} MiB`);

function decode(bytes, redact, encoding = '') {
  const name = encoding.toLowerCase();
  if (name === '' || name === 'identity') return parseBody(bytes, redact);
  if (name !== 'gzip' && name !== 'x-gzip') return notJson('a body in a content encoding that was not asked for');
  try {
    return parseBody((0, external_node_zlib_namespaceObject.gunzipSync)(bytes, {
      maxOutputLength: BODY_LIMIT
    }), redact);
  } catch (error) {
    return error instanceof RangeError ? TOO_LARGE : notJson('a body that is not valid gzip');
  }
}

function parseBody(bytes, redact) {
  if (bytes.length === 0) return notJson('an empty body');
  let text;
  try {
    text = new TextDecoder('utf-8', {
      fatal: true
    }).decode(bytes);
  } catch {
    return notJson('a body that is not UTF-8');
  }
  try {
    const value = JSON.parse(text);
    return isObject(value) ? {
      kind: 'json',
      object: value,
      bytes: bytes.length
    } : notJson('JSON that is not an object', redact(text));
  } catch {
    return notJson(/^\s*</.test(text) ? 'HTML instead of JSON' : 'text instead of JSON', redact(text));
  }
}

function notJson(problem, text = '') {
  const shown = text.slice(0, 8192).replace(/<(script|style|head)\b.*?<\/\1>|<[^>]*>/gis, ' ').replace(/\s+/g, ' ').trim();
  return {
    kind: 'not-json',
    problem,
    begins: shown.slice(0, FIRST_WORDS)
  };
}

const LOOPBACK_IPV4 = /^127(?:\.\d{1,3}){3}$/;

function isLoopback(hostname) {
  return hostname === 'localhost' || LOOPBACK_IPV4.test(hostname);
}

function proxyVariable(environment) {
  return [ 'https_proxy', 'HTTPS_PROXY' ].find(variable => environment[variable]);
}

function proxyFor(url) {
  return getProxyUrl(url) && proxyVariable(process.env);
}

function proxyProblems(base, environment) {
  const url = new URL(base);
  const name = proxyVariable(environment);
  if (url.protocol !== 'https:' || name === void 0 || isLoopback(url.hostname)) return [];
  if (checkBypass(url) && !url.hostname.startsWith('127.')) return [];
  let proxy;
  try {
    proxy = getProxyUrl(url);
  } catch {}
  if (proxy !== void 0 && /^https?:$/.test(proxy.protocol)) return [];
  return [ `The environment variable \`${name}\` does not name a usable proxy for ${url.hostname}. Write it as \`http://host:port\` or ` + '`https://host:port`, with special characters of a password percent-encoded. Nothing is sent without the proxy.' ];
}

const USER_AGENT = 'aioz-ipfs-unpin';

const NEXT_ADDRESS_MS = 2500;

function createSend(clock, redact) {
  const client = new lib_HttpClient(USER_AGENT, void 0, {
    keepAlive: false
  });
  let secureContext;
  return ({method, url, headers, limitMs, signal}) => new Promise(resolve => {
    if (url.protocol === 'https:') secureContext ??= (0, external_node_tls_namespaceObject.createSecureContext)();
    if (signal.aborted) return resolve({
      kind: 'interrupted',
      lost: false,
      head: null
    });
    let connected = false;
    let head = null;
    const request = (url.protocol === 'https:' ? external_node_https_namespaceObject : external_node_http_namespaceObject).request({
      method,
      host: url.hostname,
      port: url.port,
      path: url.pathname + url.search,
      headers: {
        ...headers,
        'user-agent': USER_AGENT,
        connection: 'close'
      },
      agent: client.getAgent(url.href),
      rejectUnauthorized: true,
      secureContext,
      autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS
    });
    const stopTimer = clock.after(limitMs, () => {
      settle(failed(connected ? 'the server did not answer in time' : 'there was no connection in time'));
    });
    const interrupt = () => settle({
      kind: 'interrupted',
      lost: connected && mayHaveHadEffect(head?.status ?? null),
      head
    });
    signal.addEventListener('abort', interrupt);
    function settle(result) {
      stopTimer();
      signal.removeEventListener('abort', interrupt);
      request.destroy();
      resolve(result);
    }
    function failed(why, error = null) {
      if (head !== null && !mayHaveHadEffect(head.status)) {
        const body = {
          kind: 'not-json',
          problem: 'a body that was cut short',
          begins: ''
        };
        return {
          kind: 'answered',
          response: {
            ...head,
            body
          }
        };
      }
      if (connected) return {
        kind: 'failed',
        failure: 'lost',
        why,
        head
      };
      const failure = failureBefore(request.socket, error);
      const proxy = failure === 'network' ? proxyFor(url) : void 0;
      if (proxy === void 0) return {
        kind: 'failed',
        failure,
        why,
        head
      };
      return {
        kind: 'failed',
        failure: 'proxy',
        why: `${why} (through the proxy in \`${proxy}\`)`,
        head
      };
    }
    request.once('socket', given => {
      const secure = 'secureConnecting' in given;
      if (secure ? given.secureConnecting : given.connecting) given.once(secure ? 'secureConnect' : 'connect', () => connected = true); else connected = given.readyState === 'open';
    });
    request.once('response', message => {
      const {location = null, 'retry-after': retryAfter = null, date = null} = message.headers;
      const status = message.statusCode ?? 0;
      const answered = {
        status,
        location,
        retryAfter,
        date
      };
      head = answered;
      message.on('error', () => {});
      const begins = redact(location ?? '');
      const redirect = {
        kind: 'not-json',
        problem: 'a redirect',
        begins
      };
      const body = status >= 300 && status < 400 ? Promise.resolve(redirect) : readBody(message, redact);
      body.then(read => settle({
        kind: 'answered',
        response: {
          ...answered,
          body: read
        }
      }), error => settle(failed(describeError(error))));
    });
    request.on('error', error => {
      if (head === null) settle(failed(explain(error), error));
    });
    request.once('close', () => {
      if (head === null) settle(failed('the connection was closed without an answer'));
    });
    request.end();
  });
}

function mayHaveHadEffect(status) {
  return status === null || status >= 500 || status >= 200 && status < 300;
}

function failureBefore(socket, error) {
  const code = errorCode(error);
  if (socket !== null && 'authorizationError' in socket && Boolean(socket.authorizationError)) return 'certificate';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name';
  if (code === 'ERR_ACCESS_DENIED') return 'denied';
  const tunnel = tunnelProblem(error);
  if (tunnel === null) return 'network';
  return /statusCode=4/.test(tunnel) ? 'tunnel' : 'proxy';
}

const WORDS = {
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the host name does not resolve',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was broken',
  ERR_ACCESS_DENIED: "Node's permission model (`--permission`) forbids network access"
};

function explain(error) {
  const tunnel = tunnelProblem(error);
  if (tunnel !== null) return `the proxy in \`${proxyVariable(process.env)}\` did not connect (${tunnel.replace('statusCode=', 'HTTP ')})`;
  const code = errorCode(error);
  const words = /^(?:ERR_SSL_|EPROTO$)/.test(code ?? '') ? 'the TLS connection failed' : WORDS[code ?? ''];
  return words === void 0 ? describeError(error) : `${words} (${code})`;
}

function tunnelProblem(error) {
  return /^tunneling socket could not be established, (?:cause=)?(.*)/.exec(describeError(error))?.[1] ?? null;
}

const FINAL = new Set([ 'certificate', 'tunnel', 'denied' ]);

const ATTEMPTS_FOR_A_NAME = 3;

class Client {
  #options;
  #headers;
  constructor(options) {
    this.#options = options;
    const plain = {
      accept: 'application/json',
      'accept-encoding': 'identity',
      'cache-control': 'no-cache'
    };
    this.#headers = {
      ...plain,
      ...options.secretHeaders
    };
  }
  async request(request) {
    const {method, endpoint, query = '', what, deadline, signal, startSignal = signal} = request;
    const {base, holdsKey, send, limiter, clock, random, onRetry} = this.#options;
    const asked = new URL(`${base}/api${endpoint}${query}`);
    const facts = {
      attempts: 0,
      httpStatus: null,
      lostAnswer: false
    };
    const reply = end => ({
      ...facts,
      durationMs: Math.round(deadline.elapsed()),
      ...end
    });
    const refused = (kind, why) => reply({
      end: 'refused',
      trouble: {
        kind,
        why
      }
    });
    let trouble = null;
    const stopsRun = askedMs => deadline.everFits(askedMs) ? null : askedMs;
    if (holdsKey(asked.pathname + asked.search)) return refused('key-in-url', 'the URL would hold the value of a key');
    for (let url = asked; ;) {
      if (deadline.running && !deadline.fits(0)) return reply({
        end: 'out-of-time',
        trouble,
        askedMs: null
      });
      const slot = await limiter.acquire(deadline, deadline.running ? signal : startSignal);
      if (slot.kind === 'interrupted') return reply({
        end: 'interrupted',
        trouble
      });
      if (slot.kind === 'held-too-long') return reply({
        end: 'out-of-time',
        trouble,
        askedMs: stopsRun(slot.heldMs)
      });
      deadline.start();
      if (url === asked) facts.attempts += 1;
      const options = {
        method,
        url,
        headers: this.#headers,
        limitMs: deadline.attemptMs(),
        signal
      };
      const result = await send(options).finally(() => limiter.release());
      const head = result.kind === 'answered' ? result.response : result.head;
      if (head !== null) facts.httpStatus = head.status;
      if (result.kind === 'interrupted') {
        facts.lostAnswer ||= result.lost;
        return reply({
          end: 'interrupted',
          trouble
        });
      }
      if (result.kind === 'answered') {
        const {response} = result;
        const redirect = judgeRedirect(response, asked, endpoint, holdsKey);
        if (redirect.kind === 'refused') return refused('redirect', `the server answered with ${redirect.problem}`);
        if (redirect.kind === 'follow') {
          const second = `the server answered with a second redirect (HTTP ${response.status}), to ${redirect.url.pathname}`;
          if (url !== asked) return refused('redirect', second);
          url = redirect.url;
          continue;
        }
        if (request.isFinal?.(response) === true || !isRetryable(response, method)) return reply({
          end: 'answered',
          response
        });
        facts.lostAnswer ||= mayHaveHadEffect(response.status);
        trouble = {
          kind: 'answer',
          why: describeResponse(response),
          response
        };
      } else {
        const {failure} = result;
        facts.lostAnswer ||= failure === 'lost';
        trouble = {
          kind: failure,
          why: result.why
        };
        if (FINAL.has(failure) || failure === 'name' && facts.attempts >= ATTEMPTS_FOR_A_NAME) return reply({
          end: 'refused',
          trouble
        });
      }
      const askedMs = askedWaitMs(head, clock);
      if (askedMs !== null && !deadline.fits(askedMs)) {
        limiter.hold(askedMs);
        return reply({
          end: 'out-of-time',
          trouble,
          askedMs: stopsRun(askedMs)
        });
      }
      const drawnMs = deadline.backoffMs(facts.attempts, random);
      if (drawnMs === null) return reply({
        end: 'out-of-time',
        trouble,
        askedMs: null
      });
      const holdMs = askedMs ?? 0;
      const waitMs = Math.max(holdMs, drawnMs);
      if (holdMs > 0) limiter.hold(holdMs);
      onRetry({
        what,
        attempt: facts.attempts,
        why: trouble.why,
        waitMs,
        holdMs
      });
      await sleep(clock, waitMs, signal);
      url = asked;
    }
  }
}

function describeResponse({status, body}) {
  if (body.kind === 'not-json') return `HTTP ${status} with ${body.problem}${body.begins === '' ? '' : `: "${body.begins}"`}`;
  const text = textIn(body.object);
  return text === '' ? `HTTP ${status}` : `HTTP ${status}, "${text}"`;
}

const OF_TEXTS = /^(?:.*message|msg|errors?|details?|title|reason|description)$/i;

function textIn(object) {
  const {message, data} = object;
  if (typeof message === 'string' && message.trim() !== '') return message;
  const texts = Object.entries(object).flatMap(([name, value]) => OF_TEXTS.test(name) ? within(value, 4) : []);
  return [ ...texts, data ].filter(one => typeof one === 'string' && one.trim() !== '').join('; ');
}

const WINDOW_MS = 6e4;

class RateLimiter {
  #clock;
  #slots;
  #inFlight=0;
  #ended=[];
  #heldUntil=-1 / 0;
  #queue=[];
  constructor(clock, slots) {
    this.#clock = clock;
    this.#slots = slots;
  }
  hold(ms) {
    this.#heldUntil = Math.max(this.#heldUntil, this.#clock.now() + ms);
    this.#wakeAll();
  }
  async acquire(deadline, signal) {
    const place = {
      wake: () => {}
    };
    this.#queue.push(place);
    try {
      for (;;) {
        if (signal.aborted) return {
          kind: 'interrupted'
        };
        const now = this.#clock.now();
        const heldMs = this.#heldUntil - now;
        if (heldMs > 0 && !deadline.fits(heldMs)) return {
          kind: 'held-too-long',
          heldMs
        };
        const waitMs = heldMs > 0 ? heldMs : this.#queue[0] === place ? this.#untilFree(now) : 1 / 0;
        if (waitMs <= 0) {
          this.#inFlight += 1;
          return {
            kind: 'acquired'
          };
        }
        await sleep(this.#clock, waitMs, signal, place);
        if (heldMs <= 0) deadline.giveBack(this.#clock.now() - now);
      }
    } finally {
      this.#queue.splice(this.#queue.indexOf(place), 1);
      this.#wakeAll();
    }
  }
  release() {
    this.#inFlight -= 1;
    this.#ended.push(Math.ceil(this.#clock.now()));
    this.#wakeAll();
  }
  #untilFree(now) {
    const nowMs = Math.floor(now);
    while (this.#ended[0] !== void 0 && nowMs - this.#ended[0] > WINDOW_MS) this.#ended.shift();
    if (this.#inFlight + this.#ended.length < this.#slots) return 0;
    return (this.#ended[0] ?? 1 / 0) + WINDOW_MS + 1 - nowMs;
  }
  #wakeAll() {
    for (const {wake} of this.#queue) wake();
  }
}

const external_os_namespaceObject = process.getBuiltinModule("os");

function utils_toCommandValue(input) {
  if (input === null || input === void 0) return ''; else if (typeof input === 'string' || input instanceof String) return input;
  return JSON.stringify(input);
}

function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) return {};
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}

function command_issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}

function command_issue(name, message = '') {
  command_issueCommand(name, {}, message);
}

const CMD_STRING = '::';

class Command {
  constructor(command, properties, message) {
    if (!command) command = 'missing.command';
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += ' ';
      let first = true;
      for (const key in this.properties) if (this.properties.hasOwnProperty(key)) {
        const val = this.properties[key];
        if (val) {
          if (first) first = false; else cmdStr += ',';
          cmdStr += `${key}=${escapeProperty(val)}`;
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
}

function escapeData(s) {
  return utils_toCommandValue(s).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(s) {
  return utils_toCommandValue(s).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/:/g, '%3A').replace(/,/g, '%2C');
}

const external_crypto_namespaceObject = process.getBuiltinModule("crypto");

const external_fs_namespaceObject = process.getBuiltinModule("fs");

function file_command_issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
  if (!external_fs_namespaceObject.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
  external_fs_namespaceObject.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
    encoding: 'utf8'
  });
}

function file_command_prepareKeyValueMessage(key, value) {
  const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
  const convertedValue = utils_toCommandValue(value);
  if (key.includes(delimiter)) throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
  if (convertedValue.includes(delimiter)) throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
  return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}

process.getBuiltinModule("path");

void 0 && (void 0).__awaiter;

void 0 && (void 0).__awaiter;

void 0 && (void 0).__awaiter;

void 0 && (void 0).__awaiter;

external_os_namespaceObject.platform();

external_os_namespaceObject.arch();

void 0 && (void 0).__awaiter;

var ExitCode;

(function(ExitCode) {
  ExitCode[ExitCode["Success"] = 0] = "Success";
  ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));

function core_setSecret(secret) {
  command_issueCommand('add-mask', {}, secret);
}

function getInput(name, options) {
  const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
  if (options && options.required && !val) throw new Error(`Input required and not supplied: ${name}`);
  if (options && options.trimWhitespace === false) return val;
  return val.trim();
}

function setOutput(name, value) {
  const filePath = process.env['GITHUB_OUTPUT'] || '';
  if (filePath) return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
  process.stdout.write(external_os_namespaceObject.EOL);
  command_issueCommand('set-output', {
    name
  }, utils_toCommandValue(value));
}

function error(message, properties = {}) {
  command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}

function warning(message, properties = {}) {
  command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}

function notice(message, properties = {}) {
  command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}

function info(message) {
  process.stdout.write(message + external_os_namespaceObject.EOL);
}

function startGroup(name) {
  command_issue('group', name);
}

function endGroup() {
  command_issue('endgroup');
}

const MOST_QUOTED = 5;

const UNITS = [ '', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB' ];

function formatSize(bytes) {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1023.995 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return unit === 0 ? count(value, 'byte') : `${value.toFixed(2)} ${UNITS[unit]}`;
}

function formatDuration(ms) {
  if (ms < 59950) return `${(ms / 1e3).toFixed(1)} s`;
  const seconds = Math.round(ms / 1e3);
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? withRest(minutes, 'min', seconds % 60, 's') : withRest(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function withRest(number, unit, rest, restUnit) {
  return rest === 0 ? `${number} ${unit}` : `${number} ${unit} ${rest} ${restUnit}`;
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function formatAge(ms) {
  const minutes = Math.max(0, Math.floor(ms / 6e4));
  if (minutes < 120) return count(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? count(hours, 'hour') : count(Math.floor(hours / 24), 'day');
}

function quoted(text) {
  const code = /(?! )[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.exec(text)?.[0].codePointAt(0);
  return `"${text}"${code === void 0 ? '' : ` (with U+${code.toString(16).toUpperCase().padStart(4, '0')})`}`;
}

function quoteSome(texts, quote = quoted) {
  const more = texts.length - MOST_QUOTED;
  return texts.slice(0, MOST_QUOTED).map(quote).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function formatDate(ms) {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const LEFT_OUT = '(none)';

const QUOTED_LENGTH = 60;

const MOST_TOLD = 5;

const UNSET = 'Was the variable or output that it comes from set?';

function textOf(name) {
  return trim(getInput(name, {
    trimWhitespace: false
  }));
}

function trim(text) {
  return text.replace(/^[ \t\r\n]+|(?<![ \t\r\n])[ \t\r\n]+$/g, '');
}

function isGiven(name) {
  return ![ '', LEFT_OUT ].includes(textOf(name));
}

function isLeftOut(name) {
  return textOf(name) === LEFT_OUT;
}

function collect(inputs, {holdsKey}, keys) {
  const values = {};
  const problems = [];
  const isSecret = text => holdsKey(text) || keys.some(key => key !== '' && text.toLowerCase().includes(key.toLowerCase()));
  for (const [name, {allowed, parse, leftOut, whyEmpty = UNSET}] of Object.entries(inputs)) {
    const raw = getInput(name, {
      trimWhitespace: false
    });
    const text = trim(raw);
    const found = [];
    const refuse = (what, advice = '', where = '') => {
      found.push(`\`${name}\`${where && `, ${where},`} ${what}. Allowed: ${allowed}.${advice && ` ${advice}`}`);
      return null;
    };
    const quote = part => isSecret(raw) ? '(not shown: it holds the value of a key)' : quoted(part.slice(0, QUOTED_LENGTH) + (part.length > QUOTED_LENGTH ? '…' : ''));
    if (text === '') refuse('is empty', whyEmpty); else values[name] = text === LEFT_OUT && leftOut !== void 0 ? leftOut : parse({
      text,
      raw,
      quote,
      refuse
    });
    problems.push(...found.slice(0, MOST_TOLD));
    if (found.length > MOST_TOLD) problems.push(`\`${name}\` has ${found.length - MOST_TOLD} more such problems.`);
  }
  return {
    values,
    problems
  };
}

function equals(aa, bb) {
  if (aa === bb) return true;
  if (aa.byteLength !== bb.byteLength) return false;
  for (let ii = 0; ii < aa.byteLength; ii++) if (aa[ii] !== bb[ii]) return false;
  return true;
}

function coerce(o) {
  if (o instanceof Uint8Array && o.constructor.name === 'Uint8Array') return toArrayBufferBackedArray(o);
  if (o instanceof ArrayBuffer) return new Uint8Array(o);
  if (ArrayBuffer.isView(o)) return toArrayBufferBackedArray(new Uint8Array(o.buffer, o.byteOffset, o.byteLength));
  throw new Error('Unknown type, must be binary type');
}

function isByteArrayWithArrayBuffer(b) {
  return b?.buffer instanceof ArrayBuffer;
}

function toArrayBufferBackedArray(b) {
  if (isByteArrayWithArrayBuffer(b)) return b;
  return b.slice();
}

function base(ALPHABET, name, caseInsensitive) {
  if (ALPHABET.length >= 255) throw new TypeError('Alphabet too long');
  var BASE_MAP = new Uint8Array(256);
  for (var j = 0; j < BASE_MAP.length; j++) BASE_MAP[j] = 255;
  for (var i = 0; i < ALPHABET.length; i++) {
    var x = ALPHABET.charAt(i);
    var xc = x.charCodeAt(0);
    if (BASE_MAP[xc] !== 255) throw new TypeError(x + ' is ambiguous');
    BASE_MAP[xc] = i;
    if (caseInsensitive) {
      var xl = x.toLowerCase().charCodeAt(0);
      var xu = x.toUpperCase().charCodeAt(0);
      if (xl !== xc) BASE_MAP[xl] = i;
      if (xu !== xc) BASE_MAP[xu] = i;
    }
  }
  var BASE = ALPHABET.length;
  var LEADER = ALPHABET.charAt(0);
  var FACTOR = Math.log(BASE) / Math.log(256);
  var iFACTOR = Math.log(256) / Math.log(BASE);
  function encode(source) {
    if (source instanceof Uint8Array) ; else if (ArrayBuffer.isView(source)) source = new Uint8Array(source.buffer, source.byteOffset, source.byteLength); else if (Array.isArray(source)) source = Uint8Array.from(source);
    if (!(source instanceof Uint8Array)) throw new TypeError('Expected Uint8Array');
    if (source.length === 0) return '';
    var zeroes = 0;
    var length = 0;
    var pbegin = 0;
    var pend = source.length;
    while (pbegin !== pend && source[pbegin] === 0) {
      pbegin++;
      zeroes++;
    }
    var size = (pend - pbegin) * iFACTOR + 1 >>> 0;
    var b58 = new Uint8Array(size);
    while (pbegin !== pend) {
      var carry = source[pbegin];
      var i = 0;
      for (var it1 = size - 1; (carry !== 0 || i < length) && it1 !== -1; it1--, i++) {
        carry += 256 * b58[it1] >>> 0;
        b58[it1] = carry % BASE >>> 0;
        carry = carry / BASE >>> 0;
      }
      if (carry !== 0) throw new Error('Non-zero carry');
      length = i;
      pbegin++;
    }
    var it2 = size - length;
    while (it2 !== size && b58[it2] === 0) it2++;
    var str = LEADER.repeat(zeroes);
    for (;it2 < size; ++it2) str += ALPHABET.charAt(b58[it2]);
    return str;
  }
  function decodeUnsafe(source) {
    if (typeof source !== 'string') throw new TypeError('Expected String');
    if (source.length === 0) return new Uint8Array;
    var psz = 0;
    if (source[psz] === ' ') return;
    var zeroes = 0;
    var length = 0;
    while (source[psz] === LEADER) {
      zeroes++;
      psz++;
    }
    var size = (source.length - psz) * FACTOR + 1 >>> 0;
    var b256 = new Uint8Array(size);
    while (source[psz]) {
      var carry = BASE_MAP[source.charCodeAt(psz)];
      if (carry === 255) return;
      var i = 0;
      for (var it3 = size - 1; (carry !== 0 || i < length) && it3 !== -1; it3--, i++) {
        carry += BASE * b256[it3] >>> 0;
        b256[it3] = carry % 256 >>> 0;
        carry = carry / 256 >>> 0;
      }
      if (carry !== 0) throw new Error('Non-zero carry');
      length = i;
      psz++;
    }
    if (source[psz] === ' ') return;
    var it4 = size - length;
    while (it4 !== size && b256[it4] === 0) it4++;
    var vch = new Uint8Array(zeroes + (size - it4));
    var j = zeroes;
    while (it4 !== size) vch[j++] = b256[it4++];
    return vch;
  }
  function decode(string) {
    var buffer = decodeUnsafe(string);
    if (buffer) return buffer;
    throw new Error(`Non-${name} character`);
  }
  return {
    encode,
    decodeUnsafe,
    decode
  };
}

var src = base;

var _brrp__multiformats_scope_baseX = src;

const base_x = _brrp__multiformats_scope_baseX;

class Encoder {
  name;
  prefix;
  baseEncode;
  constructor(name, prefix, baseEncode) {
    this.name = name;
    this.prefix = prefix;
    this.baseEncode = baseEncode;
  }
  encode(bytes) {
    if (bytes instanceof Uint8Array) return `${this.prefix}${this.baseEncode(bytes)}`; else throw Error('Unknown type, must be binary type');
  }
}

class Decoder {
  name;
  prefix;
  baseDecode;
  prefixCodePoint;
  constructor(name, prefix, baseDecode) {
    this.name = name;
    this.prefix = prefix;
    const prefixCodePoint = prefix.codePointAt(0);
    if (prefixCodePoint === void 0) throw new Error('Invalid prefix character');
    this.prefixCodePoint = prefixCodePoint;
    this.baseDecode = baseDecode;
  }
  decode(text) {
    if (typeof text === 'string') {
      if (text.codePointAt(0) !== this.prefixCodePoint) throw Error(`Unable to decode multibase string ${JSON.stringify(text)}, ${this.name} decoder only supports inputs prefixed with ${this.prefix}`);
      return this.baseDecode(text.slice(this.prefix.length));
    } else throw Error('Can only multibase decode strings');
  }
  or(decoder) {
    return or(this, decoder);
  }
}

class ComposedDecoder {
  decoders;
  constructor(decoders) {
    this.decoders = decoders;
  }
  or(decoder) {
    return or(this, decoder);
  }
  decode(input) {
    const prefix = input[0];
    const decoder = this.decoders[prefix];
    if (decoder != null) return decoder.decode(input); else throw RangeError(`Unable to decode multibase string ${JSON.stringify(input)}, only inputs prefixed with ${Object.keys(this.decoders)} are supported`);
  }
}

function or(left, right) {
  return new ComposedDecoder({
    ...left.decoders ?? {
      [left.prefix]: left
    },
    ...right.decoders ?? {
      [right.prefix]: right
    }
  });
}

class Codec {
  name;
  prefix;
  baseEncode;
  baseDecode;
  encoder;
  decoder;
  constructor(name, prefix, baseEncode, baseDecode) {
    this.name = name;
    this.prefix = prefix;
    this.baseEncode = baseEncode;
    this.baseDecode = baseDecode;
    this.encoder = new Encoder(name, prefix, baseEncode);
    this.decoder = new Decoder(name, prefix, baseDecode);
  }
  encode(input) {
    return this.encoder.encode(input);
  }
  decode(input) {
    return this.decoder.decode(input);
  }
}

function from({name, prefix, encode, decode}) {
  return new Codec(name, prefix, encode, decode);
}

function baseX({name, prefix, alphabet, caseInsensitive = false}) {
  const {encode, decode} = base_x(alphabet, name, caseInsensitive);
  return from({
    prefix,
    name,
    encode,
    decode: text => coerce(decode(text))
  });
}

function base_decode(string, alphabetIdx, bitsPerChar, name) {
  let end = string.length;
  while (string[end - 1] === '=') --end;
  const out = new Uint8Array(end * bitsPerChar / 8 | 0);
  let bits = 0;
  let buffer = 0;
  let written = 0;
  for (let i = 0; i < end; ++i) {
    const value = alphabetIdx[string[i]];
    if (value === void 0) throw new SyntaxError(`Non-${name} character`);
    buffer = buffer << bitsPerChar | value;
    bits += bitsPerChar;
    if (bits >= 8) {
      bits -= 8;
      out[written++] = 255 & buffer >> bits;
    }
  }
  if (bits >= bitsPerChar || (255 & buffer << 8 - bits) !== 0) throw new SyntaxError('Unexpected end of data');
  return out;
}

function encode(data, alphabet, bitsPerChar) {
  const pad = alphabet[alphabet.length - 1] === '=';
  const mask = (1 << bitsPerChar) - 1;
  let out = '';
  let bits = 0;
  let buffer = 0;
  for (let i = 0; i < data.length; ++i) {
    buffer = buffer << 8 | data[i];
    bits += 8;
    while (bits > bitsPerChar) {
      bits -= bitsPerChar;
      out += alphabet[mask & buffer >> bits];
    }
  }
  if (bits !== 0) out += alphabet[mask & buffer << bitsPerChar - bits];
  if (pad) while ((out.length * bitsPerChar & 7) !== 0) out += '=';
  return out;
}

function createAlphabetIdx(alphabet, caseInsensitive) {
  const alphabetIdx = {};
  for (let i = 0; i < alphabet.length; ++i) {
    alphabetIdx[alphabet[i]] = i;
    if (caseInsensitive) {
      const lower = alphabet[i].toLowerCase();
      const upper = alphabet[i].toUpperCase();
      if (lower !== alphabet[i]) alphabetIdx[lower] = i;
      if (upper !== alphabet[i]) alphabetIdx[upper] = i;
    }
  }
  return alphabetIdx;
}

function rfc4648({name, prefix, bitsPerChar, alphabet, caseInsensitive = false}) {
  const alphabetIdx = createAlphabetIdx(alphabet, caseInsensitive);
  return from({
    prefix,
    name,
    encode(input) {
      return encode(input, alphabet, bitsPerChar);
    },
    decode(input) {
      return base_decode(input, alphabetIdx, bitsPerChar, name);
    }
  });
}

const base32 = rfc4648({
  prefix: 'b',
  name: 'base32',
  alphabet: 'abcdefghijklmnopqrstuvwxyz234567',
  bitsPerChar: 5,
  caseInsensitive: true
});

const base36 = baseX({
  prefix: 'k',
  name: 'base36',
  alphabet: '0123456789abcdefghijklmnopqrstuvwxyz',
  caseInsensitive: true
});

const base58btc = baseX({
  name: 'base58btc',
  prefix: 'z',
  alphabet: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
});

var encode_1 = varint_encode;

var MSB = 128, REST = 127, MSBALL = ~REST, INT = Math.pow(2, 31);

function varint_encode(num, out, offset) {
  out = out || [];
  offset = offset || 0;
  var oldOffset = offset;
  while (num >= INT) {
    out[offset++] = num & 255 | MSB;
    num /= 128;
  }
  while (num & MSBALL) {
    out[offset++] = num & 255 | MSB;
    num >>>= 7;
  }
  out[offset] = num | 0;
  varint_encode.bytes = offset - oldOffset + 1;
  return out;
}

var varint_decode = read;

var MSB$1 = 128, REST$1 = 127;

function read(buf, offset) {
  var b, res = 0, shift = (offset = offset || 0, 0), counter = offset, l = buf.length;
  do {
    if (counter >= l) {
      read.bytes = 0;
      throw new RangeError('Could not decode varint');
    }
    b = buf[counter++];
    res += shift < 28 ? (b & REST$1) << shift : (b & REST$1) * Math.pow(2, shift);
    shift += 7;
  } while (b >= MSB$1);
  read.bytes = counter - offset;
  return res;
}

var N1 = Math.pow(2, 7);

var N2 = Math.pow(2, 14);

var N3 = Math.pow(2, 21);

var N4 = Math.pow(2, 28);

var N5 = Math.pow(2, 35);

var N6 = Math.pow(2, 42);

var N7 = Math.pow(2, 49);

var N8 = Math.pow(2, 56);

var N9 = Math.pow(2, 63);

var varint_length = function(value) {
  return value < N1 ? 1 : value < N2 ? 2 : value < N3 ? 3 : value < N4 ? 4 : value < N5 ? 5 : value < N6 ? 6 : value < N7 ? 7 : value < N8 ? 8 : value < N9 ? 9 : 10;
};

var varint = {
  encode: encode_1,
  decode: varint_decode,
  encodingLength: varint_length
};

var _brrp_varint = varint;

const vendor_varint = _brrp_varint;

function src_varint_decode(data, offset = 0) {
  const code = vendor_varint.decode(data, offset);
  const length = vendor_varint.decode.bytes;
  if (length > 9) throw new RangeError('Invalid varint: too long');
  if (length > 1 && data[offset + length - 1] === 0) throw new RangeError('Invalid varint: not minimally encoded');
  return [ code, length ];
}

function encodeTo(int, target, offset = 0) {
  vendor_varint.encode(int, target, offset);
  return target;
}

function encodingLength(int) {
  return vendor_varint.encodingLength(int);
}

function create(code, digest) {
  const size = digest.byteLength;
  const sizeOffset = encodingLength(code);
  const digestOffset = sizeOffset + encodingLength(size);
  const bytes = new Uint8Array(digestOffset + size);
  encodeTo(code, bytes, 0);
  encodeTo(size, bytes, sizeOffset);
  bytes.set(digest, digestOffset);
  return new Digest(code, size, digest, bytes);
}

function digest_decode(multihash) {
  const bytes = coerce(multihash);
  const [code, sizeOffset] = src_varint_decode(bytes);
  const [size, digestOffset] = src_varint_decode(bytes.subarray(sizeOffset));
  const digest = bytes.subarray(sizeOffset + digestOffset);
  if (digest.byteLength !== size) throw new Error('Incorrect length');
  return new Digest(code, size, digest, bytes);
}

function digest_equals(a, b) {
  if (a === b) return true; else {
    const data = b;
    return a.code === data.code && a.size === data.size && data.bytes instanceof Uint8Array && equals(a.bytes, data.bytes);
  }
}

class Digest {
  code;
  size;
  digest;
  bytes;
  constructor(code, size, digest, bytes) {
    this.code = code;
    this.size = size;
    this.digest = toArrayBufferBackedArray(digest);
    this.bytes = toArrayBufferBackedArray(bytes);
  }
}

function format(link, base) {
  const {bytes, version} = link;
  switch (version) {
   case 0:
    return toStringV0(bytes, baseCache(link), base ?? base58btc.encoder);

   default:
    return toStringV1(bytes, baseCache(link), base ?? base32.encoder);
  }
}

const cache = new WeakMap;

function baseCache(cid) {
  const baseCache = cache.get(cid);
  if (baseCache == null) {
    const baseCache = new Map;
    cache.set(cid, baseCache);
    return baseCache;
  }
  return baseCache;
}

class CID {
  code;
  version;
  multihash;
  bytes;
  '/';
  constructor(version, code, multihash, bytes) {
    this.code = code;
    this.version = version;
    this.multihash = multihash;
    this.bytes = toArrayBufferBackedArray(bytes);
    this['/'] = this.bytes;
  }
  get asCID() {
    return this;
  }
  get byteOffset() {
    return this.bytes.byteOffset;
  }
  get byteLength() {
    return this.bytes.byteLength;
  }
  toV0() {
    switch (this.version) {
     case 0:
      return this;

     case 1:
      {
        const {code, multihash} = this;
        if (code !== DAG_PB_CODE) throw new Error('Cannot convert a non dag-pb CID to CIDv0');
        if (multihash.code !== SHA_256_CODE) throw new Error('Cannot convert non sha2-256 multihash CID to CIDv0');
        return CID.createV0(multihash);
      }

     default:
      throw Error(`Can not convert CID version ${this.version} to version 0. This is a bug please report`);
    }
  }
  toV1() {
    switch (this.version) {
     case 0:
      {
        const {code, digest} = this.multihash;
        const multihash = create(code, digest);
        return CID.createV1(this.code, multihash);
      }

     case 1:
      return this;

     default:
      throw Error(`Can not convert CID version ${this.version} to version 1. This is a bug please report`);
    }
  }
  equals(other) {
    return CID.equals(this, other);
  }
  static equals(self, other) {
    const unknown = other;
    return unknown != null && self.code === unknown.code && self.version === unknown.version && digest_equals(self.multihash, unknown.multihash);
  }
  toString(base) {
    return format(this, base);
  }
  toJSON() {
    return {
      '/': format(this)
    };
  }
  link() {
    return this;
  }
  [Symbol.toStringTag]='CID';
  [Symbol.for('nodejs.util.inspect.custom')]() {
    return `CID(${this.toString()})`;
  }
  static asCID(input) {
    if (input == null) return null;
    const value = input;
    if (value instanceof CID) return value; else if (value['/'] != null && value['/'] === value.bytes || value.asCID === value) {
      const {version, code, multihash, bytes} = value;
      return new CID(version, code, multihash, bytes ?? encodeCID(version, code, multihash.bytes));
    } else if (value[cidSymbol] === true) {
      const {version, multihash, code} = value;
      const digest = digest_decode(multihash);
      return CID.create(version, code, digest);
    } else return null;
  }
  static create(version, code, digest) {
    if (typeof code !== 'number') throw new Error('String codecs are no longer supported');
    if (!(digest.bytes instanceof Uint8Array)) throw new Error('Invalid digest');
    switch (version) {
     case 0:
      if (code !== DAG_PB_CODE) throw new Error(`Version 0 CID must use dag-pb (code: ${DAG_PB_CODE}) block encoding`); else return new CID(version, code, digest, digest.bytes);

     case 1:
      {
        const bytes = encodeCID(version, code, digest.bytes);
        return new CID(version, code, digest, bytes);
      }

     default:
      throw new Error('Invalid version');
    }
  }
  static createV0(digest) {
    return CID.create(0, DAG_PB_CODE, digest);
  }
  static createV1(code, digest) {
    return CID.create(1, code, digest);
  }
  static decode(bytes) {
    const [cid, remainder] = CID.decodeFirst(bytes);
    if (remainder.length !== 0) throw new Error('Incorrect length');
    return cid;
  }
  static decodeFirst(bytes) {
    const specs = CID.inspectBytes(bytes);
    const prefixSize = specs.size - specs.multihashSize;
    const multihashBytes = coerce(bytes.subarray(prefixSize, prefixSize + specs.multihashSize));
    if (multihashBytes.byteLength !== specs.multihashSize) throw new Error('Incorrect length');
    const digestBytes = multihashBytes.subarray(specs.multihashSize - specs.digestSize);
    const digest = new Digest(specs.multihashCode, specs.digestSize, digestBytes, multihashBytes);
    const cid = specs.version === 0 ? CID.createV0(digest) : CID.createV1(specs.codec, digest);
    return [ cid, bytes.subarray(specs.size) ];
  }
  static inspectBytes(initialBytes) {
    let offset = 0;
    const next = () => {
      const [i, length] = src_varint_decode(initialBytes.subarray(offset));
      offset += length;
      return i;
    };
    let version = next();
    let codec = DAG_PB_CODE;
    if (version === 18) {
      version = 0;
      offset = 0;
    } else codec = next();
    if (version !== 0 && version !== 1) throw new RangeError(`Invalid CID version ${version}`);
    const prefixSize = offset;
    const multihashCode = next();
    const digestSize = next();
    const size = offset + digestSize;
    const multihashSize = size - prefixSize;
    return {
      version,
      codec,
      multihashCode,
      digestSize,
      multihashSize,
      size
    };
  }
  static parse(source, base) {
    const [prefix, bytes] = parseCIDtoBytes(source, base);
    const cid = CID.decode(bytes);
    if (cid.version === 0 && source[0] !== 'Q') throw Error('Version 0 CID string must not include multibase prefix');
    baseCache(cid).set(prefix, source);
    return cid;
  }
}

function parseCIDtoBytes(source, base) {
  switch (source[0]) {
   case 'Q':
    {
      const decoder = base ?? base58btc;
      return [ base58btc.prefix, decoder.decode(`${base58btc.prefix}${source}`) ];
    }

   case base58btc.prefix:
    {
      const decoder = base ?? base58btc;
      return [ base58btc.prefix, decoder.decode(source) ];
    }

   case base32.prefix:
    {
      const decoder = base ?? base32;
      return [ base32.prefix, decoder.decode(source) ];
    }

   case base36.prefix:
    {
      const decoder = base ?? base36;
      return [ base36.prefix, decoder.decode(source) ];
    }

   default:
    if (base == null) throw Error('To parse non base32, base36 or base58btc encoded CID multibase decoder must be provided');
    return [ source[0], base.decode(source) ];
  }
}

function toStringV0(bytes, cache, base) {
  const {prefix} = base;
  if (prefix !== base58btc.prefix) throw Error(`Cannot string encode V0 in ${base.name} encoding`);
  const cid = cache.get(prefix);
  if (cid == null) {
    const cid = base.encode(bytes).slice(1);
    cache.set(prefix, cid);
    return cid;
  } else return cid;
}

function toStringV1(bytes, cache, base) {
  const {prefix} = base;
  const cid = cache.get(prefix);
  if (cid == null) {
    const cid = base.encode(bytes);
    cache.set(prefix, cid);
    return cid;
  } else return cid;
}

const DAG_PB_CODE = 112;

const SHA_256_CODE = 18;

function encodeCID(version, code, multihash) {
  const codeOffset = encodingLength(version);
  const hashOffset = codeOffset + encodingLength(code);
  const bytes = new Uint8Array(hashOffset + multihash.byteLength);
  encodeTo(version, bytes, 0);
  encodeTo(code, bytes, codeOffset);
  bytes.set(multihash, hashOffset);
  return bytes;
}

const cidSymbol = Symbol.for('@ipld/js-cid/CID');

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const LONGEST_CID = 512;

function parsePinId(text) {
  const lower = text.toLowerCase();
  return UUID.test(lower) ? lower : null;
}

function canonicalCid(text) {
  if (text.length > LONGEST_CID || !/^[bBkKzQ]/.test(text)) return null;
  try {
    const parsed = CID.parse(/^[BK]/.test(text) ? text.toLowerCase() : text);
    return CID.decode(parsed.bytes).toV1().toString(base32);
  } catch {
    return null;
  }
}

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(?:\.(\d{1,9}))?(?:[Zz]|[+-]\d{2}:\d{2})$/;

const DAY_MS = 864e5;

function parseTimestamp(value) {
  const found = typeof value === 'string' ? RFC_3339.exec(value) : null;
  if (found === null || !isRealDay(found[1] ?? '')) return null;
  const ms = Date.parse(found[0].toUpperCase());
  return ms > 0 ? {
    ms,
    nanos: Number((found[2] ?? '').padEnd(9, '0'))
  } : null;
}

function parseEnd(text) {
  const value = text.trim();
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const ms = Date.parse(value);
    return isRealDay(value) && ms > 0 ? ms + DAY_MS : null;
  }
  return parseTimestamp(value)?.ms ?? null;
}

function newestFirst(a, b) {
  return b.ms - a.ms || b.nanos - a.nanos;
}

function isRealDay(day) {
  const ms = Date.parse(day);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

const LONGEST_TEXT = 1024;

function parseRecord(value) {
  if (!isObject(value)) return null;
  const id = typeof value['id'] === 'string' ? parsePinId(value['id']) : null;
  if (id === null) return null;
  const {cid, size, status, pinned} = value;
  return {
    id,
    cid: textOrNull(cid),
    name: nameIn(value['metadata']),
    size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
    status: textOrNull(status),
    pinned: typeof pinned === 'boolean' ? pinned : null,
    datePinned: parseTimestamp(value['date_pinned']),
    dateUnpinned: parseTimestamp(value['date_unpinned']),
    raw: value
  };
}

const UNPINNED_STATUSES = new Set([ 'unpinnormally', 'unpinoutofmoney', 'gcdone' ]);

function isUnpinned({pinned, status, dateUnpinned}) {
  return pinned === false && (dateUnpinned !== null || UNPINNED_STATUSES.has(status?.toLowerCase() ?? ''));
}

function keyvalueOf({raw}, key) {
  const {metadata} = raw;
  if (!isObject(metadata)) return;
  const {keyvalues} = metadata;
  const place = isObject(keyvalues) && Object.hasOwn(keyvalues, key) ? keyvalues : metadata;
  const value = Object.hasOwn(place, key) ? place[key] : null;
  return value === null ? void 0 : scalarText(value);
}

function nameText(record) {
  return record?.name.kind === 'text' ? record.name.text : null;
}

function textOrNull(value) {
  return typeof value === 'string' && value.length <= LONGEST_TEXT ? value : null;
}

function nameIn(metadata) {
  if (metadata === null) return {
    kind: 'none'
  };
  if (!isObject(metadata)) return {
    kind: 'unreadable'
  };
  const {name} = metadata;
  if (name === void 0 || name === null) return {
    kind: 'none'
  };
  const text = scalarText(name);
  return text === null || text.length > LONGEST_TEXT ? {
    kind: 'unreadable'
  } : {
    kind: 'text',
    text
  };
}

function scalarText(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  const exact = typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value));
  return exact ? JSON.stringify(value) : null;
}

const ANY_PIN = '(any)';

class Matcher {
  #criteria;
  #exactNames;
  #patterns=new Patterns;
  #unusedNames;
  #unusedCids;
  constructor(criteria) {
    const lines = criteria.names ?? [];
    this.#criteria = criteria;
    this.#exactNames = new Set(lines.filter(line => !line.includes('*')));
    for (const line of lines) if (line.includes('*')) this.#patterns.add(line, line);
    this.#unusedNames = new Set(this.#exactNames);
    this.#unusedCids = new Map(criteria.cids);
  }
  get unused() {
    const all = [ [ 'name', [ ...this.#unusedNames ] ], [ 'cid', [ ...this.#unusedCids.values() ] ] ];
    return all.filter(([, lines]) => lines.length > 0);
  }
  match(record) {
    const {cids, names, keyvalues} = this.#criteria;
    const reasons = [];
    const cid = cids === null || record.cid === null ? null : canonicalCid(record.cid);
    if (cids !== null) {
      if (cid === null || !cids.has(cid)) return null;
      reasons.push('its CID');
    }
    if (names !== null) {
      const line = this.matchingName(record);
      if (line === void 0) return null;
      reasons.push(line === ANY_PIN ? '`(any)`' : `the name "${line}"`);
    }
    for (const [key, value] of keyvalues) {
      if (keyvalueOf(record, key) !== value) return null;
      reasons.push(`${key}=${value}`);
    }
    this.#unusedNames.delete(ANY_PIN);
    if (record.name.kind === 'text') this.#unusedNames.delete(record.name.text);
    if (cid !== null) this.#unusedCids.delete(cid);
    return `matched by ${reasons.join(' and ')}`;
  }
  matchingName({name}) {
    if (this.#exactNames.has(ANY_PIN)) return ANY_PIN;
    if (name.kind !== 'text') return;
    const {text} = name;
    return this.#exactNames.has(text) ? text : this.#patterns.matching(text)[0];
  }
}

const LENGTHS = [ 24, 12, 6, 3, 2, 1 ];

class Patterns {
  #byText=new Map;
  #lengths=new Set;
  add(line, text, change = part => part) {
    const parts = text.split('*').map(part => change(part));
    const ends = parts.flatMap(part => {
      const length = LENGTHS.find(one => one <= part.length);
      return length === void 0 ? [] : [ part.slice(0, length), part.slice(-length) ];
    });
    const sharing = end => this.#byText.get(end)?.length ?? 0;
    const byRarity = (a, b) => sharing(a) - sharing(b) || b.length - a.length;
    const [rarest = ''] = ends.sort(byRarity);
    const known = this.#byText.get(rarest) ?? [];
    known.push([ line, pattern(text, change) ]);
    this.#byText.set(rarest, known);
    this.#lengths.add(rarest.length);
  }
  matching(name) {
    const possible = new Set;
    for (const length of this.#lengths) for (let at = 0; at + length <= name.length; at += 1) for (const one of this.#byText.get(name.slice(at, at + length)) ?? []) possible.add(one);
    return [ ...possible ].flatMap(([line, matches]) => matches(name) ? [ line ] : []);
  }
}

function pattern(text, change = part => part) {
  const [first = '', ...rest] = text.split('*').map(part => change(part));
  const last = rest.pop();
  if (last === void 0) return name => name === first;
  const between = rest.filter(part => part !== '');
  return name => {
    const end = name.length - last.length;
    let at = first.length;
    if (at > end || !name.startsWith(first) || !name.endsWith(last)) return false;
    for (const part of between) {
      const found = name.indexOf(part, at);
      if (found === -1 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

const MOST_PROTECT_LINES = 1e4;

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

const BLANK = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u;

const UUID_WITHIN = /(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])/i;

const pinIds = {
  allowed: 'pin IDs such as e5c4456d-5e5c-465d-a02a-3a536fc6e718, separated by white space, commas or line ends',
  leftOut: null,
  whyEmpty: `${UNSET} On Windows, an input of over 32,766 characters (885 IDs) arrives empty.`,
  parse: given => [ ...readWords(given, parsePinId, adviseOnIds)?.keys() ?? [] ]
};

function adviseOnIds(words) {
  if (words.some(word => canonicalCid(word) !== null)) return "A CID names content, not a pin. A pin ID is the `id` of the pin's record. To select by CID, use the input `cid`.";
  const within = words.some(word => UUID_WITHIN.test(word));
  return within ? 'Write only the IDs: no quotes, brackets or semicolons.' : void 0;
}

const cids = {
  allowed: 'CIDs, v0 or v1, in base58btc, base32 or base36, separated by white space, commas or line ends',
  leftOut: null,
  parse: given => readWords(given, canonicalCid, words => {
    if (words.some(word => UUID_WITHIN.test(word))) return 'A UUID is a pin ID. For pin IDs, use the input `pin-id`.';
    return words.some(word => /^[fFmuMU][\w+/=-]{40,}$/.test(word)) ? 'If it is a CID in another base, convert it: `ipfs cid base32 CID`.' : 'Write only the CIDs, without quotes, brackets or `ipfs://`.';
  })
};

function readWords({text, quote, refuse}, parse, adviseOn) {
  const known = new Map;
  const rejected = new Set;
  for (const word of text.split(/(?:(?!\ufeff)\s|,)+/).filter(word => word !== '')) {
    const value = parse(word);
    if (value === null) rejected.add(word); else if (!known.has(value)) known.set(value, word);
  }
  if (known.size + rejected.size === 0) return refuse('holds only separators', UNSET);
  if (rejected.size === 0) return known;
  const words = [ ...rejected ];
  const hidden = words.some(word => word.search(INVISIBLE) !== -1);
  const what = `holds ${hidden ? 'an invisible character in ' : ''}${quoteSome(words, quote)}`;
  return refuse(what, hidden ? 'Type it again, or copy it from the AIOZ Pin dashboard.' : adviseOn(words));
}

const protect = {
  allowed: 'pin IDs, CIDs or names, one a line',
  leftOut: [],
  parse(given) {
    const lines = eachLine(given, (line, refuse) => {
      const text = line.trim();
      if (BLANK.test(text)) return refuseEmpty(refuse, 'protects less');
      if (text === ANY_PIN) return refuse(`is \`${ANY_PIN}\``, 'To protect every pin, write `*`.');
      const visible = text.replace(INVISIBLE, '');
      if (visible !== text && (parsePinId(visible) ?? canonicalCid(visible)) !== null) return refuse('holds an invisible character', 'Type the line again.');
      return {
        id: parsePinId(text),
        cid: canonicalCid(text),
        text
      };
    });
    const most = `At most ${MOST_PROTECT_LINES} are allowed.`;
    return lines.length > MOST_PROTECT_LINES ? given.refuse(`has ${lines.length} lines`, most) : lines;
  }
};

const keyvalues = {
  allowed: 'one `key=value` on each line',
  leftOut: [],
  parse: given => eachLine(given, (line, refuse) => {
    if (BLANK.test(line)) return refuseEmpty(refuse, 'matches more');
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/.exec(line)?.map(trim) ?? [];
    if (key !== '' && value !== '' && !/[<>!]$|:\s/.test(key)) return [ key, value ];
    const colon = /^[^=]*:/.test(line) ? 'Write `key=value`, with `=` in place of `:`.' : void 0;
    return refuse(`is ${given.quote(line)}`, /[<>!]$/.test(key) ? 'Only `=` can be compared.' : colon);
  })
};

const names = {
  allowed: 'names, one a line, with `*` for any run of characters',
  leftOut: null,
  parse(given) {
    const unset = `Was the variable next to the \`*\` set? To select every pin, write \`${ANY_PIN}\`.`;
    const all = eachLine(given, (line, refuse) => line.includes('*') && BLANK.test(line.replaceAll('*', '')) ? refuse('is only `*`', unset) : line);
    const lines = all.filter(line => !BLANK.test(line));
    if (lines.length === 0) return BLANK.test(given.text) ? given.refuse('is empty', UNSET) : null;
    if (!lines.includes(ANY_PIN) || lines.length === 1) return [ ...new Set(lines) ];
    const alone = `\`${ANY_PIN}\` selects every pin and must be the only line.`;
    return given.refuse(`holds \`${ANY_PIN}\` and other lines`, alone);
  }
};

function eachLine({raw, refuse}, parse) {
  const lines = raw.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);
  return lines.flatMap((line, index) => {
    const refuseLine = (what, advice) => refuse(what, advice, `line ${index + 1}`);
    const tooLong = `is longer than ${LONGEST_TEXT} characters`;
    const value = line.length > LONGEST_TEXT ? refuseLine(tooLong) : parse(trim(line), refuseLine);
    return value === null ? [] : [ value ];
  });
}

function refuseEmpty(refuse, consequence) {
  const advice = `Was the variable on this line set? Without it, the step ${consequence}. Remove the line if it is not needed.`;
  return refuse('is empty', advice);
}

function findStrays(env, known) {
  const strays = {
    misspelt: [],
    others: []
  };
  for (const variable of Object.keys(env)) {
    const name = /^INPUT_(.+)$/is.exec(variable)?.[1]?.toLowerCase() ?? '';
    const isRead = process.platform === 'win32' || variable === variable.toUpperCase();
    if (name === '' || known.includes(name) && isRead) continue;
    const meant = nearest(name, known);
    if (meant === null) strays.others.push(name); else strays.misspelt.push({
      name,
      variable,
      meant
    });
  }
  return strays;
}

function nearest(name, known) {
  const letters = text => text.replace(/[^a-z0-9]/g, '').replace(/s$/, '');
  const words = text => `${text.replace(/[^a-z0-9]+/g, '-')}-`;
  const [best] = known.map(meant => ({
    meant,
    distance: distance(letters(name), letters(meant))
  })).filter(({meant, distance}) => distance <= letters(meant).length / 3 && name.length > 2 || words(meant).startsWith(words(name)) || meant.length > 5 && letters(name).startsWith(letters(meant))).sort((a, b) => a.distance - b.distance);
  return best?.meant ?? null;
}

function distance(from, to) {
  let row = Array.from({
    length: to.length + 1
  }, (_, index) => index);
  for (let index = 0; index < from.length; index += 1) {
    const next = [ index + 1 ];
    for (let at = 1; at <= to.length; at += 1) {
      const replaced = (row[at - 1] ?? 0) + (from[index] === to[at - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const external_node_fs_namespaceObject = process.getBuiltinModule("node:fs");

const LARGEST = 256 * 1024 * 1024;

const OF_A_DRY_RUN = new Set([ 'would-unpin', 'protected', 'kept', 'missing' ]);

const planFile = {
  allowed: 'the path of the results file of a dry run that succeeded',
  leftOut: null,
  parse(given) {
    const text = readText(given);
    if (text === null) return null;
    let results;
    try {
      results = JSON.parse(text);
    } catch {}
    if (!Array.isArray(results)) return given.refuse('names a file that is not a JSON array');
    const found = new Map;
    for (const [index, entry] of results.entries()) {
      const {result, pinId} = isObject(entry) ? entry : {};
      const id = typeof pinId === 'string' ? parsePinId(pinId) : null;
      if (id === null || !OF_A_DRY_RUN.has(result)) return given.refuse(`names a file whose element ${index + 1} has no pin ID, or another result than \`would-unpin\`, \`protected\`, \`kept\` and \`missing\``, 'That run was not a dry run, or it failed. Make a new plan with `dry-run: true`.');
      if ((found.get(id) ?? result) !== result) return given.refuse('names a file that has one pin with two results');
      found.set(id, result);
    }
    return [ ...found ].flatMap(([id, result]) => result === 'would-unpin' ? id : []);
  }
};

function readText({text: path, quote, refuse}) {
  try {
    const stats = (0, external_node_fs_namespaceObject.statSync)(path);
    if (!stats.isFile()) return refuse('does not name a regular file');
    if (stats.size > LARGEST) return refuse(`names a file of over ${LARGEST / 1024 / 1024} MiB`);
    return (0, external_node_fs_namespaceObject.readFileSync)(path, 'utf8');
  } catch (error) {
    return refuse(`names a file that cannot be read: ${quote(path)} (${errorCode(error) ?? 'not a path'})`, 'Was the artifact downloaded, and to this path?');
  }
}

const REMOVED = '***';

const SHORTEST_KEY = 8;

function createRedactor(secrets) {
  const patterns = secrets.filter(secret => secret.length >= SHORTEST_KEY).sort((a, b) => b.length - a.length).flatMap(secret => {
    const encoded = [ 0, 1, 2 ].flatMap(offset => base64At(secret, offset));
    const hex = Buffer.from(secret).toString('hex');
    return [ (secret.match(/\\+|[^\\]/g) ?? []).map(anySpelling).join(''), ...[ ...encoded, hex ].map(text => text.replace(/\W/g, '\\$&')) ];
  });
  if (patterns.length === 0) return {
    redact: text => text,
    holdsKey: () => false
  };
  const one = new RegExp([ ...new Set(patterns) ].join('|'), 'i');
  const all = new RegExp(one, 'gi');
  return {
    holdsKey: text => one.test(text),
    redact(text) {
      if (!one.test(text)) return text;
      const cleaned = text.replace(all, REMOVED);
      return one.test(cleaned) ? REMOVED : cleaned;
    }
  };
}

const NAMED = new Map([ '&amp', '<lt', '>gt', '"quot', "'apos", '+plus', '/sol', '=equals', '_lowbar' ].map(one => [ one[0], one.slice(1) ]));

function anySpelling(run) {
  if (/[^\W_]/.test(run)) return run;
  const code = run.charCodeAt(0);
  const hex = code.toString(16);
  const plain = run.startsWith('\\') ? `\\\\{${run.length},${4 * run.length}}` : `\\\\{0,4}\\${run}`;
  const named = NAMED.has(run) ? [ `&${NAMED.get(run)};` ] : [];
  const escaped = [ `%${hex}`, `\\\\{1,4}u00${hex}`, `&#0{0,6}${code};`, `&#x0{0,6}${hex};`, ...named ];
  const form = run === ' ' ? '|\\+' : '';
  return `(?:${plain}|(?:${escaped.join('|')}){${run.length}}${form})`;
}

function base64At(secret, offset) {
  const bytes = Buffer.concat([ Buffer.alloc(offset), Buffer.from(secret) ]);
  const encoded = bytes.toString('base64').replace(/=+$/, '');
  const core = encoded.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? void 0 : -1);
  return [ core, core.replaceAll('+', '-').replaceAll('/', '_') ];
}

function value(allowed, parse, adviseOn = () => {}) {
  return {
    allowed,
    parse: ({text, quote, refuse}) => parse(text) ?? refuse(`is ${quote(text)}`, adviseOn(text))
  };
}

function optional(input) {
  return {
    ...input,
    leftOut: null
  };
}

function word(...words) {
  const allowed = words.map(one => `\`${one}\``).join(', ').replace(/, ([^,]*)$/, ' or $1');
  return value(allowed, text => words.find(one => one === text) ?? null);
}

function integer(least, most) {
  return value(`a whole number from ${least} to ${most}`, text => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    return number >= least && number <= most ? number : null;
  });
}

const values_boolean = value('`true` or `false`', text => {
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  return /^(?:false|False|FALSE)$/.test(text) ? false : null;
});

const values_DAY_MS = 864e5;

const values_UNITS = [ [ /^min(?:ute)?s?$/, 6e4 ], [ /^h(?:(?:ou)?rs?)?$/, 36e5 ], [ /^d(?:ays?)?$/, values_DAY_MS ], [ /^w(?:(?:ee)?ks?)?$/, 7 * values_DAY_MS ], [ /^mo(?:nths?)?$/, 30 * values_DAY_MS ], [ /^y(?:(?:ea)?rs?)?$/, 365 * values_DAY_MS ] ];

const LONGEST_AGE_MS = 100 * 365 * values_DAY_MS;

const age = optional(value('an age such as `90min`, `12h`, `30d`, `8w`, `6mo` or `1y`, up to 100 years', parseAge, text => {
  const [, number = '', unit = ''] = /^(\d+)\s*([a-z]*)$/i.exec(text) ?? [];
  if (number !== '' && unit === '') return `Write a unit, such as \`${number}d\` for days.`;
  return /^m$/i.test(unit) ? `Write \`${number}min\` for minutes or \`${number}mo\` for months.` : void 0;
}));

function parseAge(text) {
  const [, number = '', unit = ''] = /^([1-9]\d{0,8})\s*([a-z]+)$/.exec(text.toLowerCase()) ?? [];
  const ms = Number(number) * (values_UNITS.find(([name]) => name.test(unit))?.[1] ?? NaN);
  return ms <= LONGEST_AGE_MS ? {
    ms,
    text
  } : null;
}

const LONGEST_KEY = 512;

function key(which) {
  return {
    allowed: `the ${which} of the key pair, from a secret`,
    whyEmpty: 'Is the secret set for this repository or environment, and is its name spelt correctly? ' + 'Runs for a fork or for Dependabot get no secrets.',
    parse({text, refuse}) {
      if (!/^[\x20-\x7e]+$/.test(text)) {
        const often = 'Often this is a line end or an invisible space from copying. Store the secret again.';
        return refuse('holds a character that is not printable ASCII', often);
      }
      if (text.length >= SHORTEST_KEY && text.length <= LONGEST_KEY) return text;
      const wrong = text.length < SHORTEST_KEY ? `shorter than ${SHORTEST_KEY}` : `longer than ${LONGEST_KEY}`;
      return refuse(`is ${wrong} characters, so it is not one key`, 'Store the secret again.');
    }
  };
}

const apiUrl = {
  allowed: 'an `https` URL (`http` for `localhost` and 127.* only) such as `https://api-ipfs.attoaioz.cyou`, without user info, query, fragment, IPv6 address or `/api/pinning`',
  parse: ({text, refuse}) => parseApiUrl(text) ?? refuse('is not an allowed URL (it is not shown: it may hold a secret)')
};

function parseApiUrl(text) {
  if (/[\s\\?#]/.test(text) || !URL.canParse(text)) return null;
  const {protocol, hostname, username, password, pathname, origin} = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) return null;
  if (username !== '' || password !== '' || hostname.startsWith('[')) return null;
  if (/\/api\/+pinning(?:\/|$)/.test(pathname)) return null;
  const withoutSlash = path => path.replace(/(?<!\/)\/+$/, '');
  return origin + withoutSlash(withoutSlash(pathname).replace(/\/api$/, ''));
}

const BY_ID = [ 'pin-id', 'plan-file' ];

const SELECTORS = [ 'cid', 'name', 'keyvalues' ];

const NARROWING = {
  'older-than': '(none)',
  'expired-by': '(none)',
  'keep-latest': '0',
  'group-by': '(none)',
  'max-unpins': '25',
  'on-too-many': 'fail'
};

const LARGEST_NUMBER = 1e6;

const INPUTS = {
  'pin-id': pinIds,
  'plan-file': planFile,
  cid: cids,
  name: names,
  keyvalues,
  'older-than': age,
  'expired-by': optional(value('`keyvalues.KEY`', parseKey)),
  'keep-latest': integer(0, LARGEST_NUMBER),
  'group-by': optional(value('`name` or `keyvalues.KEY`', parseGroupBy)),
  protect,
  'max-unpins': integer(1, LARGEST_NUMBER),
  'on-too-many': word('fail', 'oldest-first'),
  'on-missing': word('warn', 'ignore', 'fail'),
  'on-unused-protect': word('fail', 'warn', 'ignore'),
  'dry-run': values_boolean,
  verify: values_boolean,
  'pinning-api-key': key('API key'),
  'pinning-secret-key': key('secret key'),
  'api-url': apiUrl,
  'requests-per-minute': integer(1, 6e3),
  'timeout-seconds': integer(1, 3600)
};

function readKeys() {
  const keys = {
    api: getInput('pinning-api-key'),
    secret: getInput('pinning-secret-key')
  };
  for (const key of [ keys.api, keys.secret ]) if (key !== '') core_setSecret(key);
  return keys;
}

function readInputs(keys, redactor) {
  const dashed = Object.keys(INPUTS).filter(name => name.includes('-'));
  if (dashed.every(name => process.env[`INPUT_${name.toUpperCase()}`] === void 0)) throw new RefusedError([ 'All inputs with a dash in their name are absent. Some shells drop such variables (`INPUT_PIN-ID`). Let the runner start this ' + 'action directly.' ]);
  const {values, problems} = collect(INPUTS, redactor, [ keys.api, keys.secret ]);
  const {misspelt, others} = findStrays(process.env, Object.keys(INPUTS));
  problems.push(...problemsBetween(values), ...[ 'pin-id', 'plan-file', 'api-url' ].filter(name => redactor.holdsKey(String(values[name] ?? ''))).map(name => `\`${name}\` holds the value of a key. Check that no inputs are mixed up.`), ...misspelt.map(({name, variable, meant}) => name === meant ? `The variable \`${variable}\` must be in capitals: \`${variable.toUpperCase()}\`.` : `\`${redactor.redact(name)}\` is not an input; did you mean \`${meant}\`? ` + `If the workflow does not set it, remove \`${redactor.redact(variable)}\` from the environment.`));
  if (problems.length > 0) throw new RefusedError(problems);
  const unknown = quoteSome(others, name => `\`${redactor.redact(name)}\``);
  return inputsFrom(values, others.length === 0 ? [] : [ `This action does not have these inputs, so they have no effect: ${unknown}. Check their names.` ]);
}

function problemsBetween(values) {
  const problems = [];
  const byId = BY_ID.filter(name => isGiven(name));
  const narrowing = givenAmong(Object.keys(NARROWING));
  const [named] = byId;
  if (byId.length > 1) problems.push('Use either `pin-id` or `plan-file`, not both.');
  if (named !== void 0) for (const name of [ ...SELECTORS.filter(name => isGiven(name)), ...narrowing ]) problems.push(`Use either \`${named}\` or \`${name}\`, not both.`); else if ([ ...BY_ID, ...SELECTORS ].every(name => isLeftOut(name))) {
    const also = narrowing.includes('expired-by') ? ' For all pins, write `name: (any)`.' : '';
    problems.push(`Nothing says which pins to unpin. Give \`pin-id\`, \`plan-file\`, or at least one of \`cid\`, \`name\` and \`keyvalues\`.${also}`);
  } else if (isGiven('group-by') && values['keep-latest'] === 0) problems.push('`group-by` needs `keep-latest` of 1 or more: it makes the groups in which `keep-latest` counts.');
  if (isLeftOut('protect') && isGiven('on-unused-protect') && textOf('on-unused-protect') !== 'fail') problems.push('`on-unused-protect` needs `protect`. Add `protect`, or remove `on-unused-protect`.');
  return problems;
}

function givenAmong(names) {
  return names.filter(name => isGiven(name) && textOf(name) !== NARROWING[name]);
}

function inputsFrom(values, warnings) {
  const ids = values['pin-id'] ?? values['plan-file'];
  return {
    target: ids === null ? selectionFrom(values) : {
      kind: 'ids',
      pinIds: ids
    },
    protect: values.protect,
    onUnusedProtect: values['on-unused-protect'],
    onMissing: values['on-missing'],
    apiBase: values['api-url'],
    dryRun: values['dry-run'],
    verify: values.verify,
    requestsPerMinute: values['requests-per-minute'],
    timeoutSeconds: values['timeout-seconds'],
    warnings
  };
}

function selectionFrom(values) {
  const {cid, name: names, keyvalues, protect} = values;
  const lines = {
    cid: [ ...cid?.values() ?? [] ],
    name: names ?? [],
    keyvalues: keyvalues.map(pair => pair.join('=')),
    protect: protect.map(({text}) => text)
  };
  const given = (...inputs) => givenAmong(inputs).map(input => [ input, lines[input] ?? [ textOf(input) ] ]);
  return {
    kind: 'selection',
    criteria: {
      cids: cid,
      names,
      keyvalues,
      expiredBy: values['expired-by'],
      olderThan: values['older-than'],
      keepLatest: values['keep-latest'],
      groupBy: values['group-by'],
      maxUnpins: values['max-unpins'],
      onTooMany: values['on-too-many']
    },
    selects: given(...SELECTORS, 'expired-by'),
    limits: [ ...given('older-than', 'keep-latest', 'group-by', 'on-too-many', 'protect'), [ 'max-unpins', [ String(values['max-unpins']) ] ] ]
  };
}

function parseKey(text) {
  return /^keyvalues\.(.+)$/.exec(text)?.[1]?.trim() || null;
}

function parseGroupBy(text) {
  const key = parseKey(text);
  return text === 'name' ? text : key && `keyvalues.${key}`;
}

const RESULTS = [ 'failed', 'unconfirmed', 'not-attempted', 'missing', 'unpinned', 'would-unpin', 'protected', 'kept' ];

const NO_REQUEST = {
  attempts: 0,
  httpStatus: null,
  durationMs: 0,
  lostAnswer: false,
  stops: null
};

function untouched(pinId, result, message, {record = null, reason = ''} = {}) {
  return {
    pinId,
    result,
    reason,
    message,
    record,
    ...NO_REQUEST
  };
}

function notAttempted(pinId, why, known = {}) {
  return untouched(pinId, 'not-attempted', `Not attempted: ${why}. When the cause is gone, run the step again.`, known);
}

function broken(pinId, error, begun) {
  const why = `an error inside this action (${describeError(error)})`;
  if (!begun) return notAttempted(pinId, why);
  const message = `It is not known whether the pin is gone: ${why}. Run the step again, and please report this error.`;
  return {
    ...untouched(pinId, 'unconfirmed', message),
    stops: 'unanswered'
  };
}

function failsStep({result, lostAnswer, record}, onMissing) {
  if (result === 'missing') return onMissing === 'fail' && !(lostAnswer && record?.pinned === true);
  return result === 'unconfirmed' || result === 'failed' || result === 'not-attempted';
}

function leave(record, result, reason) {
  return {
    kind: 'left',
    outcome: untouched(record.id, result, `Not unpinned: ${reason}.`, {
      record,
      reason
    })
  };
}

class Protection {
  #ids=new Map;
  #cids=new Map;
  #exactNames=new Map;
  #patterns=new Patterns;
  #lines;
  #cidLines;
  #names;
  #used=new Map;
  constructor(lines) {
    const add = (to, key, line) => {
      if (key !== null) to.set(key, [ ...to.get(key) ?? [], line ]);
    };
    for (const line of lines) {
      add(this.#ids, line.id, line);
      add(this.#cids, line.cid, line);
      if (!line.text.includes('*')) add(this.#exactNames, loosely(line.text), line); else for (const change of [ loosely, void 0 ]) this.#patterns.add(line, line.text, change);
    }
    this.#lines = lines;
    this.#cidLines = lines.filter(({cid}) => cid !== null);
    this.#names = lines.filter(({id, cid}) => id === null && cid === null);
  }
  get unused() {
    return this.#lines.filter(line => !this.#used.has(line));
  }
  get doubtful() {
    return this.#lines.filter(line => this.#used.get(line) === 'doubtful');
  }
  check({id, cid, name}) {
    const reasons = [];
    const use = (lines = [], reason) => {
      for (const line of lines) this.#used.set(line, 'certain');
      if (lines[0] !== void 0) reasons.push(reason(lines[0]));
    };
    use(this.#ids.get(id), () => 'protected by its ID');
    const canonical = cid === null || this.#cids.size === 0 ? null : canonicalCid(cid);
    if (canonical !== null) use(this.#cids.get(canonical), () => 'protected by its CID');
    const nameText = name.kind === 'text' ? name.text : '';
    const loose = loosely(nameText);
    const byName = ({text}) => `protected by the name "${text}"`;
    if (name.kind !== 'unreadable') {
      use(this.#exactNames.get(loose), byName);
      for (const text of [ loose, nameText ]) use(this.#patterns.matching(text), byName);
    }
    if (canonical === null) this.#doubt('CID', this.#cidLines, reasons);
    if (name.kind === 'unreadable') this.#doubt('name', this.#names, reasons);
    return reasons[0] ?? null;
  }
  #doubt(what, lines, reasons) {
    if (lines.length === 0) return;
    reasons.push(`\`protect\` lists ${what}s, and the ${what} of this record cannot be read`);
    for (const line of lines) if (!this.#used.has(line)) this.#used.set(line, 'doubtful');
  }
}

const protection_INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?!\s)\p{Cc}/gu;

function loosely(text) {
  if (/^[\u0021-\u007e]*$/.test(text)) return text.toUpperCase();
  const visible = text.normalize('NFKC').replace(protection_INVISIBLE, '');
  return visible.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFKC').replace(/\s+/g, ' ').trim();
}

function planSelection({criteria, selects}, onMissing, account, protection, now) {
  const {keepLatest, olderThan, expiredBy, groupBy, maxUnpins, onTooMany} = criteria;
  const matcher = new Matcher(criteria);
  const matches = [];
  for (const record of account.pinned) {
    const reason = matcher.match(record);
    const end = expiredBy === null ? '' : keyvalueOf(record, expiredBy);
    if (reason === null || end === void 0) continue;
    matches.push({
      record,
      reason,
      group: groupBy === null ? '' : selection_valueOf(record, groupBy),
      end: parseEnd(end ?? '')
    });
  }
  const refusals = [];
  const warnings = [];
  const undated = matches.find(({record}) => record.datePinned === null);
  if (undated !== void 0 && (olderThan !== null || keepLatest > 0 || onTooMany === 'oldest-first')) refusals.push(`The pin ${undated.record.id} matches, but its \`date_pinned\` is not a valid date, so its age is not known. Nothing was unpinned. ` + 'Select without this pin, or without `older-than`, `keep-latest` and `on-too-many`.');
  const unreadable = expiredBy === null ? 0 : matches.filter(({end}) => end === null).length;
  if (unreadable > 0) warnings.push(`\`expired-by\`: in ${count(unreadable, 'pin')} the value of \`${expiredBy}\` is not a date. Such pins stay. Write \`2026-12-31\`, or ` + 'a time with its zone such as `2026-12-31T18:00:00Z`.');
  matches.sort(byAge);
  const counted = new Map;
  const pins = matches.map(match => {
    const {record, reason, group} = match;
    const place = counted.get(group ?? '') ?? 0;
    if (group !== null) counted.set(group, place + 1);
    const protectedBy = protection.check(record);
    if (protectedBy !== null) return leave(record, 'protected', protectedBy);
    const keptBy = whyKept(match, place, criteria, now);
    return keptBy === null ? {
      kind: 'chosen',
      pinId: record.id,
      reason,
      record
    } : leave(record, 'kept', keptBy);
  });
  pins.reverse();
  const chosen = pins.filter(({kind}) => kind === 'chosen').length;
  const waiting = onTooMany === 'oldest-first' ? Math.max(0, chosen - maxUnpins) : 0;
  if (chosen > maxUnpins && waiting === 0) refusals.push(`${count(chosen, 'pin')} would be unpinned, more than the ${maxUnpins} that \`max-unpins\` allows, so nothing was unpinned. If the ` + 'selection is right, raise `max-unpins`, or set `on-too-many: oldest-first`.');
  let room = maxUnpins;
  const within = pins.map(pin => {
    if (waiting === 0 || pin.kind === 'left' || room-- > 0) return pin;
    const {record} = pin;
    return record === null ? pin : leave(record, 'kept', 'it waits for the next run (`on-too-many`)');
  });
  const noMatch = matches.length === 0;
  const unmatched = noMatch ? selects : matcher.unused;
  if (onMissing !== 'ignore' && unmatched.length > 0) {
    const text = describeNoMatch(unmatched, account, criteria);
    if (onMissing === 'fail') refusals.push(`${text} Nothing was unpinned.`); else warnings.push(text);
  }
  return {
    pins: within,
    refusals,
    warnings,
    waiting,
    noMatch
  };
}

function whyKept({record, group, end}, place, criteria, now) {
  const {keepLatest, olderThan, expiredBy, groupBy} = criteria;
  const {datePinned} = record;
  if (group === null) return `it has no value for \`group-by: ${groupBy}\``;
  if (datePinned === null && (keepLatest > 0 || olderThan !== null)) return 'its age is not known';
  if (place < keepLatest) {
    const newest = keepLatest === 1 ? 'the newest' : `one of the ${keepLatest} newest`;
    return `${newest} ${groupBy === null ? 'of all matches' : `in the group "${group}"`}`;
  }
  if (olderThan !== null && (datePinned === null || now - datePinned.ms < olderThan.ms)) return `younger than ${olderThan.text}`;
  if (expiredBy === null || end !== null && now >= end) return null;
  return `${expiredBy}=${keyvalueOf(record, expiredBy) ?? '…'} ${end === null ? 'is not a date' : 'has not passed'}`;
}

function byAge({record: a}, {record: b}) {
  const byId = a.id < b.id ? -1 : 1;
  if (a.datePinned === null || b.datePinned === null) return Number(b.datePinned === null) - Number(a.datePinned === null) || byId;
  return newestFirst(a.datePinned, b.datePinned) || byId;
}

function selection_valueOf(record, by) {
  return by === 'name' ? nameText(record) : keyvalueOf(record, by.replace('keyvalues.', '')) ?? null;
}

function describeNoMatch(lines, {pinned, notPinned}, criteria) {
  const values = lines.map(([input, some]) => `\`${input}\` ${quoteSome(some)}`).join(' and ');
  const given = new Map(lines);
  const names = (given.get('name') ?? []).filter(name => name !== ANY_PIN);
  const cids = criteria.cids && new Map([ ...criteria.cids ].filter(([, text]) => given.get('cid')?.includes(text) ?? true));
  const matcher = new Matcher({
    ...criteria,
    cids,
    names: given.get('name') ?? criteria.names
  });
  const {expiredBy} = criteria;
  const named = names.length === 0 ? 0 : pinned.filter(record => matcher.matchingName(record) !== void 0).length;
  const wouldMatch = (notPinned ?? []).filter(record => matcher.match(record) !== null && (expiredBy === null || keyvalueOf(record, expiredBy) !== void 0));
  const states = wouldMatch.map(record => isUnpinned(record) ? 'unpinned' : record.status ?? 'not known');
  const hints = [ `No pin matches ${values}.`, `The account has ${count(pinned.length, 'pin')}.`, named > 0 && `Pins that have such a name, but another CID or key-value (or none): ${named}.`, states.length > 0 && `Records that would match, but are not pinned: ${states.length} (status ${[ ...new Set(states) ].join(', ')}).`, 'Check the values (letter case counts), and whether the key pair belongs to the right account.' ];
  return hints.filter(hint => hint !== false).join(' ');
}

function makePlan(rules, readings) {
  const {target, protect, onUnusedProtect, onMissing} = rules;
  const {account, problem, now} = readings;
  const protection = new Protection(protect);
  for (const record of [ ...account?.pinned ?? [], ...account?.notPinned ?? [] ]) if (protect.length > 0 && !isUnpinned(record)) protection.check(record);
  const draft = target.kind === 'ids' ? planIds(target.pinIds, onMissing, readings, protection) : planSelection(target, onMissing, account ?? {
    pinned: [],
    notPinned: null
  }, protection, now);
  const chosen = draft.pins.filter(({kind}) => kind === 'chosen').length;
  const unused = account === null ? [] : protection.unused;
  const told = onUnusedProtect === 'ignore' ? unused.filter(({id, cid}) => id !== null || cid !== null) : unused;
  if (told.length > 0) {
    const refuses = onUnusedProtect === 'fail' && chosen > 0;
    draft[refuses ? 'refusals' : 'warnings'].push(describeUnused(told, account?.notPinned ?? null, refuses));
  }
  const {doubtful} = protection;
  if (doubtful.length > 0) {
    const which = quoteSome(doubtful.map(({text}) => text));
    draft.warnings.push(`\`protect\`: no pin that can be read is protected by ${which}. Pins whose name or CID cannot be read stay. ${HOW_WRITTEN}`);
  }
  const {refusals, ...decided} = problem === null ? draft : {
    ...draft,
    refusals: [ problem ],
    warnings: []
  };
  const wanted = draft.noMatch && onMissing !== 'ignore' || unused.length > 0 && onUnusedProtect !== 'ignore';
  return {
    ...decided,
    pins: refusals.length === 0 ? draft.pins : draft.pins.map(leaveUntried),
    refusals,
    chosen: problem === null ? chosen : 0,
    wantsNotPinned: problem === null && account?.notPinned === null && wanted
  };
}

function planIds(pinIds, onMissing, {account, byId}, protection) {
  const listed = new Map(account?.pinned.map(record => [ record.id, record ]));
  const pins = pinIds.map(pinId => {
    const read = byId.get(pinId);
    if (read?.kind === 'ended') return {
      kind: 'left',
      outcome: read.outcome
    };
    const record = listed.get(pinId) ?? read?.record ?? null;
    const why = record === null ? null : protection.check(record);
    if (record !== null && why !== null) return leave(record, 'protected', why);
    const reason = record?.pinned === false ? 'its record says that it is not pinned now' : '';
    return {
      kind: 'chosen',
      pinId,
      reason,
      record
    };
  });
  const nothing = pinIds.length === 0 ? [ 'The file of `plan-file` has no pin that would be unpinned.' ] : [];
  const refusals = onMissing === 'fail' ? nothing : [];
  return {
    pins,
    refusals,
    warnings: onMissing === 'warn' ? nothing : [],
    waiting: 0,
    noMatch: false
  };
}

function leaveUntried(pin) {
  if (pin.kind === 'left') return pin;
  return {
    kind: 'left',
    outcome: untouched(pin.pinId, 'not-attempted', '', pin)
  };
}

const HOW_WRITTEN = 'Write one pin ID, CID or name on each line, without quotes, commas, dashes or comments.';

function describeUnused(lines, notPinned, refuses) {
  const which = quoteSome(lines.map(({text}) => text));
  const pins = notPinned === null ? 'pinned pin' : 'pin of the account';
  const fail = ' Nothing was unpinned. If a line may have no pin, set `on-unused-protect: warn`.';
  return `\`protect\`: no ${pins} is protected by ${which}. ${HOW_WRITTEN}${refuses ? fail : ''}`;
}

const external_node_util_namespaceObject = process.getBuiltinModule("node:util");

const PAGE_ROWS = 100;

const MOST_ROWS = 1e5;

const MOST_BYTES = 128 * 1024 * 1024;

async function readList(options) {
  const first = await readPages(options, 'true');
  return first.kind === 'incomplete' ? readWholeList(options, first.date) : first;
}

async function readWholeList(options, date = null) {
  const pass = await readPages(options, 'all');
  if (pass.kind === 'complete') return {
    ...pass,
    date: date ?? pass.date
  };
  if (pass.kind === 'failed') return pass;
  return failed(`The list of pins could not be read to its end: ${pass.why}. Run the step again later.`);
}

async function readPages({readPage, onProgress}, pinned) {
  const seen = new Map;
  let last = null;
  let bytes = 0;
  let total = 0;
  let date = null;
  let mostRequests = 1;
  const incomplete = why => ({
    kind: 'incomplete',
    why,
    date
  });
  for (let requests = 1; ;requests += 1) {
    const offset = Math.max(0, seen.size - 1);
    const page = await readPage({
      offset,
      limit: PAGE_ROWS,
      pinned
    });
    if (page.kind === 'unreadable') return failed(`The list of pins could not be read: ${page.why}`, page.stops);
    bytes += page.bytes;
    if (requests === 1) date = page.date;
    const known = seen.size;
    for (const [place, row] of page.rows.entries()) {
      const record = parseRecord(row);
      if (record === null) return incomplete('it has a row without a valid `id`');
      if (record.pinned === null) return incomplete(`its row of ${record.id} does not say whether it is pinned`);
      if (place === 0 && last !== null && record.id !== last.id) return incomplete('it changed while it was read');
      const before = seen.get(record.id);
      if (before !== void 0 && !(0, external_node_util_namespaceObject.isDeepStrictEqual)(before.raw, record.raw)) return incomplete(`it has two different rows of ${record.id}`);
      if (before === void 0) seen.set(record.id, record);
      last = record;
    }
    if (requests === 1) mostRequests = 2 * requestsFor(page.total, page.rows.length); else if (page.rows.length === 0) return incomplete('it changed while it was read');
    onProgress(seen.size, page.total);
    if (seen.size > MOST_ROWS || bytes > MOST_BYTES) return failed(`The list of pins is too large: reading stopped at row ${seen.size}. Use \`pin-id\` without \`protect\`: then no list is read.`);
    if (page.total < total) return incomplete('pins were removed while it was read');
    total = page.total;
    if (seen.size > known && seen.size <= total) {
      if (requests < mostRequests) continue;
      return failed('Reading the list takes more than twice as many requests as its number of pins needs. Run the step again later.');
    }
    if (seen.size !== total) return incomplete(`it has ${seen.size} different rows, but the service counts ${total}`);
    const records = [ ...seen.values() ];
    return {
      kind: 'complete',
      pinned: records.filter(record => record.pinned === true),
      notPinned: pinned === 'all' ? records.filter(record => record.pinned === false) : null,
      requests,
      date
    };
  }
}

function requestsFor(total, rowsOfFirst) {
  return 2 + Math.ceil(Math.max(0, total - rowsOfFirst) / Math.max(1, rowsOfFirst - 1));
}

function failed(problem, stops = null) {
  return {
    kind: 'failed',
    problem,
    stops
  };
}

const AT_ONCE = 8;

const UNANSWERED_IN_A_ROW = 8;

class StopRule {
  #allowed;
  #unansweredInARow=0;
  #reason=null;
  #starts=new AbortController;
  signals;
  constructor(signal, allowed = false) {
    this.#allowed = allowed;
    this.signals = {
      signal,
      startSignal: AbortSignal.any([ signal, this.#starts.signal ])
    };
  }
  get reason() {
    return this.#reason ?? (this.signals.signal.aborted ? 'the run was stopped' : null);
  }
  observe({stops}, allowed) {
    this.#allowed ||= allowed;
    this.#unansweredInARow = stops === 'unanswered' ? this.#unansweredInARow + 1 : 0;
    this.#reason ??= this.#judge(stops);
    if (this.#reason !== null) this.#starts.abort();
  }
  #judge(stops) {
    if (stops === 'unauthorized') return 'the service refused the key pair (HTTP 401)';
    if (stops === 'forbidden' && !this.#allowed) return 'the key pair lacks a scope (HTTP 403)';
    if (stops === 'told-to-wait') return 'the service asked for a longer wait than `timeout-seconds` allows';
    if (this.#unansweredInARow < UNANSWERED_IN_A_ROW) return null;
    return `${UNANSWERED_IN_A_ROW} pins in a row did not get the answer they need; their messages say why`;
  }
}

async function eightAtOnce(items, rule, work) {
  const left = items[Symbol.iterator]();
  const next = async () => {
    if (rule.reason !== null) return false;
    const {done, value} = left.next();
    if (done === true) return false;
    await work(value);
    return true;
  };
  const worker = async () => {
    while (await next()) ;
  };
  if (await next()) await Promise.all(Array.from({
    length: AT_ONCE
  }, worker));
}

const CLOCKS_DIFFER_MS = 5 * 6e4;

async function readRecords(needs, options) {
  const {target, protect, dryRun, verify} = needs;
  const {log} = options;
  const readings = {
    account: null,
    byId: new Map,
    problem: null,
    now: options.now
  };
  const ids = target.kind === 'ids' ? target.pinIds : null;
  if (ids?.length === 0) return readings;
  if (ids === null || protect.length > 0) {
    log('Reading the list of pins');
    const list = await readList(pagesOf(options));
    if (list.kind === 'failed') return {
      ...readings,
      problem: `${list.problem} Nothing was unpinned.`
    };
    log(`The list is complete: ${count(list.pinned.length, 'pin')}, read in ${count(list.requests, 'request')}`);
    readings.account = list;
    readings.now = earlierClock(list.date, options);
  }
  if (ids === null || !(protect.length > 0 || dryRun || verify)) return readings;
  const listed = new Set(readings.account?.pinned.map(({id}) => id));
  const unlisted = ids.filter(id => !listed.has(id));
  return {
    ...readings,
    ...await readPins(unlisted, needs, options, readings.account !== null)
  };
}

async function readNotPinned(readings, options) {
  options.log('Reading the list again, with the records that are not pinned');
  const list = await readWholeList(pagesOf(options));
  if (list.kind === 'complete') return {
    ...readings,
    account: {
      pinned: readings.account?.pinned ?? [],
      notPinned: list.notPinned
    }
  };
  if (options.signal.aborted || list.stops === 'unauthorized' || list.stops === 'told-to-wait') return {
    ...readings,
    problem: `${list.problem} Nothing was unpinned.`
  };
  options.warn(`The records that are not pinned could not be read, so the plan does without them. ${list.problem}`);
  return readings;
}

async function readPins(ids, {protect, dryRun, verify}, {service, signal, log, onProgress}, mayRead) {
  if (ids.length > 0) log(`Reading ${count(ids.length, 'pin')} by ID`);
  const byId = new Map;
  const rule = new StopRule(signal, mayRead);
  let oneAnswered = false;
  const read = async id => {
    const pin = await service.pin(id, rule.signals).read();
    const answered = pin.kind === 'record' || pin.outcome.record !== null;
    oneAnswered ||= answered;
    rule.observe(pin.kind === 'record' ? {
      stops: null
    } : pin.outcome, answered);
    if (pin.kind === 'ended' && pin.outcome.stops === 'forbidden' && protect.length === 0 && !verify) pin.outcome.message += ' Only the dry run needs to read the pin: a real run would not.';
    byId.set(id, pin);
    onProgress(byId.size, ids.length, 'pin');
  };
  if (protect.length > 0 || dryRun) await eightAtOnce(ids, rule, read); else for (const id of ids) if (!oneAnswered && rule.reason === null) await read(id);
  const {reason} = rule;
  return {
    byId,
    problem: reason === null ? null : `Nothing was unpinned. While the pins were read: ${reason}.`
  };
}

function pagesOf({service, signal, onProgress}) {
  const readPage = page => service.page(page, signal);
  return {
    readPage,
    onProgress: (rows, ofRows) => onProgress(rows, ofRows, 'row')
  };
}

function earlierClock(server, {now, warn}) {
  const apart = server === null ? 0 : now - server;
  if (Math.abs(apart) > CLOCKS_DIFFER_MS) {
    const minutes = Math.round(Math.abs(apart) / 6e4);
    const how = `${formatAge(minutes * 6e4)} ${apart > 0 ? 'ahead of' : 'behind'}`;
    warn(`The clock of this runner is ${how} the service's. Ages are counted by the earlier of the two.`);
  }
  return Math.min(now, server ?? now);
}

const DEEPEST = 64;

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

const clean_INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

function createCleaner({redact, holdsKey}) {
  const change = (text, how) => {
    const before = redact(text.toWellFormed());
    const after = how(before);
    return after === before ? before : redact(after);
  };
  return {
    redact,
    holdsKey,
    line: (text, longest) => cut(change(text, read => breakCommands(fold(read))), longest),
    output: text => change(text, read => read.replace(CONTROLS, '')),
    cell: (text, longest) => escapeMarkup(cut(change(text, fold), longest)),
    json(value) {
      const text = JSON.stringify(cleanJson(value, same => same, 0));
      if (!holdsKey(text)) return text;
      const cleaned = JSON.stringify(cleanJson(value, redact, 0));
      return holdsKey(cleaned) ? 'null' : cleaned;
    }
  };
}

const BEYOND_PLAIN = /[^\u0020-\u007e]/;

function fold(text) {
  if (!BEYOND_PLAIN.test(text)) return text.trim();
  return text.replace(CONTROLS, ' ').replace(clean_INVISIBLE, '').trim();
}

function breakCommands(text) {
  return text.replace(/^::/, ': :').replace(/#(?=#\[)/g, '# ');
}

function escapeMarkup(text) {
  return text.replace(/[!-/:-@[-`{-~]/g, mark => ',-.'.includes(mark) ? mark : `&#${mark.charCodeAt(0)};`).replace(/(?<=www)\./gi, '&#46;<wbr>').replace(/&#(?:35|36|58|64);(?=\S)/g, '$&<wbr>');
}

function cut(text, longest) {
  if (text.length <= longest) return text;
  const end = Math.floor(longest / 4);
  return `${text.slice(0, longest - end - 1).replace(/[\ud800-\udbff]$/, '')}…${text.slice(text.length - end).replace(/^[\udc00-\udfff]/, '')}`;
}

function cleanJson(value, redact, depth) {
  if (typeof value === 'string') return redact(value);
  if (typeof value === 'number') return redact(String(value)) === String(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '(nested too deeply to be shown)';
  if (Array.isArray(value)) return value.map(element => cleanJson(element, redact, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [ redact(name), cleanJson(field, redact, depth + 1) ]));
}

function isWell({result}) {
  return [ 'unpinned', 'would-unpin', 'protected', 'kept' ].includes(result);
}

function pinLine({pinId, result, reason, record, attempts, durationMs, message}) {
  const name = nameText(record);
  const facts = [ result, record?.cid ?? null, record === null || record.size === null ? null : formatSize(record.size), name === null ? null : `"${name}"`, ...attempts === 0 ? [] : [ count(attempts, 'attempt'), formatDuration(durationMs) ], reason === '' ? null : reason ];
  const line = `${pinId}: ${facts.filter(fact => fact !== null).join(', ')}`;
  return isWell({
    result
  }) || message === '' ? line : `${line}. ${message}`;
}

function annotation({pinId, result, message}, fails) {
  const rule = fails && result === 'missing' ? ' The step fails because of `on-missing: fail`.' : '';
  return `Pin ${pinId}: ${message}${rule}`;
}

function countsOf({counts, bytes, unknownSizes}) {
  const sizes = [ bytes === 0n ? [] : formatSize(bytes), unknownSizes === 0 ? [] : `${unknownSizes} of unknown size` ].flat();
  const size = sizes.join(', ') || '0 bytes';
  return RESULTS.filter(result => counts[result] > 0).map(result => {
    if (result === 'would-unpin') return `${counts[result]} would be unpinned (${size})`;
    return `${counts[result]} ${result.replace('-', ' ')}${result === 'unpinned' ? ` (${size})` : ''}`;
  });
}

function closingLine(tally, succeeded, durationMs, nothingUnpinned) {
  const counts = countsOf(tally);
  const pins = `${count(tally.pins, 'pin')}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`;
  const step = succeeded ? 'The step succeeds' : 'The step fails';
  return `${pins}. ${step}, after ${formatDuration(durationMs)}.${nothingUnpinned ? ' Nothing was unpinned.' : ''}`;
}

function estimate(requests, requestsPerMinute) {
  const minutes = Math.floor(Math.max(0, requests - 1) / requestsPerMinute);
  return minutes === 0 ? 'about a minute or less' : `about ${formatDuration(minutes * 6e4)}`;
}

function startLine(chosen, {apiBase, dryRun, verify, requestsPerMinute}) {
  const takes = estimate(chosen * (verify ? 2 : 1), requestsPerMinute);
  const [does, real] = dryRun ? [ 'Dry run: would unpin', 'A real run takes' ] : [ 'Unpinning', 'This takes' ];
  return `${does} ${count(chosen, 'pin')} at ${apiBase}. ${real} ${takes} at ${count(requestsPerMinute, 'request')} a minute.`;
}

function progressLine(done, pins, elapsedMs, requestsPerMinute) {
  const byRate = done === 0 ? 0 : (pins - done) * elapsedMs / done;
  const byLimit = Math.floor((pins - 1) / requestsPerMinute) * 6e4 - elapsedMs;
  const leftMs = Math.max(byRate, byLimit);
  return `${done} of ${count(pins, 'pin')} done${leftMs > 0 ? `, about ${formatDuration(leftMs)} left` : ''}`;
}

function retryLine({what, attempt, why, waitMs, holdMs}) {
  const hold = holdMs > 0 ? `every request waits ${formatDuration(holdMs)}; ` : '';
  return `${what}, attempt ${attempt}: ${why}; ${hold}trying again in ${formatDuration(waitMs)}`;
}

const external_node_crypto_namespaceObject = process.getBuiltinModule("node:crypto");

const external_node_os_namespaceObject = process.getBuiltinModule("node:os");

const external_node_path_namespaceObject = process.getBuiltinModule("node:path");

const IN_FILE = 'All pins are in the results file (output `results-file`).';

class RunFiles {
  path='';
  open() {
    const outputs = process.env['GITHUB_OUTPUT'] ?? '';
    const folder = process.env['RUNNER_TEMP'] ?? '';
    try {
      if (outputs !== '') external_node_fs_namespaceObject.closeSync(external_node_fs_namespaceObject.openSync(outputs, 'r+'));
      const path = (0, external_node_path_namespaceObject.join)(folder === '' ? (0, external_node_os_namespaceObject.tmpdir)() : folder, `aioz-ipfs-unpin-results-${(0, 
      external_node_crypto_namespaceObject.randomUUID)()}.json`);
      external_node_fs_namespaceObject.writeFileSync(path, '[]', {
        flag: 'wx',
        mode: 384
      });
      this.path = path;
    } catch (cause) {
      throw new RefusedError([ `The results could not be written: ${describe(cause)} Nothing was unpinned.` ]);
    }
  }
  discard() {
    try {
      if (this.path !== '') external_node_fs_namespaceObject.rmSync(this.path, {
        force: true
      });
    } catch {}
    this.path = '';
  }
  writeResults(elements) {
    if (this.path === '') return [];
    try {
      const file = external_node_fs_namespaceObject.openSync(this.path, 'w');
      try {
        elements.forEach((element, index) => external_node_fs_namespaceObject.writeFileSync(file, (index === 0 ? '[' : ',') + element));
        external_node_fs_namespaceObject.writeFileSync(file, elements.length === 0 ? '[]' : ']');
      } finally {
        external_node_fs_namespaceObject.closeSync(file);
      }
      return [];
    } catch (cause) {
      this.discard();
      return [ `The results file could not be written: ${describe(cause)}` ];
    }
  }
  setOutputs(outputs) {
    const file = process.env['GITHUB_OUTPUT'] ?? '';
    const failed = new Map;
    for (const [name, text] of Object.entries(outputs).sort(([, a], [, b]) => a.length - b.length)) try {
      if (file === '') setOutput(name, text); else appendWhole(file, () => setOutput(name, text));
    } catch (cause) {
      failed.set(name, cause);
    }
    if (failed.size === 0) return [];
    const names = [ ...failed.keys() ].map(name => `\`${name}\``).join(', ');
    const [cause] = failed.values();
    const where = this.path === '' ? '' : ` All results are in the file ${this.path}.`;
    return [ `Some outputs could not be set (${names}): ${describe(cause)}${where}` ];
  }
  writeSummary(text) {
    const file = process.env['GITHUB_STEP_SUMMARY'] ?? '';
    try {
      if (file !== '') appendWhole(file, () => external_node_fs_namespaceObject.appendFileSync(file, text));
      return [];
    } catch (cause) {
      return [ `The job summary could not be written: ${describe(cause)}` ];
    }
  }
}

function appendWhole(file, append) {
  const before = external_node_fs_namespaceObject.statSync(file).size;
  try {
    append();
  } catch (cause) {
    external_node_fs_namespaceObject.truncateSync(file, before);
    throw cause;
  }
}

function describe(cause) {
  const todo = errorCode(cause) === 'ENOSPC' ? 'Free some disk space on the runner.' : 'Check that this step may write to the files behind GITHUB_OUTPUT and GITHUB_STEP_SUMMARY, and to the folder RUNNER_TEMP.';
  return `${describeError(cause).replace(/\.$/, '')}. ${todo}`;
}

function entryOf(pin) {
  const {pinId, result, reason, record, attempts, httpStatus, durationMs, message} = pin;
  const {cid = null, size = null, status = null, raw = null} = record ?? {};
  const name = nameText(record);
  return {
    pinId,
    result,
    reason,
    cid,
    size,
    status,
    name,
    attempts,
    httpStatus,
    durationMs,
    message,
    record: raw
  };
}

function tallyUp(outcomes, fails) {
  const counts = Object.fromEntries(RESULTS.map(result => [ result, 0 ]));
  for (const {result} of outcomes) counts[result] += 1;
  const sizes = outcomes.filter(({result}) => result === 'unpinned' || result === 'would-unpin').map(({record}) => record?.size ?? null);
  return {
    pins: outcomes.length,
    counts,
    failing: outcomes.filter(fails).length,
    bytes: sizes.reduce((sum, size) => sum + BigInt(size ?? 0), 0n),
    unknownSizes: sizes.filter(size => size === null).length
  };
}

const LARGEST_OUTPUT = 120 * 1024;

function composeOutputs(facts, {output, json}) {
  const {entries, results, tally, plan, resultsFile} = facts;
  const {counts, bytes, failing, pins} = tally;
  const column = name => entries.map(entry => output(String(entry[name] ?? ''))).join('\n');
  const outputs = {
    cid: column('cid'),
    size: column('size'),
    status: column('status'),
    name: column('name'),
    result: column('result'),
    'unpinned-count': String(counts.unpinned),
    'missing-count': String(counts.missing),
    'failed-count': String(failing),
    'total-size': String(bytes),
    'matched-count': String(pins),
    'protected-count': String(counts.protected),
    'kept-count': String(counts.kept),
    'chosen-count': String(plan.chosen),
    'waiting-count': String(plan.waiting),
    'pin-ids': plan.pins.flatMap(pin => pin.kind === 'chosen' ? output(pin.pinId) : []).join('\n'),
    results: arrayOf(results) ?? arrayOf(entries.map(({record: _record, ...entry}) => json(entry))) ?? '',
    'results-file': resultsFile
  };
  const tooLarge = Object.keys(outputs).filter(name => Buffer.byteLength(outputs[name] ?? '') > LARGEST_OUTPUT);
  for (const name of tooLarge) outputs[name] = '';
  if (outputs['results'] !== '') return [ outputs, tooLarge ];
  return [ {
    ...outputs,
    results: '[]'
  }, [ ...tooLarge, 'results' ] ];
}

function arrayOf(elements) {
  const bytes = elements.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 1);
  return bytes > LARGEST_OUTPUT ? null : `[${elements.join(',')}]`;
}

const FOLDED_FROM = 20;

const LONG_WORD = /(?:&#?\w+;|[^\s&<>]){30}(?=[^\s<])/gu;

function show(cell, text, longest) {
  return cell(text, longest).replace(/&#96;((?:(?!&#96;)[^<]){1,60})&#96;/g, '<code>$1</code>').replace(/(?<=[^\s<>]{4}(?:&#47;|-|&#95;))(?=[\w&])/g, '<wbr>').replace(LONG_WORD, '$&<wbr>');
}

const NUMBER = ' align="right" nowrap';

function table(columns, rows, heading = null) {
  const used = columns.map((_, index) => rows.some(cells => cells[index] !== ''));
  const line = (tag, cells) => `<tr>${cells.map((cell, index) => used[index] ? `<${tag}${columns[index]?.[1]}>${cell}</${tag}>` : '').join('')}</tr>`;
  const lines = [ line('th', columns.map(([name]) => name)), ...rows.map(cells => line('td', cells)) ];
  const block = [ '<table>', ...lines, '</table>' ].join('\n');
  return heading === null ? block : `<details><summary>${heading}</summary>\n\n${block}\n\n</details>`;
}

function wholeSentences(text, longest) {
  if (text.length <= longest) return text;
  return /^[^]*[.?!](?=\s)/.exec(text.slice(0, longest + 1))?.[0] ?? text;
}

const LARGEST_SUMMARY = 256 * 1024;

const MOST_MESSAGES = 5;

const MOST_WARNINGS = 20;

const LONGEST_MESSAGE = 150;

const SHOWN_NAME = 80;

function summaryOf(facts, cell) {
  const {inputs, plan, outcomes, verdict, warnings, lost, durationMs} = facts;
  const selects = inputs?.target.kind === 'selection' ? inputs.target.selects : [];
  const list = texts => texts.map(text => `- ${show(cell, text, 2e3)}`).join('\n');
  const blocks = [ `## AIOZ IPFS Unpin: ${title(facts)}`, ...[ plan.refusals, verdict.stopped === null ? [] : [ verdict.stopped ], lost, messagesOf(facts) ].filter(texts => texts.length > 0).map(list), ...warnings.length === 0 ? [] : [ `Warnings:\n\n${list(firstOf(warnings, MOST_WARNINGS, 'warning'))}` ], ...selects.map(([input, lines]) => `Selected by <code>${input}</code> ${show(cell, lines.join(', '), 500)}`) ];
  const at = inputs === null ? '' : `At <code>${cell(inputs.apiBase, 300)}</code>. `;
  const ending = `${closing(facts)}\n\n<sub>${at}In ${formatDuration(durationMs)}.</sub>\n`;
  let room = LARGEST_SUMMARY - Buffer.byteLength([ ...blocks, ending ].join('\n\n'));
  let shown = 0;
  for (const {pins, heading} of sectionsOf(facts)) {
    const rows = [];
    for (const pin of pins) {
      const cells = row(pin, facts, cell);
      room -= Buffer.byteLength(cells.join('</td><td align="right" nowrap>'));
      if (room < 0) break;
      rows.push(cells);
    }
    shown += rows.length;
    if (rows.length > 0) blocks.push(table(COLUMNS, rows, heading));
  }
  const more = outcomes.length - shown;
  if (more > 0) blocks.push(`${count(more, 'more pin')} did not fit here. ${IN_FILE}`);
  return [ ...blocks, ending ].join('\n\n');
}

function firstOf(texts, most, noun) {
  const more = texts.length - most;
  return [ ...texts.slice(0, most), ...more > 0 ? [ `… and ${count(more, `more ${noun}`)}.` ] : [] ];
}

function title({inputs, plan, tally, verdict}) {
  if (plan.refusals.length > 0) return 'nothing was unpinned';
  const [first = 'no pin was selected', ...others] = countsOf(tally);
  const pins = [ first.replace(/^\d+/, number => count(Number(number), 'pin')), ...others ].join(', ');
  return `${verdict.stopped !== null ? 'stopped, ' : inputs?.dryRun ? 'dry run, ' : ''}${pins}`;
}

function messagesOf({outcomes, verdict}) {
  const messages = new Map;
  for (const {message} of untriedLast(outcomes.filter(verdict.fails))) if (message !== '') messages.set(message, (messages.get(message) ?? 0) + 1);
  const told = [ ...messages ].map(([message, number]) => (number > 1 ? `${count(number, 'pin')}: ` : '') + message);
  return firstOf(told, MOST_MESSAGES, 'message');
}

function untriedLast(outcomes) {
  const untried = ({result}) => result === 'not-attempted';
  return [ ...outcomes.filter(pin => !untried(pin)), ...outcomes.filter(untried) ];
}

function closing({inputs, plan, outcomes, tally: {counts, failing}}) {
  if (plan.refusals.length > 0) return 'Nothing was unpinned.';
  const waiting = plan.waiting === 0 ? '' : `Left for the next run (\`on-too-many\`): ${count(plan.waiting, 'pin')}. `;
  if (failing > 0) {
    const rule = inputs?.onMissing === 'fail' ? ', which `on-missing: fail` makes an error' : '';
    const safe = inputs?.dryRun ? 'Nothing was unpinned, but the step fails.' : 'It is safe to run the step again.';
    return `${waiting}${safe} A pin that is already gone is reported as \`missing\`${rule}.`;
  }
  if (counts.unpinned > 0) return `${waiting}The service confirmed each unpin.`;
  const todo = counts['would-unpin'] > 0 ? ' To unpin, run the step again with `dry-run: false`.' : '';
  const none = outcomes.some(({lostAnswer}) => lostAnswer) ? 'No unpin was confirmed.' : 'Nothing was unpinned.';
  return waiting + none + todo;
}

function sectionsOf({outcomes, verdict, inputs}) {
  const of = (fails, ...results) => results.flatMap(result => outcomes.filter(pin => pin.result === result && verdict.fails(pin) === fails));
  const first = [ ...of(true, ...RESULTS), ...of(false, 'missing') ];
  const well = of(false, 'unpinned', 'would-unpin');
  const stay = of(false, 'protected', 'kept');
  const heading = `${inputs?.dryRun ? 'Pins that would be unpinned' : 'Pins unpinned'}: ${well.length}`;
  const folded = well.length >= FOLDED_FROM;
  return [ {
    pins: folded ? first : [ ...first, ...well ],
    heading: null
  }, {
    pins: folded ? well : [],
    heading
  }, {
    pins: stay,
    heading: `Pins that stay: ${stay.length}`
  } ];
}

const COLUMNS = [ [ 'Result', ' nowrap' ], [ 'Pin', ' width="320"' ], [ 'Size', NUMBER ], [ 'Age', NUMBER ], [ 'What happened', ' width="320"' ] ];

const MARKS = {
  failed: '✗',
  unconfirmed: '?',
  'not-attempted': '–',
  missing: '∅',
  unpinned: '✓',
  'would-unpin': '→',
  protected: '■',
  kept: '■'
};

function row(pin, {verdict, now}, cell) {
  const {pinId, result, record, reason, message, attempts, durationMs} = pin;
  const word = `${MARKS[result]} ${result}`;
  const name = nameText(record);
  const cid = record?.cid ?? null;
  const nameLine = name === null ? '' : `<b>${show(cell, name, SHOWN_NAME)}</b><br>`;
  const ids = [ pinId, ...cid === null ? [] : [ cid ] ].map(id => `<code>${show(cell, id, SHOWN_NAME)}</code>`);
  const stays = result === 'protected' || result === 'kept';
  const text = stays ? reason : [ 'unpinned', 'would-unpin', 'not-attempted' ].includes(result) ? '' : message;
  const tries = attempts > 1 ? ` (${count(attempts, 'attempt')}, ${formatDuration(durationMs)})` : '';
  return [ verdict.fails(pin) ? `<b>${word}</b>` : word, `${nameLine}<sub>${ids.join('<br>')}</sub>`, record === null || record.size === null ? '' : formatSize(record.size), record === null || record.datePinned === null ? '' : formatAge(now - record.datePinned.ms), show(cell, wholeSentences(text, LONGEST_MESSAGE - tries.length), LONGEST_MESSAGE) + tries ];
}

const LONGEST_LINE = 1e3;

const LONGEST_ANNOTATION = 4096;

const MOST_ANNOTATIONS = 10;

const MOST_LINES = 20;

const PROGRESS_EVERY_MS = 5e3;

class Reporter {
  #clock;
  #cleaner;
  #startedAt;
  #files=new RunFiles;
  #outcomes=[];
  #warnings=[];
  #warned=0;
  #inputs=null;
  #plan;
  #now=0;
  #ended=0;
  #held=[];
  #grouped=false;
  #readShownAt;
  #stopProgress=() => {};
  constructor(clock, cleaner) {
    this.#clock = clock;
    this.#cleaner = cleaner;
    this.#startedAt = this.#readShownAt = clock.now();
  }
  refuse(refusals) {
    this.#files.discard();
    this.#plan = {
      pins: [],
      refusals,
      warnings: [],
      chosen: 0,
      waiting: 0,
      wantsNotPinned: false
    };
    this.finish({
      succeeded: false,
      stopped: null,
      fails: () => true
    });
  }
  begin(inputs) {
    this.#inputs = inputs;
    this.#files.open();
    for (const text of inputs.warnings) this.warn(text);
  }
  line(text) {
    info(this.#cleaner.line(text, LONGEST_LINE));
  }
  warn(text) {
    this.#warnings.push(text);
    if (this.#warned >= MOST_ANNOTATIONS - 1) return;
    this.#warned += 1;
    warning(this.#cleaner.line(text, LONGEST_ANNOTATION));
  }
  readProgress(done, of, noun) {
    if (this.#clock.now() - this.#readShownAt < PROGRESS_EVERY_MS) return;
    this.#readShownAt = this.#clock.now();
    this.line(`${noun === 'row' ? 'The list of pins' : 'Pins by ID'}: ${done} of ${count(of, noun)} read`);
  }
  planned(plan, inputs, now) {
    const {target, requestsPerMinute} = inputs;
    this.#plan = plan;
    this.#now = now;
    if (target.kind === 'selection') {
      const {olderThan} = target.criteria;
      const given = [ ...target.selects, ...target.limits ].map(([input, lines]) => `${input}: ${lines.join(', ')}`);
      this.line(`Selected by ${given.join('; ')}`);
      if (olderThan !== null) this.line(`older-than ${olderThan.text}: pinned before ${formatDate(now - olderThan.ms)}`);
      const waiting = plan.waiting === 0 ? '' : `. Waiting for the next run: ${plan.waiting}`;
      this.line(`Matching pins: ${plan.pins.length}. Chosen to be unpinned: ${plan.chosen}${waiting}`);
    }
    for (const text of plan.warnings) this.warn(text);
    if (plan.refusals.length === 0 && plan.chosen > 0) {
      this.line(startLine(plan.chosen, inputs));
      if (plan.chosen > 1) this.#showProgress(plan.chosen, this.#clock.now(), requestsPerMinute);
    }
    this.#grouped = plan.refusals.length === 0 && plan.pins.length > MOST_LINES;
    if (this.#grouped) startGroup('Pins');
  }
  pinEnded(outcome, index) {
    const short = text => cut(this.#cleaner.redact(text), LONGEST_ANNOTATION);
    this.#outcomes[index] = {
      ...outcome,
      message: short(outcome.message),
      reason: short(outcome.reason)
    };
    if (this.#plan.pins[index]?.kind === 'chosen') this.#ended += 1;
    if (outcome.result === 'not-attempted') return;
    if (isWell(outcome) || !this.#grouped) this.line(pinLine(outcome)); else this.#held.push(pinLine(outcome));
  }
  finish(verdict) {
    this.#stopProgress();
    const plan = this.#plan;
    const outcomes = this.#outcomes;
    const tally = tallyUp(outcomes, verdict.fails);
    const durationMs = this.#clock.now() - this.#startedAt;
    const entries = outcomes.map(entryOf);
    const results = entries.map(entry => this.#cleaner.json(entry));
    const lost = this.#files.writeResults(results);
    const resultsFile = this.#files.path;
    const [outputs, tooLarge] = composeOutputs({
      entries,
      results,
      tally,
      plan,
      resultsFile
    }, this.#cleaner);
    lost.push(...this.#files.setOutputs(outputs));
    const facts = {
      inputs: this.#inputs,
      plan,
      outcomes,
      tally,
      verdict,
      durationMs,
      now: this.#now
    };
    const summary = summaryOf({
      ...facts,
      lost,
      warnings: this.#warnings
    }, this.#cleaner.cell);
    if (this.#grouped) endGroup();
    for (const problem of this.#files.writeSummary(summary)) this.line(problem);
    for (const line of this.#held) this.line(line);
    this.#showUntried(outcomes.filter(({result}) => result === 'not-attempted'));
    const failing = untriedLast(outcomes.filter(pin => verdict.fails(pin) && pin.message !== ''));
    const refusal = plan.refusals.map(text => this.#cleaner.line(text, LONGEST_ANNOTATION)).join('\n');
    if (refusal.length > LONGEST_ANNOTATION) info(refusal);
    if (refusal !== '') error(cut(refusal, LONGEST_ANNOTATION));
    const stopped = verdict.stopped === null ? [] : [ verdict.stopped ];
    const errors = [ ...lost, ...stopped, ...failing.map(pin => annotation(pin, true)) ];
    this.#annotate(error, errors, refusal === '' ? 0 : 1, 'errors');
    const warnings = outcomes.filter(pin => this.#warns(pin, verdict)).map(pin => annotation(pin, false));
    this.#annotate(warning, [ ...this.#warnings.slice(this.#warned), ...warnings ], this.#warned, 'warnings');
    if (tooLarge.length > 0) notice(`These outputs would be over 120 KiB, so they are left out: ${tooLarge.map(name => `\`${name}\``).join(', ')}. ${this.#where}`);
    const nothingUnpinned = this.#inputs?.dryRun === true || plan.refusals.length > 0;
    this.line(closingLine(tally, verdict.succeeded && lost.length === 0, durationMs, nothingUnpinned));
    return lost.length === 0;
  }
  #warns(pin, {fails}) {
    const missing = pin.result === 'missing' && this.#inputs?.onMissing !== 'ignore' && !fails(pin);
    return missing || pin.result === 'protected' && this.#inputs?.target.kind === 'ids';
  }
  #annotate(command, texts, before, noun) {
    const room = MOST_ANNOTATIONS - before;
    const shown = texts.length <= room ? texts : texts.slice(0, room - 1);
    for (const text of shown) command(this.#cleaner.line(text, LONGEST_ANNOTATION));
    const more = texts.length - shown.length;
    if (more > 0) command(`… and ${more} more ${noun}. ${this.#where}`);
  }
  get #where() {
    return this.#files.path === '' ? 'The summary has more.' : IN_FILE;
  }
  #showUntried(untried) {
    for (const message of new Set(untried.map(pin => pin.message))) {
      const pins = untried.filter(pin => pin.message === message);
      if (pins.length <= MOST_LINES) for (const pin of pins) this.line(pinLine(pin)); else this.line(`${count(pins.length, 'pin')}: not-attempted. ${message}`);
    }
  }
  #showProgress(pins, since, requestsPerMinute) {
    this.#stopProgress = this.#clock.after(PROGRESS_EVERY_MS, () => {
      this.line(progressLine(this.#ended, pins, this.#clock.now() - since, requestsPerMinute));
      this.#showProgress(pins, since, requestsPerMinute);
    });
  }
}

const SCOPES = {
  unpin: 'pinning.unpin',
  read: 'data.pin_list'
};

const WRONG_HOST = 'Check `api-url`: it must name the host where the keys were made. README lists the hosts.';

const AGAIN_LATER = 'The service seems to be slow or down. Run the step again later, or raise `timeout-seconds`.';

const TOO_MANY = 'Run the step again later, or lower `requests-per-minute`.';

const FIREWALL = `Check whether a firewall blocks this runner. ${WRONG_HOST}`;

const READ_IT = "Read the service's answer, and run the step again when its cause is fixed.";

const KEY_PAIR = 'Check that both keys belong to one pair, that the pair is still valid, and that it was made at this host (`api-url`). Each secret ' + 'must hold the key alone, without quotes or `NAME=`.';

const TODO = {
  lost: `Run the step again later. ${WRONG_HOST}`,
  network: `Check that this runner can reach the host. ${WRONG_HOST}`,
  name: `${WRONG_HOST} Check also that this runner can look up names.`,
  certificate: `${WRONG_HOST} For a private certificate authority, set NODE_EXTRA_CA_CERTS on the runner.`,
  proxy: 'Check the proxy variable, and whether the proxy runs and can reach the host.',
  tunnel: 'Check the proxy variable: the user name and password, and whether the proxy allows this host.',
  denied: 'Start Node with `--allow-net`, or without `--permission`.',
  redirect: `It was not followed. ${WRONG_HOST}`,
  'key-in-url': 'Check that no inputs are mixed up.'
};

function causeOf(reply, purpose, limitMs) {
  if (reply.end === 'answered') return causeInAnswer(reply.response, purpose);
  if (reply.end === 'refused') return causeOfTrouble(reply.trouble, purpose);
  const {trouble, attempts} = reply;
  const stopped = reply.end === 'interrupted';
  const limit = `${limitMs / 1e3} s (\`timeout-seconds\`)`;
  if (!stopped && reply.askedMs !== null) {
    const last = trouble === null ? '' : ` (${trouble.why})`;
    const seconds = Math.ceil(reply.askedMs / 1e3);
    const inWords = seconds < 60 ? '' : ` (${formatDuration(seconds * 1e3)})`;
    const wait = seconds < 1e9 ? `${seconds} s${inWords}` : 'over 30 years';
    const why = `the service asked for a wait of ${wait}${last}, which is too long for ${limit}`;
    return cause(why, `Run the step again later${seconds < 3600 ? ', or raise `timeout-seconds`' : ''}.`);
  }
  if (trouble === null && stopped) return cause('the run was stopped while it waited', 'Run the step again.');
  if (trouble === null) return cause(`there was no time left within ${limit}`, AGAIN_LATER);
  const {why, todo} = causeOfTrouble(trouble, purpose);
  const late = `there was no usable answer within ${limit}, in ${count(attempts, 'attempt')}`;
  return cause(`${why}; ${stopped ? 'then the run was stopped' : late}`, todo);
}

function cause(why, todo) {
  return {
    why,
    todo
  };
}

function causeOfTrouble(trouble, purpose) {
  if (trouble.kind === 'answer') return causeInAnswer(trouble.response, purpose);
  const {kind, why} = trouble;
  return cause(kind === 'certificate' ? `the certificate cannot be verified (${why})` : why, TODO[kind]);
}

function causeInAnswer(response, purpose) {
  const {status, body} = response;
  const answer = describeResponse(response);
  const busy = isBusy(status);
  if (status === 401) return cause(`the service refused the key pair (${answer})`, KEY_PAIR);
  if (body.kind === 'not-json') {
    if (status === 403) return cause(`a firewall or another server answered (${answer})`, FIREWALL);
    const todo = busy ? `${AGAIN_LATER} ${WRONG_HOST}` : WRONG_HOST;
    return cause(`the answer is not the service's JSON (${answer})`, todo);
  }
  if (status === 403 && speaksOfRights(response)) {
    const todo = `Give the key the scope \`${SCOPES[purpose]}\`.`;
    return cause(`the key pair is not allowed to ${purpose} pins (${answer})`, todo);
  }
  if (status === 404 || status === 410) return cause(`this is not a known answer of AIOZ Pin (${answer})`, WRONG_HOST);
  if (status === 429) return cause(`the service gets too many requests (${answer})`, TOO_MANY);
  if (busy) return cause(`the service could not handle the request (${answer})`, AGAIN_LATER);
  const {status: word} = body.object;
  if (status === 200 && typeof word === 'string' && word !== 'success') return cause(`the service answered with the status "${word}" (${answer})`, READ_IT);
  return status < 300 ? cause(`the answer is JSON, but not the documented one (${answer})`, WRONG_HOST) : cause(`the service refused the request (${answer})`, READ_IT);
}

const OF_RIGHTS = /(?<![a-z])(?:scopes?|permi(?:ssions?|tted)|rights?|privileges?|forbidden|denied|allowed|(?:un)?authori[sz]ed)(?![a-z])/i;

function speaksOfRights({body}) {
  const text = body.kind === 'json' ? textIn(body.object) : '';
  return text === '' || OF_RIGHTS.test(text);
}

const MISSING = 'The service does not have this pin: it was removed before, or it belongs to another account. If it should exist, check its ID and the key pair.';

const MISSING_AFTER_LOST = 'The service does not have this pin any more. It was probably removed by the attempt whose answer was lost.';

const RUN_AGAIN = 'Run the step again: a pin that is gone is reported as `missing`.';

function judgeUnpin(pinId, reply, limitMs) {
  const {lostAnswer, attempts} = reply;
  const outcome = (result, message, record = null) => outcomeOf(pinId, reply, {
    result,
    message,
    record
  });
  const response = reply.end === 'answered' ? reply.response : null;
  const record = response === null ? null : documentedRecord(response);
  if (record?.id === pinId) return outcome('unpinned', 'Unpinned: the service confirmed it.', record);
  if (response !== null && saysMissing(response, pinId)) return outcome('missing', lostAnswer ? MISSING_AFTER_LOST : MISSING);
  const {why, todo} = record === null ? causeOf(reply, 'unpin', limitMs) : ofAnotherPin(record);
  if (lostAnswer || response !== null && mayMeanSuccess(response)) {
    const lost = lostAnswer && attempts > 1 ? 'an answer was lost. The last known cause: ' : '';
    const again = todo.includes('again') ? '' : ` ${RUN_AGAIN}`;
    return outcome('unconfirmed', `It is not known whether the pin is gone: ${lost}${why}. ${todo}${again}`);
  }
  return attempts === 0 ? outcome('not-attempted', `Not attempted: ${why}. ${todo}`) : outcome('failed', `Not unpinned: ${why}. ${todo}`);
}

function ofAnotherPin({id}) {
  const why = `the service answered with the record of another pin, ${id}`;
  return {
    why,
    todo: 'Look up both pins in the AIOZ Pin dashboard.'
  };
}

function judgeRead(pinId, reply, limitMs) {
  const response = reply.end === 'answered' ? reply.response : null;
  const record = response === null ? null : documentedRecord(response);
  const {why, todo} = record === null ? causeOf(reply, 'read', limitMs) : ofAnotherPin(record);
  const cause = `${why}. ${todo}`;
  const facts = {
    ...reply,
    attempts: 0,
    lostAnswer: false
  };
  const ended = (result, message, known = null) => ({
    kind: 'ended',
    outcome: outcomeOf(pinId, facts, {
      result,
      message,
      record: known
    }),
    cause
  });
  if (record?.id === pinId) {
    if (!isUnpinned(record)) return {
      kind: 'record',
      record
    };
    const when = record.dateUnpinned === null ? '' : ` on ${formatDate(record.dateUnpinned.ms)}`;
    return ended('missing', `This pin is already unpinned: its record says that it was unpinned${when}.`, record);
  }
  if (response !== null && saysMissing(response, pinId)) return ended('missing', MISSING);
  return reply.attempts === 0 ? ended('not-attempted', `Not attempted: ${cause}`) : ended('failed', `Not unpinned: the pin must be read first, but ${cause}`);
}

function outcomeOf(pinId, reply, known) {
  const {attempts, httpStatus, durationMs, lostAnswer} = reply;
  const stops = known.result === 'missing' || known.record !== null ? null : stopSignOf(reply);
  return {
    pinId,
    reason: '',
    ...known,
    attempts,
    httpStatus,
    durationMs,
    lostAnswer,
    stops
  };
}

function documentedRecord({status, body}) {
  if (status !== 200 || body.kind !== 'json' || body.object['status'] !== 'success') return null;
  return parseRecord(body.object['data']);
}

function mayMeanSuccess({status, body}) {
  if (status !== 200 || body.kind !== 'json') return status === 303 || status >= 200 && status < 300;
  const {status: word} = body.object;
  return typeof word !== 'string' || word === 'success' || hasRecord(body.object);
}

function hasRecord(envelope) {
  return [ envelope, ...within(envelope['data'], 4) ].some(value => isObject(value) && 'id' in value);
}

const RECORD_NOT_FOUND = /(?:^|: |= )record not found$/;

const OF_A_PIN = /\b(?:un)?pins?\b[^:=]*[:=] record not found$/;

const OTHER_RECORD = new RegExp('user|account|key|token|session|wallet|credential|secret|tenant|organi[sz]ation|customer|profile|config|limiter|billing|subscription' + '|dns|resolv|domain|upstream|backend|discovery|route');

const judge_UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

const ID = `(?: ["'\`(]?${judge_UUID.source}["'\`)]?)?:?`;

const PIN = 'pin(?: record| id)?';

const PIN_NOT_FOUND = new RegExp(`^(?:(?:the|this) )?(?:${PIN}${ID}(?: is| was)? (?:not found|does not exist)|pin id${ID}(?: is)? invalid` + `|(?:no such|unknown) ${PIN}${ID}(?= ?[^ a-z]| (?:exists|in|for|with)\\b|$)|invalid pin id)(?![\\w/-]| yet)`);

function saysMissing({status, body}, pinId) {
  if (body.kind !== 'json' || typeof body.object['message'] !== 'string') return false;
  const text = body.object['message'].trim().replace(/\s+/g, ' ').toLowerCase();
  if (text.match(judge_UUID)?.some(id => id !== pinId)) return false;
  const denies = status === 200 ? body.object['status'] !== 'success' && !hasRecord(body.object) : status >= 400;
  const other = OTHER_RECORD.test(text) && !OF_A_PIN.test(text.slice(-200));
  if (RECORD_NOT_FOUND.test(text)) return denies && !other && status !== 401 && status !== 403;
  return (status === 404 || status === 410) && PIN_NOT_FOUND.test(text);
}

function stopSignOf(reply) {
  if (reply.end === 'interrupted') return null;
  if (reply.end !== 'answered') return reply.end === 'out-of-time' && reply.askedMs !== null ? 'told-to-wait' : 'unanswered';
  const {status, body} = reply.response;
  if (status === 401) return 'unauthorized';
  if (body.kind === 'not-json') return 'unanswered';
  if (status === 403) return speaksOfRights(reply.response) ? 'forbidden' : null;
  const stranger = status === 404 || status === 410 || !hasOwnForm(status, body.object);
  return stranger ? 'unanswered' : null;
}

function hasOwnForm(status, {status: word, message}) {
  return word === 'success' || typeof message === 'string' && (status >= 300 || typeof word === 'string');
}

class PinService {
  #client;
  #newDeadline;
  constructor(client, clock, timeoutSeconds) {
    this.#client = client;
    this.#newDeadline = () => new Deadline(clock, timeoutSeconds);
  }
  pin(pinId, signals) {
    const deadline = this.#newDeadline();
    const common = {
      what: `Pin ${pinId}`,
      deadline,
      ...signals,
      isFinal: response => saysMissing(response, pinId)
    };
    const request = (method, endpoint) => this.#client.request({
      method,
      endpoint,
      ...common
    });
    return {
      pinId,
      deadline,
      read: async () => judgeRead(pinId, await request('GET', `/pinning/${pinId}`), deadline.limitMs),
      unpin: async () => judgeUnpin(pinId, await request('DELETE', `/pinning/unpin/${pinId}`), deadline.limitMs),
      pause: attempt => deadline.pause(attempt, signals.signal)
    };
  }
  async page({offset, limit, pinned}, signal) {
    const deadline = this.#newDeadline();
    const endpoint = '/pinning/pins/';
    const query = `?offset=${offset}&limit=${limit}&pinned=${pinned}&sortBy=created_at&sortOrder=ASC`;
    const what = 'The list of pins';
    return pageIn(await this.#client.request({
      method: 'GET',
      endpoint,
      query,
      what,
      deadline,
      signal
    }), deadline.limitMs);
  }
}

function pageIn(reply, limitMs) {
  if (reply.end === 'answered' && reply.response.status === 200 && reply.response.body.kind === 'json') {
    const {body, date} = reply.response;
    const {status, data} = body.object;
    const totals = isObject(data) && isObject(data['totals']) ? data['totals'] : {};
    const total = totals['files'];
    const rows = isObject(data) ? data['pins'] ?? [] : null;
    const counted = typeof total === 'number' && Number.isSafeInteger(total) && total >= 0;
    if (status === 'success' && counted && Array.isArray(rows)) return {
      kind: 'rows',
      rows,
      total,
      bytes: body.bytes,
      date: date === null ? null : parseHttpDate(date)
    };
  }
  const {why, todo} = causeOf(reply, 'read', limitMs);
  return {
    kind: 'unreadable',
    why: `${why}. ${todo}`,
    stops: stopSignOf(reply)
  };
}

function authentication(keys) {
  return {
    pinning_api_key: keys.api,
    pinning_secret_key: keys.secret
  };
}

const REPORTED_IN_A_ROW = 256;

async function execute({pins}, unpin, signal, onEnd) {
  const rule = new StopRule(signal);
  const outcomes = [];
  const end = (outcome, index) => {
    outcomes[index] = outcome;
    onEnd(outcome, index);
  };
  const chosen = new Map;
  for (const [index, pin] of pins.entries()) {
    if (pin.kind === 'chosen') chosen.set(index, pin); else end(pin.outcome, index);
    if (index % REPORTED_IN_A_ROW === 0 && !signal.aborted) await new Promise(resolve => setImmediate(resolve));
  }
  await eightAtOnce(chosen, rule, async ([index, pin]) => {
    const outcome = await unpin(pin, rule.signals);
    rule.observe(outcome, outcome.result === 'unpinned');
    if (outcome.result === 'not-attempted' && outcome.stops === null && rule.reason !== null) return;
    chosen.delete(index);
    end(outcome, index);
  });
  for (const [index, {pinId, record, reason}] of chosen) end(notAttempted(pinId, rule.reason ?? '', {
    record,
    reason
  }), index);
  return outcomes;
}

function wouldUnpin({pinId, record, reason}) {
  return untouched(pinId, 'would-unpin', 'Would be unpinned.', {
    record,
    reason
  });
}

async function unpinOne(pin, known, verify) {
  let outcome;
  try {
    outcome = await pin.unpin();
    if (verify && outcome.result === 'unpinned') outcome = await verified(pin, outcome);
  } catch (error) {
    outcome = broken(pin.pinId, error, pin.deadline.running);
  }
  return {
    ...outcome,
    reason: known.reason,
    record: known.record ?? outcome.record
  };
}

async function verified(pin, unpinned) {
  for (let attempt = 1; ;attempt += 1) {
    const read = await pin.read();
    if (read.kind === 'record' && await pin.pause(attempt)) continue;
    const durationMs = Math.round(pin.deadline.elapsed());
    if (read.kind === 'ended' && read.outcome.result === 'missing') {
      const message = 'Unpinned: the service confirmed it, and the pin is gone when read again.';
      return {
        ...unpinned,
        durationMs,
        message
      };
    }
    const why = read.kind === 'record' ? `after ${formatDuration(durationMs)} its record does not say so yet` : `when the pin was read again, ${read.cause.replace(/\.$/, '')}`;
    const again = why.includes('step again') ? '' : ` ${RUN_AGAIN}`;
    return {
      ...unpinned,
      durationMs,
      result: 'unconfirmed',
      message: `It is not known whether the pin is gone. The service confirmed the unpin, but ${why}.${again}`,
      stops: read.kind === 'record' ? 'unanswered' : read.outcome.stops
    };
  }
}

function decideVerdict({refusals}, outcomes, onMissing, signal) {
  const fails = pin => failsStep(pin, onMissing);
  const failing = outcomes.some(fails);
  return {
    succeeded: refusals.length === 0 && !failing,
    stopped: signal.aborted && (failing || refusals.length > 0) ? String(signal.reason) : null,
    fails
  };
}

async function run(runtime) {
  const keys = readKeys();
  const redactor = createRedactor([ keys.api, keys.secret ]);
  const reporter = new Reporter(runtime.clock, createCleaner(redactor));
  const ready = await prepare(runtime, reporter, keys, redactor).catch(error => {
    const stopped = runtime.signal.aborted ? [ String(runtime.signal.reason) ] : [];
    reporter.refuse([ ...stopped, ...error instanceof RefusedError ? error.problems : [ describeDefect(error) ] ]);
  });
  if (ready === void 0) return false;
  const {inputs, service, plan} = ready;
  const outcomes = await execute(plan, inputs.dryRun ? pin => Promise.resolve(wouldUnpin(pin)) : (pin, signals) => unpinOne(service.pin(pin.pinId, signals), pin, inputs.verify), runtime.signal, (outcome, index) => reporter.pinEnded(outcome, index));
  const verdict = decideVerdict(plan, outcomes, inputs.onMissing, runtime.signal);
  return reporter.finish(verdict) && verdict.succeeded;
}

async function prepare({clock, random, signal}, reporter, keys, redactor) {
  const inputs = readInputs(keys, redactor);
  const {apiBase, target} = inputs;
  const problems = proxyProblems(apiBase, process.env);
  if (problems.length > 0) throw new RefusedError(problems);
  reporter.begin(inputs);
  const client = new Client({
    base: apiBase,
    secretHeaders: authentication(keys),
    holdsKey: redactor.holdsKey,
    send: createSend(clock, redactor.redact),
    limiter: new RateLimiter(clock, inputs.requestsPerMinute),
    clock,
    random,
    onRetry: retry => reporter.line(retryLine(retry))
  });
  const service = new PinService(client, clock, inputs.timeoutSeconds);
  const options = {
    service,
    signal,
    now: clock.epoch(),
    log: line => reporter.line(line),
    warn: text => reporter.warn(text),
    onProgress: (done, of, noun) => reporter.readProgress(done, of, noun)
  };
  let readings = await readRecords(inputs, options);
  if (readings.problem !== null && target.kind === 'selection') throw new RefusedError([ readings.problem ]);
  let plan = makePlan(inputs, readings);
  if (plan.wantsNotPinned) {
    readings = await readNotPinned(readings, options);
    plan = makePlan(inputs, readings);
  }
  reporter.planned(plan, inputs, readings.now);
  return {
    inputs,
    service,
    plan
  };
}

function describeDefect(error) {
  return `An error inside this action ended it before anything was unpinned: ${describeError(error)}. Please report it.`;
}

const LONGEST_DRAIN_MS = 3e3;

const LONGEST_ERROR = 1e3;

const DEFECT = 'Stopped by an error inside this action.';

const STOP_SIGNALS = [ 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK' ];

function supervise(main) {
  process.exitCode = 1;
  process.noDeprecation = true;
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  const stop = new AbortController;
  let state = 'running';
  let failed = false;
  for (const signal of STOP_SIGNALS) process.on(signal, () => stop.abort(`Cancelled (${signal}). All that is known so far is in the outputs and the summary.`));
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  process.stdout.on('error', () => {});
  process.on('beforeExit', () => {
    if (state === 'finished') return;
    if (state === 'drained') return finish(false);
    state = 'drained';
    error('An error inside this action: it stopped too early. All that is known is in the outputs and the summary. Please report it.');
    stop.abort(DEFECT);
  });
  main(stop.signal).then(finish, thrown => {
    fail(thrown);
    finish(false);
  });
  function fail(thrown) {
    const {line} = createCleaner(createRedactor([ getInput('pinning-api-key'), getInput('pinning-secret-key') ]));
    error(line(`An error inside this action: ${describeError(thrown)}. Please report it.`, LONGEST_ERROR));
    failed = true;
    process.exitCode = 1;
    stop.abort(DEFECT);
  }
  function finish(succeeded) {
    state = 'finished';
    const code = succeeded && !failed ? 0 : 1;
    process.exitCode = code;
    setTimeout(() => {
      const looksUp = process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap');
      if (looksUp && code === 1) process.kill(process.pid, 'SIGKILL');
      process.exit(code);
    }, LONGEST_DRAIN_MS).unref();
  }
}

supervise(signal => run({
  clock: systemClock,
  random: Math.random,
  signal
}));
