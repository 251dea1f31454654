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
  909: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      Ms: () => whyUnread,
      gx: () => judgeReading,
      im: () => judgeVerified
    });
    var _http_retry_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(394);
    var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(413);
    var _judgement_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(240);
    function judgeReading(pinId, reply, timeoutSeconds) {
      const {answer: answer} = reply;
      const data = answer?.status === 200 && 'object' in answer.body ? recordIn(answer.body.object) : null;
      if (data !== null && String(data['id']).toLowerCase() === pinId) return {
        record: data,
        durationMs: Math.round(reply.durationMs)
      };
      const judgement = reply.ending === 'interrupted' ? (0, _judgement_js__WEBPACK_IMPORTED_MODULE_0__.vQ)('the run was stopped first') : answer !== null && (0, 
      _judgement_js__WEBPACK_IMPORTED_MODULE_0__.FJ)(answer) ? {
        result: 'missing',
        message: _judgement_js__WEBPACK_IMPORTED_MODULE_0__.lV
      } : {
        result: 'failed',
        message: `Not unpinned: the pin's record had to be read first, and ${whyUnread(reply, timeoutSeconds)}`,
        ...STOPS[answer?.status ?? 0],
        ...reply.ending === 'told-to-wait' ? {
          stop: 'told-to-wait'
        } : {},
        timeUsedUp: reply.ending === 'time-used-up'
      };
      return {
        outcome: (0, _judgement_js__WEBPACK_IMPORTED_MODULE_0__.sG)(pinId, {
          ...reply,
          attempts: 0,
          lostAnswer: false
        }, judgement)
      };
    }
    function judgeVerified(unpinned, reply, timeoutSeconds) {
      const durationMs = Math.round(reply.durationMs);
      const reading = judgeReading(unpinned.pinId, reply, timeoutSeconds);
      if ('record' in reading ? reading.record['pinned'] === false : reading.outcome.result === 'missing') return {
        ...unpinned,
        durationMs: durationMs,
        message: 'Unpinned: the service confirmed it, and it is gone when read again.'
      };
      if ('record' in reading) return {
        ...unpinned,
        durationMs: durationMs,
        result: 'unconfirmed',
        message: 'The service confirmed the unpin, but when the pin is read again it is still there. Run the step again; if the ' + 'pin stays, look it up in the AIOZ Pin dashboard.'
      };
      const {stop: stop, timeUsedUp: timeUsedUp} = reading.outcome;
      return {
        ...unpinned,
        durationMs: durationMs,
        stop: stop,
        timeUsedUp: timeUsedUp,
        result: 'unconfirmed',
        message: `The service confirmed the unpin, but the pin had to be read again, and ${whyUnread(reply, timeoutSeconds)} ` + _judgement_js__WEBPACK_IMPORTED_MODULE_0__.HV
      };
    }
    function recordIn({status: status, data: data}) {
      return status === 'success' && (0, _json_js__WEBPACK_IMPORTED_MODULE_1__.G)(data) && typeof data['id'] === 'string' ? data : null;
    }
    function whyUnread(reply, timeoutSeconds) {
      const {answer: answer, ending: ending, why: why} = reply;
      switch (ending) {
       case 'answered':
        if (answer?.status === 401) return 'the service refused the key pair (HTTP 401). Check both keys.';
        if (answer?.status === 403) return 'the key pair may not read (HTTP 403). Give the key the scope `data.pin_list` as well.';
        return `the answer was ${answer === null ? 'none' : (0, _http_retry_js__WEBPACK_IMPORTED_MODULE_2__.O1)(answer)}, not the documented one. Check \`api-url\`.`;

       case 'refused':
        return `${why}. ${(0, _judgement_js__WEBPACK_IMPORTED_MODULE_0__.zL)(reply)}`;

       case 'told-to-wait':
        return `the service asked for a longer wait than the ${timeoutSeconds} s of \`timeout-seconds\` leave room for.`;

       case 'time-used-up':
        return `there was no good answer within the ${timeoutSeconds} s of \`timeout-seconds\`.${(0, _judgement_js__WEBPACK_IMPORTED_MODULE_0__._g)(why)}`;

       case 'interrupted':
        return 'the run was stopped first.';
      }
    }
    const STOPS = {
      401: {
        stop: 'unauthorized'
      },
      403: {
        stop: 'forbidden'
      }
    };
  },
  240: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      FJ: () => saysMissing,
      HV: () => UNKNOWN,
      _g: () => last,
      lV: () => MISSING,
      sG: () => outcomeOf,
      vQ: () => neverSent,
      zL: () => remedy
    });
    var _record_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(894);
    const RECORD_NOT_FOUND = 'record not found';
    function saysMissing({status: status, body: body}) {
      if ('problem' in body || status < 400 || status === 401 || status === 403) return false;
      return status === 404 || status === 410 || body.object['message'] === RECORD_NOT_FOUND;
    }
    function outcomeOf(pinId, reply, {record: record, ...judgement}) {
      return {
        ..._record_js__WEBPACK_IMPORTED_MODULE_0__.G,
        ...record === void 0 ? {} : (0, _record_js__WEBPACK_IMPORTED_MODULE_0__.M)(record),
        stop: null,
        timeUsedUp: false,
        reason: '',
        ...judgement,
        pinId: pinId,
        attempts: reply.attempts,
        httpStatus: reply.status,
        durationMs: Math.round(reply.durationMs),
        afterLostAnswer: reply.lostAnswer,
        record: record ?? null
      };
    }
    const MISSING = 'The service does not have this pin: it was removed before, or it belongs to another account.';
    const UNKNOWN = 'Whether the pin is gone is not known. Run the step again: a pin that is gone is reported as `missing`.';
    function neverSent(why) {
      return {
        result: 'not-attempted',
        message: `Not attempted: ${why}.`
      };
    }
    function remedy(reply) {
      return reply.status === null ? 'Check `api-url`; for a private certificate authority set NODE_EXTRA_CA_CERTS on the runner.' : 'Check `api-url`.';
    }
    function last(why) {
      return why === '' ? '' : ` Last: ${why}.`;
    }
  },
  334: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      U: () => protectsNothing,
      V: () => NOTHING_PROTECTED
    });
    const NOTHING_PROTECTED = {
      pinIds: new Set,
      cids: new Set,
      names: []
    };
    function protectsNothing({pinIds: pinIds, cids: cids, names: names}) {
      return pinIds.size === 0 && cids.size === 0 && names.length === 0;
    }
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
      constructor(problems, options) {
        super(problems.join(' '), options);
        this.problems = problems;
      }
    }
    function describeError(thrown) {
      if (!(thrown instanceof Error)) return `something that is no error was thrown: ${oneLine(describeValue(thrown))}`;
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
  32: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      D: () => unpinOne,
      i: () => WOULD
    });
    var _outcomes_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(433);
    async function unpinOne(pin, rules) {
      if (!rules.dryRun && rules.whyProtected === null) return remove(pin, rules);
      const reading = await pin.read();
      if ('outcome' in reading) return reading.outcome;
      const {record: record, durationMs: durationMs} = reading;
      const reason = rules.whyProtected?.(record) ?? null;
      if (reason !== null) return (0, _outcomes_js__WEBPACK_IMPORTED_MODULE_0__.sF)(pin.pinId, 'protected', `Not unpinned: ${reason}.`, {
        record: record,
        reason: reason,
        durationMs: durationMs
      });
      if (rules.dryRun) {
        const note = record['pinned'] === false ? 'its record says that it is not pinned now' : '';
        return (0, _outcomes_js__WEBPACK_IMPORTED_MODULE_0__.sF)(pin.pinId, 'would-unpin', WOULD, {
          record: record,
          durationMs: durationMs,
          reason: note
        });
      }
      return (0, _outcomes_js__WEBPACK_IMPORTED_MODULE_0__.Ck)(await remove(pin, rules), record, '');
    }
    const WOULD = 'Would be unpinned.';
    async function remove(pin, {verify: verify}) {
      const outcome = await pin.unpin();
      return verify && outcome.result === 'unpinned' ? pin.verify(outcome) : outcome;
    }
  },
  433: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      Ck: () => withKnown,
      mw: () => broken,
      sF: () => untouched
    });
    var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(452);
    var _record_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(894);
    function untouched(pinId, result, message, known = {}) {
      const {record: record, reason: reason = '', durationMs: durationMs = 0} = known;
      return {
        ...record === void 0 ? _record_js__WEBPACK_IMPORTED_MODULE_1__.G : (0, _record_js__WEBPACK_IMPORTED_MODULE_1__.M)(record),
        pinId: pinId,
        result: result,
        reason: reason,
        attempts: 0,
        httpStatus: null,
        durationMs: durationMs,
        message: message,
        afterLostAnswer: false,
        timeUsedUp: false,
        stop: null,
        record: record ?? null
      };
    }
    function broken(pinId, error) {
      return {
        ...untouched(pinId, 'not-attempted', ''),
        result: 'unconfirmed',
        message: 'Whether the pin is gone is not known: this action failed in itself. Run the step again, and please report ' + `this: ${(0, 
        _errors_js__WEBPACK_IMPORTED_MODULE_0__.Uc)(error)}.`
      };
    }
    function withKnown(outcome, record, reason) {
      const {cid: cid, size: size, status: status, name: name, pinnedAtMs: pinnedAtMs} = (0, _record_js__WEBPACK_IMPORTED_MODULE_1__.M)(record);
      return {
        ...outcome,
        cid: outcome.cid ?? cid,
        size: outcome.size ?? size,
        status: outcome.status ?? status,
        name: outcome.name ?? name,
        pinnedAtMs: outcome.pinnedAtMs ?? pinnedAtMs,
        reason: reason,
        record: outcome.record ?? record
      };
    }
  },
  184: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      Y: () => unpinAll
    });
    var outcomes = __nccwpck_require__(433);
    const USED_UP_IN_A_ROW = 8;
    class StopRule {
      #succeeded=false;
      #usedUpInARow=0;
      #reason=null;
      get reason() {
        return this.#reason;
      }
      observe(outcome) {
        this.#succeeded ||= outcome.result === 'unpinned';
        this.#usedUpInARow = outcome.timeUsedUp ? this.#usedUpInARow + 1 : 0;
        this.#reason ??= this.#judge(outcome);
      }
      #judge(outcome) {
        if (outcome.stop === 'unauthorized') return 'the service refused the key pair (HTTP 401)';
        if (outcome.stop === 'forbidden' && !this.#succeeded) return 'the key pair may not do what is needed (HTTP 403)';
        if (outcome.stop === 'told-to-wait') return 'the service asked for a longer wait than `timeout-seconds` leaves room for';
        if (this.#usedUpInARow >= USED_UP_IN_A_ROW) return `${USED_UP_IN_A_ROW} pins in a row ran out of time, so the service seems to be down`;
        return null;
      }
    }
    const AT_ONCE = 8;
    async function unpinAll(pinIds, options) {
      const {signal: signal, onEnd: onEnd} = options;
      const rule = new StopRule;
      const noMoreStarts = new AbortController;
      const stopStarting = () => noMoreStarts.abort();
      if (signal.aborted) stopStarting();
      signal.addEventListener('abort', stopStarting);
      const untold = [];
      const tell = () => {
        for (let one = untold.shift(); one !== void 0; one = untold.shift()) onEnd(...one);
      };
      let next = 0;
      const work = async () => {
        while (next < pinIds.length && !noMoreStarts.signal.aborted) {
          const index = next++;
          const pinId = pinIds[index];
          let outcome = await options.unpin(pinId, {
            signal: signal,
            startSignal: noMoreStarts.signal
          }).catch(error => (0, outcomes.mw)(pinId, error));
          if (outcome.result === 'not-attempted' && rule.reason !== null) outcome = {
            ...outcome,
            message: notAttempted(pinId).message
          };
          rule.observe(outcome);
          if (rule.reason !== null) stopStarting();
          untold.push([ outcome, index ]);
          setImmediate(tell);
        }
      };
      const notAttempted = pinId => (0, outcomes.sF)(pinId, 'not-attempted', `Not attempted: ${rule.reason ?? 'the run was stopped first'}. Run the step again for this pin.`);
      await Promise.all(Array.from({
        length: Math.min(AT_ONCE, pinIds.length)
      }, work));
      tell();
      signal.removeEventListener('abort', stopStarting);
      for (;next < pinIds.length; next += 1) onEnd(notAttempted(pinIds[next]), next);
    }
  },
  394: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      Dp: () => setbackOf,
      J0: () => backoffBoundMs,
      O1: () => describeAnswer
    });
    const LONGEST_BACKOFF_MS = 3e4;
    function backoffBoundMs(attempt) {
      return Math.min(LONGEST_BACKOFF_MS, 1e3 * 2 ** (attempt - 1));
    }
    function setbackOf(exchange, isFinal, clock) {
      if (exchange.kind === 'unsent') return {
        why: exchange.why,
        lostAnswer: false,
        status: null,
        retryAfterMs: null
      };
      if (exchange.kind === 'lost') {
        const {status: status} = exchange;
        return {
          why: exchange.why,
          lostAnswer: true,
          status: status,
          retryAfterMs: asked(status, exchange.retryAfter, clock)
        };
      }
      const {answer: answer} = exchange;
      const {status: status} = answer;
      if (status === 200 && 'problem' in answer.body) return {
        why: describeAnswer(answer),
        lostAnswer: true,
        status: status,
        retryAfterMs: null
      };
      if (!isRetryable(status) || isFinal(answer)) return null;
      return {
        why: describeAnswer(answer),
        lostAnswer: mayHaveHadEffect(status),
        status: status,
        retryAfterMs: asked(status, answer.retryAfter, clock)
      };
    }
    function describeAnswer({status: status, body: body}) {
      if ('problem' in body) return `HTTP ${status} with ${body.problem}`;
      const {message: message} = body.object;
      return typeof message === 'string' && message !== '' ? `HTTP ${status}, "${message}"` : `HTTP ${status}`;
    }
    function isRetryable(status) {
      return status === 408 || status === 425 || status === 429 || status >= 500;
    }
    function mayHaveHadEffect(status) {
      return status >= 500 && status !== 503;
    }
    function asked(status, retryAfter, clock) {
      return status === 429 || status === 503 ? retryAfterMs(retryAfter, clock) : null;
    }
    const HTTP_DATE = /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? .*\d/;
    function retryAfterMs(text, clock) {
      const value = text?.trim() ?? '';
      if (/^\d+$/.test(value)) return Number(value) * 1e3;
      if (!HTTP_DATE.test(value)) return null;
      const date = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`);
      return Number.isNaN(date) ? null : Math.max(0, date - clock.epoch());
    }
  },
  213: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      Z9: () => wordsOf,
      id: () => readPinIds
    });
    var _pin_id_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(936);
    const CID = /^(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[a-z2-7]{20,})$/;
    const QUOTED_WORD_LENGTH = 24;
    function looksLikeCid(text) {
      return CID.test(text);
    }
    function wordsOf(text) {
      return [ ...new Set(text.split(/[\s,]+/).filter(word => word !== '')) ];
    }
    function parsePinIds(text) {
      const pinIds = new Set;
      const rejected = [];
      for (const word of wordsOf(text)) {
        const pinId = (0, _pin_id_js__WEBPACK_IMPORTED_MODULE_0__.G)(word);
        if (pinId === null) rejected.push(word); else pinIds.add(pinId);
      }
      return {
        pinIds: [ ...pinIds ],
        rejected: rejected
      };
    }
    function readPinIds(reader, text) {
      const {pinIds: pinIds, rejected: rejected} = parsePinIds(text);
      if (rejected.length > 0) {
        const shown = reader.quoteAll(rejected, word => looksLikeCid(word) ? void 0 : QUOTED_WORD_LENGTH);
        const hint = rejected.some(looksLikeCid) ? " A CID names content, not a pin: what is wanted is the `id` of the pin's record; to select by CID, use the input `cid`." : '';
        reader.refuse('pin-id', `holds ${shown}; it takes pin IDs such as e5c4456d-5e5c-465d-a02a-3a536fc6e718, separated by white space, commas ` + `or line ends.${hint}`);
      } else if (pinIds.length === 0) reader.refuse('pin-id', 'holds only separators; it takes pin IDs (UUIDs).');
      if (pinIds.some(pinId => reader.holdsKey(pinId))) reader.refuse('pin-id', 'holds the value of a key; the ID is part of a URL, and keys never are. Were inputs mixed up?');
      return pinIds;
    }
  },
  807: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      Nd: () => readKeepLatest,
      ZM: () => SELECTORS,
      ow: () => refuseNarrowing,
      qX: () => readMaxUnpins
    });
    var _words_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(928);
    const SELECTORS = [ 'cid', 'name', 'keyvalues' ];
    const DEFAULT_MAX_UNPINS = 25;
    const MOST = 1e6;
    function refuseNarrowing(reader) {
      const alone = 'narrows a selection and does not go with `pin-id`.';
      if (reader.optional('older-than') !== null) reader.refuse('older-than', alone);
      const keepLatest = readKeepLatest(reader);
      if (keepLatest !== null && keepLatest !== 0) reader.refuse('keep-latest', alone);
      const maxUnpins = readMaxUnpins(reader);
      if (maxUnpins !== null && maxUnpins !== DEFAULT_MAX_UNPINS) reader.refuse('max-unpins', alone);
    }
    function readKeepLatest(reader) {
      return reader.required('keep-latest', text => (0, _words_js__WEBPACK_IMPORTED_MODULE_0__.cG)(text, 0, MOST), `it takes a whole number from 0 to ${MOST}`);
    }
    function readMaxUnpins(reader) {
      return reader.required('max-unpins', text => (0, _words_js__WEBPACK_IMPORTED_MODULE_0__.cG)(text, 1, MOST), `it takes a whole number from 1 to ${MOST}`);
    }
  },
  928: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      F1: () => parseAge,
      cG: () => parseInteger,
      yG: () => parseBoolean
    });
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
      return unitMs === void 0 ? null : Number(number) * unitMs;
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
  952: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      $: () => spareMemory
    });
    const MANY_PINS = 100;
    function flagsFor(pins) {
      return pins < MANY_PINS ? [] : [ '--optimize-for-size', '--semi-space-growth-factor=1' ];
    }
    async function spareMemory(pins) {
      const flags = flagsFor(pins);
      if (flags.length === 0) return;
      const {setFlagsFromString: setFlagsFromString} = await Promise.resolve().then(__nccwpck_require__.t.bind(__nccwpck_require__, 877, 19));
      flags.forEach(flag => setFlagsFromString(flag));
    }
  },
  936: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      G: () => pinIdOf
    });
    const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
    function pinIdOf(text) {
      const lower = text.toLowerCase();
      return UUID.test(lower) ? lower : null;
    }
  },
  783: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      j: () => pinnedAtOf,
      l: () => newestFirst
    });
    const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.(\d{1,9}))?(?:Z|[+-]\d{2}:\d{2})$/;
    function pinnedAtOf(value) {
      const parts = typeof value === 'string' ? RFC_3339.exec(value) : null;
      if (parts === null) return null;
      const ms = Date.parse(parts[0]);
      return ms > 0 ? {
        ms: ms,
        nanos: Number((parts[1] ?? '').padEnd(9, '0'))
      } : null;
    }
    function newestFirst(a, b) {
      return Math.floor(b.ms / 1e3) - Math.floor(a.ms / 1e3) || b.nanos - a.nanos;
    }
  },
  894: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      G: () => NOTHING_KNOWN,
      M: () => readFacts
    });
    var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(413);
    var _pinned_at_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(783);
    const NOTHING_KNOWN = {
      cid: null,
      size: null,
      status: null,
      name: null,
      pinnedAtMs: null
    };
    function readFacts(record) {
      const {cid: cid, size: size, status: status, metadata: metadata, date_pinned: datePinned} = record;
      return {
        cid: text(cid),
        size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
        status: text(status),
        name: (0, _json_js__WEBPACK_IMPORTED_MODULE_0__.G)(metadata) ? text(metadata['name']) : null,
        pinnedAtMs: (0, _pinned_at_js__WEBPACK_IMPORTED_MODULE_1__.j)(datePinned)?.ms ?? null
      };
    }
    function text(value) {
      return typeof value === 'string' ? value : null;
    }
  },
  78: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      P: () => UNSEEN,
      l: () => createRedactor
    });
    const REMOVED = '***';
    const SHORTEST = 8;
    const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
    const DEEPEST = 8;
    const BEYOND_ASCII = /[^\u0000-\u007f]/;
    const LONG = 64 * 1024;
    const DISGUISE = new RegExp(`[%&\\\\]|${UNSEEN.source}`);
    function createRedactor(secrets) {
      const long = secrets.filter(secret => secret.length >= SHORTEST);
      const asTheyAre = long.map(lowerCase);
      const encoded = [ ...new Set(long.flatMap(encodings).map(lowerCase)) ];
      return text => {
        const lower = lowerCase(text);
        const disguised = DISGUISE.test(lower);
        const ranges = [ ...asTheyAre.flatMap(needle => (disguised ? findDisguised : findPlain)(lower, needle)), ...encoded.flatMap(needle => (disguised && text.length <= LONG ? findDisguised : findPlain)(lower, needle)) ];
        return ranges.length === 0 ? text : replaceRanges(text, ranges);
      };
    }
    function findPlain(text, needle) {
      const ranges = [];
      for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) ranges.push([ at, at + needle.length ]);
      return ranges;
    }
    function findDisguised(text, needle) {
      const ranges = [];
      for (let start = 0; start < text.length; start += 1) {
        let places = endsOf(text, start, needle.charAt(0));
        for (let index = 1; index < needle.length && places.length > 0; index += 1) {
          const character = needle.charAt(index);
          places = [ ...new Set(places.flatMap(place => endsOf(text, pastUnseen(text, place), character))) ];
        }
        if (places.length > 0) ranges.push([ start, Math.max(...places) ]);
      }
      return ranges;
    }
    const NAMES = {
      '&': 'amp;',
      '<': 'lt;',
      '>': 'gt;',
      '"': 'quot;',
      "'": 'apos;'
    };
    function endsOf(text, start, character) {
      const ends = text.startsWith(character, start) ? [ start + 1 ] : [];
      const first = text[start];
      if (first !== '%' && first !== '\\' && first !== '&') return ends;
      const codes = [ ...new Set([ character, character.toUpperCase() ]) ].map(either => either.charCodeAt(0));
      const hexes = codes.map(code => code.toString(16).padStart(2, '0'));
      let at = start + 1;
      const take = spelling => {
        if (text.startsWith(spelling, at)) ends.push(at + spelling.length);
      };
      if (first === '%') {
        hexes.forEach(take);
        for (let depth = 1; depth < DEEPEST && text.startsWith('25', at); depth += 1) {
          at += 2;
          hexes.forEach(take);
        }
      } else if (first === '\\') {
        while (at < start + DEEPEST && text[at] === '\\') at += 1;
        take(character);
        for (const hex of hexes) {
          take(`u00${hex}`);
          take(`x${hex}`);
        }
      } else {
        takeReference();
        for (let depth = 1; depth < DEEPEST && text.startsWith('amp;', at); depth += 1) {
          at += 4;
          takeReference();
        }
      }
      return ends;
      function takeReference() {
        const [, base, digits = ''] = /^#(x?)0*([0-9a-f]{2,3});/.exec(text.slice(at, at + 16)) ?? [];
        if (base !== void 0 && codes.includes(Number.parseInt(digits, base === 'x' ? 16 : 10))) ends.push(text.indexOf(';', at) + 1);
        const name = NAMES[character];
        if (name !== void 0) take(name);
      }
    }
    function pastUnseen(text, place) {
      let at = place;
      while (at < text.length && UNSEEN.test(text.charAt(at))) at += 1;
      return at;
    }
    function replaceRanges(text, ranges) {
      ranges.sort(([a], [b]) => a - b);
      let cleaned = '';
      let end = 0;
      for (const [from, to] of ranges) {
        if (from >= end) cleaned += text.slice(end, from) + REMOVED;
        end = Math.max(end, to);
      }
      return cleaned + text.slice(end);
    }
    function lowerCase(text) {
      return BEYOND_ASCII.test(text) ? text.replace(/[A-Z]+/g, letters => letters.toLowerCase()) : text.toLowerCase();
    }
    function encodings(secret) {
      return [ Buffer.from(secret).toString('hex'), ...base64Cores(secret) ];
    }
    function base64Cores(secret) {
      return [ 0, 1, 2 ].flatMap(offset => {
        const bytes = Buffer.concat([ Buffer.alloc(offset), Buffer.from(secret) ]);
        const encoded = bytes.toString('base64').replace(/=+$/, '');
        const core = encoded.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? void 0 : -1);
        return [ core, core.replaceAll('+', '-').replaceAll('/', '_') ];
      });
    }
  },
  703: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
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
      return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
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
  873: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
    __nccwpck_require__.d(__webpack_exports__, {
      $: () => stoppedBy
    });
    function stoppedBy({signal: signal}) {
      return signal.aborted ? String(signal.reason) : null;
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

var external_http_ = __nccwpck_require__(611);

var external_http_namespaceObject = __nccwpck_require__.t(external_http_, 2);

var external_https_ = __nccwpck_require__(692);

var external_https_namespaceObject = __nccwpck_require__.t(external_https_, 2);

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

var lib_errors = __nccwpck_require__(452);

var lib_redact = __nccwpck_require__(78);

const DEEPEST = 64;

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

const INVISIBLE = new RegExp(lib_redact.P, 'g');

function createCleaner(secrets) {
  const redact = (0, lib_redact.l)(secrets);
  const fold = text => redact(text.toWellFormed()).replace(CONTROLS, ' ').replace(INVISIBLE, '').trim();
  return {
    redact: redact,
    line: (text, longest) => cut(breakCommands(fold(text)), longest),
    output: text => redact(text.toWellFormed()).replace(CONTROLS, ''),
    cell: (text, longest) => escapeMarkup(cut(fold(text), longest)),
    json: value => cleanJson(value, redact, 0)
  };
}

function breakCommands(text) {
  return text.replace(/:(?=:)/g, ': ').replace(/#(?=#\[)/g, '# ');
}

function escapeMarkup(text) {
  return text.replace(/[!-/:-@[-`{-~]/g, mark => mark === '.' || mark === ',' || mark === '-' ? mark : `&#${mark.charCodeAt(0)};`).replace(/(?<=www)\./gi, '&#46;');
}

function cut(text, longest) {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
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

var judge_reading = __nccwpck_require__(909);

var retry = __nccwpck_require__(394);

var json = __nccwpck_require__(413);

var judgement = __nccwpck_require__(240);

const STILL_THERE = 'Nothing says that the pin was removed.';

function judgeUnpin(pinId, reply, timeoutSeconds) {
  return (0, judgement.sG)(pinId, reply, judge(pinId, reply, timeoutSeconds));
}

function judge(pinId, reply, timeoutSeconds) {
  const {answer: answer, why: why} = reply;
  switch (reply.ending) {
   case 'answered':
    return answer === null ? (0, judgement.vQ)('no answer was recorded') : judgeAnswer(pinId, answer, reply);

   case 'refused':
    return {
      result: 'failed',
      message: `Not unpinned: ${why}. ${afterAll(reply)}${(0, judgement.zL)(reply)}`
    };

   case 'interrupted':
    if (reply.attempts === 0) return (0, judgement.vQ)(why === '' ? 'the run was stopped first' : why);
    return reply.lostAnswer ? {
      result: 'unconfirmed',
      message: `The run was stopped before the service had answered. ${judgement.HV}`
    } : {
      result: 'failed',
      message: `The run was stopped while this pin was being tried. ${STILL_THERE}${(0, judgement._g)(why)}`
    };

   case 'told-to-wait':
    return {
      ...unproven(reply),
      message: `The service asked for a longer wait than the ${timeoutSeconds} s of \`timeout-seconds\` leave room for. ` + `${stateAfter(reply)} Run the step again later, or raise \`timeout-seconds\`.${(0, 
      judgement._g)(why)}`,
      stop: 'told-to-wait'
    };

   case 'time-used-up':
    return {
      ...unproven(reply),
      message: `No good answer within the ${timeoutSeconds} s of \`timeout-seconds\`, in ${attempts(reply.attempts)}. ` + `${stateAfter(reply)} Run the step again: a pin that is gone already is reported as \`missing\`.${(0, 
      judgement._g)(why)}`,
      timeUsedUp: true
    };
  }
}

function judgeAnswer(pinId, answer, reply) {
  const {status: status, body: body} = answer;
  const said = (0, retry.O1)(answer);
  if ((0, judgement.FJ)(answer)) return {
    result: 'missing',
    message: reply.lostAnswer ? 'The service does not have this pin any more: probably the work of an earlier attempt, whose answer was lost.' : judgement.lV
  };
  if (status === 404 || status === 410) return {
    result: 'failed',
    message: `Not unpinned: ${said}, which is not how the AIOZ Pin API says that a pin is missing. Check \`api-url\`. ` + afterAll(reply)
  };
  if (status === 401) return {
    result: 'failed',
    message: 'Not unpinned: the service refused the key pair (HTTP 401). Check `pinning-api-key` and `pinning-secret-key`: ' + `are both of the same pair, not revoked, and of the account that \`api-url\` serves? ${afterAll(reply)}` + saidBy(said),
    stop: 'unauthorized'
  };
  if (status === 403) return {
    result: 'failed',
    message: 'Not unpinned: the key pair may not do this (HTTP 403). Give the key the scope `pinning.unpin`. ' + afterAll(reply) + saidBy(said),
    stop: 'forbidden'
  };
  if (status === 200 && 'object' in body) return judgeSuccess(pinId, body.object, reply);
  if (status >= 200 && status < 300) return {
    result: 'unconfirmed',
    message: `The answer was ${said}, not the documented 200 with the pin's record. ${judgement.HV}`
  };
  return {
    result: 'failed',
    message: `Not unpinned: the service refused it. ${afterAll(reply)}The answer was ${said}.`
  };
}

function judgeSuccess(pinId, envelope, reply) {
  const {status: status, data: data, message: message} = envelope;
  if (typeof status === 'string' && status !== 'success' && !('id' in envelope)) {
    const text = typeof message === 'string' ? `: "${message}"` : '';
    return {
      result: 'failed',
      message: `Not unpinned: ${afterAll(reply)}the service answered HTTP 200 with the status "${status}"${text}.`
    };
  }
  const id = (0, json.G)(data) ? data['id'] : void 0;
  if (status !== 'success' || !(0, json.G)(data) || typeof id !== 'string') return {
    result: 'unconfirmed',
    message: `The answer was HTTP 200 with JSON that is not the documented envelope and record. ${judgement.HV}`
  };
  if (id.toLowerCase() !== pinId) return {
    result: 'failed',
    message: 'The service answered with the record of another pin, so nothing is proven for this one. Look up both in the ' + `AIOZ Pin dashboard. ${afterAll(reply)}The other pin is "${id}".`
  };
  return {
    result: 'unpinned',
    message: 'Unpinned: the service confirmed it.',
    record: data
  };
}

function unproven(reply) {
  return {
    result: reply.lostAnswer ? 'unconfirmed' : 'failed'
  };
}

function stateAfter(reply) {
  return reply.lostAnswer ? 'At least one request may have been received without an answer, so whether the pin is gone is not known.' : STILL_THERE;
}

function afterAll(reply) {
  return reply.lostAnswer ? "An earlier attempt's answer was lost, so the pin may be gone all the same. " : '';
}

function saidBy(said) {
  return `The answer was ${said}.`;
}

function attempts(count) {
  return count === 1 ? '1 attempt' : `${count} attempts`;
}

class PinService {
  #origin;
  constructor(origin) {
    this.#origin = origin;
  }
  pin(pinId, surroundings) {
    return new ServicePin(this.#origin, pinId, surroundings);
  }
  page({offset: offset, limit: limit, pinned: pinned}, surroundings) {
    const {timeoutSeconds: timeoutSeconds, signal: signal, startSignal: startSignal, onRetry: onRetry} = surroundings;
    return this.#origin.request({
      method: 'GET',
      path: `/api/pinning/pins/?offset=${offset}&limit=${limit}&pinned=${pinned}&sortBy=created_at&sortOrder=ASC`,
      deadline: this.#origin.deadline(timeoutSeconds),
      signal: signal,
      startSignal: startSignal,
      isFinal: () => false,
      onRetry: onRetry
    });
  }
}

class ServicePin {
  #origin;
  #deadline;
  #surroundings;
  pinId;
  constructor(origin, pinId, surroundings) {
    this.#origin = origin;
    this.#deadline = origin.deadline(surroundings.timeoutSeconds);
    this.#surroundings = surroundings;
    this.pinId = pinId;
  }
  async read() {
    return (0, judge_reading.gx)(this.pinId, await this.#get(), this.#surroundings.timeoutSeconds);
  }
  async unpin() {
    const reply = await this.#request('DELETE', `/api/pinning/unpin/${this.pinId}`);
    return judgeUnpin(this.pinId, reply, this.#surroundings.timeoutSeconds);
  }
  async verify(unpinned) {
    return (0, judge_reading.im)(unpinned, await this.#get(), this.#surroundings.timeoutSeconds);
  }
  #get() {
    return this.#request('GET', `/api/pinning/${this.pinId}`);
  }
  #request(method, path) {
    const {signal: signal, startSignal: startSignal, onRetry: onRetry} = this.#surroundings;
    return this.#origin.request({
      method: method,
      path: path,
      deadline: this.#deadline,
      signal: signal,
      startSignal: startSignal,
      isFinal: judgement.FJ,
      onRetry: onRetry
    });
  }
}

function authentication(keys) {
  return {
    pinning_api_key: keys.api,
    pinning_secret_key: keys.secret
  };
}

const external_node_http_namespaceObject = process.getBuiltinModule("node:http");

const external_node_https_namespaceObject = process.getBuiltinModule("node:https");

const BODY_LIMIT = 1024 * 1024;

async function readBody(message) {
  const encoding = message.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') return discard(message, 'a body in a content encoding that was not asked for');
  const chunks = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    message.on('data', chunk => {
      length += chunk.length;
      if (length > BODY_LIMIT) resolve(discard(message, `a body of over ${BODY_LIMIT / 1024 / 1024} MiB`)); else chunks.push(chunk);
    });
    message.on('close', () => {
      if (message.complete) resolve(parseObject(Buffer.concat(chunks))); else reject(new Error('the body was cut short'));
    });
  });
}

function parseObject(bytes) {
  if (bytes.length === 0) return {
    problem: 'an empty body'
  };
  let text;
  try {
    text = new TextDecoder('utf-8', {
      fatal: true
    }).decode(bytes);
  } catch {
    return {
      problem: 'a body that is not UTF-8'
    };
  }
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return {
      problem: /^\s*</.test(text) ? 'HTML or XML in place of JSON' : 'a body that is not JSON'
    };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {
    problem: 'JSON that is not an object'
  };
  return {
    object: value
  };
}

function discard(message, problem) {
  message.destroy();
  return {
    problem: problem
  };
}

const USER_AGENT = 'aioz-ipfs-unpin';

function createExchange(clock) {
  const client = new lib_HttpClient(USER_AGENT, void 0, {
    keepAlive: true
  });
  return ({method: method, url: url, headers: headers, limitMs: limitMs, signal: signal}) => new Promise(resolve => {
    if (signal.aborted) return resolve({
      kind: 'interrupted',
      sent: false
    });
    const watch = new RequestWatch(why => settle(broken(why)));
    let message = null;
    let settled = false;
    const stopTimer = clock.after(limitMs, () => {
      const seconds = Math.round(limitMs / 100) / 10;
      settle(broken(watch.stood ? `no complete answer within ${seconds} s` : `no connection within ${seconds} s`));
    });
    const interrupt = () => settle({
      kind: 'interrupted',
      sent: watch.stood
    });
    signal.addEventListener('abort', interrupt);
    function settle(exchange) {
      if (settled) return;
      settled = true;
      stopTimer();
      signal.removeEventListener('abort', interrupt);
      if (exchange.kind !== 'answered') watch.destroy();
      resolve(exchange);
    }
    function broken(why) {
      if (watch.untrusted) return {
        kind: 'untrusted',
        why: why
      };
      if (!watch.stood) return {
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
      const parsedUrl = new URL(url);
      const secure = parsedUrl.protocol === 'https:';
      const options = {
        method: method,
        host: parsedUrl.hostname,
        port: parsedUrl.port,
        path: parsedUrl.pathname + parsedUrl.search,
        headers: {
          ...headers,
          'user-agent': client.userAgent
        },
        agent: watch.through(client.getAgent(url)),
        rejectUnauthorized: true
      };
      const httpModule = secure ? external_node_https_namespaceObject : external_node_http_namespaceObject;
      message = (await client.requestRaw({
        options: options,
        parsedUrl: parsedUrl,
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
    send().then(answer => settle({
      kind: 'answered',
      answer: answer
    }), error => settle(broken(explain(error))));
  });
}

class RequestWatch {
  #request=null;
  #socket=null;
  #onSilentEnd;
  stood=false;
  constructor(onSilentEnd) {
    this.#onSilentEnd = onSilentEnd;
  }
  get untrusted() {
    const socket = this.#socket;
    return !this.stood && socket !== null && 'authorizationError' in socket && Boolean(socket.authorizationError);
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
    request.once('upgrade', (_, socket) => {
      socket.destroy();
      this.#onSilentEnd('an answer 101 that switches protocols');
    });
    request.once('close', () => {
      if (!reported) this.#onSilentEnd('the connection was closed without an answer');
    });
    request.once('socket', socket => {
      this.#socket = socket;
      const secure = 'secureConnecting' in socket;
      if (secure ? socket.secureConnecting : socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', () => this.stood = true); else this.stood = true;
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

const WINDOW_MS = 6e4;

class Gate {
  #clock;
  #places;
  #inFlight=0;
  #ended=[];
  #closedUntil=-1 / 0;
  #waiting=new Set;
  #queue=[];
  constructor(clock, places) {
    this.#clock = clock;
    this.#places = places;
  }
  close(ms) {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + ms);
  }
  async enter(deadline, signal) {
    const ticket = {};
    this.#queue.push(ticket);
    try {
      return await this.#pass(ticket, deadline, signal);
    } finally {
      this.#queue.splice(this.#queue.indexOf(ticket), 1);
      for (const wake of this.#waiting) wake();
    }
  }
  async #pass(ticket, deadline, signal) {
    for (;;) {
      if (signal.aborted) return 'interrupted';
      const now = this.#clock.now();
      const heldMs = this.#closedUntil - now;
      if (heldMs > 0) {
        if (!deadline.fits(heldMs)) return 'too-late';
        await this.#pause(heldMs, signal);
        continue;
      }
      const waitMs = this.#queue[0] === ticket ? this.#untilPlace(now) : 1 / 0;
      if (waitMs <= 0) {
        this.#inFlight += 1;
        return 'entered';
      }
      await this.#pause(waitMs, signal);
      deadline.giveBack(this.#clock.now() - now);
    }
  }
  leave() {
    this.#inFlight -= 1;
    this.#ended.push(this.#clock.now());
    for (const wake of this.#waiting) wake();
  }
  #untilPlace(now) {
    while (this.#ended.length > 0 && now - this.#ended[0] > WINDOW_MS) this.#ended.shift();
    if (this.#inFlight + this.#ended.length < this.#places) return 0;
    const oldest = this.#ended[0];
    return oldest === void 0 ? 1 / 0 : oldest + WINDOW_MS + 1 - now;
  }
  #pause(ms, signal) {
    return new Promise(resolve => {
      const wake = () => {
        cancel();
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const cancel = ms === 1 / 0 ? () => {} : this.#clock.after(ms, wake);
      signal.addEventListener('abort', wake);
      this.#waiting.add(wake);
    });
  }
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
  left() {
    return this.#limitMs + this.#givenBackMs - this.elapsed();
  }
  elapsed() {
    return this.#startedAt === null ? 0 : this.#clock.now() - this.#startedAt;
  }
  fits(waitMs) {
    return this.left() - waitMs >= LEAST_ATTEMPT_MS;
  }
  longestWait() {
    return Math.max(0, this.left() - LEAST_ATTEMPT_MS);
  }
  giveBack(ms) {
    if (this.#startedAt !== null) this.#givenBackMs += ms;
  }
  get running() {
    return this.#startedAt !== null;
  }
}

const MOST_REDIRECTS = 3;

const REDIRECTS = new Set([ 301, 302, 303, 307, 308 ]);

function followRedirect(answer, from, redact) {
  if (!REDIRECTS.has(answer.status)) return null;
  if (answer.location === null) return {
    problem: `a redirect (HTTP ${answer.status}) that names no target`
  };
  let target;
  try {
    target = new URL(answer.location, from);
  } catch {
    return {
      problem: `a redirect (HTTP ${answer.status}) to something that is no URL`
    };
  }
  const origin = new URL(from).origin;
  if (target.origin !== origin) return {
    problem: `a redirect (HTTP ${answer.status}) to another origin, ${target.protocol}//${target.host}, which was not ` + 'followed because the keys would go with it'
  };
  const path = target.pathname + target.search;
  if (redact(path) !== path) return {
    problem: `a redirect (HTTP ${answer.status}) to a URL that holds a key, which was not followed`
  };
  if (resourceOf(target) !== resourceOf(new URL(from))) return {
    problem: `a redirect (HTTP ${answer.status}) to another resource of the origin, which was not followed`
  };
  return {
    url: origin + path
  };
}

function resourceOf({pathname: pathname}) {
  return pathname.replace(/\/+$/, '').replace(/^.*\//, '').toLowerCase();
}

const LEAST_WAIT_MS = 250;

const HELD_BACK = 'every request of the run was held back for longer than the time left';

const LONGEST_ATTEMPT_MS = 3e4;

class Origin {
  #base;
  #headers;
  #redact;
  #exchange;
  #gate;
  #clock;
  #random;
  constructor(options) {
    this.#base = options.base;
    this.#headers = {
      accept: 'application/json',
      'accept-encoding': 'identity',
      ...options.secretHeaders
    };
    this.#redact = (0, lib_redact.l)(Object.values(options.secretHeaders));
    this.#exchange = options.exchange;
    this.#gate = options.gate;
    this.#clock = options.clock;
    this.#random = options.random;
  }
  deadline(seconds) {
    return new Deadline(this.#clock, seconds * 1e3);
  }
  async request(request) {
    const {deadline: deadline} = request;
    const progress = {
      status: null,
      attempts: 0,
      lostAnswer: false,
      why: ''
    };
    const end = (ending, answer = null) => ({
      ...progress,
      ending: ending,
      answer: answer,
      durationMs: deadline.elapsed()
    });
    for (;;) {
      const attempt = await this.#attempt(request, deadline, progress);
      if (attempt.kind === 'too-late') {
        progress.why = progress.why === '' ? attempt.why : `${progress.why}; then ${attempt.why}`;
        return end('time-used-up');
      }
      if (attempt.kind === 'interrupted') {
        progress.lostAnswer ||= attempt.sent;
        return end('interrupted');
      }
      if (attempt.kind === 'refused') {
        Object.assign(progress, {
          why: attempt.why,
          status: attempt.status
        });
        return end('refused');
      }
      const setback = (0, retry.Dp)(attempt, request.isFinal, this.#clock);
      if (setback === null && attempt.kind === 'answered') {
        Object.assign(progress, {
          why: '',
          status: attempt.answer.status
        });
        return end('answered', attempt.answer);
      }
      if (setback === null) throw new Error('only an answer can be final');
      progress.why = setback.why;
      progress.status = setback.status;
      progress.lostAnswer ||= setback.lostAnswer;
      const waiting = await this.#backOff(setback, request, deadline, progress.attempts);
      if (waiting !== 'try-again') return end(waiting);
    }
  }
  async #attempt(request, deadline, progress) {
    let url = this.#base + request.path;
    let attemptMs = LONGEST_ATTEMPT_MS;
    for (let redirects = 0; ;redirects += 1) {
      if (deadline.running && !deadline.fits(0)) return {
        kind: 'too-late',
        why: 'too little time was left'
      };
      const entry = await this.#gate.enter(deadline, deadline.running ? request.signal : request.startSignal);
      if (entry === 'too-late') {
        if (deadline.running) return {
          kind: 'too-late',
          why: HELD_BACK
        };
        progress.why = 'every request was held back for longer than `timeout-seconds`';
        return {
          kind: 'interrupted',
          sent: false
        };
      }
      if (entry === 'interrupted') return {
        kind: 'interrupted',
        sent: false
      };
      deadline.start();
      if (redirects === 0) progress.attempts += 1;
      const startedAt = this.#clock.now();
      let exchange;
      try {
        exchange = await this.#exchange({
          method: request.method,
          url: url,
          headers: this.#headers,
          limitMs: Math.max(0, Math.min(attemptMs, deadline.left())),
          signal: request.signal
        });
      } finally {
        this.#gate.leave();
      }
      attemptMs -= this.#clock.now() - startedAt;
      if (exchange.kind === 'untrusted') return {
        kind: 'refused',
        why: `the server's certificate does not verify (${exchange.why})`,
        status: null
      };
      if (exchange.kind !== 'answered') return exchange;
      const redirect = followRedirect(exchange.answer, url, this.#redact);
      if (redirect === null) return exchange;
      const {status: status} = exchange.answer;
      if ('problem' in redirect) return {
        kind: 'refused',
        why: redirect.problem,
        status: status
      };
      if (redirects === MOST_REDIRECTS) return {
        kind: 'refused',
        why: `more than ${MOST_REDIRECTS} redirects, one after the other`,
        status: status
      };
      url = redirect.url;
    }
  }
  async #backOff(setback, request, deadline, attempt) {
    const askedMs = setback.retryAfterMs;
    if (askedMs !== null && !deadline.fits(askedMs)) {
      this.#gate.close(askedMs);
      return 'told-to-wait';
    }
    if (!deadline.fits(LEAST_WAIT_MS)) return 'time-used-up';
    const drawnMs = this.#random() * Math.min((0, retry.J0)(attempt), deadline.longestWait());
    const waitMs = Math.max(askedMs ?? 0, drawnMs);
    const holdsAll = askedMs !== null || setback.status === 429;
    if (holdsAll) this.#gate.close(waitMs);
    request.onRetry({
      attempt: attempt,
      why: setback.why,
      waitMs: waitMs,
      holdsAll: holdsAll
    });
    await sleep(this.#clock, waitMs, request.signal);
    return 'try-again';
  }
}

const LOOPBACK_IPV4 = /^127(?:\.\d{1,3}){3}$/;

function isLoopback(hostname) {
  return hostname === 'localhost' || LOOPBACK_IPV4.test(hostname);
}

function proxyProblem(base, environment) {
  const url = new URL(base);
  const name = [ 'https_proxy', 'HTTPS_PROXY' ].find(variable => environment[variable]);
  if (url.protocol !== 'https:' || name === void 0 || isLoopback(url.hostname)) return null;
  if (checkBypass(url)) return url.hostname.startsWith('127.') ? `\`api-url\` has a host that begins with 127., which the toolkit never reaches through the proxy in ${name}` : null;
  let proxy;
  try {
    proxy = getProxyUrl(url);
  } catch {}
  if (proxy !== void 0 && /^https?:$/.test(proxy.protocol)) return null;
  return `The environment variable ${name} names no proxy that can be used; it takes \`http://host:port\` or \`https://host:port\`, ` + 'with special characters of a password percent-encoded. Requests will not go round it.';
}

var criteria = __nccwpck_require__(334);

function parseApiUrl(text) {
  if (/[\s\\]/.test(text)) return {
    problem: 'holds white space or a backslash'
  };
  let url;
  try {
    url = new URL(text);
  } catch {
    return {
      problem: 'is not a URL (is `https://` missing?)'
    };
  }
  const problem = refusal(text, url);
  if (problem !== null) return {
    problem: problem
  };
  const prefix = url.pathname.replace(/\/+$/, '').replace(/\/api$/, '').replace(/\/+$/, '');
  return {
    base: url.origin + prefix
  };
}

function refusal(text, url) {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return `has the scheme \`${url.protocol}\``;
  if (url.username !== '' || url.password !== '') return 'holds user info';
  if (text.includes('?')) return 'holds a query';
  if (text.includes('#')) return 'holds a fragment';
  if (url.hostname.startsWith('[')) return 'is an IPv6 literal';
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return 'is plain `http`, which would send the keys unencrypted';
  return null;
}

const SHORTEST_KEY = 8;

function keyProblem(key) {
  if (key === '') return 'is empty. Is the secret set for this repository or environment, and its name spelt right? ' + 'Runs for a fork or for Dependabot get no secrets.';
  if (!/^[\x20-\x7e]+$/.test(key)) return 'holds a character that is not printable ASCII, often a line end or an invisible space from copying. ' + 'Store the secret again.';
  if (key.length < SHORTEST_KEY) return `is shorter than ${SHORTEST_KEY} characters, so it cannot be a whole key. Store the secret again.`;
  return null;
}

var pin_ids = __nccwpck_require__(213);

const LEFT_OUT = '(none)';

const QUOTED_LENGTH = 60;

const WORDS_QUOTED = 5;

const TAKES = {
  'pin-id': 'pin IDs (UUIDs)',
  cid: 'CIDs',
  name: 'names, one a line',
  keyvalues: 'lines `key=value`',
  'older-than': 'an age such as `30d`',
  protect: 'pin IDs, CIDs or names, one a line'
};

class InputReader {
  #keys;
  #redact;
  problems=[];
  constructor(keys) {
    this.#keys = keys;
    this.#redact = (0, lib_redact.l)([ keys.api, keys.secret ]);
  }
  refuse(name, predicate) {
    this.problems.push(`\`${name}\` ${predicate}`);
    return null;
  }
  required(name, parse, allowed) {
    const text = getInput(name);
    const value = text === '' ? null : parse(text);
    if (value === null) this.refuse(name, `${text === '' ? 'is empty' : `is ${this.quote(text)}`}; ${allowed}.`);
    return value;
  }
  optional(name) {
    const text = getInput(name);
    if (text === '') this.refuse(name, `is empty; it takes ${TAKES[name] ?? 'a text'}. Was the variable or output that it comes from set?`);
    return text === '' || text === LEFT_OUT ? null : text;
  }
  isGiven(name) {
    return getInput(name) !== LEFT_OUT;
  }
  peek(name) {
    return getInput(name);
  }
  quote(text, longest = QUOTED_LENGTH) {
    if (this.#showsKey(text)) return '(not shown: it holds the value of a key)';
    return `"${text.length > longest ? `${text.slice(0, longest)}…` : text}"`;
  }
  quoteAll(words, longest = () => {}) {
    const shown = words.slice(0, WORDS_QUOTED).map(word => this.quote(word, longest(word)));
    const more = words.length - shown.length;
    return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
  }
  holdsKey(text) {
    return this.#redact(text) !== text;
  }
  #showsKey(text) {
    const lower = text.toLowerCase();
    const {api: api, secret: secret} = this.#keys;
    return this.holdsKey(text) || [ api, secret ].some(key => key !== '' && lower.includes(key.toLowerCase()));
  }
}

var selection = __nccwpck_require__(807);

var words = __nccwpck_require__(928);

function readKeys() {
  const keys = {
    api: getInput('pinning-api-key'),
    secret: getInput('pinning-secret-key')
  };
  for (const key of [ keys.api, keys.secret ]) if (key !== '') core_setSecret(key);
  return keys;
}

async function readInputs(keys) {
  const reader = new InputReader(keys);
  let canonicalCid = () => null;
  const loadCids = async () => ({canonicalCid: canonicalCid} = await __nccwpck_require__.e(470).then(__nccwpck_require__.bind(__nccwpck_require__, 470))).canonicalCid;
  const protect = reader.isGiven('protect') ? await (await __nccwpck_require__.e(668).then(__nccwpck_require__.bind(__nccwpck_require__, 668))).readProtection(reader, loadCids) : criteria.V;
  const target = await readTarget(reader, protect, loadCids);
  checkKey(reader, 'pinning-api-key', keys.api);
  checkKey(reader, 'pinning-secret-key', keys.secret);
  const apiBase = readApiBase(reader);
  const onMissing = reader.required('on-missing', parseOnMissing, 'it takes `warn`, `ignore` or `fail`');
  const dryRun = reader.required('dry-run', words.yG, 'it takes `true` or `false`');
  const verify = reader.required('verify', words.yG, 'it takes `true` or `false`');
  const requestsPerMinute = readInteger(reader, 'requests-per-minute', 6e3);
  const timeoutSeconds = readInteger(reader, 'timeout-seconds', 3600);
  if (reader.problems.length > 0 || target === null || apiBase === null || onMissing === null || dryRun === null || verify === null || requestsPerMinute === null || timeoutSeconds === null) throw new lib_errors.fk(reader.problems);
  return {
    target: target,
    protect: protect,
    canonicalCid: canonicalCid,
    keys: keys,
    apiBase: apiBase,
    onMissing: onMissing,
    dryRun: dryRun,
    verify: verify,
    requestsPerMinute: requestsPerMinute,
    timeoutSeconds: timeoutSeconds
  };
}

async function readTarget(reader, protect, loadCids) {
  const selectors = selection.ZM.filter(name => reader.isGiven(name));
  const byId = reader.isGiven('pin-id');
  if (!byId && selectors.length === 0) reader.refuse('pin-id', 'is not given, and neither is `cid`, `name` or `keyvalues`; one of them is needed.');
  if (byId) {
    for (const name of selectors) {
      if (reader.optional(name) === null) continue;
      reader.refuse(name, 'selects pins, and `pin-id` names them; use one or the other.');
    }
    const text = reader.optional('pin-id');
    const pinIds = text === null ? [] : (0, pin_ids.id)(reader, text);
    (0, selection.ow)(reader);
    return {
      pinIds: pinIds
    };
  }
  const {readCriteria: readCriteria} = await __nccwpck_require__.e(668).then(__nccwpck_require__.bind(__nccwpck_require__, 668));
  return readCriteria(reader, protect, loadCids);
}

function checkKey(reader, name, key) {
  const problem = keyProblem(key);
  if (problem !== null) reader.refuse(name, problem);
}

function readApiBase(reader) {
  const text = getInput('api-url');
  const read = text === '' ? {
    problem: 'is empty'
  } : parseApiUrl(text);
  if ('problem' in read) {
    const which = text === '' ? '' : `is ${reader.quote(text)}, which `;
    return reader.refuse('api-url', `${which}${read.problem}; it takes an \`https\` URL (\`http\` on loopback only) without user info, query or fragment.`);
  }
  if (reader.holdsKey(read.base)) return reader.refuse('api-url', 'holds the value of a key; keys never go into a URL. Were inputs mixed up?');
  return read.base;
}

function parseOnMissing(text) {
  return text === 'warn' || text === 'ignore' || text === 'fail' ? text : null;
}

function readInteger(reader, name, most) {
  return reader.required(name, text => (0, words.cG)(text, 1, most), `it takes a whole number from 1 to ${most}`);
}

const external_node_fs_namespaceObject = process.getBuiltinModule("node:fs");

const external_node_os_namespaceObject = process.getBuiltinModule("node:os");

const SHOWN = 10;

const LONGEST_ANNOTATION = 4096;

function fitAnnotations(messages, noun) {
  if (messages.length <= SHOWN) return [ ...messages ];
  const shown = messages.slice(0, SHOWN - 1);
  const more = messages.length - shown.length;
  return [ ...shown, `… and ${more} more ${noun}: all of them stand in the file that the output \`results-file\` names.` ];
}

function failsStep(outcome, onMissing) {
  switch (outcome.result) {
   case 'unpinned':
   case 'would-unpin':
   case 'protected':
   case 'kept':
    return false;

   case 'missing':
    return onMissing === 'fail' && !outcome.afterLostAnswer;

   case 'unconfirmed':
   case 'failed':
   case 'not-attempted':
    return true;
  }
}

function tallyUp(pins) {
  const counts = {
    unpinned: 0,
    missing: 0,
    unconfirmed: 0,
    failed: 0,
    'not-attempted': 0,
    'would-unpin': 0,
    protected: 0,
    kept: 0
  };
  let failed = 0;
  let totalSize = 0n;
  let unknownSizes = 0;
  for (const pin of pins) {
    counts[pin.result] += 1;
    if (pin.fails) failed += 1;
    if (pin.result !== 'unpinned') continue;
    if (pin.size === null) unknownSizes += 1; else totalSize += BigInt(pin.size);
  }
  return {
    counts: counts,
    failed: failed,
    totalSize: totalSize,
    unknownSizes: unknownSizes
  };
}

function isChosen({result: result}) {
  return result !== 'protected' && result !== 'kept';
}

function toReportedPin(outcome, onMissing, shorten) {
  const {record: _, ...pin} = outcome;
  const text = value => value === null ? null : shorten(value);
  return {
    ...pin,
    cid: text(pin.cid),
    status: text(pin.status),
    name: text(pin.name),
    reason: shorten(pin.reason),
    message: shorten(pin.message),
    fails: failsStep(outcome, onMissing)
  };
}

const LARGEST_RESULTS = 256 * 1024;

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

function outputsOf(pins, tally, files, clean) {
  const lines = value => pins.map(pin => clean(String(value(pin) ?? ''))).join('\n');
  return {
    cid: lines(pin => pin.cid),
    size: lines(pin => pin.size),
    status: lines(pin => pin.status),
    name: lines(pin => pin.name),
    result: lines(pin => pin.result),
    'unpinned-count': String(tally.counts.unpinned),
    'missing-count': String(tally.counts.missing),
    'failed-count': String(tally.failed),
    'total-size': String(tally.totalSize),
    'matched-count': String(pins.length),
    'protected-count': String(tally.counts.protected),
    'kept-count': String(tally.counts.kept),
    'pin-ids': pins.filter(isChosen).map(({pinId: pinId}) => pinId).join('\n'),
    results: files.results,
    'results-file': files.resultsFile
  };
}

function setOutputs(outputs) {
  for (const [name, text] of Object.entries(outputs)) setOutput(name, text);
}

const external_node_crypto_namespaceObject = process.getBuiltinModule("node:crypto");

const external_node_path_namespaceObject = process.getBuiltinModule("node:path");

class ResultsFile {
  path;
  #recordsPath;
  #records;
  #places=new Map;
  #recordsLength=0;
  constructor(folder) {
    const name = (0, external_node_path_namespaceObject.join)(folder, `aioz-unpin-results-${(0, external_node_crypto_namespaceObject.randomUUID)()}`);
    this.path = `${name}.json`;
    this.#recordsPath = `${name}.records`;
    (0, external_node_fs_namespaceObject.closeSync)((0, external_node_fs_namespaceObject.openSync)(this.path, 'wx', 384));
    this.#records = (0, external_node_fs_namespaceObject.openSync)(this.#recordsPath, 'wx+', 384);
  }
  keepRecord(index, record) {
    const bytes = Buffer.from(record);
    const offset = this.#recordsLength;
    this.#writeAll(this.#records, bytes);
    this.#recordsLength += bytes.length;
    this.#places.set(index, {
      offset: offset,
      length: bytes.length
    });
  }
  write(entries) {
    const file = (0, external_node_fs_namespaceObject.openSync)(this.path, 'w', 384);
    let length = 0;
    const append = bytes => {
      this.#writeAll(file, bytes);
      length += bytes.length;
    };
    try {
      append(Buffer.from('['));
      entries.forEach((entry, index) => {
        const start = JSON.stringify(entry).slice(0, -1);
        append(Buffer.concat([ Buffer.from(`${index === 0 ? '' : ','}${start},"record":`), this.#record(index), CLOSE ]));
      });
      append(Buffer.from(']'));
    } finally {
      (0, external_node_fs_namespaceObject.closeSync)(file);
      (0, external_node_fs_namespaceObject.closeSync)(this.#records);
      (0, external_node_fs_namespaceObject.rmSync)(this.#recordsPath, {
        force: true
      });
    }
    return length;
  }
  discard() {
    (0, external_node_fs_namespaceObject.closeSync)(this.#records);
    (0, external_node_fs_namespaceObject.rmSync)(this.#recordsPath, {
      force: true
    });
    (0, external_node_fs_namespaceObject.rmSync)(this.path, {
      force: true
    });
  }
  #record(index) {
    const place = this.#places.get(index);
    if (place === void 0) return NO_RECORD;
    const bytes = Buffer.alloc(place.length);
    (0, external_node_fs_namespaceObject.readSync)(this.#records, bytes, 0, place.length, place.offset);
    return bytes;
  }
  #writeAll(file, bytes) {
    for (let written = 0; written < bytes.length; ) written += (0, external_node_fs_namespaceObject.writeSync)(file, bytes, written);
  }
}

const CLOSE = Buffer.from('}');

const NO_RECORD = Buffer.from('null');

var format = __nccwpck_require__(703);

function pinLine(pin) {
  const facts = [ pin.result, pin.cid, pin.size === null ? null : (0, format.Xq)(pin.size), pin.name === null ? null : `"${pin.name}"` ];
  if (pin.attempts > 0) facts.push((0, format.U9)(pin.attempts, 'attempt'), (0, format.a3)(pin.durationMs));
  if (pin.reason !== '') facts.push(pin.reason);
  const told = facts.filter(fact => fact !== null).join(', ');
  const plain = [ 'unpinned', 'would-unpin', 'protected', 'kept' ].includes(pin.result);
  return plain ? `${pin.pinId}: ${told}` : `${pin.pinId}: ${told}. ${pin.message}`;
}

function totalsOf(tally, pins) {
  const unknown = tally.unknownSizes > 0 ? `, ${tally.unknownSizes} of unknown size` : '';
  const told = Object.entries(tally.counts).flatMap(([result, number]) => {
    if (number === 0) return [];
    return result === 'unpinned' ? `${number} unpinned (${(0, format.Xq)(tally.totalSize)}${unknown})` : `${number} ${result}`;
  });
  return `${(0, format.U9)(pins, 'pin')}${told.length === 0 ? '' : `: ${told.join(', ')}`}`;
}

function closingLine(tally, pins, durationMs, dryRun) {
  const totals = totalsOf(tally, pins);
  if (dryRun) return `Dry run: ${totals}. Nothing was unpinned.`;
  return `${totals}; ${tally.failed} failing the step, in ${(0, format.a3)(durationMs)}.`;
}

function progressLine(done, pins, elapsedMs, requestsPerMinute) {
  const rate = done / (elapsedMs / 1e3);
  const limitMs = Math.floor((pins - 1) / requestsPerMinute) * 6e4 - elapsedMs;
  const leftMs = Math.max((pins - done) / rate * 1e3, limitMs);
  const left = done === 0 ? '' : `, about ${(0, format.a3)(leftMs)} left`;
  return `${done} of ${(0, format.U9)(pins, 'pin')} done, ${rate.toFixed(1)} a second${left}`;
}

function retryLine(what, {attempt: attempt, why: why, waitMs: waitMs, holdsAll: holdsAll}) {
  const who = holdsAll ? 'every request waits' : 'trying again in';
  return `${what}: attempt ${attempt}: ${who} ${(0, format.a3)(waitMs)}, because of ${why}`;
}

const LARGEST_SUMMARY = 256 * 1024;

const LONGEST_CELL = 300;

const OFFERED = 200;

const ORDER = [ 'failed', 'unconfirmed', 'not-attempted', 'missing', 'unpinned', 'would-unpin', 'protected', 'kept' ];

function summaryOf(pins, options) {
  const {tally: tally, dryRun: dryRun, criteria: criteria, problem: problem, cell: cell} = options;
  const head = [ `## AIOZ IPFS Unpin: ${title(tally, pins.length, options)}`, '' ];
  if (problem !== null) head.push(`**${cell(problem, 1e3)}**`, '');
  if (criteria !== null) {
    head.push('Selected by:', '');
    for (const [input, value] of criteria) head.push(`- <code>${input}</code>: ${cell(value, 1e3)}`);
    head.push('');
  }
  head.push(totals(tally, pins.length, options), '');
  if (pins.length > 0) head.push(...HEADER);
  const closing = problem === null ? again(pins, dryRun) : 'Nothing was unpinned, so nothing has to be undone.';
  const sorted = [ ...pins ].sort((a, b) => Number(b.fails) - Number(a.fails) || ORDER.indexOf(a.result) - ORDER.indexOf(b.result));
  const rows = [];
  let length = Buffer.byteLength([ ...head, closing ].join('\n'));
  for (const pin of sorted) {
    const line = row(pin, options);
    length += Buffer.byteLength(line) + 1;
    if (length > LARGEST_SUMMARY) break;
    rows.push(line);
  }
  const more = pins.length - rows.length;
  if (more > 0) rows.push('', `${(0, format.U9)(more, 'more pin')} did not fit here; the output \`results-file\` names a file with all.`);
  return [ ...head, ...rows, '', closing, '' ].join('\n');
}

function refusalSummary(problems, cell) {
  const lines = problems.map(problem => `- ${cell(problem, 2e3)}`);
  return [ '## AIOZ IPFS Unpin: nothing was unpinned', '', 'To mend:', '', ...lines, '' ].join('\n');
}

function title(tally, pins, {dryRun: dryRun, problem: problem}) {
  const {unpinned: unpinned, missing: missing, 'would-unpin': would} = tally.counts;
  if (problem !== null) return 'nothing was unpinned';
  if (tally.failed > 0) return `${tally.failed} of ${(0, format.U9)(pins, 'pin')} failed`;
  if (dryRun) return `dry run, ${(0, format.U9)(would, 'pin')} would be unpinned`;
  return missing > 0 ? `${unpinned} unpinned, ${missing} missing` : `${(0, format.U9)(unpinned, 'pin')} unpinned`;
}

function totals(tally, pins, {dryRun: dryRun, apiBase: apiBase, durationMs: durationMs, cell: cell}) {
  const where = `at <code>${cell(apiBase, LONGEST_CELL)}</code>`;
  const ending = dryRun ? 'Nothing was unpinned.' : `In ${(0, format.a3)(durationMs)}.`;
  return `${totalsOf(tally, pins)}, ${where}. ${ending}`;
}

const HEADER = [ '| Pin | Result | CID | Name | Size | Age | Attempts | Time | What happened |', '| --- | --- | --- | --- | ---: | ---: | ---: | ---: | --- |' ];

function row(pin, {cell: cell, now: now}) {
  const said = isChosen(pin) && pin.result !== 'would-unpin' ? pin.message : '';
  const cells = [ `<code>${pin.pinId}</code>`, pin.fails ? `**${pin.result}**` : pin.result, pin.cid === null ? '' : `<code>${cell(pin.cid, 120)}</code>`, cell(pin.name ?? '', LONGEST_CELL), pin.size === null ? '' : (0, 
  format.Xq)(pin.size), pin.pinnedAtMs === null ? '' : (0, format.nV)(now - pin.pinnedAtMs), pin.attempts === 0 ? '' : String(pin.attempts), pin.attempts === 0 ? '' : (0, 
  format.a3)(pin.durationMs), cell([ pin.reason, said ].filter(text => text !== '').join('; '), LONGEST_CELL) ];
  return `| ${cells.join(' | ')} |`;
}

function again(pins, dryRun) {
  if (dryRun) return 'To unpin what would be unpinned, run the step again with `dry-run: false`.';
  const failing = pins.filter(pin => pin.fails).map(pin => pin.pinId);
  if (failing.length === 0) return 'Running the step again is safe: a pin that is gone is not unpinned twice.';
  if (failing.length > OFFERED) return 'To try again, run the step again as it is: a pin that is gone by then is reported as `missing`.';
  return [ 'To try the failed ones again:', '', '```yaml', 'pin-id: |', ...failing.map(pinId => `  ${pinId}`), '```' ].join('\n');
}

const LONGEST_TEXT = 4096;

const PROGRESS_EVERY_MS = 5e3;

class RunReport {
  #run;
  #file;
  #clock;
  #clean;
  #ways;
  #startedAt;
  #pins=[];
  #ended=0;
  #fileError=null;
  #expected=0;
  #triedSince=0;
  #stopProgress=() => {};
  constructor(run, file, clock, clean, ways) {
    this.#run = run;
    this.#file = file;
    this.#clock = clock;
    this.#clean = clean;
    this.#ways = ways;
    this.#startedAt = clock.now();
  }
  expect(pins) {
    const {apiBase: apiBase, dryRun: dryRun, requestsPerMinute: requestsPerMinute} = this.#run;
    this.#expected = pins;
    this.#ended = 0;
    this.#triedSince = this.#clock.now();
    const verb = dryRun ? 'Dry run:' : 'Unpinning';
    this.line(`${verb} ${(0, format.U9)(pins, 'pin')} at ${apiBase}, at most ${(0, format.U9)(requestsPerMinute, 'request')} a minute`);
    if (pins > 1) this.#showProgress();
  }
  line(text) {
    this.#ways.line(text);
  }
  abandon() {
    this.#file.discard();
  }
  retrying(what, retry) {
    this.line(retryLine(what, retry));
  }
  ended(outcome, index) {
    const pin = toReportedPin(outcome, this.#run.onMissing, text => shorten(this.#clean.redact(text)));
    this.#pins[index] = pin;
    this.#ended += 1;
    if (outcome.record !== null) try {
      this.#file.keepRecord(index, JSON.stringify(this.#clean.json(outcome.record)));
    } catch (cause) {
      this.#fileError ??= cause;
    }
    this.line(pinLine(pin));
  }
  finish({stopped: stopped, problem: problem, warning: warned}) {
    this.#stopProgress();
    const pins = this.#pins;
    if (problem !== null) for (const pin of pins) pin.fails = false;
    const tally = tallyUp(pins);
    const durationMs = this.#clock.now() - this.#startedAt;
    const files = this.#writeResults();
    const outputsSet = this.#ways.tryOutputs(outputsOf(pins, tally, files, this.#clean.output));
    const failing = pins.filter(pin => pin.fails);
    const tried = failing.filter(({result: result}) => result !== 'not-attempted');
    const untried = failing.filter(({result: result}) => result === 'not-attempted');
    const errors = [ ...tried, ...untried ].map(pin => `Pin ${pin.pinId}: ${pin.message}`);
    if (stopped !== null && errors.length > 0) errors.unshift(stopped);
    if (problem !== null) errors.unshift(problem);
    if (this.#fileError !== null) errors.unshift(`Not every record could be written to the results file: ${(0, lib_errors.Uc)(this.#fileError)}.`);
    this.#annotate(error, errors, 'errors');
    const warnings = pins.filter(pin => this.#warns(pin)).map(pin => `Pin ${pin.pinId}: ${pin.message}`);
    if (warned !== null) warnings.unshift(warned);
    this.#annotate(warning, warnings, 'warnings');
    const {apiBase: apiBase, dryRun: dryRun, criteria: criteria} = this.#run;
    const now = this.#clock.epoch();
    const {cell: cell} = this.#clean;
    this.#ways.trySummary(summaryOf(pins, {
      tally: tally,
      dryRun: dryRun,
      apiBase: apiBase,
      durationMs: durationMs,
      criteria: criteria,
      problem: problem,
      now: now,
      cell: cell
    }));
    this.line(closingLine(tally, pins.length, durationMs, dryRun));
    return problem === null && failing.length === 0 && outputsSet && this.#fileError === null;
  }
  #warns(pin) {
    const {onMissing: onMissing, criteria: criteria} = this.#run;
    if (pin.result === 'missing') return onMissing !== 'ignore' && !pin.fails;
    return pin.result === 'protected' && criteria === null;
  }
  #writeResults() {
    const entries = this.#pins.map(toEntry);
    let resultsFile = '';
    try {
      const length = this.#file.write(entries);
      resultsFile = this.#file.path;
      if (length <= LARGEST_RESULTS) return {
        results: (0, external_node_fs_namespaceObject.readFileSync)(resultsFile, 'utf8'),
        resultsFile: resultsFile
      };
    } catch (cause) {
      this.#fileError ??= cause;
    }
    const withoutRecords = JSON.stringify(entries);
    if (Buffer.byteLength(withoutRecords) <= LARGEST_RESULTS) return {
      results: withoutRecords,
      resultsFile: resultsFile
    };
    notice('The output `results` would be larger than 256 KiB, so it is `[]`. The output `results-file` names a file with all.');
    return {
      results: '[]',
      resultsFile: resultsFile
    };
  }
  #annotate(annotate, messages, noun) {
    for (const message of fitAnnotations(messages, noun)) annotate(this.#clean.line(message, LONGEST_ANNOTATION));
  }
  #showProgress() {
    this.#stopProgress = this.#clock.after(PROGRESS_EVERY_MS, () => {
      const elapsedMs = this.#clock.now() - this.#triedSince;
      this.line(progressLine(this.#ended, this.#expected, elapsedMs, this.#run.requestsPerMinute));
      this.#showProgress();
    });
  }
}

function shorten(text) {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}

function toEntry(pin) {
  const {pinId: pinId, result: result, reason: reason, cid: cid, size: size, status: status, name: name, attempts: attempts, httpStatus: httpStatus, durationMs: durationMs, message: message} = pin;
  return {
    pinId: pinId,
    result: result,
    reason: reason,
    cid: cid,
    size: size,
    status: status,
    name: name,
    attempts: attempts,
    httpStatus: httpStatus,
    durationMs: durationMs,
    message: message
  };
}

const LONGEST_LINE = 1e3;

class Report {
  #clock;
  #clean;
  constructor(clock, secrets) {
    this.#clock = clock;
    this.#clean = createCleaner(secrets);
  }
  refuse(problems) {
    this.#tryOutputs(NO_OUTPUTS);
    const list = problems.map(problem => this.#clean.line(problem, LONGEST_ANNOTATION)).join('\n');
    error(list.slice(0, LONGEST_ANNOTATION));
    this.#trySummary(refusalSummary(problems, this.#clean.cell));
  }
  begin(run) {
    const outputFile = process.env['GITHUB_OUTPUT'] ?? '';
    const folder = process.env['RUNNER_TEMP'] ?? '';
    let resultsFile;
    try {
      if (outputFile !== '') (0, external_node_fs_namespaceObject.accessSync)(outputFile, external_node_fs_namespaceObject.constants.W_OK);
      resultsFile = new ResultsFile(folder === '' ? (0, external_node_os_namespaceObject.tmpdir)() : folder);
    } catch (cause) {
      throw new lib_errors.fk([ `What becomes of the pins could not be written down: ${(0, lib_errors.Uc)(cause)}. ` + 'Are the files behind GITHUB_OUTPUT and RUNNER_TEMP there, and is the disk full?' ], {
        cause: cause
      });
    }
    return new RunReport(run, resultsFile, this.#clock, this.#clean, {
      line: text => this.line(text),
      tryOutputs: outputs => this.#tryOutputs(outputs),
      trySummary: text => this.#trySummary(text)
    });
  }
  line(text) {
    info(this.#clean.line(text, LONGEST_LINE));
  }
  #tryOutputs(outputs) {
    try {
      setOutputs(outputs);
      return true;
    } catch (cause) {
      error(this.#clean.line(`The outputs could not be set, so later steps see none: ${(0, lib_errors.Uc)(cause)}.`, LONGEST_LINE));
      return false;
    }
  }
  #trySummary(text) {
    const file = process.env['GITHUB_STEP_SUMMARY'] ?? '';
    try {
      if (file !== '') (0, external_node_fs_namespaceObject.appendFileSync)(file, text);
    } catch (cause) {
      this.line(`No job summary: ${(0, lib_errors.Uc)(cause)}`);
    }
  }
}

var one_pin = __nccwpck_require__(32);

var unpin_all = __nccwpck_require__(184);

var memory = __nccwpck_require__(952);

var lib_stage = __nccwpck_require__(873);

async function unpinByIds(stage, pinIds) {
  const {inputs: inputs, service: service, report: report, world: world} = stage;
  const {dryRun: dryRun, verify: verify, timeoutSeconds: timeoutSeconds} = inputs;
  const rules = {
    dryRun: dryRun,
    verify: verify,
    whyProtected: await guardOf(stage)
  };
  await (0, memory.$)(pinIds.length);
  report.expect(pinIds.length);
  await (0, unpin_all.Y)(pinIds, {
    unpin: (pinId, signals) => (0, one_pin.D)(service.pin(pinId, {
      ...signals,
      timeoutSeconds: timeoutSeconds,
      onRetry: retry => report.retrying(pinId, retry)
    }), rules),
    signal: world.signal,
    onEnd: (outcome, index) => report.ended(outcome, index)
  });
  return report.finish({
    stopped: (0, lib_stage.$)(world),
    problem: null,
    warning: null
  });
}

async function guardOf({inputs: inputs}) {
  const {protect: protect, canonicalCid: canonicalCid} = inputs;
  if ((0, criteria.U)(protect)) return null;
  const {whyProtected: whyProtected} = await __nccwpck_require__.e(744).then(__nccwpck_require__.bind(__nccwpck_require__, 744));
  return record => whyProtected(record, protect, canonicalCid);
}

async function run(world) {
  const keys = readKeys();
  const report = new Report(world.clock, [ keys.api, keys.secret ]);
  let runReport = null;
  let carryOut;
  try {
    const inputs = await readInputs(keys);
    const problem = proxyProblem(inputs.apiBase, process.env);
    if (problem !== null) throw new lib_errors.fk([ problem ]);
    const {target: target} = inputs;
    runReport = report.begin({
      ...inputs,
      criteria: 'pinIds' in target ? null : target.criteria.told
    });
    const stage = {
      inputs: inputs,
      service: connect(inputs, world),
      report: runReport,
      world: world
    };
    if ('pinIds' in target) carryOut = () => unpinByIds(stage, target.pinIds); else {
      const {planSelected: planSelected, unpinSelected: unpinSelected} = await __nccwpck_require__.e(741).then(__nccwpck_require__.bind(__nccwpck_require__, 741));
      const decisions = await planSelected(stage, target.criteria);
      carryOut = () => unpinSelected(stage, decisions, target.maxUnpins);
    }
  } catch (error) {
    runReport?.abandon();
    report.refuse(error instanceof lib_errors.fk ? error.problems : [ `This action failed in itself: ${(0, lib_errors.Uc)(error)}.` ]);
    return false;
  }
  return carryOut();
}

function connect(inputs, {clock: clock, random: random}) {
  const origin = new Origin({
    base: inputs.apiBase,
    secretHeaders: authentication(inputs.keys),
    exchange: createExchange(clock),
    gate: new Gate(clock, inputs.requestsPerMinute),
    clock: clock,
    random: random
  });
  return new PinService(origin);
}

const LONGEST_FLUSH_MS = 3e3;

process.exitCode = 1;

process.noDeprecation = true;

if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];

const stop = new AbortController;

let drained = false;

let failed = false;

process.on('SIGINT', () => stop.abort('Cancelled (SIGINT). What is known so far stands in the outputs and the summary.'));

process.on('SIGTERM', () => stop.abort('Cancelled (SIGTERM). What is known so far stands in the outputs and the summary.'));

process.on('uncaughtException', thrown => defect(thrown));

process.on('unhandledRejection', thrown => defect(thrown));

process.stdout.on('error', () => {});

process.on('beforeExit', () => {
  if (drained) return finish(false);
  drained = true;
  error('This action had nothing left to wait for before it was done. Please report this.');
  stop.abort('Stopped: this action failed in itself.');
});

run({
  clock: systemClock,
  random: Math.random,
  signal: stop.signal
}).then(finish, thrown => {
  tellDefect(thrown);
  finish(false);
});

function tellDefect(thrown) {
  const {line: line} = createCleaner([ getInput('pinning-api-key'), getInput('pinning-secret-key') ]);
  error(line(`This action failed in itself: ${(0, lib_errors.Uc)(thrown)}. Please report this.`, 1e3));
}

function defect(thrown) {
  tellDefect(thrown);
  failed = true;
  stop.abort('Stopped: this action failed in itself.');
}

function finish(succeeded) {
  const code = succeeded && !failed ? 0 : 1;
  process.exitCode = code;
  setTimeout(() => process.exit(code), LONGEST_FLUSH_MS);
  process.stdout.write('', () => process.exit(code));
}
