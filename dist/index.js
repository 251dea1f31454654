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
          socket: socket,
          servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
        });
        var secureSocket = tls.connect(0, tlsOptions);
        self.sockets[self.sockets.indexOf(socket)] = secureSocket;
        cb(secureSocket);
      });
    }
    function toOptions(host, port, localAddress) {
      if (typeof host === 'string') return {
        host: host,
        port: port,
        localAddress: localAddress
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
  877: module => {
    module.exports = process.getBuiltinModule("node:v8");
  },
  756: module => {
    module.exports = process.getBuiltinModule("tls");
  },
  23: module => {
    module.exports = process.getBuiltinModule("util");
  },
  330: (__unused_webpack_module, exports, __nccwpck_require__) => {
    for (const name of [ 'httpOverHttp', 'httpsOverHttp', 'httpOverHttps', 'httpsOverHttps' ]) exports[name] = options => __nccwpck_require__(770)[name](options);
  },
  452: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      CA: () => errorCode,
      Uc: () => describeError,
      fk: () => RefusedError
    });
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
  },
  16: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      U9: () => count,
      Xq: () => formatSize,
      a3: () => formatDuration,
      nV: () => formatAge
    });
    const UNITS = [ 'bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB' ];
    function formatSize(bytes) {
      let value = Number(bytes);
      let unit = 0;
      while (value >= 1023.995 && unit < UNITS.length - 1) {
        value /= 1024;
        unit += 1;
      }
      return unit === 0 ? value === 1 ? '1 byte' : `${value} bytes` : `${value.toFixed(2)} ${UNITS[unit]}`;
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
  },
  413: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      G: () => isObject
    });
    function isObject(value) {
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    }
  },
  798: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      Pr: () => RESULTS,
      mw: () => broken,
      _: () => doubtedMissing,
      ug: () => failsStep,
      sF: () => untouched,
      Ck: () => withKnown
    });
    var errors = __nccwpck_require__(452);
    const NO_REQUEST = {
      attempts: 0,
      httpStatus: null,
      durationMs: 0,
      lostAnswer: false
    };
    var record = __nccwpck_require__(942);
    const RESULTS = [ 'failed', 'unconfirmed', 'not-attempted', 'missing', 'unpinned', 'would-unpin', 'protected', 'kept' ];
    function untouched(pinId, result, message, known = {}) {
      const {record: record = null, reason: reason = '', durationMs: durationMs = 0, finding: finding = 'none'} = known;
      return {
        ...NO_REQUEST,
        pinId: pinId,
        result: result,
        message: message,
        reason: reason,
        durationMs: durationMs,
        finding: finding,
        record: record
      };
    }
    function broken(pinId, error) {
      return {
        ...NO_REQUEST,
        pinId: pinId,
        result: 'unconfirmed',
        reason: '',
        finding: 'none',
        record: null,
        message: 'An error inside this action ended the unpin, so it is not known whether the pin is gone. Run the step again, and please ' + `report this error: ${(0, 
        errors.Uc)(error)}.`
      };
    }
    function doubtedMissing(outcome) {
      const lost = outcome.lostAnswer ? ' The answer to an earlier attempt was lost, so the pin may be gone.' : '';
      return {
        ...outcome,
        result: 'failed',
        message: `Not unpinned: the answer was HTTP ${outcome.httpStatus}, and nothing in this run has shown that \`api-url\` is the AIOZ Pin API. ` + `Other servers answer unknown paths in the same way. Check \`api-url\`.${lost}`
      };
    }
    function withKnown(outcome, known, reason) {
      return {
        ...outcome,
        reason: reason,
        record: outcome.record === null ? known : (0, record.pz)(outcome.record, known)
      };
    }
    function failsStep({result: result, lostAnswer: lostAnswer}, onMissing) {
      switch (result) {
       case 'unpinned':
       case 'would-unpin':
       case 'protected':
       case 'kept':
        return false;

       case 'missing':
        return onMissing === 'fail' && !lostAnswer;

       case 'unconfirmed':
       case 'failed':
       case 'not-attempted':
        return true;
      }
    }
  },
  352: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      e: () => parsePinId
    });
    const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
    function parsePinId(text) {
      const lower = text.toLowerCase();
      return UUID.test(lower) ? lower : null;
    }
  },
  942: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      Hh: () => parseRecord,
      Yh: () => isUnpinned,
      pz: () => fillIn
    });
    var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(413);
    var _pin_id_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(352);
    var _timestamp_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(551);
    function parseRecord(value) {
      if (!(0, _json_js__WEBPACK_IMPORTED_MODULE_0__.G)(value)) return null;
      const id = typeof value['id'] === 'string' ? (0, _pin_id_js__WEBPACK_IMPORTED_MODULE_1__.e)(value['id']) : null;
      if (id === null) return null;
      const {cid: cid, size: size, status: status, pinned: pinned, metadata: metadata} = value;
      return {
        id: id,
        cid: textOr(cid),
        name: (0, _json_js__WEBPACK_IMPORTED_MODULE_0__.G)(metadata) ? textOr(metadata['name']) : null,
        label: (0, _json_js__WEBPACK_IMPORTED_MODULE_0__.G)(metadata) ? labelFrom(metadata) : {
          kind: 'unreadable'
        },
        keyvalues: (0, _json_js__WEBPACK_IMPORTED_MODULE_0__.G)(metadata) ? keyvaluesFrom(metadata) : new Map,
        size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
        status: textOr(status),
        pinned: typeof pinned === 'boolean' ? pinned : null,
        datePinned: (0, _timestamp_js__WEBPACK_IMPORTED_MODULE_2__.E)(value['date_pinned']),
        dateUnpinned: (0, _timestamp_js__WEBPACK_IMPORTED_MODULE_2__.E)(value['date_unpinned']),
        raw: value
      };
    }
    const UNPINNED_STATUSES = new Set([ 'unpinnormally', 'unpinoutofmoney', 'gcdone' ]);
    function isUnpinned({pinned: pinned, status: status, dateUnpinned: dateUnpinned}) {
      return pinned === false && (dateUnpinned !== null || UNPINNED_STATUSES.has(status?.toLowerCase() ?? ''));
    }
    function fillIn(record, other) {
      return {
        ...record,
        cid: record.cid ?? other.cid,
        name: record.name ?? other.name,
        size: record.size ?? other.size,
        status: record.status ?? other.status,
        datePinned: record.datePinned ?? other.datePinned
      };
    }
    function textOr(value) {
      return typeof value === 'string' ? value : null;
    }
    function labelFrom({name: name}) {
      if (name === void 0 || name === null) return {
        kind: 'none'
      };
      const text = scalarText(name);
      return text === null ? {
        kind: 'unreadable'
      } : {
        kind: 'text',
        text: text
      };
    }
    function keyvaluesFrom(metadata) {
      const found = new Map;
      const {keyvalues: keyvalues} = metadata;
      for (const place of (0, _json_js__WEBPACK_IMPORTED_MODULE_0__.G)(keyvalues) ? [ metadata, keyvalues ] : [ metadata ]) for (const [key, value] of Object.entries(place)) {
        const text = scalarText(value);
        if (text === null) found.delete(key); else found.set(key, text);
      }
      return found;
    }
    function scalarText(value) {
      if (typeof value === 'string') return value;
      if (typeof value === 'boolean') return String(value);
      const exact = typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value));
      return exact ? JSON.stringify(value) : null;
    }
  },
  551: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      E: () => parseTimestamp,
      l: () => newestFirst
    });
    const RFC_3339 = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.(\d{1,9}))?(?:Z|[+-]\d{2}:\d{2})$/;
    function parseTimestamp(value) {
      const [text, day, fraction = ''] = (typeof value === 'string' ? RFC_3339.exec(value) : null) ?? [];
      if (text === void 0 || day === void 0 || !isRealDay(day)) return null;
      const ms = Date.parse(text);
      return ms > 0 ? {
        ms: ms,
        nanos: Number(fraction.padEnd(9, '0'))
      } : null;
    }
    function newestFirst(a, b) {
      return Math.floor(b.ms / 1e3) - Math.floor(a.ms / 1e3) || b.nanos - a.nanos;
    }
    function isRealDay(day) {
      if (Number(day.slice(8)) <= 28) return true;
      const ms = Date.parse(day);
      return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
    }
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

__nccwpck_require__.m = __webpack_modules__;

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
  __nccwpck_require__.f = {};
  __nccwpck_require__.e = chunkId => Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
    __nccwpck_require__.f[key](chunkId, promises);
    return promises;
  }, []));
})();

(() => {
  __nccwpck_require__.u = chunkId => chunkId + ".index.js";
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

(() => {
  var installedChunks = {
    792: 0
  };
  var installChunk = data => {
    var {ids: ids, modules: modules, runtime: runtime} = data;
    var moduleId, chunkId, i = 0;
    for (moduleId in modules) if (__nccwpck_require__.o(modules, moduleId)) __nccwpck_require__.m[moduleId] = modules[moduleId];
    if (runtime) runtime(__nccwpck_require__);
    for (;i < ids.length; i++) {
      chunkId = ids[i];
      if (__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) installedChunks[chunkId][0]();
      installedChunks[ids[i]] = 0;
    }
  };
  __nccwpck_require__.f.j = (chunkId, promises) => {
    var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : void 0;
    if (installedChunkData !== 0) if (installedChunkData) promises.push(installedChunkData[1]); else if (true) {
      var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, e => {
        if (installedChunks[chunkId] !== 0) installedChunks[chunkId] = void 0;
        throw e;
      });
      promise = Promise.race([ promise, new Promise(resolve => installedChunkData = installedChunks[chunkId] = [ resolve ]) ]);
      promises.push(installedChunkData[1] = promise);
    }
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

function sleep(clock, ms, signal) {
  return new Promise(resolve => {
    if (signal.aborted) return resolve();
    const wake = () => {
      cancel();
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const cancel = clock.after(ms, wake);
    signal.addEventListener('abort', wake);
  });
}

const LONGEST_BACKOFF_MS = 3e4;

function backoffBoundMs(attempt) {
  return Math.min(LONGEST_BACKOFF_MS, 1e3 * 2 ** (attempt - 1));
}

function failureOfAnswer(response, clock) {
  const {status: status, body: body} = response;
  if (status === 200 ? body.kind === 'json' : !isRetryable(status)) return null;
  return {
    why: describeResponse(response),
    lostAnswer: mayHaveHadEffect(status),
    status: status,
    retryAfterMs: askedWaitMs(status, response.retryAfter, clock)
  };
}

function failureWithoutAnswer(result, clock) {
  const {kind: kind, why: why} = result;
  if (kind === 'unsent') return {
    why: why,
    lostAnswer: false,
    status: null,
    retryAfterMs: null
  };
  const {status: status} = result;
  return {
    why: why,
    lostAnswer: true,
    status: status,
    retryAfterMs: askedWaitMs(status, result.retryAfter, clock)
  };
}

function describeResponse({status: status, body: body}) {
  if (body.kind !== 'json') return `HTTP ${status} with ${body.problem}`;
  const {message: message} = body.object;
  return typeof message === 'string' && message !== '' ? `HTTP ${status}, "${message}"` : `HTTP ${status}`;
}

function isRetryable(status) {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

function mayHaveHadEffect(status) {
  return status === 200 || status >= 500 && status !== 503;
}

function askedWaitMs(status, retryAfter, clock) {
  return status === 429 || status === 503 ? parseRetryAfter(retryAfter, clock) : null;
}

const HTTP_DATE = /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? .*\d/;

function parseRetryAfter(text, clock) {
  const value = text?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) * 1e3;
  if (!HTTP_DATE.test(value)) return null;
  const date = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
  return Number.isNaN(date) ? null : Math.max(0, date - clock.epoch());
}

var pin_record = __nccwpck_require__(942);

const RECORD_NOT_FOUND = 'record not found';

function missingSign({status: status, body: body}) {
  if (body.kind !== 'json' || status < 400 || status === 401 || status === 403) return 'no';
  if (body.object['message'] === RECORD_NOT_FOUND) return 'proven';
  return status === 404 || status === 410 ? 'doubted' : 'no';
}

const MISSING = 'The service does not have this pin: it was removed before, or it belongs to another account.';

function describeUnpinned({dateUnpinned: dateUnpinned}) {
  const when = dateUnpinned === null ? '' : ` on ${new Date(dateUnpinned.ms).toISOString()}`;
  return `This pin is already unpinned: its record says that it was unpinned${when}.`;
}

function outcomeOf(pinId, {attempts: attempts, httpStatus: httpStatus, durationMs: durationMs, lostAnswer: lostAnswer}, {result: result, message: message, finding: finding = 'none', record: record}) {
  return {
    pinId: pinId,
    result: result,
    message: message,
    finding: finding,
    reason: '',
    record: record ?? null,
    attempts: attempts,
    httpStatus: httpStatus,
    durationMs: Math.round(durationMs),
    lostAnswer: lostAnswer
  };
}

function notAttempted(why) {
  return {
    result: 'not-attempted',
    message: `Not attempted: ${why}.`
  };
}

var format = __nccwpck_require__(16);

const OUTCOME_UNKNOWN = 'It is not known whether the pin is gone. Run the step again: a pin that is gone is reported as `missing`.';

function describeRefusal(refusal) {
  return refusal.kind === 'certificate' ? `the certificate of the server cannot be verified (${refusal.problem}). Check \`api-url\`. For a private certificate ` + 'authority, set NODE_EXTRA_CA_CERTS on the runner.' : `the service answered with ${refusal.problem}. Check \`api-url\`.`;
}

const YEAR_MS = 365 * 24 * 60 * 60 * 1e3;

function describeWait(askedMs, timeoutSeconds) {
  const exact = `${Math.ceil(askedMs / 1e3)} s${askedMs < 6e4 ? '' : ` (${(0, format.a3)(askedMs)})`}`;
  const asked = askedMs > YEAR_MS ? 'over a year' : exact;
  return `the service asked for ${asked}, which is too long for the ${timeoutSeconds} s of \`timeout-seconds\``;
}

function describeLast(last) {
  return last === '' ? '' : ` Last problem: ${last}.`;
}

function describeAnswer(response) {
  return `The answer was ${describeResponse(response)}.`;
}

function judgeRead(pinId, result, timeoutSeconds) {
  const durationMs = Math.round(result.durationMs);
  const record = recordIn(pinId, result);
  const ended = judgement => ({
    kind: 'ended',
    outcome: outcomeOf(pinId, {
      ...result,
      attempts: 0,
      lostAnswer: false
    }, judgement)
  });
  if (record !== null) return (0, pin_record.Yh)(record) ? ended({
    result: 'missing',
    message: describeUnpinned(record),
    finding: 'service-proven',
    record: record
  }) : {
    kind: 'record',
    record: record,
    durationMs: durationMs
  };
  if (result.kind === 'interrupted') return ended(notAttempted('the run was stopped first'));
  if (result.kind === 'held-back') return ended(notAttempted('the service asked every request to wait for longer than `timeout-seconds`'));
  const missing = result.kind === 'answered' ? missingSign(result.response) : 'no';
  if (missing !== 'no') return ended({
    result: 'missing',
    message: MISSING,
    finding: missing === 'proven' ? 'service-proven' : 'service-doubted'
  });
  return ended({
    result: 'failed',
    message: `Not unpinned: the record of the pin must be read first, and ${whyUnread(result, timeoutSeconds)}`,
    finding: findingOf(result)
  });
}

function judgeVerified(unpinned, result, timeoutSeconds) {
  const durationMs = Math.round(result.durationMs);
  const reading = judgeRead(unpinned.pinId, result, timeoutSeconds);
  if (reading.kind === 'record' ? reading.record.pinned === false : reading.outcome.result === 'missing') return {
    ...unpinned,
    durationMs: durationMs,
    message: 'Unpinned: the service confirmed it, and the pin is gone when read again.'
  };
  const message = reading.kind === 'record' ? 'The service confirmed the unpin, but the pin is still there when read again. Run the step again. If the pin stays, look ' + 'it up in the AIOZ Pin dashboard.' : `The service confirmed the unpin, but the pin must be read again, and ${whyUnread(result, timeoutSeconds)} ${OUTCOME_UNKNOWN}`;
  const finding = reading.kind === 'record' ? 'service-proven' : reading.outcome.finding;
  return {
    ...unpinned,
    durationMs: durationMs,
    result: 'unconfirmed',
    message: message,
    finding: finding
  };
}

function whyUnread(result, timeoutSeconds) {
  switch (result.kind) {
   case 'answered':
    return describeRejection(result.response);

   case 'refused':
    return describeRefusal(result.refusal);

   case 'told-to-wait':
    return `${describeWait(result.askedMs, timeoutSeconds)}. Run the step again later, or raise \`timeout-seconds\`.`;

   case 'time-used-up':
    return `there was no good answer within the ${timeoutSeconds} s of \`timeout-seconds\`. Run the step again.${describeLast(result.last)}`;

   case 'held-back':
    return 'the service asked every request to wait for longer than `timeout-seconds`. Run the step again later.';

   case 'interrupted':
    return 'the run was stopped first.';
  }
}

function describeRejection(response) {
  switch (response.status) {
   case 401:
    return 'the service refused the key pair (HTTP 401). Check both keys.';

   case 403:
    return 'the key pair may not read (HTTP 403). Give the key the scope `data.pin_list` as well.';

   default:
    return `the answer was not the documented one but ${describeResponse(response)}. Check \`api-url\`.`;
  }
}

function recordIn(pinId, result) {
  if (result.kind !== 'answered' || result.response.status !== 200) return null;
  const {body: body} = result.response;
  if (body.kind !== 'json' || body.object['status'] !== 'success') return null;
  const record = (0, pin_record.Hh)(body.object['data']);
  return record?.id === pinId ? record : null;
}

function findingOf(result) {
  switch (result.kind) {
   case 'answered':
    if (result.response.status === 401) return 'unauthorized';
    return result.response.status === 403 ? 'forbidden' : 'none';

   case 'told-to-wait':
   case 'time-used-up':
    return result.kind;

   case 'refused':
   case 'held-back':
   case 'interrupted':
    return 'none';
  }
}

var json = __nccwpck_require__(413);

const NO_SIGN_OF_REMOVAL = 'Nothing says that the pin was removed.';

function judgeUnpin(pinId, result, timeoutSeconds) {
  return outcomeOf(pinId, result, judge(pinId, result, timeoutSeconds));
}

function judge(pinId, result, timeoutSeconds) {
  const {attempts: attempts, lostAnswer: lostAnswer} = result;
  const unproven = lostAnswer ? 'unconfirmed' : 'failed';
  const state = lostAnswer ? 'The service may have received a request without answering it, so it is not known whether the pin is gone.' : NO_SIGN_OF_REMOVAL;
  switch (result.kind) {
   case 'answered':
    return judgeAnswer(pinId, result.response, lostAnswer);

   case 'refused':
    return {
      result: 'failed',
      message: `Not unpinned: ${describeRefusal(result.refusal)} ${afterLost(lostAnswer)}`.trimEnd()
    };

   case 'held-back':
    return notAttempted('the service asked every request to wait for longer than `timeout-seconds`');

   case 'interrupted':
    if (attempts === 0) return notAttempted('the run was stopped first');
    return lostAnswer ? {
      result: 'unconfirmed',
      message: `The run was stopped before the service answered. ${OUTCOME_UNKNOWN}`
    } : {
      result: 'failed',
      message: `The run was stopped while this pin was tried. ${NO_SIGN_OF_REMOVAL}${describeLast(result.last)}`
    };

   case 'told-to-wait':
    return {
      result: unproven,
      message: `${lostAnswer ? 'Not confirmed' : 'Not unpinned'}: ${describeWait(result.askedMs, timeoutSeconds)}. ${state} Run the step again later, or raise ` + `\`timeout-seconds\`.${describeLast(result.last)}`,
      finding: 'told-to-wait'
    };

   case 'time-used-up':
    return {
      result: unproven,
      message: `No good answer within the ${timeoutSeconds} s of \`timeout-seconds\`, in ${(0, format.U9)(attempts, 'attempt')}. ` + `${state} Run the step again: a pin that is already gone is reported as \`missing\`.${describeLast(result.last)}`,
      finding: 'time-used-up'
    };
  }
}

function judgeAnswer(pinId, response, lostAnswer) {
  const {status: status, body: body} = response;
  const answer = describeAnswer(response);
  const lost = afterLost(lostAnswer);
  const missing = missingSign(response);
  if (missing !== 'no') return {
    result: 'missing',
    message: lostAnswer ? 'The service does not have this pin any more. An earlier attempt probably removed it: its answer was lost.' : MISSING,
    finding: missing === 'proven' ? 'service-proven' : 'service-doubted'
  };
  if (status === 404 || status === 410) return {
    result: 'failed',
    message: `Not unpinned: the AIOZ Pin API does not answer like this for a missing pin. Check \`api-url\`. ${lost}${answer}`
  };
  if (status === 401) return {
    result: 'failed',
    message: 'Not unpinned: the service refused the key pair (HTTP 401). Check `pinning-api-key` and `pinning-secret-key`: do both ' + `belong to the same pair, is the pair still valid, and does it belong to the account that \`api-url\` serves? ${lost}${answer}`,
    finding: 'unauthorized'
  };
  if (status === 403) return {
    result: 'failed',
    message: `Not unpinned: the key pair may not do this (HTTP 403). Give the key the scope \`pinning.unpin\`. ${lost}${answer}`,
    finding: 'forbidden'
  };
  if (status === 200 && body.kind === 'json') return judgeSuccess(pinId, body.object, lost);
  if (status >= 200 && status < 300) return {
    result: 'unconfirmed',
    message: `The service did not answer with the documented 200 and the record of the pin. ${OUTCOME_UNKNOWN} ${answer}`
  };
  return {
    result: 'failed',
    message: `Not unpinned: the service refused it. Read the answer, and run the step again when the cause is fixed. ${lost}${answer}`
  };
}

function judgeSuccess(pinId, envelope, lost) {
  const {status: status, data: data, message: message} = envelope;
  if (typeof status === 'string' && status !== 'success' && !('id' in envelope)) {
    const text = typeof message === 'string' ? `: "${message}"` : '';
    return {
      result: 'failed',
      message: `Not unpinned: ${lost}The service answered HTTP 200 with the status "${status}"${text}.`
    };
  }
  const id = (0, json.G)(data) ? data['id'] : void 0;
  if (status !== 'success' || typeof id !== 'string') return {
    result: 'unconfirmed',
    message: `The answer was HTTP 200 with JSON that is not the documented envelope and record. ${OUTCOME_UNKNOWN}`
  };
  const record = (0, pin_record.Hh)(data);
  if (record?.id !== pinId) return {
    result: 'failed',
    message: 'Not confirmed: the service answered with the record of another pin, which proves nothing for this one. Look up both in ' + `the AIOZ Pin dashboard. ${lost}The other pin is "${id}".`
  };
  return {
    result: 'unpinned',
    message: 'Unpinned: the service confirmed it.',
    finding: 'service-proven',
    record: record
  };
}

function afterLost(lostAnswer) {
  return lostAnswer ? 'The answer to an earlier attempt was lost, so the pin may be gone. ' : '';
}

function pageIn(result, timeoutSeconds) {
  const unreadable = {
    kind: 'unreadable',
    why: whyUnread(result, timeoutSeconds)
  };
  if (result.kind !== 'answered' || result.response.status !== 200) return unreadable;
  const {body: body} = result.response;
  if (body.kind === 'too-large') return {
    kind: 'too-large'
  };
  if (body.kind !== 'json') return unreadable;
  const {status: status, data: data} = body.object;
  if (status !== 'success' || !(0, json.G)(data) || !(0, json.G)(data['totals'])) return unreadable;
  const total = data['totals']['files'];
  const rows = data['pins'] ?? [];
  const counted = typeof total === 'number' && Number.isSafeInteger(total) && total >= 0;
  return counted && Array.isArray(rows) ? {
    kind: 'rows',
    rows: rows,
    total: total
  } : unreadable;
}

class PinService {
  #client;
  constructor(client) {
    this.#client = client;
  }
  pin(pinId, options) {
    return new ServicePin(this.#client, pinId, options);
  }
  async page(page, options) {
    return pageIn(await this.#list(page, options), options.timeoutSeconds);
  }
  async isAiozPin(options) {
    const result = await this.#list({
      offset: 0,
      limit: 1,
      pinned: 'all'
    }, options);
    if (pageIn(result, options.timeoutSeconds).kind === 'rows') return true;
    if (result.kind !== 'answered') return false;
    const {status: status, body: body} = result.response;
    return (status === 401 || status === 403) && body.kind === 'json';
  }
  #list({offset: offset, limit: limit, pinned: pinned}, options) {
    return this.#client.request({
      ...options,
      deadline: this.#client.deadline(options.timeoutSeconds),
      method: 'GET',
      path: `/api/pinning/pins/?offset=${offset}&limit=${limit}&pinned=${pinned}&sortBy=created_at&sortOrder=ASC`,
      endpoint: '/pinning/pins',
      isFinal: ({status: status, body: body}) => status === 200 && body.kind === 'too-large'
    });
  }
}

class ServicePin {
  #client;
  #deadline;
  #options;
  pinId;
  constructor(client, pinId, options) {
    this.#client = client;
    this.#deadline = client.deadline(options.timeoutSeconds);
    this.#options = options;
    this.pinId = pinId;
  }
  async read() {
    return judgeRead(this.pinId, await this.#get(), this.#options.timeoutSeconds);
  }
  async unpin() {
    const result = await this.#request('DELETE', `/pinning/unpin/${this.pinId}`);
    return judgeUnpin(this.pinId, result, this.#options.timeoutSeconds);
  }
  async verify(unpinned) {
    return judgeVerified(unpinned, await this.#get(), this.#options.timeoutSeconds);
  }
  #get() {
    return this.#request('GET', `/pinning/${this.pinId}`);
  }
  #request(method, endpoint) {
    return this.#client.request({
      ...this.#options,
      deadline: this.#deadline,
      method: method,
      path: `/api${endpoint}`,
      endpoint: endpoint,
      isFinal: response => missingSign(response) !== 'no'
    });
  }
}

function authentication(keys) {
  return {
    pinning_api_key: keys.api,
    pinning_secret_key: keys.secret
  };
}

var lib_errors = __nccwpck_require__(452);

var pin_outcome = __nccwpck_require__(798);

const USED_UP_IN_A_ROW = 8;

class StopRule {
  #succeeded=false;
  #usedUpInARow=0;
  #reason=null;
  get reason() {
    return this.#reason;
  }
  observe({result: result, finding: finding}) {
    this.#succeeded ||= result === 'unpinned';
    this.#usedUpInARow = finding === 'time-used-up' ? this.#usedUpInARow + 1 : 0;
    this.#reason ??= this.#judge(finding);
  }
  #judge(finding) {
    if (finding === 'unauthorized') return 'the service refused the key pair (HTTP 401)';
    if (finding === 'forbidden' && !this.#succeeded) return 'the key pair may not do this (HTTP 403)';
    if (finding === 'told-to-wait') return 'the service asked for a longer wait than `timeout-seconds` allows';
    if (this.#usedUpInARow >= USED_UP_IN_A_ROW) return `${USED_UP_IN_A_ROW} pins in a row ran out of time, so the service seems to be down`;
    return null;
  }
}

const AT_ONCE = 8;

const REPORTED_IN_A_ROW = 256;

async function execute(pins, options) {
  const {signal: signal, onEnd: onEnd} = options;
  const rule = new StopRule;
  const doubts = new Doubts(onEnd, pins.some(knowsRecord));
  const noMoreStarts = new AbortController;
  const stopStarting = () => noMoreStarts.abort();
  if (signal.aborted) stopStarting();
  signal.addEventListener('abort', stopStarting);
  const chosen = [];
  for (const [index, pin] of pins.entries()) {
    if (pin.kind === 'chosen') chosen.push({
      pin: pin,
      index: index
    }); else onEnd(pin.outcome, index);
    if (index % REPORTED_IN_A_ROW === 0 && !signal.aborted) await nextTurn();
  }
  const notAttempted = ({pinId: pinId, record: record, reason: reason}) => {
    const why = rule.reason ?? 'the run was stopped first';
    const message = `Not attempted: ${why}. Run the step again for this pin.`;
    return (0, pin_outcome.sF)(pinId, 'not-attempted', message, {
      record: record,
      reason: reason
    });
  };
  let next = 0;
  const work = async () => {
    let reported = Promise.resolve();
    while (next < chosen.length && !noMoreStarts.signal.aborted) {
      const {pin: pin, index: index} = chosen[next++];
      let outcome = await options.unpin(pin, {
        signal: signal,
        startSignal: noMoreStarts.signal
      }).catch(error => (0, pin_outcome.mw)(pin.pinId, error));
      if (outcome.result === 'not-attempted' && rule.reason !== null) outcome = notAttempted(pin);
      rule.observe(outcome);
      if (rule.reason !== null) stopStarting();
      await reported;
      reported = nextTurn().then(() => doubts.report(outcome, index));
    }
    await reported;
  };
  await Promise.all(Array.from({
    length: Math.min(AT_ONCE, chosen.length)
  }, work));
  await doubts.settle(options.isAiozPin);
  signal.removeEventListener('abort', stopStarting);
  for (const {pin: pin, index: index} of chosen.slice(next)) onEnd(notAttempted(pin), index);
}

class Doubts {
  #onEnd;
  #proven;
  #doubted=[];
  constructor(onEnd, proven) {
    this.#onEnd = onEnd;
    this.#proven = proven;
  }
  report(outcome, index) {
    if (outcome.finding === 'service-proven') this.#release(true);
    if (outcome.finding === 'service-doubted' && !this.#proven) this.#doubted.push({
      outcome: outcome,
      index: index
    }); else this.#onEnd(outcome, index);
  }
  async settle(isAiozPin) {
    if (this.#doubted.length > 0) this.#release(await isAiozPin().catch(() => false));
  }
  #release(proven) {
    this.#proven = proven;
    for (const {outcome: outcome, index: index} of this.#doubted) this.#onEnd(proven ? outcome : (0, pin_outcome._)(outcome), index);
    this.#doubted = [];
  }
}

function knowsRecord(pin) {
  return (pin.kind === 'chosen' ? pin.record : pin.outcome.record) !== null;
}

function nextTurn() {
  return new Promise(resolve => setImmediate(resolve));
}

const NO_GUARD = {
  protects: false,
  unusedLines: [],
  whyProtected: () => null
};

async function unpinOne(verbs, known, {dryRun: dryRun, verify: verify, guard: guard}) {
  const {pinId: pinId} = verbs;
  let {record: record} = known;
  let durationMs = 0;
  if (record === null && (dryRun || guard.protects)) {
    const reading = await verbs.read();
    if (reading.kind === 'ended') return reading.outcome;
    ({record: record, durationMs: durationMs} = reading);
  }
  if (record !== null) {
    const why = guard.whyProtected(record);
    if (why !== null) return (0, pin_outcome.sF)(pinId, 'protected', `Not unpinned: ${why}.`, {
      record: record,
      reason: why,
      durationMs: durationMs,
      finding: 'service-proven'
    });
    if (dryRun) return (0, pin_outcome.sF)(pinId, 'would-unpin', 'Would be unpinned.', {
      record: record,
      reason: known.reason || stateOf(record),
      durationMs: durationMs,
      finding: 'service-proven'
    });
  }
  const outcome = await verbs.unpin();
  const end = verify && outcome.result === 'unpinned' ? await verbs.verify(outcome) : outcome;
  return record === null ? end : (0, pin_outcome.Ck)(end, record, known.reason);
}

function stateOf({pinned: pinned}) {
  return pinned === false ? 'its record says that it is not pinned now' : '';
}

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

const LOOPBACK_IPV4 = /^127(?:\.\d{1,3}){3}$/;

function isLoopback(hostname) {
  return hostname === 'localhost' || LOOPBACK_IPV4.test(hostname);
}

function environmentProblems(base, environment) {
  return [ ...debugProblem(environment), ...proxyProblem(new URL(base), environment) ];
}

function debugProblem({NODE_DEBUG: sections = ''}) {
  return sections === '' ? [] : [ 'The environment variable NODE_DEBUG is set. It makes Node print the headers of requests, and with them the keys, to the ' + 'log. Remove it from this step, or set it to an empty value.' ];
}

function proxyProblem(url, environment) {
  const name = [ 'https_proxy', 'HTTPS_PROXY' ].find(variable => environment[variable]);
  if (url.protocol !== 'https:' || name === void 0 || isLoopback(url.hostname)) return [];
  if (checkBypass(url)) return url.hostname.startsWith('127.') ? [ `The host ${url.hostname} begins with 127., and such a host is never reached through the proxy in ${name}. Use another ` + 'host name for the API, or remove the proxy variable from this step.' ] : [];
  let proxy;
  try {
    proxy = getProxyUrl(url);
  } catch {}
  if (proxy !== void 0 && /^https?:$/.test(proxy.protocol)) return [];
  return [ `The environment variable ${name} does not name a usable proxy. It takes \`http://host:port\` or \`https://host:port\`; special ` + 'characters of a password must be percent-encoded. Requests are not sent without the proxy.' ];
}

const LEAST_ATTEMPT_MS = 250;

class Deadline {
  #clock;
  #limitMs;
  #startedAt=null;
  #givenBackMs=0;
  constructor(clock, limitMs) {
    this.#clock = clock;
    this.#limitMs = limitMs;
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
    return this.#limitMs + this.#givenBackMs - this.elapsed();
  }
  fits(waitMs) {
    return this.left() - waitMs >= LEAST_ATTEMPT_MS;
  }
  longestWait() {
    return Math.max(0, this.left() - LEAST_ATTEMPT_MS);
  }
  giveBack(ms) {
    if (this.running) this.#givenBackMs += ms;
  }
}

const MOST_REDIRECTS = 3;

const REDIRECTS = new Set([ 301, 302, 303, 307, 308 ]);

function judgeRedirect({status: status, location: location}, from, request, holdsKey) {
  if (!REDIRECTS.has(status)) return {
    kind: 'none'
  };
  const refused = what => ({
    kind: 'refused',
    problem: `a redirect (HTTP ${status}) ${what}`
  });
  if (location === null) return refused('without a target');
  let target;
  try {
    target = new URL(location, from);
  } catch {
    return refused('whose target is not a URL');
  }
  if (target.origin !== from.origin) return refused(`to another origin, ${target.protocol}//${target.host}, which was not followed because the keys would go there`);
  const path = target.pathname + target.search;
  if (holdsKey(path)) return refused('to a URL that holds a key, which was not followed');
  if (!slashesAside(target.pathname).endsWith(slashesAside(request.endpoint)) || !keepsQuery(request.url, target)) return refused('to another endpoint, which was not followed');
  return {
    kind: 'follow',
    url: from.origin + path
  };
}

function slashesAside(path) {
  return `/${path}`.replace(/\/+/g, '/').replace(/\/$/, '').toLowerCase();
}

function keepsQuery(asked, target) {
  return [ ...asked.searchParams ].every(([name, value]) => target.searchParams.get(name) === value);
}

const LEAST_WAIT_MS = 250;

const LONGEST_ATTEMPT_MS = 3e4;

class OriginClient {
  #base;
  #headers;
  #holdsKey;
  #sender;
  #limiter;
  #clock;
  #random;
  constructor(options) {
    this.#base = options.base;
    this.#headers = {
      accept: 'application/json',
      'accept-encoding': 'identity',
      ...options.secretHeaders
    };
    this.#holdsKey = options.holdsKey;
    this.#sender = options.sender;
    this.#limiter = options.limiter;
    this.#clock = options.clock;
    this.#random = options.random;
  }
  deadline(seconds) {
    return new Deadline(this.#clock, seconds * 1e3);
  }
  async request(request) {
    const {deadline: deadline} = request;
    const progress = {
      attempts: 0,
      httpStatus: null,
      lostAnswer: false,
      last: ''
    };
    const trace = () => {
      const {last: _, ...numbers} = progress;
      return {
        ...numbers,
        durationMs: deadline.elapsed()
      };
    };
    for (;;) {
      const attempt = await this.#attempt(request, () => progress.attempts += 1);
      switch (attempt.kind) {
       case 'too-late':
        {
          const last = progress.last === '' ? attempt.why : `${progress.last}; then ${attempt.why}`;
          return {
            ...trace(),
            kind: 'time-used-up',
            last: last
          };
        }

       case 'held-back':
        return {
          ...trace(),
          kind: 'held-back'
        };

       case 'interrupted':
        progress.lostAnswer ||= attempt.sent;
        return {
          ...trace(),
          kind: 'interrupted',
          last: progress.last
        };

       case 'refused':
        progress.httpStatus = attempt.status;
        return {
          ...trace(),
          kind: 'refused',
          refusal: attempt.refusal
        };

       case 'answered':
        {
          const {response: response} = attempt;
          const failure = request.isFinal(response) ? null : failureOfAnswer(response, this.#clock);
          progress.httpStatus = response.status;
          if (failure === null) return {
            ...trace(),
            kind: 'answered',
            response: response
          };
          const waiting = await this.#afterFailure(failure, request, progress);
          if (waiting !== null) return {
            ...trace(),
            ...waiting
          };
          break;
        }

       case 'lost':
       case 'unsent':
        {
          const failure = failureWithoutAnswer(attempt, this.#clock);
          progress.httpStatus = failure.status;
          const waiting = await this.#afterFailure(failure, request, progress);
          if (waiting !== null) return {
            ...trace(),
            ...waiting
          };
        }
      }
    }
  }
  async #attempt(request, onStart) {
    const {deadline: deadline} = request;
    const {endpoint: endpoint} = request;
    const asked = new URL(this.#base + request.path);
    let url = asked;
    let attemptMs = LONGEST_ATTEMPT_MS;
    for (let redirects = 0; ;redirects += 1) {
      if (deadline.running && !deadline.fits(0)) return {
        kind: 'too-late',
        why: 'too little time was left'
      };
      const slot = await this.#limiter.acquire(deadline, deadline.running ? request.signal : request.startSignal);
      if (slot === 'interrupted') return {
        kind: 'interrupted',
        sent: false
      };
      if (slot === 'held-too-long') {
        if (!deadline.running) return {
          kind: 'held-back'
        };
        return {
          kind: 'too-late',
          why: 'every request of the run was held back for longer than the time left'
        };
      }
      deadline.start();
      if (redirects === 0) onStart();
      const startedAt = this.#clock.now();
      let result;
      try {
        result = await this.#sender.send({
          method: request.method,
          url: url,
          headers: this.#headers,
          limitMs: Math.max(0, Math.min(attemptMs, deadline.left())),
          signal: request.signal
        });
      } finally {
        this.#limiter.release();
      }
      attemptMs -= this.#clock.now() - startedAt;
      if (result.kind === 'untrusted') return {
        kind: 'refused',
        refusal: {
          kind: 'certificate',
          problem: result.why
        },
        status: null
      };
      if (result.kind !== 'answered') return result;
      const redirect = judgeRedirect(result.response, url, {
        url: asked,
        endpoint: endpoint
      }, this.#holdsKey);
      if (redirect.kind === 'none') return result;
      const {status: status} = result.response;
      const refuse = problem => ({
        kind: 'refused',
        refusal: {
          kind: 'redirect',
          problem: problem
        },
        status: status
      });
      if (redirect.kind === 'refused') return refuse(redirect.problem);
      if (redirects === MOST_REDIRECTS) return refuse(`more than ${MOST_REDIRECTS} redirects in a row`);
      url = new URL(redirect.url);
    }
  }
  async #afterFailure(failure, {deadline: deadline, onRetry: onRetry, signal: signal}, progress) {
    const last = failure.why;
    progress.last = last;
    progress.lostAnswer ||= failure.lostAnswer;
    const askedMs = failure.retryAfterMs;
    if (askedMs !== null && !deadline.fits(askedMs)) {
      this.#limiter.hold(askedMs);
      return {
        kind: 'told-to-wait',
        askedMs: askedMs,
        last: last
      };
    }
    if (!deadline.fits(LEAST_WAIT_MS)) return {
      kind: 'time-used-up',
      last: last
    };
    const drawnMs = this.#random() * Math.min(backoffBoundMs(progress.attempts), deadline.longestWait());
    const waitMs = Math.max(askedMs ?? 0, drawnMs);
    const holdsAll = askedMs !== null || failure.status === 429;
    if (holdsAll) this.#limiter.hold(waitMs);
    onRetry({
      attempt: progress.attempts,
      why: last,
      waitMs: waitMs,
      holdsAll: holdsAll
    });
    await sleep(this.#clock, waitMs, signal);
    return null;
  }
}

const WINDOW_MS = 6e4;

class RateLimiter {
  #clock;
  #slots;
  #inFlight=0;
  #ended=[];
  #heldUntil=-1 / 0;
  #queue=[];
  #sleeping=new Set;
  constructor(clock, slots) {
    this.#clock = clock;
    this.#slots = slots;
  }
  hold(ms) {
    this.#heldUntil = Math.max(this.#heldUntil, this.#clock.now() + ms);
    this.#wakeAll();
  }
  async acquire(deadline, signal) {
    const place = {};
    this.#queue.push(place);
    try {
      return await this.#wait(place, deadline, signal);
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
  async #wait(place, deadline, signal) {
    for (;;) {
      if (signal.aborted) return 'interrupted';
      const now = this.#clock.now();
      const heldMs = this.#heldUntil - now;
      if (heldMs > 0) {
        if (!deadline.fits(heldMs)) return 'held-too-long';
        await this.#sleep(heldMs, signal);
        continue;
      }
      const waitMs = this.#queue[0] === place ? this.#untilFree(now) : 1 / 0;
      if (waitMs <= 0) {
        this.#inFlight += 1;
        return 'acquired';
      }
      await this.#sleep(waitMs, signal);
      deadline.giveBack(this.#clock.now() - now);
    }
  }
  #untilFree(now) {
    const nowMs = Math.floor(now);
    while (this.#ended.length > 0 && nowMs - this.#ended[0] > WINDOW_MS) this.#ended.shift();
    if (this.#inFlight + this.#ended.length < this.#slots) return 0;
    const oldest = this.#ended[0];
    return oldest === void 0 ? 1 / 0 : oldest + WINDOW_MS + 1 - nowMs;
  }
  #sleep(ms, signal) {
    return new Promise(resolve => {
      const wake = () => {
        cancel();
        signal.removeEventListener('abort', wake);
        this.#sleeping.delete(wake);
        resolve();
      };
      const cancel = ms === 1 / 0 ? () => {} : this.#clock.after(ms, wake);
      signal.addEventListener('abort', wake);
      this.#sleeping.add(wake);
    });
  }
  #wakeAll() {
    for (const wake of this.#sleeping) wake();
  }
}

var external_http_ = __nccwpck_require__(611);

var external_http_namespaceObject = __nccwpck_require__.t(external_http_, 2);

var external_https_ = __nccwpck_require__(692);

var external_https_namespaceObject = __nccwpck_require__.t(external_https_, 2);

var tunnel = __nccwpck_require__(330);

function ProxyAgent() {
  throw new Error('undici is not part of this bundle');
}

var __awaiter = void 0 && (void 0).__awaiter || function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};

var HttpCodes;

(function(HttpCodes) {
  HttpCodes[HttpCodes["OK"] = 200] = "OK";
  HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
  HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
  HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
  HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
  HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
  HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
  HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
  HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
  HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
  HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
  HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
  HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
  HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
  HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
  HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
  HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
  HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
  HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
  HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
  HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
  HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
  HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
  HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
  HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
  HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
  HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));

var Headers;

(function(Headers) {
  Headers["Accept"] = "accept";
  Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));

var MediaTypes;

(function(MediaTypes) {
  MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));

const HttpRedirectCodes = [ HttpCodes.MovedPermanently, HttpCodes.ResourceMoved, HttpCodes.SeeOther, HttpCodes.TemporaryRedirect, HttpCodes.PermanentRedirect ];

const HttpResponseRetryCodes = [ HttpCodes.BadGateway, HttpCodes.ServiceUnavailable, HttpCodes.GatewayTimeout ];

const RetryableHttpVerbs = [ 'OPTIONS', 'GET', 'DELETE', 'HEAD' ];

const ExponentialBackoffCeiling = 10;

const ExponentialBackoffTimeSlice = 5;

class HttpClientError extends Error {
  constructor(message, statusCode) {
    super(message);
    this.name = 'HttpClientError';
    this.statusCode = statusCode;
    Object.setPrototypeOf(this, HttpClientError.prototype);
  }
}

class HttpClientResponse {
  constructor(message) {
    this.message = message;
  }
  readBody() {
    return __awaiter(this, void 0, void 0, function*() {
      return new Promise(resolve => __awaiter(this, void 0, void 0, function*() {
        let output = Buffer.alloc(0);
        this.message.on('data', chunk => {
          output = Buffer.concat([ output, chunk ]);
        });
        this.message.on('end', () => {
          resolve(output.toString());
        });
      }));
    });
  }
  readBodyBuffer() {
    return __awaiter(this, void 0, void 0, function*() {
      return new Promise(resolve => __awaiter(this, void 0, void 0, function*() {
        const chunks = [];
        this.message.on('data', chunk => {
          chunks.push(chunk);
        });
        this.message.on('end', () => {
          resolve(Buffer.concat(chunks));
        });
      }));
    });
  }
}

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
  options(requestUrl, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function*() {
      return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
    });
  }
  get(requestUrl, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function*() {
      return this.request('GET', requestUrl, null, additionalHeaders || {});
    });
  }
  del(requestUrl, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function*() {
      return this.request('DELETE', requestUrl, null, additionalHeaders || {});
    });
  }
  post(requestUrl, data, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function*() {
      return this.request('POST', requestUrl, data, additionalHeaders || {});
    });
  }
  patch(requestUrl, data, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function*() {
      return this.request('PATCH', requestUrl, data, additionalHeaders || {});
    });
  }
  put(requestUrl, data, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function*() {
      return this.request('PUT', requestUrl, data, additionalHeaders || {});
    });
  }
  head(requestUrl, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function*() {
      return this.request('HEAD', requestUrl, null, additionalHeaders || {});
    });
  }
  sendStream(verb, requestUrl, stream, additionalHeaders) {
    return __awaiter(this, void 0, void 0, function*() {
      return this.request(verb, requestUrl, stream, additionalHeaders);
    });
  }
  getJson(requestUrl_1) {
    return __awaiter(this, arguments, void 0, function*(requestUrl, additionalHeaders = {}) {
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      const res = yield this.get(requestUrl, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
    });
  }
  postJson(requestUrl_1, obj_1) {
    return __awaiter(this, arguments, void 0, function*(requestUrl, obj, additionalHeaders = {}) {
      const data = JSON.stringify(obj, null, 2);
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
      const res = yield this.post(requestUrl, data, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
    });
  }
  putJson(requestUrl_1, obj_1) {
    return __awaiter(this, arguments, void 0, function*(requestUrl, obj, additionalHeaders = {}) {
      const data = JSON.stringify(obj, null, 2);
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
      const res = yield this.put(requestUrl, data, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
    });
  }
  patchJson(requestUrl_1, obj_1) {
    return __awaiter(this, arguments, void 0, function*(requestUrl, obj, additionalHeaders = {}) {
      const data = JSON.stringify(obj, null, 2);
      additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
      additionalHeaders[Headers.ContentType] = this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
      const res = yield this.patch(requestUrl, data, additionalHeaders);
      return this._processResponse(res, this.requestOptions);
    });
  }
  request(verb, requestUrl, data, headers) {
    return __awaiter(this, void 0, void 0, function*() {
      if (this._disposed) throw new Error('Client has already been disposed.');
      const parsedUrl = new URL(requestUrl);
      let info = this._prepareRequest(verb, parsedUrl, headers);
      const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb) ? this._maxRetries + 1 : 1;
      let numTries = 0;
      let response;
      do {
        response = yield this.requestRaw(info, data);
        if (response && response.message && response.message.statusCode === HttpCodes.Unauthorized) {
          let authenticationHandler;
          for (const handler of this.handlers) if (handler.canHandleAuthentication(response)) {
            authenticationHandler = handler;
            break;
          }
          if (authenticationHandler) return authenticationHandler.handleAuthentication(this, info, data); else return response;
        }
        let redirectsRemaining = this._maxRedirects;
        while (response.message.statusCode && HttpRedirectCodes.includes(response.message.statusCode) && this._allowRedirects && redirectsRemaining > 0) {
          const redirectUrl = response.message.headers['location'];
          if (!redirectUrl) break;
          const parsedRedirectUrl = new URL(redirectUrl);
          if (parsedUrl.protocol === 'https:' && parsedUrl.protocol !== parsedRedirectUrl.protocol && !this._allowRedirectDowngrade) throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
          yield response.readBody();
          if (parsedRedirectUrl.hostname !== parsedUrl.hostname) for (const header in headers) if (header.toLowerCase() === 'authorization') delete headers[header];
          info = this._prepareRequest(verb, parsedRedirectUrl, headers);
          response = yield this.requestRaw(info, data);
          redirectsRemaining--;
        }
        if (!response.message.statusCode || !HttpResponseRetryCodes.includes(response.message.statusCode)) return response;
        numTries += 1;
        if (numTries < maxTries) {
          yield response.readBody();
          yield this._performExponentialBackoff(numTries);
        }
      } while (numTries < maxTries);
      return response;
    });
  }
  dispose() {
    if (this._agent) this._agent.destroy();
    this._disposed = true;
  }
  requestRaw(info, data) {
    return __awaiter(this, void 0, void 0, function*() {
      return new Promise((resolve, reject) => {
        function callbackForResult(err, res) {
          if (err) reject(err); else if (!res) reject(new Error('Unknown error')); else resolve(res);
        }
        this.requestRawWithCallback(info, data, callbackForResult);
      });
    });
  }
  requestRawWithCallback(info, data, onResult) {
    if (typeof data === 'string') {
      if (!info.options.headers) info.options.headers = {};
      info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
    }
    let callbackCalled = false;
    function handleResult(err, res) {
      if (!callbackCalled) {
        callbackCalled = true;
        onResult(err, res);
      }
    }
    const req = info.httpModule.request(info.options, msg => {
      const res = new HttpClientResponse(msg);
      handleResult(void 0, res);
    });
    let socket;
    req.on('socket', sock => {
      socket = sock;
    });
    req.setTimeout(this._socketTimeout || 3 * 6e4, () => {
      if (socket) socket.end();
      handleResult(new Error(`Request timeout: ${info.options.path}`));
    });
    req.on('error', function(err) {
      handleResult(err);
    });
    if (data && typeof data === 'string') req.write(data, 'utf8');
    if (data && typeof data !== 'string') {
      data.on('close', function() {
        req.end();
      });
      data.pipe(req);
    } else req.end();
  }
  getAgent(serverUrl) {
    const parsedUrl = new URL(serverUrl);
    return this._getAgent(parsedUrl);
  }
  getAgentDispatcher(serverUrl) {
    const parsedUrl = new URL(serverUrl);
    const proxyUrl = getProxyUrl(parsedUrl);
    const useProxy = proxyUrl && proxyUrl.hostname;
    if (!useProxy) return;
    return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
  }
  _prepareRequest(method, requestUrl, headers) {
    const info = {};
    info.parsedUrl = requestUrl;
    const usingSsl = info.parsedUrl.protocol === 'https:';
    info.httpModule = usingSsl ? external_https_namespaceObject : external_http_namespaceObject;
    const defaultPort = usingSsl ? 443 : 80;
    info.options = {};
    info.options.host = info.parsedUrl.hostname;
    info.options.port = info.parsedUrl.port ? parseInt(info.parsedUrl.port) : defaultPort;
    info.options.path = (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
    info.options.method = method;
    info.options.headers = this._mergeHeaders(headers);
    if (this.userAgent != null) info.options.headers['user-agent'] = this.userAgent;
    info.options.agent = this._getAgent(info.parsedUrl);
    if (this.handlers) for (const handler of this.handlers) handler.prepareRequest(info.options);
    return info;
  }
  _mergeHeaders(headers) {
    if (this.requestOptions && this.requestOptions.headers) return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
    return lowercaseKeys(headers || {});
  }
  _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
    let clientHeader;
    if (this.requestOptions && this.requestOptions.headers) {
      const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
      if (headerValue) clientHeader = typeof headerValue === 'number' ? headerValue.toString() : headerValue;
    }
    const additionalValue = additionalHeaders[header];
    if (additionalValue !== void 0) return typeof additionalValue === 'number' ? additionalValue.toString() : additionalValue;
    if (clientHeader !== void 0) return clientHeader;
    return _default;
  }
  _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
    let clientHeader;
    if (this.requestOptions && this.requestOptions.headers) {
      const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
      if (headerValue) if (typeof headerValue === 'number') clientHeader = String(headerValue); else if (Array.isArray(headerValue)) clientHeader = headerValue.join(', '); else clientHeader = headerValue;
    }
    const additionalValue = additionalHeaders[Headers.ContentType];
    if (additionalValue !== void 0) if (typeof additionalValue === 'number') return String(additionalValue); else if (Array.isArray(additionalValue)) return additionalValue.join(', '); else return additionalValue;
    if (clientHeader !== void 0) return clientHeader;
    return _default;
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
        maxSockets: maxSockets,
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
        maxSockets: maxSockets
      };
      agent = usingSsl ? new external_https_.Agent(options) : new external_http_.Agent(options);
      this._agent = agent;
    }
    if (usingSsl && this._ignoreSslError) agent.options = Object.assign(agent.options || {}, {
      rejectUnauthorized: false
    });
    return agent;
  }
  _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
    let proxyAgent;
    if (this._keepAlive) proxyAgent = this._proxyAgentDispatcher;
    if (proxyAgent) return proxyAgent;
    const usingSsl = parsedUrl.protocol === 'https:';
    proxyAgent = new ProxyAgent(Object.assign({
      uri: proxyUrl.href,
      pipelining: !this._keepAlive ? 0 : 1
    }, (proxyUrl.username || proxyUrl.password) && {
      token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
    }));
    this._proxyAgentDispatcher = proxyAgent;
    if (usingSsl && this._ignoreSslError) proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
      rejectUnauthorized: false
    });
    return proxyAgent;
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
  _performExponentialBackoff(retryNumber) {
    return __awaiter(this, void 0, void 0, function*() {
      retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
      const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
      return new Promise(resolve => setTimeout(() => resolve(), ms));
    });
  }
  _processResponse(res, options) {
    return __awaiter(this, void 0, void 0, function*() {
      return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function*() {
        const statusCode = res.message.statusCode || 0;
        const response = {
          statusCode: statusCode,
          result: null,
          headers: {}
        };
        if (statusCode === HttpCodes.NotFound) resolve(response);
        function dateTimeDeserializer(key, value) {
          if (typeof value === 'string') {
            const a = new Date(value);
            if (!isNaN(a.valueOf())) return a;
          }
          return value;
        }
        let obj;
        let contents;
        try {
          contents = yield res.readBody();
          if (contents && contents.length > 0) {
            if (options && options.deserializeDates) obj = JSON.parse(contents, dateTimeDeserializer); else obj = JSON.parse(contents);
            response.result = obj;
          }
          response.headers = res.message.headers;
        } catch (err) {}
        if (statusCode > 299) {
          let msg;
          if (obj && obj.message) msg = obj.message; else if (contents && contents.length > 0) msg = contents; else msg = `Failed request: (${statusCode})`;
          const err = new HttpClientError(msg, statusCode);
          err.result = response.result;
          reject(err);
        } else resolve(response);
      }));
    });
  }
}

const lowercaseKeys = obj => Object.keys(obj).reduce((c, k) => (c[k.toLowerCase()] = obj[k], c), {});

const external_node_http_namespaceObject = process.getBuiltinModule("node:http");

const external_node_https_namespaceObject = process.getBuiltinModule("node:https");

const BODY_LIMIT = 1024 * 1024;

async function readBody(message) {
  const encoding = message.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    message.destroy();
    return unusable('a body in a content encoding that was not asked for');
  }
  const chunks = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    message.on('data', chunk => {
      length += chunk.length;
      if (length <= BODY_LIMIT) chunks.push(chunk); else {
        message.destroy();
        resolve({
          kind: 'too-large',
          problem: `a body of over ${BODY_LIMIT / 1024 / 1024} MiB`
        });
      }
    });
    message.on('close', () => {
      if (message.complete) resolve(parseBody(Buffer.concat(chunks))); else reject(new Error('the body was cut short'));
    });
  });
}

function parseBody(bytes) {
  if (bytes.length === 0) return unusable('an empty body');
  let text;
  try {
    text = new TextDecoder('utf-8', {
      fatal: true
    }).decode(bytes);
  } catch {
    return unusable('a body that is not UTF-8');
  }
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return unusable(/^\s*</.test(text) ? 'HTML or XML instead of JSON' : 'a body that is not JSON');
  }
  return (0, json.G)(value) ? {
    kind: 'json',
    object: value
  } : unusable('JSON that is not an object');
}

function unusable(problem) {
  return {
    kind: 'unusable',
    problem: problem
  };
}

const USER_AGENT = 'aioz-ipfs-unpin';

function createSender(clock) {
  const client = new lib_HttpClient(USER_AGENT, void 0, {
    keepAlive: true
  });
  return {
    send: request => sendOnce(client, clock, request),
    close: () => client.dispose()
  };
}

function sendOnce(client, clock, {method: method, url: url, headers: headers, limitMs: limitMs, signal: signal}) {
  return new Promise(resolve => {
    if (signal.aborted) return resolve({
      kind: 'interrupted',
      sent: false
    });
    const watch = new RequestWatch(why => settle(withoutAnswer(why)));
    let message = null;
    let settled = false;
    const stopTimer = clock.after(limitMs, () => {
      const what = watch.connected ? 'no complete answer' : 'no connection';
      settle(withoutAnswer(`${what} within ${Math.round(limitMs / 100) / 10} s`));
    });
    const interrupt = () => settle({
      kind: 'interrupted',
      sent: watch.connected
    });
    signal.addEventListener('abort', interrupt);
    function settle(result) {
      if (settled) return;
      settled = true;
      stopTimer();
      signal.removeEventListener('abort', interrupt);
      if (result.kind !== 'answered') watch.destroy();
      resolve(result);
    }
    function withoutAnswer(why) {
      if (watch.untrusted) return {
        kind: 'untrusted',
        why: why
      };
      if (!watch.connected) return {
        kind: 'unsent',
        why: why
      };
      return {
        kind: 'lost',
        why: why,
        status: message?.statusCode ?? null,
        retryAfter: message?.headers['retry-after'] ?? null
      };
    }
    async function send() {
      const options = {
        method: method,
        host: url.hostname,
        port: url.port,
        path: url.pathname + url.search,
        headers: {
          ...headers,
          'user-agent': USER_AGENT
        },
        agent: watch.through(client.getAgent(url.href)),
        rejectUnauthorized: true
      };
      const httpModule = url.protocol === 'https:' ? external_node_https_namespaceObject : external_node_http_namespaceObject;
      message = (await client.requestRaw({
        options: options,
        parsedUrl: url,
        httpModule: httpModule
      }, null)).message;
      message.on('error', () => {});
      const status = message.statusCode ?? 0;
      const {location: location = null, 'retry-after': retryAfter = null} = message.headers;
      if (status >= 300 && status < 400) {
        message.destroy();
        return {
          status: status,
          location: location,
          retryAfter: retryAfter,
          body: {
            kind: 'unusable',
            problem: 'a redirect'
          }
        };
      }
      return {
        status: status,
        location: location,
        retryAfter: retryAfter,
        body: await readBody(message)
      };
    }
    send().then(response => settle({
      kind: 'answered',
      response: response
    }), error => settle(withoutAnswer(explain(error))));
  });
}

class RequestWatch {
  #request=null;
  #socket=null;
  #onSilentEnd;
  connected=false;
  constructor(onSilentEnd) {
    this.#onSilentEnd = onSilentEnd;
  }
  get untrusted() {
    const socket = this.#socket;
    return !this.connected && socket !== null && 'authorizationError' in socket && Boolean(socket.authorizationError);
  }
  through(agent) {
    const addRequest = (request, ...rest) => {
      this.#observe(request);
      agent.addRequest(request, ...rest);
    };
    return Object.create(agent, {
      addRequest: {
        value: addRequest
      }
    });
  }
  destroy() {
    this.#request?.destroy();
  }
  #observe(request) {
    this.#request = request;
    let reported = false;
    request.once('response', () => reported = true);
    request.once('error', () => reported = true);
    request.once('close', () => {
      if (!reported) this.#onSilentEnd('the connection was closed without an answer');
    });
    request.once('socket', socket => {
      this.#socket = socket;
      const secure = 'secureConnecting' in socket;
      if (secure ? socket.secureConnecting : socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', () => this.connected = true); else this.connected = true;
    });
  }
}

const WORDS = {
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the host name could not be looked up just now',
  ECONNREFUSED: 'the connection was refused',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  EPIPE: 'the connection broke while sending',
  EPROTO: 'the server did not speak TLS as expected'
};

function explain(error) {
  const code = (0, lib_errors.CA)(error);
  const words = code === null ? void 0 : WORDS[code];
  return words === void 0 ? (0, lib_errors.Uc)(error) : `${words} (${code})`;
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
    name: name
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

const LEFT_OUT = '(none)';

const QUOTED_LENGTH = 60;

const VALUES_QUOTED = 5;

class InputProblem extends Error {
  name='InputProblem';
  problems;
  constructor(...problems) {
    super(problems.map(({what: what}) => what).join('; '));
    this.problems = problems;
  }
}

function isGiven(name) {
  return ![ '', LEFT_OUT ].includes(getInput(name));
}

function isLeftOut(name) {
  return getInput(name) === LEFT_OUT;
}

function collect(inputs, redactor, keys) {
  const values = {};
  const problems = [];
  for (const [name, input] of Object.entries(inputs)) {
    const raw = getInput(name, {
      trimWhitespace: false
    });
    try {
      values[name] = read(input, {
        text: raw.trim(),
        raw: raw,
        quote: quoteFrom(raw, redactor, keys)
      });
    } catch (error) {
      if (!(error instanceof InputProblem)) throw error;
      for (const {where: where, what: what, advice: advice} of error.problems) {
        const subject = where === void 0 ? `\`${name}\`` : `\`${name}\`, ${where},`;
        problems.push(`${subject} ${what}; it takes ${input.takes}.${advice === void 0 ? '' : ` ${advice}`}`);
      }
    }
  }
  return {
    values: values,
    problems: problems
  };
}

function read(input, given) {
  if (given.text === '') {
    const advice = input.whyEmpty ?? 'Was the variable or output that it comes from set?';
    throw new InputProblem({
      what: 'is empty',
      advice: advice
    });
  }
  return given.text === LEFT_OUT && input.leftOut !== void 0 ? input.leftOut : input.parse(given);
}

function quoteFrom(whole, redactor, keys) {
  const holdsKey = text => redactor.holdsKey(text) || keys.some(key => key !== '' && text.toLowerCase().includes(key.toLowerCase()));
  return (part, longest = QUOTED_LENGTH) => holdsKey(whole) || holdsKey(part) ? '(not shown: it holds the value of a key)' : `"${part.length > longest ? `${part.slice(0, longest)}…` : part}"`;
}

function quoteAll(parts, quote) {
  const more = parts.length - VALUES_QUOTED;
  return parts.slice(0, VALUES_QUOTED).map(quote).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const apiUrl = {
  takes: 'an `https` URL (`http` on loopback only) without user info, query or fragment',
  parse({text: text, quote: quote}) {
    const read = parseApiUrl(text);
    if (read.kind === 'url') return read.base;
    const {what: what, instead: instead} = read;
    const advice = instead === void 0 ? void 0 : `Leave that part off: ${quote(instead)}.`;
    throw new InputProblem({
      what: `is ${quote(withoutSecrets(text))}, which ${what}`,
      advice: advice
    });
  }
};

function parseApiUrl(text) {
  const refuse = what => ({
    kind: 'problem',
    what: what
  });
  if (/[\s\\]/.test(text)) return refuse('holds white space or a backslash');
  if (!URL.canParse(text)) return refuse('is not a URL (is `https://` missing?)');
  const url = new URL(text);
  if (![ 'https:', 'http:' ].includes(url.protocol)) return refuse('has another scheme than `https`');
  if (url.username !== '' || url.password !== '') return refuse('holds user info');
  if (text.includes('?')) return refuse('holds a query');
  if (text.includes('#')) return refuse('holds a fragment');
  if (url.hostname.startsWith('[')) return refuse('is an IPv6 literal');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return refuse('is plain `http` and would send the keys unencrypted');
  const endpoint = /(?<!\/)\/+api\/+pinning(?:\/.*)?$/.exec(url.pathname);
  if (endpoint !== null) return {
    kind: 'problem',
    what: 'ends in `/api/pinning` or a path below it',
    instead: url.origin + url.pathname.slice(0, endpoint.index)
  };
  const prefix = url.pathname.replace(/(?<!\/)\/+$/, '').replace(/\/api$/, '').replace(/(?<!\/)\/+$/, '');
  return {
    kind: 'url',
    base: url.origin + prefix
  };
}

function withoutSecrets(text) {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/is.exec(text) ?? [];
  const at = rest.lastIndexOf('@');
  const end = rest.search(/[?#]/);
  if (end !== -1 && end < at) return `${scheme}…`;
  return scheme + rest.slice(at + 1).replace(/[?#].*/s, '').replace(/:(?!\d{1,5}(?:\/|$)).*/s, ':…');
}

var pin_id = __nccwpck_require__(352);

const HEX = '[0-9a-fA-F]';

const BASE32 = '[a-zA-Z2-7]';

const BASE36 = '[0-9a-zA-Z]';

const BASE58 = '[1-9A-HJ-NP-Za-km-z]';

const BASE64 = '[A-Za-z0-9+/_-]';

const times = (set, length) => [ `${set}{${length}}`, length ];

const GAP = [ '[^0-9a-zA-Z]{1,3}', 3 ];

const PIN_ID = [ [ `${HEX}{8}${GAP[0]}`, 11 ], ...[ 4, 4, 4 ].flatMap(length => [ times(HEX, length), GAP ]), times(HEX, 6), times(HEX, 6) ];

const CIDS = [ [ [ 'Q', 1 ], [ 'm', 1 ], times(BASE58, 22), times(BASE58, 22) ], [ [ '[bB]', 1 ], [ '[aA][fF][kKrRyYzZ]', 3 ], times(BASE32, 27), times(BASE32, 28) ], [ [ 'z', 1 ], [ '(?:b2r|dj7|dpu|dvg)', 3 ], times(BASE58, 22), times(BASE58, 23) ], [ [ '[kK][25]', 2 ], [ '(?:[cC][wW]|[jJ][mMvV]|[kK]4|1[qQ])', 2 ], times(BASE36, 26), times(BASE36, 26) ], [ [ '[fF]01', 3 ], [ '(?:55|7[0-2])1220', 6 ], times(HEX, 32), times(HEX, 32) ], [ [ '[mu]', 1 ], [ 'A[VX]', 2 ], [ '[AEIU]SI', 3 ], times(BASE64, 21), times(BASE64, 22) ] ];

function holdsMostOfId(text) {
  mostOfId ??= patternsOfMost();
  const plain = text.replace(/%[0-9a-f]{2}/gi, ' ');
  return mostOfId.some(pattern => pattern.test(plain));
}

let mostOfId;

const alone = digits => `(?<!${HEX})(?:${digits})(?!${HEX})`;

const patternsOfMost = () => [ new RegExp([ alone(allButOne(PIN_ID)), ...CIDS.map(allButOne) ].join('|'), 'su'), new RegExp(alone([ 7, 3, 3, 3, 11 ].map(least => `${HEX}{${least},${least + 2}}`).join(GAP[0]))), new RegExp(`(?=[\\d-]{0,22}[a-fA-F])${alone(`(?:${HEX}{4}-){3}${HEX}{12}|${HEX}{8}(?:-${HEX}{4}){3}`)}`), /(?<![0-9a-f])[0-9a-f]{31,33}(?![0-9a-f])|\bqm[0-9a-z]{44}\b|\bbaf[kryz]/i ];

function allButOne(parts) {
  return parts.map((_, spoilt) => parts.map(([pattern, length], at) => at === spoilt ? `.{0,${length + 1}}` : pattern).join('')).join('|');
}

function pinIdsWithin(text) {
  return text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi) ?? [];
}

function cidsWithin(text, canonicalCid) {
  return text.split(/[^0-9A-Za-z]+/).filter(piece => piece.length > 20 && canonicalCid(piece) !== null);
}

const ANY_PIN = '(any)';

const BLANK = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u;

function protect(canonicalCid) {
  return {
    takes: 'pin IDs, CIDs or names, one a line',
    leftOut: [],
    parse: ({raw: raw, quote: quote}) => eachLine(raw, line => {
      refuseEmpty(line, 'protects less');
      const id = (0, pin_id.e)(line);
      if (id !== null) return {
        kind: 'id',
        id: id,
        text: line
      };
      const cid = canonicalCid(line);
      if (cid !== null) return {
        kind: 'cid',
        cid: cid,
        text: line
      };
      if (line === ANY_PIN) throw new InputProblem({
        what: `is \`${ANY_PIN}\``,
        advice: 'To protect every pin, write `*`.'
      });
      const [meant] = [ ...pinIdsWithin(line), ...cidsWithin(line, canonicalCid) ];
      if (meant === void 0 && !holdsMostOfId(line)) return {
        kind: 'name',
        text: line.replace(/\*+/g, '*')
      };
      throw new InputProblem({
        what: `is ${quote(line)}, which is almost a pin ID or a CID`,
        advice: meant === void 0 ? 'Is a character missing, wrong or extra?' : `Write only ${quote(meant)} on a line, without quotes, dashes or comments.`
      });
    })
  };
}

const keyvalues = {
  takes: 'lines `key=value`, neither of them empty',
  leftOut: [],
  parse: ({raw: raw, quote: quote}) => eachLine(raw, line => {
    refuseEmpty(line, 'matches more');
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/.exec(line)?.map(part => part.trim()) ?? [];
    if (key === '' || value === '') throw new InputProblem({
      what: `is ${quote(line)}`
    });
    return [ key, value ];
  })
};

const names = {
  takes: 'names, one a line, with `*` for any run of characters',
  leftOut: {
    kind: 'not-given'
  },
  parse({raw: raw}) {
    const patterns = eachLine(raw, line => {
      if (/^\*+$/.test(line)) throw new InputProblem({
        what: 'is only `*`',
        advice: `Was the variable before it set? To select every pin, write \`${ANY_PIN}\`.`
      });
      return line;
    }).filter(line => line !== '');
    if (!patterns.includes(ANY_PIN)) return {
      kind: 'patterns',
      patterns: patterns
    };
    if (patterns.length === 1) return {
      kind: 'any-pin'
    };
    throw new InputProblem({
      what: `holds \`${ANY_PIN}\` and other lines`,
      advice: `\`${ANY_PIN}\` selects every pin and must be the only line.`
    });
  }
};

function eachLine(raw, parse) {
  const values = [];
  const problems = [];
  const lines = raw.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);
  for (const [index, line] of lines.entries()) try {
    values.push(parse(line.trim()));
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    problems.push(...error.problems.map(problem => ({
      where: `line ${index + 1}`,
      ...problem
    })));
  }
  if (problems.length === 0) return values;
  const more = problems.length - VALUES_QUOTED;
  throw new InputProblem(...problems.slice(0, VALUES_QUOTED), ...more > 0 ? [ {
    what: `has ${more} more such ${more === 1 ? 'line' : 'lines'}`
  } ] : []);
}

function refuseEmpty(line, consequence) {
  if (BLANK.test(line)) throw new InputProblem({
    what: 'is empty',
    advice: `Was the variable on this line set? Without it, the step ${consequence}. Remove the line if it is not needed.`
  });
}

const CID = /^(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[a-z2-7]{20,})$/;

const QUOTED_WORD_LENGTH = 36;

function pinIds(onWindows) {
  const unset = 'Was the variable or output that it comes from set?';
  return {
    takes: 'pin IDs such as e5c4456d-5e5c-465d-a02a-3a536fc6e718, separated by white space, commas or line ends',
    leftOut: null,
    whyEmpty: onWindows ? `${unset} Windows passes at most 32,766 characters (885 IDs) in one input; a longer one arrives empty.` : unset,
    parse({text: text, quote: quote}) {
      const {known: known, rejected: rejected} = sortWords(text, pin_id.e);
      if (rejected.length === 0) return known;
      const shown = quoteAll(rejected, word => CID.test(word) ? quote(word) : quote(word, QUOTED_WORD_LENGTH));
      throw new InputProblem({
        what: `holds ${shown}`,
        advice: adviseOnPinIds(rejected)
      });
    }
  };
}

function adviseOnPinIds(rejected) {
  if (rejected.some(word => CID.test(word))) return "A CID names content, not a pin. A pin ID is the `id` of the pin's record. " + 'To select by CID, use the input `cid`.';
  if (rejected.some(word => /["'`[\](){}<>]/.test(word) && pinIdsWithin(word).length > 0)) return 'Write the IDs without quotes and brackets.';
  return;
}

function cids(canonicalCid) {
  return {
    takes: 'CIDs, v0 or v1, separated by white space, commas or line ends',
    leftOut: null,
    parse({text: text, quote: quote}) {
      const {known: known, rejected: rejected} = sortWords(text, canonicalCid);
      if (rejected.length === 0) return new Set(known);
      const [meant] = rejected.flatMap(word => cidsWithin(word, canonicalCid));
      const advice = rejected.some(word => pinIdsWithin(word).length > 0) ? 'A UUID is a pin ID. For pin IDs, use the input `pin-id`.' : meant && `Write only the CID: ${quote(meant)}.`;
      throw new InputProblem({
        what: `holds ${quoteAll(rejected, word => quote(word))}`,
        advice: advice
      });
    }
  };
}

function sortWords(text, parse) {
  const known = new Set;
  const rejected = new Set;
  for (const word of text.split(/[\s,]+/).filter(word => word !== '')) {
    const value = parse(word);
    if (value === null) rejected.add(word); else known.add(value);
  }
  if (known.size + rejected.size === 0) throw new InputProblem({
    what: 'holds only separators'
  });
  return {
    known: [ ...known ],
    rejected: [ ...rejected ]
  };
}

function findStrays(env, known, ignoreCase) {
  const misspelt = [];
  const others = [];
  for (const variable of Object.keys(env)) {
    const [, name = ''] = /^INPUT_(.+)$/s.exec(ignoreCase ? variable.toUpperCase() : variable) ?? [];
    const lower = name.toLowerCase();
    if (name === '' || known.includes(lower)) continue;
    const meant = nearest(lower, known);
    if (meant === null) others.push(lower); else misspelt.push({
      name: lower,
      variable: variable,
      meant: meant
    });
  }
  return {
    misspelt: misspelt,
    others: others
  };
}

function nearest(name, known) {
  const letters = text => text.replace(/[^a-z0-9]/g, '').replace(/s$/, '');
  const words = text => `${text.replace(/[^a-z0-9]+/g, '-')}-`;
  const [best] = known.map(meant => ({
    meant: meant,
    distance: distance(letters(name), letters(meant))
  })).filter(({meant: meant, distance: distance}) => distance <= letters(meant).length / 3 && name.length > 2 || words(meant).startsWith(words(name)) || meant.length > 5 && letters(name).startsWith(letters(meant))).sort((a, b) => a.distance - b.distance);
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

function word(takes, parse, adviseOn = () => {}) {
  return {
    takes: takes,
    parse({text: text, quote: quote}) {
      const value = parse(text);
      if (value === null) throw new InputProblem({
        what: `is ${quote(text)}`,
        advice: adviseOn(text)
      });
      return value;
    }
  };
}

function integer(least, most) {
  return word(`a whole number from ${least} to ${most}`, text => parseInteger(text, least, most));
}

function parseInteger(text, least, most) {
  if (!/^\d{1,9}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}

function parseBoolean(text) {
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  return null;
}

const UNIT_MS = {
  m: 6e4,
  h: 36e5,
  d: 864e5,
  w: 6048e5
};

function parseAge(text) {
  const [, number = '', unit = ''] = /^([1-9]\d{0,5})([mhdw])$/.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  return unitMs === void 0 ? null : {
    ms: Number(number) * unitMs,
    text: text
  };
}

function adviseOnAge(text) {
  const [, number = '', unit = ''] = /^(\d+)\s*(m|min(?:ute)?s?|[hH]|h(?:ou)?rs?|[dD]|days?|[wW]|w(?:ee)?ks?)$/.exec(text) ?? [];
  const meant = number + unit.charAt(0).toLowerCase();
  return parseAge(meant) === null ? void 0 : `Write \`${meant}\`.`;
}

const SHORTEST_KEY = 8;

function key(which) {
  return {
    takes: `the ${which} of the key pair, from a secret`,
    whyEmpty: 'Is the secret set for this repository or environment, and is its name spelt correctly? ' + 'Runs for a fork or for Dependabot get no secrets.',
    parse({text: text}) {
      if (!/^[\x20-\x7e]+$/.test(text)) throw new InputProblem({
        what: 'holds a character that is not printable ASCII',
        advice: 'Often this is a line end or an invisible space from copying. Store the secret again.'
      });
      if (text.length < SHORTEST_KEY) throw new InputProblem({
        what: `is shorter than ${SHORTEST_KEY} characters, so it cannot be a whole key`,
        advice: 'Store the secret again.'
      });
      return text;
    }
  };
}

const SELECTORS = [ 'cid', 'name', 'keyvalues' ];

const DEFAULT_MAX_UNPINS = 25;

const LARGEST_NUMBER = 1e6;

function declaredInputs(canonicalCid, onWindows) {
  const olderThan = {
    ...word('an age such as `90m`, `12h`, `30d` or `8w`', parseAge, adviseOnAge),
    leftOut: null
  };
  const groupBy = {
    ...word('`name` or `keyvalues.KEY`', parseGroupBy),
    leftOut: {
      kind: 'all'
    }
  };
  const boolean = word('`true` or `false`', parseBoolean);
  return {
    'pin-id': pinIds(onWindows),
    'pinning-api-key': key('API key'),
    'pinning-secret-key': key('secret key'),
    'api-url': apiUrl,
    'on-missing': word('`warn`, `ignore` or `fail`', parseOnMissing),
    'dry-run': boolean,
    'requests-per-minute': integer(1, 6e3),
    'timeout-seconds': integer(1, 3600),
    cid: cids(canonicalCid),
    name: names,
    keyvalues: keyvalues,
    'older-than': olderThan,
    'keep-latest': integer(0, LARGEST_NUMBER),
    'group-by': groupBy,
    protect: protect(canonicalCid),
    'max-unpins': integer(1, LARGEST_NUMBER),
    verify: boolean
  };
}

function readKeys() {
  const keys = {
    api: getInput('pinning-api-key'),
    secret: getInput('pinning-secret-key')
  };
  for (const key of [ keys.api, keys.secret ]) if (key !== '') core_setSecret(key);
  return keys;
}

function needsSelection() {
  return [ ...SELECTORS, 'protect' ].some(name => isGiven(name));
}

function readInputs(keys, redactor, canonicalCid, platform = process.platform) {
  const onWindows = platform === 'win32';
  const declared = declaredInputs(canonicalCid, onWindows);
  const {values: values, problems: problems} = collect(declared, redactor, [ keys.api, keys.secret ]);
  const strays = findStrays(process.env, Object.keys(declared), onWindows);
  problems.push(...problemsBetween(values), ...[ 'pin-id', 'api-url' ].filter(name => redactor.holdsKey(String(values[name] ?? ''))).map(name => `\`${name}\` holds the value of a key, and keys must not be in a URL. Were inputs mixed up?`), ...strays.misspelt.map(({name: name, variable: variable, meant: meant}) => `\`${redactor.redact(name)}\` is not an input; did you mean \`${meant}\`? ` + `If the workflow does not set it, remove \`${redactor.redact(variable)}\` from the environment.`));
  if (problems.length > 0) throw new lib_errors.fk(problems);
  return inputsFrom(values, warningsAbout(strays.others, redactor));
}

function problemsBetween(values) {
  const keepLatest = values['keep-latest'] ?? 0;
  if (isGiven('pin-id')) {
    const maxUnpins = values['max-unpins'] ?? DEFAULT_MAX_UNPINS;
    const narrowing = [ ...[ 'older-than', 'group-by' ].filter(name => isGiven(name)), ...keepLatest > 0 ? [ 'keep-latest' ] : [], ...maxUnpins === DEFAULT_MAX_UNPINS ? [] : [ 'max-unpins' ] ];
    return [ ...SELECTORS.filter(name => isGiven(name)).map(name => `\`${name}\` selects pins, and \`pin-id\` names them; use one or the other.`), ...narrowing.map(name => `\`${name}\` is for a selection and does not go with \`pin-id\`; remove one of the two.`) ];
  }
  if ([ 'pin-id', ...SELECTORS ].every(name => isLeftOut(name))) return [ '`pin-id` or one of `cid`, `name` and `keyvalues` is needed; none of them is given.' ];
  if (isGiven('group-by') && values['keep-latest'] === 0) return [ '`group-by` needs `keep-latest` of 1 or more: it makes the groups in which `keep-latest` counts.' ];
  return [];
}

function warningsAbout(strays, redactor) {
  if (strays.length === 0) return [];
  const shown = quoteAll(strays, name => `\`${redactor.redact(name)}\``);
  return [ strays.length === 1 ? `${shown} is not an input of this action and has no effect.` : `${shown} are not inputs of this action and have no effect.` ];
}

function inputsFrom(values, warnings) {
  const pinIds = values['pin-id'];
  return {
    target: pinIds === null ? {
      kind: 'selection',
      criteria: criteriaFrom(values),
      maxUnpins: values['max-unpins']
    } : {
      kind: 'ids',
      pinIds: pinIds
    },
    protect: values.protect,
    apiBase: values['api-url'],
    onMissing: values['on-missing'],
    dryRun: values['dry-run'],
    verify: values.verify,
    requestsPerMinute: values['requests-per-minute'],
    timeoutSeconds: values['timeout-seconds'],
    warnings: warnings
  };
}

function criteriaFrom(values) {
  const given = [ ...SELECTORS, 'older-than', 'keep-latest', 'group-by', 'protect' ].filter(name => isGiven(name) && (name !== 'keep-latest' || values['keep-latest'] > 0));
  return {
    cids: values.cid,
    names: values.name,
    keyvalues: values.keyvalues,
    olderThan: values['older-than'],
    keepLatest: values['keep-latest'],
    groupBy: values['group-by'],
    given: given.map(name => [ name, getInput(name) ])
  };
}

function parseOnMissing(text) {
  return text === 'warn' || text === 'ignore' || text === 'fail' ? text : null;
}

function parseGroupBy(text) {
  if (text === 'name') return {
    kind: 'name'
  };
  const [, key] = /^keyvalues\.(.+)$/s.exec(text) ?? [];
  return key === void 0 ? null : {
    kind: 'keyvalue',
    key: key.trim()
  };
}

function planByIds(pinIds) {
  const pins = pinIds.map(pinId => ({
    kind: 'chosen',
    pinId: pinId,
    reason: '',
    record: null
  }));
  return {
    pins: pins,
    problem: null,
    warnings: [],
    groups: []
  };
}

const packed = (code, length) => code < 0 ? 0 : code << 4 | length;

const codeIn = replaced => replaced >> 4;

const lengthIn = replaced => replaced & 15;

const JSON_ESCAPE = {
  mark: 92,
  any: /\\(?:["'/\\bfnrt]|u[0-9a-f]{4}|x[0-9a-f]{2})/,
  at(text, start) {
    const next = text.charCodeAt(start + 1);
    if (next === 117) return packed(hexAt(text, start + 2, 4), 6);
    if (next === 120) return packed(hexAt(text, start + 2, 2), 4);
    return packed(SINGLE[next] ?? -1, 2);
  },
  tail: /^(?:u?[0-9a-f]{1,4}|x[0-9a-f]{2}|["'/\\bfnrt])$/
};

const ESCAPES = [ JSON_ESCAPE, {
  mark: 37,
  any: /%[0-9a-f]{2}/,
  at: (text, start) => packed(hexAt(text, start + 1, 2), 3),
  tail: /^[0-9a-f]{1,2}$/
}, {
  mark: 38,
  any: /&(?:#[0-9]{1,8}|#x[0-9a-f]{1,8}|amp|lt|gt|quot|apos);/,
  at: referenceAt,
  tail: /^#?x?[0-9a-z]{0,8};$/
} ];

const SINGLE = new Int8Array(256).fill(-1);

for (const character of `"'/\\`) SINGLE[character.charCodeAt(0)] = character.charCodeAt(0);

for (const character of 'bfnrt') SINGLE[character.charCodeAt(0)] = 0;

const NAMED = [ [ 'amp;', '&' ], [ 'lt;', '<' ], [ 'gt;', '>' ], [ 'quot;', '"' ], [ 'apos;', "'" ] ];

function referenceAt(text, start) {
  const next = text.charCodeAt(start + 1);
  if (next === 35) return numericAt(text, start);
  if (next !== 97 && next !== 103 && next !== 108 && next !== 113) return 0;
  const found = NAMED.find(([name]) => text.startsWith(name, start + 1));
  return found === void 0 ? 0 : packed(found[1].charCodeAt(0), found[0].length + 1);
}

function numericAt(text, start) {
  const hex = text.charCodeAt(start + 2) === 120;
  const from = start + (hex ? 3 : 2);
  let value = 0;
  for (let at = from; at <= from + LONGEST_NUMBER; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 59) return value <= 1114111 && at > from ? packed(value, at + 1 - start) : 0;
    const digit = digitOf(code);
    if (digit === -1 || digit > 9 && !hex) return 0;
    value = value * (hex ? 16 : 10) + digit;
  }
  return 0;
}

const LONGEST_NUMBER = 8;

function hexAt(text, start, digits) {
  let value = 0;
  for (let at = start; at < start + digits; at += 1) {
    const digit = digitOf(text.charCodeAt(at));
    if (digit === -1) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function digitOf(code) {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}

const OTHER = 183;

const HIDDEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2028\u2029]/u;

const NOT_PLAIN = /[^\u0020-\u007e]/;

const known = new Uint8Array(1114112);

function isHidden(code) {
  const is = known[code];
  if (is !== 0) return is === 2;
  const hidden = HIDDEN.test(String.fromCodePoint(code));
  known[code] = hidden ? 2 : 1;
  return hidden;
}

function reading_read(text) {
  const source = {
    text: text,
    source: null
  };
  return NOT_PLAIN.test(text) ? reread(source, null) : {
    text: text.toLowerCase(),
    source: null
  };
}

function resolve(reading, escape) {
  return escape.any.test(reading.text) ? reread(reading, escape) : reading;
}

const SEPARATORS = [ 32, 58 ].map(mark => ({
  mark: mark,
  at: () => 1
}));

function withoutSeparators(reading) {
  return SEPARATORS.reduce(reread, reading);
}

function reread(of, escape) {
  const bytes = Buffer.allocUnsafe(of.text.length);
  const length = decode(of.text, escape, bytes, null);
  return {
    text: bytes.toString('latin1', 0, length).toLowerCase(),
    source: {
      of: of,
      escape: escape
    }
  };
}

function decode(text, escape, bytes, places) {
  const mark = escape?.mark ?? -1;
  let length = 0;
  for (let at = 0; at < text.length; ) {
    const start = at;
    let code = text.charCodeAt(at);
    at += 1;
    const replaced = code === mark && escape !== null ? escape.at(text, start) : 0;
    if (replaced !== 0) {
      code = codeIn(replaced);
      at = start + lengthIn(replaced);
    } else if (code >= 55296) {
      code = text.codePointAt(start) ?? 0;
      if (code > 65535) at += 1;
    }
    if (code < 32 || code > 126) {
      if (isHidden(code)) continue;
      code = OTHER;
    }
    bytes[length] = code;
    if (places !== null) {
      places.starts[length] = start;
      places.ends[length] = at;
    }
    length += 1;
  }
  return length;
}

const placesOf = new WeakMap;

function placesIn(reading, {of: of, escape: escape}) {
  let places = placesOf.get(reading);
  if (places === void 0) {
    const {length: length} = of.text;
    places = {
      starts: new Uint32Array(length),
      ends: new Uint32Array(length)
    };
    decode(of.text, escape, new Uint8Array(length), places);
    placesOf.set(reading, places);
  }
  return places;
}

function inSource(reading, [start, end], before = 0) {
  if (reading.source === null) return [ start, end ];
  const {starts: starts, ends: ends} = placesIn(reading, reading.source);
  return inSource(reading.source.of, [ (starts[start] ?? 0) - before, ends[end - 1] ?? 0 ]);
}

function standsBefore(reading, at, text) {
  if (reading.source === null) return false;
  return reading.source.of.text.endsWith(text, placesIn(reading, reading.source).starts[at]);
}

const REMOVED = '***';

const SHORTEST = 8;

const SHORTEST_RESOLVED = 4;

const LONGEST_CUT = 64 * 1024;

function createRedactor(secrets) {
  const long = secrets.filter(secret => secret.length >= SHORTEST);
  const keys = unique(long.flatMap(secret => [ secret, secret.replaceAll(' ', '+') ]));
  const encoded = unique(long.flatMap(base64Cores));
  const hexes = long.map(secret => needle(Buffer.from(secret).toString('hex')));
  const plain = [ ...keys, ...encoded ].map(text => needle(text));
  const prepare = escape => ({
    once: [ ...plain, ...keys.flatMap(key => withoutStart(key, escape)) ],
    twice: unique(keys.flatMap(key => [ key, resolve(resolve(reading_read(key), escape), escape).text ]), SHORTEST_RESOLVED).map(key => needle(key))
  });
  const prepared = new Map;
  function* find(reading) {
    if (reading.text.length < SHORTEST || keys.length === 0) return;
    for (const each of plain) yield* search(reading, each);
    const joined = reading.text.replace(/[ :]+/g, '');
    if (hexes.some(({text: hex}) => joined.includes(hex))) {
      const together = withoutSeparators(reading);
      for (const each of hexes) yield* search(together, each);
    }
    for (const escape of ESCAPES) {
      const resolved = resolve(reading, escape);
      if (resolved === reading) continue;
      const {once: once, twice: twice} = prepared.get(escape) ?? prepare(escape);
      prepared.set(escape, {
        once: once,
        twice: twice
      });
      for (const each of once) yield* search(resolved, each);
      const again = resolve(resolved, escape);
      for (const each of twice) yield* search(again, each);
    }
  }
  const isIn = reading => find(reading).next().done === false;
  const starred = keys.some(key => key.includes('*'));
  const holdsKey = text => isIn(reading_read(text));
  const jsonHoldsKey = json => {
    const asItIs = reading_read(json);
    const texts = resolve(asItIs, JSON_ESCAPE);
    return isIn(asItIs) || texts !== asItIs && isIn(texts);
  };
  const redact = text => {
    if (text.length > LONGEST_CUT) return holdsKey(text) ? REMOVED : text;
    const ranges = [ ...find(reading_read(text)) ];
    if (ranges.length === 0) return text;
    const left = replaceRanges(text, ranges);
    return starred && holdsKey(left) ? REMOVED : left;
  };
  return {
    redact: redact,
    holdsKey: holdsKey,
    jsonHoldsKey: jsonHoldsKey
  };
}

function needle(text, before = '') {
  let period = 1;
  while (!text.endsWith(text.slice(0, -period))) period += 1;
  return {
    text: text,
    period: text.slice(-period),
    before: before
  };
}

function withoutStart(key, {tail: tail}) {
  return [ 1, 2, 3, 4, 5, 6, 7, 8 ].filter(length => length < key.length && tail.test(key.slice(0, length))).map(length => needle(key.slice(length), key.slice(0, length)));
}

function* search(reading, {text: text, period: period, before: before}) {
  let at = reading.text.indexOf(text);
  while (at !== -1) {
    let end = at + text.length;
    while (reading.text.startsWith(period, end)) end += period.length;
    if (before === '' || standsBefore(reading, at, before)) yield inSource(reading, [ at, end ], before.length);
    at = reading.text.indexOf(text, end - text.length + 1);
  }
}

function replaceRanges(text, ranges) {
  const taken = new Uint8Array(text.length);
  for (const [start, end] of ranges) taken.fill(1, start, end);
  let cleaned = '';
  let from = 0;
  for (let start = taken.indexOf(1); start !== -1; start = taken.indexOf(1, from)) {
    cleaned += text.slice(from, start) + REMOVED;
    from = taken.indexOf(0, start);
    if (from === -1) return cleaned;
  }
  return cleaned + text.slice(from);
}

const unique = (texts, shortest = SHORTEST) => [ ...new Set(texts.map(text => reading_read(text).text)) ].filter(text => text.length >= shortest);

function base64Cores(secret) {
  return [ 0, 1, 2 ].flatMap(offset => {
    const bytes = Buffer.concat([ Buffer.alloc(offset), Buffer.from(secret) ]);
    const encoded = bytes.toString('base64').replace(/=+$/, '');
    const core = encoded.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? void 0 : -1);
    return [ core, core.replaceAll('+', '-').replaceAll('/', '_') ];
  });
}

const DEEPEST = 64;

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

const TOO_LONG = {
  [REMOVED]: 'This contained a key, and was too long to remove only the key.'
};

function createCleaner({redact: redact, holdsKey: holdsKey, jsonHoldsKey: jsonHoldsKey}) {
  const change = (text, ...changes) => changes.reduce((before, apply) => {
    const after = apply(before);
    return after === before ? before : redact(after);
  }, redact(text.toWellFormed()));
  const cleanText = text => {
    const cleaned = redact(text);
    const written = JSON.stringify(cleaned);
    return written.length > cleaned.length + 2 && holdsKey(written) ? REMOVED : cleaned;
  };
  return {
    redact: redact,
    line: (text, longest) => cut(change(text, read => breakCommands(fold(read))), longest),
    output: text => change(text, read => read.replace(CONTROLS, '')),
    cell: (text, longest) => {
      const shown = escapeMarkup(cut(change(text, fold), longest));
      return redact(shown).replaceAll('*', '&#42;');
    },
    json(value) {
      const text = stringify(value);
      if (text !== null && !jsonHoldsKey(text)) return text;
      const long = text !== null && text.length > LONGEST_CUT;
      return JSON.stringify(long ? TOO_LONG : cleanJson(value, cleanText, 0));
    }
  };
}

const BEYOND_PLAIN = /[^\u0020-\u007e]/;

function fold(text) {
  if (!BEYOND_PLAIN.test(text)) return text.trim();
  return text.replace(CONTROLS, ' ').replace(INVISIBLE, '').trim();
}

function breakCommands(text) {
  return text.replace(/:(?=:)/g, ': ').replace(/#(?=#\[)/g, '# ');
}

function escapeMarkup(text) {
  return text.replace(/[!-/:-@[-`{-~]/g, mark => ',-.'.includes(mark) ? mark : `&#${mark.charCodeAt(0)};`).replace(/(?<=www)\./gi, '&#46;<wbr>').replace(/&#(?:35|36|58|64);(?=\S)/g, '$&<wbr>');
}

function cut(text, longest) {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function stringify(value) {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
}

function cleanJson(value, redact, depth) {
  if (typeof value === 'string') return redact(value);
  if (typeof value === 'number') return cleanNumber(value, redact);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '(nested too deeply to be shown)';
  if (Array.isArray(value)) return value.map(element => cleanJson(element, redact, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [ redact(name), cleanJson(field, redact, depth + 1) ]));
}

function cleanNumber(value, redact) {
  const text = String(value);
  const cleaned = redact(text);
  return cleaned === text ? value : cleaned;
}

const external_node_fs_namespaceObject = process.getBuiltinModule("node:fs");

const external_node_os_namespaceObject = process.getBuiltinModule("node:os");

const MOST_SHOWN = 10;

const LONGEST_ANNOTATION = 4096;

function fitAnnotations(messages, noun) {
  if (messages.length <= MOST_SHOWN) return [ ...messages ];
  const shown = messages.slice(0, MOST_SHOWN - 1);
  const more = messages.length - shown.length;
  return [ ...shown, `… and ${more} more ${noun}. The file that the output \`results-file\` names has all pins.` ];
}

const RESULT_WORDS = {
  failed: 'failed',
  unconfirmed: 'unconfirmed',
  'not-attempted': 'not attempted',
  missing: 'missing',
  unpinned: 'unpinned',
  'would-unpin': 'would be unpinned',
  protected: 'protected',
  kept: 'kept'
};

const PLAIN = [ 'unpinned', 'would-unpin', 'protected', 'kept' ];

function pinLine(pin, withMessage) {
  const facts = [ pin.result, pin.cid, pin.size === null ? null : (0, format.Xq)(pin.size), pin.name === null ? null : `"${pin.name}"`, ...pin.attempts === 0 ? [] : [ (0, 
  format.U9)(pin.attempts, 'attempt'), (0, format.a3)(pin.durationMs) ], pin.reason === '' ? null : pin.reason ];
  const line = `${pin.pinId}: ${facts.filter(fact => fact !== null).join(', ')}`;
  return withMessage && !PLAIN.includes(pin.result) ? `${line}. ${pin.message}` : line;
}

function countsOf({counts: counts, bytes: bytes, unknownSizes: unknownSizes}) {
  return pin_outcome.Pr.filter(result => counts[result] > 0).map(result => {
    const told = `${counts[result]} ${RESULT_WORDS[result]}`;
    if (result !== 'unpinned' && result !== 'would-unpin') return told;
    const unknown = unknownSizes[result] > 0 ? `, ${unknownSizes[result]} of unknown size` : '';
    return `${told} (${(0, format.Xq)(bytes[result])}${unknown})`;
  });
}

function totalsOf(tally) {
  const counts = countsOf(tally);
  return `${(0, format.U9)(tally.pins, 'pin')}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`;
}

function closingLine(tally, succeeded, durationMs, dryRun) {
  const step = succeeded ? 'the step succeeds' : 'the step fails';
  const nothing = dryRun ? ' Nothing was unpinned.' : '';
  return `${dryRun ? 'Dry run: ' : ''}${totalsOf(tally)}; ${step}, in ${(0, format.a3)(durationMs)}.${nothing}`;
}

function progressLine(done, pins, elapsedMs, requestsPerMinute) {
  const rate = done / (elapsedMs / 1e3);
  const limitMs = Math.floor((pins - 1) / requestsPerMinute) * 6e4 - elapsedMs;
  const leftMs = Math.max((pins - done) / rate * 1e3, limitMs);
  const left = done === 0 ? '' : `, about ${(0, format.a3)(leftMs)} left`;
  return `${done} of ${(0, format.U9)(pins, 'pin')} done, ${rate.toFixed(1)} a second${left}`;
}

function retryLine(what, {attempt: attempt, why: why, waitMs: waitMs, holdsAll: holdsAll}) {
  const next = holdsAll ? 'every request waits' : 'trying again in';
  return `${what}: attempt ${attempt}: ${next} ${(0, format.a3)(waitMs)}, because of ${why}`;
}

function tallyUp(pins, fails) {
  const counts = forEachResult(0);
  const bytes = forEachResult(0n);
  const unknownSizes = forEachResult(0);
  let failing = 0;
  for (const pin of pins) {
    counts[pin.result] += 1;
    if (pin.size === null) unknownSizes[pin.result] += 1; else bytes[pin.result] += BigInt(pin.size);
    if (fails(pin)) failing += 1;
  }
  return {
    pins: pins.length,
    counts: counts,
    failing: failing,
    bytes: bytes,
    unknownSizes: unknownSizes
  };
}

function isChosen({result: result}) {
  return result !== 'protected' && result !== 'kept';
}

function forEachResult(value) {
  return Object.fromEntries(pin_outcome.Pr.map(result => [ result, value ]));
}

const LARGEST_OUTPUT = 120 * 1024;

const NO_OUTPUTS = {
  cid: '',
  size: '',
  status: '',
  name: '',
  result: '',
  'unpinned-count': '0',
  'missing-count': '0',
  'failed-count': '0',
  'total-size': '',
  'matched-count': '0',
  'protected-count': '0',
  'kept-count': '0',
  'pin-ids': '',
  results: '[]',
  'results-file': ''
};

class Texts {
  #texts=[];
  #bytes=-1;
  set(index, text) {
    if (this.#texts === null) return;
    const value = text();
    if (value === null) {
      this.#texts = null;
      return;
    }
    this.#texts[index] = value;
    this.#bytes += Buffer.byteLength(value) + 1;
    if (this.#bytes + 2 > LARGEST_OUTPUT) this.#texts = null;
  }
  join(separator) {
    return this.#texts?.filter(() => true).join(separator) ?? null;
  }
}

const COLUMNS = [ 'cid', 'size', 'status', 'name', 'result' ];

class OutputTexts {
  #columns=new Map([ ...COLUMNS, 'pin-ids' ].map(name => [ name, new Texts ]));
  #bare=new Texts;
  #whole=new Texts;
  add(index, entry, bare, whole, clean) {
    for (const name of COLUMNS) this.#columns.get(name)?.set(index, () => clean(String(entry[name] ?? '')));
    if (isChosen(entry)) this.#columns.get('pin-ids')?.set(index, () => entry.pinId);
    this.#bare.set(index, () => bare);
    this.#whole.set(index, whole);
  }
  compose({pins: pins, counts: counts, failing: failing, bytes: bytes}, resultsFile) {
    const results = this.#whole.join(',') ?? this.#bare.join(',');
    const columns = [ ...this.#columns ].map(([name, texts]) => [ name, texts.join('\n') ]);
    const tooLarge = columns.flatMap(([name, text]) => text === null ? [ name ] : []);
    if (results === null) tooLarge.push('results');
    const outputs = {
      ...NO_OUTPUTS,
      ...Object.fromEntries(columns.map(([name, text]) => [ name, text ?? '' ])),
      'unpinned-count': String(counts.unpinned),
      'missing-count': String(counts.missing),
      'failed-count': String(failing),
      'total-size': String(bytes.unpinned),
      'matched-count': String(pins),
      'protected-count': String(counts.protected),
      'kept-count': String(counts.kept),
      results: `[${results ?? ''}]`,
      'results-file': resultsFile
    };
    return {
      outputs: outputs,
      tooLarge: tooLarge
    };
  }
}

function setOutputs(outputs) {
  const file = process.env['GITHUB_OUTPUT'] ?? '';
  for (const [name, text] of Object.entries(outputs)) if (file === '') setOutput(name, text); else appendWhole(file, () => setOutput(name, text));
}

function appendWhole(file, append) {
  const before = regularFileSize(file);
  try {
    append();
  } catch (cause) {
    (0, external_node_fs_namespaceObject.truncateSync)(file, before);
    throw cause;
  }
}

function regularFileSize(file) {
  const stats = (0, external_node_fs_namespaceObject.statSync)(file);
  if (!stats.isFile()) throw new Error(`${file} is not a regular file`);
  return stats.size;
}

const external_node_crypto_namespaceObject = process.getBuiltinModule("node:crypto");

const external_node_path_namespaceObject = process.getBuiltinModule("node:path");

class StoredRecord {
  facts;
  tail;
  constructor(facts, tail) {
    this.facts = facts;
    this.tail = tail;
  }
}

function cleanRecord(record, {json: json, redact: redact}) {
  const {cid: cid = null, size: size = null, status: status = null, name: name = null, raw: raw = null} = record ?? {};
  const clean = text => text === null ? null : redact(text);
  const digits = String(size);
  return {
    facts: {
      cid: clean(cid),
      size: redact(digits) === digits ? size : null,
      status: clean(status),
      name: clean(name)
    },
    tail: `,"record":${json(raw)}}`
  };
}

function entryOf({pinId: pinId, result: result, reason: reason, attempts: attempts, httpStatus: httpStatus, durationMs: durationMs, message: message}, {cid: cid, size: size, status: status, name: name}, {redact: redact}) {
  return {
    pinId: pinId,
    result: result,
    reason: redact(reason),
    cid: cid,
    size: size,
    status: status,
    name: name,
    attempts: attempts,
    httpStatus: httpStatus,
    durationMs: durationMs,
    message: redact(message)
  };
}

const BATCH = 1024 * 1024;

class ResultsFile {
  #path;
  #partsPath;
  #parts;
  #elements=[];
  #batch=[];
  #batchLength=0;
  #written=0;
  constructor(folder) {
    const name = (0, external_node_path_namespaceObject.join)(folder, `aioz-ipfs-unpin-results-${(0, external_node_crypto_namespaceObject.randomUUID)()}`);
    this.#path = `${name}.json`;
    this.#partsPath = `${name}.records`;
    (0, external_node_fs_namespaceObject.writeFileSync)(this.#path, '[]', {
      flag: 'wx',
      mode: 384
    });
    this.#parts = (0, external_node_fs_namespaceObject.openSync)(this.#partsPath, 'ax+', 384);
  }
  add(text) {
    const bytes = Buffer.from(text);
    const place = {
      offset: this.#written + this.#batchLength,
      length: bytes.length
    };
    this.#batch.push(bytes);
    this.#batchLength += bytes.length;
    if (this.#batchLength >= BATCH) this.#flush();
    return place;
  }
  read({offset: offset, length: length}) {
    if (offset + length > this.#written) this.#flush();
    const bytes = Buffer.allocUnsafe(length);
    readAll(this.#parts, bytes, offset);
    return bytes.toString();
  }
  keep(index, head, tail) {
    this.#elements[index] = typeof tail === 'string' ? [ this.add(head + tail) ] : [ this.add(head), tail ];
  }
  write() {
    this.#flush();
    if ((0, external_node_fs_namespaceObject.statSync)(this.#path, {
      throwIfNoEntry: false
    })?.isFile() === false) throw new Error(`${this.#path} is not a regular file`);
    const file = (0, external_node_fs_namespaceObject.openSync)(this.#path, 'w', 384);
    try {
      let parts = [];
      let length = 0;
      const write = (part, batch) => {
        parts.push(part);
        length += part.length;
        if (length < batch) return;
        writeAll(file, Buffer.concat(parts, length));
        parts = [];
        length = 0;
      };
      let before = '[';
      for (const places of this.#elements.filter(() => true)) {
        write(Buffer.from(before), BATCH);
        for (const {offset: offset, length: length} of places) {
          const part = Buffer.allocUnsafe(length);
          readAll(this.#parts, part, offset);
          write(part, BATCH);
        }
        before = ',';
      }
      write(Buffer.from(before === '[' ? '[]' : ']'), 0);
    } finally {
      (0, external_node_fs_namespaceObject.closeSync)(file);
    }
    return this.#path;
  }
  close() {
    (0, external_node_fs_namespaceObject.closeSync)(this.#parts);
    (0, external_node_fs_namespaceObject.rmSync)(this.#partsPath, {
      force: true,
      recursive: true,
      maxRetries: 5,
      retryDelay: 20
    });
  }
  discard() {
    (0, external_node_fs_namespaceObject.rmSync)(this.#path, {
      force: true
    });
  }
  #flush() {
    const bytes = Buffer.concat(this.#batch, this.#batchLength);
    this.#batch = [];
    this.#batchLength = 0;
    this.#written += bytes.length;
    writeAll(this.#parts, bytes);
  }
}

function writeAll(file, bytes) {
  for (let written = 0; written < bytes.length; ) written += (0, external_node_fs_namespaceObject.writeSync)(file, bytes, written);
}

function readAll(file, bytes, offset) {
  for (let read = 0; read < bytes.length; ) {
    const got = (0, external_node_fs_namespaceObject.readSync)(file, bytes, read, bytes.length - read, offset + read);
    if (got === 0) throw new Error('A part of the results is gone from the disk');
    read += got;
  }
}

const LARGEST_SUMMARY = 256 * 1024;

const FOLDED_FROM = 20;

const MOST_IDS = 200;

const MOST_MESSAGES = 5;

const LONGEST_MESSAGE = 150;

const LONGEST_NAME = 80;

const LONGEST_WORD = 17;

const LONGEST_CODE = 46;

const MOST_GROUPS = 200;

function summaryOf(facts, cell) {
  const {pins: pins, problem: problem, stopped: stopped, criteria: criteria} = facts;
  const blocks = [ `## AIOZ IPFS Unpin: ${title(facts)}` ];
  for (const sentence of [ problem, stopped ]) if (sentence !== null) blocks.push(`<b>${show(cell, sentence, 1e3)}</b>`);
  blocks.push(...advice(facts, cell));
  if (criteria !== null) {
    const selectors = criteria.map(([input, value]) => `<code>${input}</code> ${show(cell, value, 500)}`);
    blocks.push(`Selected by ${selectors.join(', ')}.`);
  }
  blocks.push(...groupTable(facts, cell));
  const ending = closing(facts, cell);
  let room = LARGEST_SUMMARY - Buffer.byteLength([ ...blocks, ending ].join('\n\n'));
  let shown = 0;
  for (const {pins: pins, heading: heading} of sectionsOf(facts)) {
    const rows = [];
    for (const pin of pins) {
      const cells = row(pin, facts, cell);
      room -= Buffer.byteLength(cells.join(CELL_TAGS));
      if (room < 0) break;
      rows.push(cells);
    }
    shown += rows.length;
    if (rows.length > 0) blocks.push(summary_fold(table(columnsFor(rows.some(cells => cells.at(-1) !== '')), rows), heading));
  }
  const more = pins.length - shown;
  if (more > 0) blocks.push(`${(0, format.U9)(more, 'more pin')} did not fit here. The file that the output \`results-file\` names has all.`);
  return `${[ ...blocks, ending ].join('\n\n')}\n`;
}

function refusalSummary(problems, cell) {
  const lines = problems.map(problem => `- ${show(cell, problem, 2e3)}`);
  return [ '## AIOZ IPFS Unpin: nothing was unpinned', '', 'How to fix:', '', ...lines, '' ].join('\n');
}

function title({pins: pins, tally: tally, fails: fails, dryRun: dryRun, problem: problem, stopped: stopped}) {
  if (problem !== null) return 'nothing was unpinned';
  const start = stopped === null ? dryRun ? 'dry run, ' : '' : 'stopped, ';
  if (tally.failing > 0 && stopped === null) {
    const others = countsOf(tallyUp(pins.filter(pin => !fails(pin)), fails));
    const failed = tally.failing === pins.length ? 'failed' : `of ${(0, format.U9)(pins.length, 'pin')} failed`;
    const number = tally.failing === pins.length ? (0, format.U9)(pins.length, 'pin') : tally.failing;
    return start + [ `${number} ${failed}`, ...others ].join(', ');
  }
  const [first = '0 pins', ...others] = countsOf(tally);
  return start + [ first.replace(/^\d+(?! pin)/, number => (0, format.U9)(Number(number), 'pin')), ...others ].join(', ');
}

function advice({pins: pins, fails: fails}, cell) {
  const failing = pins.filter(fails);
  if (failing.length === 0) return [];
  const untried = failing.filter(({result: result}) => result === 'not-attempted');
  const messages = new Map;
  for (const {result: result, message: message} of failing) if (result !== 'not-attempted') messages.set(message, (messages.get(message) ?? 0) + 1);
  const told = [ ...messages ].slice(0, MOST_MESSAGES);
  if (messages.size > MOST_MESSAGES) told.push([ `${messages.size - MOST_MESSAGES} other messages are in the table.`, 0 ]);
  if (untried[0] !== void 0) told.push([ untried[0].message, untried.length ]);
  const blocks = [ told.map(([message, number]) => `- ${number > 1 ? `${(0, format.U9)(number, 'pin')}: ` : ''}${show(cell, wholeSentences(message, 600), 600)}`).join('\n') ];
  if (failing.length > MOST_IDS) return [ ...blocks, 'To try again, run the step again as it is.' ];
  const ids = [ '```yaml', 'pin-id: |', ...failing.map(({pinId: pinId}) => `  ${pinId}`), '```' ].join('\n');
  const heading = 'To try only the failed pins again:';
  return [ ...blocks, failing.length < FOLDED_FROM ? `${heading}\n\n${ids}` : summary_fold(ids, heading) ];
}

function closing({tally: tally, apiBase: apiBase, durationMs: durationMs, dryRun: dryRun, problem: problem}, cell) {
  const where = `<sub>At <code>${cell(apiBase, 300)}</code>, in ${(0, format.a3)(durationMs)}.</sub>`;
  if (problem !== null) return `Nothing was unpinned, so nothing has to be undone.\n\n${where}`;
  if (dryRun) return `Nothing was unpinned. To unpin, run the step again with \`dry-run: false\`.\n\n${where}`;
  const confirmed = tally.counts.unpinned > 0 ? 'The service confirmed each unpin. ' : '';
  return `${confirmed}It is safe to run the step again: a pin that is already gone is reported as \`missing\`.\n\n${where}`;
}

function groupTable({groups: groups, dryRun: dryRun}, cell) {
  if (groups.length === 0) return [];
  const rows = groups.slice(0, MOST_GROUPS).map(({value: value, matched: matched, chosen: chosen}) => [ show(cell, value, LONGEST_NAME), String(matched), String(chosen) ]);
  const chosen = dryRun ? 'Would be unpinned' : 'Chosen';
  const columns = [ [ 'Group', '' ], [ 'Pins', NUMBER ], [ chosen, NUMBER ] ];
  const text = table(columns, rows);
  const more = groups.length - rows.length;
  const blocks = [ summary_fold(text, groups.length < FOLDED_FROM ? null : `Groups: ${groups.length}`) ];
  return more > 0 ? [ ...blocks, `${(0, format.U9)(more, 'more group')} did not fit here.` ] : blocks;
}

function sectionsOf({pins: pins, fails: fails, dryRun: dryRun}) {
  const ordered = (some, results) => results.flatMap(result => some.filter(pin => pin.result === result));
  const others = pins.filter(pin => !fails(pin));
  const well = ordered(others, [ 'unpinned', 'would-unpin' ]);
  const stay = ordered(others, [ 'protected', 'kept' ]);
  const first = [ ...ordered(pins.filter(fails), pin_outcome.Pr), ...ordered(others, [ 'failed', 'unconfirmed', 'not-attempted', 'missing' ]) ];
  const stays = {
    pins: stay,
    heading: `Pins that stay: ${stay.length}`
  };
  if (well.length < FOLDED_FROM) return [ {
    pins: [ ...first, ...well ],
    heading: null
  }, stays ];
  const heading = `${dryRun ? 'Pins that would be unpinned' : 'Pins unpinned'}: ${well.length}`;
  return [ {
    pins: first,
    heading: null
  }, {
    pins: well,
    heading: heading
  }, stays ];
}

const CELL_TAGS = '</td><td align="right" nowrap>';

const NUMBER = ' align="right" nowrap';

const columnsFor = hasMessage => [ [ 'Result', ' nowrap' ], [ 'Pin', hasMessage ? ' width="320"' : '' ], [ 'Size', NUMBER ], [ 'Age', NUMBER ], [ 'What happened', ' width="240"' ] ];

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

function row(pin, {fails: fails, now: now}, cell) {
  const {result: result, name: name, cid: cid, size: size, pinnedMs: pinnedMs} = pin;
  const word = `${MARKS[result]} ${result}`;
  return [ fails(pin) ? `<b>${word}</b>` : word, [ name === null ? '' : `<b>${show(cell, name, LONGEST_NAME)}</b><br>`, `<sub><code>${pin.pinId}</code>`, cid === null ? '' : `<br><code>${show(cell, cid, LONGEST_NAME, LONGEST_CODE)}</code>`, '</sub>' ].join(''), size === null ? '' : (0, 
  format.Xq)(size), pinnedMs === null ? '' : (0, format.nV)(now - pinnedMs), show(cell, whatHappened(pin), LONGEST_MESSAGE) ];
}

function whatHappened(pin) {
  const {result: result, reason: reason, message: message, attempts: attempts, durationMs: durationMs} = pin;
  const tries = attempts > 1 ? `(${(0, format.U9)(attempts, 'attempt')}, ${(0, format.a3)(durationMs)})` : '';
  if (!isChosen(pin)) return reason;
  const text = [ 'unpinned', 'would-unpin', 'not-attempted' ].includes(result) ? '' : message;
  return [ wholeSentences(text, LONGEST_MESSAGE - tries.length - 1), tries ].filter(text => text !== '').join(' ');
}

function wholeSentences(text, longest) {
  if (text.length <= longest) return text;
  return /^[^]*[.?!](?=\s)/.exec(text.slice(0, longest + 1))?.[0] ?? text;
}

function show(cell, text, longest, word = LONGEST_WORD) {
  if (text === '') return '';
  const shown = cell(text, longest).replace(/&#96;([\w-]+)&#96;/g, '<code>$1</code>');
  if (text.length <= word) return shown;
  return shown.replace(new RegExp(`(?:&#?\\w+;|[^\\s&<]){${word}}(?=[^\\s<])`, 'gu'), '$&<wbr>');
}

function table(columns, rows) {
  const used = columns.map((_, index) => rows.some(cells => cells[index] !== ''));
  const line = (tag, cells) => {
    const shown = cells.map((cell, index) => used[index] ? `<${tag}${columns[index]?.[1]}>${cell}</${tag}>` : '');
    return `<tr>${shown.join('')}</tr>`;
  };
  const header = line('th', columns.map(([heading]) => heading));
  return [ '<table>', header, ...rows.map(cells => line('td', cells)), '</table>' ].join('\n');
}

function summary_fold(block, heading) {
  return heading === null ? block : `<details><summary>${heading}</summary>\n\n${block}\n\n</details>`;
}

const LONGEST_LINE = 1e3;

const LONGEST_TEXT = 1e3;

const LINES_AT_ONCE = 500;

const PROGRESS_EVERY_MS = 5e3;

class Reporter {
  #clock;
  #cleaner;
  #startedAt;
  #pins=[];
  #texts=new OutputTexts;
  #clean;
  #run={
    apiBase: '',
    dryRun: false,
    onMissing: 'warn',
    requestsPerMinute: 1,
    criteria: null
  };
  #file=null;
  #lost=null;
  #ended=0;
  #listShownAt;
  #stopProgress=() => {};
  constructor(clock, cleaner) {
    this.#clock = clock;
    this.#cleaner = cleaner;
    this.#clean = {
      json: cleaner.json,
      redact: rememberSome(cleaner.redact)
    };
    this.#startedAt = this.#listShownAt = clock.now();
  }
  refuse(problems) {
    this.#tidyUp(file => file.close());
    this.#tidyUp(file => file.discard());
    this.#tryOutputs(NO_OUTPUTS);
    const lines = problems.map(problem => this.#cleaner.line(problem, LONGEST_ANNOTATION));
    error(lines.join('\n').slice(0, LONGEST_ANNOTATION));
    this.#trySummary(refusalSummary(problems, this.#cleaner.cell));
  }
  begin(run) {
    this.#run = run;
    const outputFile = process.env['GITHUB_OUTPUT'] ?? '';
    const folder = process.env['RUNNER_TEMP'] ?? '';
    try {
      if (outputFile !== '') {
        regularFileSize(outputFile);
        (0, external_node_fs_namespaceObject.accessSync)(outputFile, external_node_fs_namespaceObject.constants.W_OK);
      }
      this.#file = new ResultsFile(folder === '' ? (0, external_node_os_namespaceObject.tmpdir)() : folder);
    } catch (cause) {
      throw cannotWrite(cause);
    }
  }
  storeRecord(record) {
    const {facts: facts, tail: tail} = cleanRecord(record, this.#clean);
    try {
      const raw = this.#file === null ? record.raw : new StoredRecord(facts, this.#file.add(tail));
      return {
        record: {
          ...record,
          raw: raw
        },
        bytes: tail.length
      };
    } catch (cause) {
      throw cannotWrite(cause);
    }
  }
  line(text) {
    info(this.#cleaner.line(text, LONGEST_LINE));
  }
  warn(text) {
    warning(this.#cleaner.line(text, LONGEST_ANNOTATION));
  }
  listProgress(rows, ofRows) {
    if (this.#clock.now() - this.#listShownAt < PROGRESS_EVERY_MS) return;
    this.#listShownAt = this.#clock.now();
    this.line(`The list of pins: ${rows} of ${(0, format.U9)(ofRows, 'row')} read`);
  }
  retrying(what, retry) {
    this.line(retryLine(what, retry));
  }
  starting(pins) {
    const {apiBase: apiBase, dryRun: dryRun, requestsPerMinute: requestsPerMinute} = this.#run;
    const verb = dryRun ? 'Dry run:' : 'Unpinning';
    this.line(`${verb} ${(0, format.U9)(pins, 'pin')} at ${apiBase}, at most ${(0, format.U9)(requestsPerMinute, 'request')} a minute`);
    if (pins > 1) this.#showProgress(pins, this.#clock.now());
  }
  pinEnded(outcome, index) {
    const {record: record} = outcome;
    const {facts: facts, tail: tail} = record?.raw instanceof StoredRecord ? record.raw : cleanRecord(record, this.#clean);
    const entry = entryOf(outcome, facts, this.#clean);
    const bare = JSON.stringify(entry);
    const head = bare.slice(0, -1);
    const whole = () => typeof tail === 'string' ? head + tail : this.#withFile(file => head + file.read(tail));
    this.#texts.add(index, entry, bare, whole, this.#cleaner.output);
    this.#withFile(file => file.keep(index, head, tail));
    const pin = toReportedPin(entry, outcome);
    this.#pins[index] = pin;
    if (this.#run.criteria === null || isChosen(pin)) this.#ended += 1;
    if (pin.result !== 'not-attempted') this.line(pinLine(pin, true));
  }
  finish(verdict, groups) {
    this.#stopProgress();
    const {problem: problem, stopped: stopped, fails: fails} = verdict;
    const {apiBase: apiBase, dryRun: dryRun, criteria: criteria} = this.#run;
    const pins = this.#pins.filter(() => true);
    const tally = tallyUp(pins, fails);
    const durationMs = this.#clock.now() - this.#startedAt;
    const resultsFile = this.#writeResultsFile();
    const {outputs: outputs, tooLarge: tooLarge} = this.#texts.compose(tally, resultsFile);
    const written = this.#tryOutputs(outputs) && this.#lost === null;
    const now = this.#clock.epoch();
    this.#trySummary(summaryOf({
      pins: pins,
      tally: tally,
      groups: groups,
      apiBase: apiBase,
      dryRun: dryRun,
      criteria: criteria,
      problem: problem,
      stopped: stopped,
      fails: fails,
      durationMs: durationMs,
      now: now
    }, this.#cleaner.cell));
    this.#tidyUp(file => file.close());
    const untried = pins.filter(({result: result}) => result === 'not-attempted');
    for (let start = 0; start < untried.length; start += LINES_AT_ONCE) {
      const some = untried.slice(start, start + LINES_AT_ONCE);
      info(some.map(pin => this.#cleaner.line(pinLine(pin, problem === null), LONGEST_LINE)).join('\n'));
    }
    const failing = pins.filter(fails);
    const about = ({pinId: pinId, message: message}) => `Pin ${pinId}: ${message}`;
    const errors = [ ...this.#lost === null ? [] : [ `The results file could not be written: ${(0, lib_errors.Uc)(this.#lost)}. Check the disk space of the runner.` ], ...problem === null ? [] : [ problem ], ...stopped === null ? [] : [ stopped ], ...failing.filter(({result: result}) => result !== 'not-attempted').map(about), ...failing.filter(({result: result}) => result === 'not-attempted').map(about) ];
    for (const text of fitAnnotations(errors, 'errors')) error(this.#cleaner.line(text, LONGEST_ANNOTATION));
    const warnings = [ ...verdict.warnings, ...pins.filter(pin => this.#warns(pin, verdict)).map(about) ];
    for (const text of fitAnnotations(warnings, 'warnings')) this.warn(text);
    if (tooLarge.length > 0) {
      const names = tooLarge.map(name => `\`${name}\``).join(', ');
      const where = resultsFile === '' ? '' : ' All results are in the file that the output `results-file` names.';
      notice(`Larger than 120 KiB, so left empty: ${names}.${where}`);
    }
    this.line(closingLine(tally, verdict.succeeded && written, durationMs, dryRun));
    return written;
  }
  #warns(pin, {fails: fails}) {
    const {onMissing: onMissing, criteria: criteria} = this.#run;
    if (pin.result === 'missing') return onMissing !== 'ignore' && !fails(pin);
    return pin.result === 'protected' && criteria === null;
  }
  #writeResultsFile() {
    const path = this.#withFile(file => file.write());
    if (path === null) this.#tidyUp(file => file.discard());
    return path ?? '';
  }
  #withFile(work) {
    if (this.#file === null || this.#lost !== null) return null;
    try {
      return work(this.#file);
    } catch (cause) {
      this.#lost = cause;
      return null;
    }
  }
  #tidyUp(remove) {
    try {
      if (this.#file !== null) remove(this.#file);
    } catch (cause) {
      this.line(`A temporary file is left behind: ${(0, lib_errors.Uc)(cause)}`);
    }
  }
  #tryOutputs(outputs) {
    try {
      setOutputs(outputs);
      return true;
    } catch (cause) {
      const text = `Some outputs could not be set, so later steps cannot read them: ${(0, lib_errors.Uc)(cause)}. Check the disk space of the runner.`;
      error(this.#cleaner.line(text, LONGEST_LINE));
      return false;
    }
  }
  #trySummary(text) {
    const file = process.env['GITHUB_STEP_SUMMARY'] ?? '';
    try {
      if (file !== '') appendWhole(file, () => (0, external_node_fs_namespaceObject.appendFileSync)(file, text));
    } catch (cause) {
      this.line(`The job summary could not be written: ${(0, lib_errors.Uc)(cause)}`);
    }
  }
  #showProgress(pins, since) {
    this.#stopProgress = this.#clock.after(PROGRESS_EVERY_MS, () => {
      const elapsedMs = this.#clock.now() - since;
      this.line(progressLine(this.#ended, pins, elapsedMs, this.#run.requestsPerMinute));
      this.#showProgress(pins, since);
    });
  }
}

function cannotWrite(cause) {
  return new lib_errors.fk([ `The results could not be written: ${(0, lib_errors.Uc)(cause)}. Nothing was unpinned. ` + 'Check that the files behind GITHUB_OUTPUT and RUNNER_TEMP exist and that the disk has space.' ]);
}

function toReportedPin(entry, {lostAnswer: lostAnswer, record: record}) {
  const {pinId: pinId, result: result, attempts: attempts, durationMs: durationMs, size: size} = entry;
  return {
    pinId: pinId,
    result: result,
    lostAnswer: lostAnswer,
    attempts: attempts,
    durationMs: durationMs,
    size: size,
    cid: entry.cid === null ? null : shorten(entry.cid),
    name: entry.name === null ? null : shorten(entry.name),
    reason: shorten(entry.reason),
    message: shorten(entry.message),
    pinnedMs: record?.datePinned?.ms ?? null
  };
}

function shorten(text) {
  return text.length <= LONGEST_TEXT ? text : `${Buffer.from(text.slice(0, LONGEST_TEXT)).toString()}…`;
}

function rememberSome(clean) {
  const known = new Map;
  return text => {
    const cleaned = known.get(text) ?? clean(text);
    if (known.size === 8) known.clear();
    known.set(text, cleaned);
    return cleaned;
  };
}

function decideVerdict(plan, pins, {onMissing: onMissing, stopped: stopped, unusedLines: unusedLines}) {
  const {problem: problem} = plan;
  const fails = pin => problem === null && (0, pin_outcome.ug)(pin, onMissing);
  const everyPinSeen = pins.every(({recordKnown: recordKnown, result: result}) => recordKnown || result === 'missing');
  return {
    succeeded: problem === null && !pins.some(fails),
    problem: problem,
    stopped: pins.some(fails) ? stopped : null,
    warnings: [ ...plan.warnings, ...everyPinSeen ? warningAbout(unusedLines) : [] ],
    fails: fails
  };
}

const LINES_NAMED = 5;

function warningAbout(unusedLines) {
  if (unusedLines.length === 0) return [];
  const named = unusedLines.slice(0, LINES_NAMED).map(line => `"${line}"`);
  const more = unusedLines.length - named.length;
  const lines = named.join(', ') + (more > 0 ? ` and ${more} more` : '');
  return [ `\`protect\`: no pin of this run was protected by ${lines}. Check the spelling.` ];
}

const SMALL_HEAP_FROM_PINS = 1e3;

const loadSelection = () => __nccwpck_require__.e(147).then(__nccwpck_require__.bind(__nccwpck_require__, 147));

async function run(runtime) {
  const keys = readKeys();
  const redactor = createRedactor([ keys.api, keys.secret ]);
  const reporter = new Reporter(runtime.clock, createCleaner(redactor));
  const sender = createSender(runtime.clock);
  try {
    let ready;
    try {
      ready = await prepare(runtime, reporter, keys, redactor, sender);
    } catch (error) {
      reporter.refuse(error instanceof lib_errors.fk ? error.problems : [ describeDefect(error) ]);
      return false;
    }
    return await carryOut(runtime, reporter, ready);
  } finally {
    sender.close();
  }
}

function describeDefect(error) {
  return `An error inside this action ended it before anything was unpinned: ${(0, lib_errors.Uc)(error)}. Please report it.`;
}

async function prepare({clock: clock, random: random, signal: signal}, reporter, keys, redactor, sender) {
  const canonicalCid = needsSelection() ? (await loadSelection()).canonicalCid : () => null;
  const inputs = readInputs(keys, redactor, canonicalCid);
  const {apiBase: apiBase, target: target, protect: protect} = inputs;
  const problems = environmentProblems(apiBase, process.env);
  if (problems.length > 0) throw new lib_errors.fk(problems);
  reporter.begin({
    ...inputs,
    criteria: target.kind === 'ids' ? null : target.criteria.given
  });
  inputs.warnings.forEach(warning => reporter.warn(warning));
  const client = new OriginClient({
    base: apiBase,
    secretHeaders: authentication(keys),
    holdsKey: redactor.holdsKey,
    sender: sender,
    limiter: new RateLimiter(clock, inputs.requestsPerMinute),
    clock: clock,
    random: random
  });
  const service = new PinService(client);
  if (target.kind === 'ids') {
    const guard = protect.length === 0 ? NO_GUARD : new ((await loadSelection()).LineGuard)(protect, canonicalCid);
    return {
      inputs: inputs,
      service: service,
      guard: guard,
      plan: planByIds(target.pinIds)
    };
  }
  const {planFromList: planFromList} = await loadSelection();
  const call = callOptions(inputs, {
    signal: signal,
    startSignal: signal
  }, reporter, 'The list of pins');
  const {guard: guard, plan: plan} = await planFromList({
    target: target,
    inputs: inputs,
    reporter: reporter,
    holdsKey: redactor.holdsKey,
    readPage: page => service.page(page, call),
    now: clock.epoch()
  });
  return {
    inputs: inputs,
    service: service,
    guard: guard,
    plan: plan
  };
}

async function carryOut({signal: signal}, reporter, {inputs: inputs, service: service, guard: guard, plan: plan}) {
  const {dryRun: dryRun, verify: verify, onMissing: onMissing, target: target} = inputs;
  const rules = {
    dryRun: dryRun,
    verify: verify,
    guard: guard
  };
  const chosen = plan.pins.filter(({kind: kind}) => kind === 'chosen').length;
  if (target.kind === 'selection') reporter.line(`Matching pins: ${plan.pins.length}. Chosen to be unpinned: ${chosen}`);
  if (chosen > 0) reporter.starting(chosen);
  if (chosen > SMALL_HEAP_FROM_PINS && !dryRun) (await Promise.resolve().then(__nccwpck_require__.t.bind(__nccwpck_require__, 877, 19))).setFlagsFromString('--optimize-for-size');
  const ended = [];
  await execute(plan.pins, {
    unpin: (pin, signals) => unpinOne(service.pin(pin.pinId, callOptions(inputs, signals, reporter, `Pin ${pin.pinId}`)), pin, rules),
    isAiozPin: () => service.isAiozPin(callOptions(inputs, {
      signal: signal,
      startSignal: signal
    }, reporter, 'The check of `api-url`')),
    signal: signal,
    onEnd(outcome, index) {
      const {result: result, lostAnswer: lostAnswer, record: record} = outcome;
      ended[index] = {
        result: result,
        lostAnswer: lostAnswer,
        recordKnown: record !== null
      };
      reporter.pinEnded(outcome, index);
    }
  });
  const stopped = signal.aborted ? String(signal.reason) : null;
  const verdict = decideVerdict(plan, ended, {
    onMissing: onMissing,
    stopped: stopped,
    unusedLines: guard.unusedLines
  });
  return reporter.finish(verdict, plan.groups) && verdict.succeeded;
}

function callOptions({timeoutSeconds: timeoutSeconds}, signals, reporter, what) {
  return {
    ...signals,
    timeoutSeconds: timeoutSeconds,
    onRetry: retry => reporter.retrying(what, retry)
  };
}

const LONGEST_DRAIN_MS = 3e3;

const LONGEST_ERROR = 1e3;

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
    error('An error inside this action: it had nothing left to wait for, but was not done. Please report it.');
    stop.abort('Stopped by an error inside this action.');
  });
  main(stop.signal).then(finish, thrown => {
    fail(thrown);
    finish(false);
  });
  function fail(thrown) {
    const {line: line} = createCleaner(createRedactor([ getInput('pinning-api-key'), getInput('pinning-secret-key') ]));
    error(line(`An error inside this action: ${(0, lib_errors.Uc)(thrown)}. Please report it.`, LONGEST_ERROR));
    failed = true;
    stop.abort('Stopped by an error inside this action.');
  }
  function finish(succeeded) {
    state = 'finished';
    const code = succeeded && !failed ? 0 : 1;
    process.exitCode = code;
    setTimeout(() => process.exit(code), LONGEST_DRAIN_MS).unref();
  }
}

supervise(signal => run({
  clock: systemClock,
  random: Math.random,
  signal: signal
}));
