import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 770:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

module.exports = __nccwpck_require__(218);


/***/ }),

/***/ 218:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var __webpack_unused_export__;


var net = __nccwpck_require__(278);
var tls = __nccwpck_require__(756);
var http = __nccwpck_require__(611);
var https = __nccwpck_require__(692);
var events = __nccwpck_require__(434);
var assert = __nccwpck_require__(613);
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

  self.on('free', function onFree(socket, host, port, localAddress) {
    var options = toOptions(host, port, localAddress);
    for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
        // Detect the request to connect same origin server,
        // reuse the connection.
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

TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
  var self = this;
  var options = mergeOptions({request: req}, self.options, toOptions(host, port, localAddress));

  if (self.sockets.length >= this.maxSockets) {
    // We are over limit so we'll add it to the queue.
    self.requests.push(options);
    return;
  }

  // If we are under maxSockets create a new one.
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

TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
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
  if (options.localAddress) {
    connectOptions.localAddress = options.localAddress;
  }
  if (connectOptions.proxyAuth) {
    connectOptions.headers = connectOptions.headers || {};
    connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
        new Buffer(connectOptions.proxyAuth).toString('base64');
  }

  debug('making CONNECT request');
  var connectReq = self.request(connectOptions);
  connectReq.useChunkedEncodingByDefault = false; // for v0.6
  connectReq.once('response', onResponse); // for v0.6
  connectReq.once('upgrade', onUpgrade);   // for v0.6
  connectReq.once('connect', onConnect);   // for v0.7 or later
  connectReq.once('error', onError);
  connectReq.end();

  function onResponse(res) {
    // Very hacky. This is necessary to avoid http-parser leaks.
    res.upgrade = true;
  }

  function onUpgrade(res, socket, head) {
    // Hacky.
    process.nextTick(function() {
      onConnect(res, socket, head);
    });
  }

  function onConnect(res, socket, head) {
    connectReq.removeAllListeners();
    socket.removeAllListeners();

    if (res.statusCode !== 200) {
      debug('tunneling socket could not be established, statusCode=%d',
        res.statusCode);
      socket.destroy();
      var error = new Error('tunneling socket could not be established, ' +
        'statusCode=' + res.statusCode);
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    if (head.length > 0) {
      debug('got illegal response body from proxy');
      socket.destroy();
      var error = new Error('got illegal response body from proxy');
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

    debug('tunneling socket could not be established, cause=%s\n',
          cause.message, cause.stack);
    var error = new Error('tunneling socket could not be established, ' +
                          'cause=' + cause.message);
    error.code = 'ECONNRESET';
    options.request.emit('error', error);
    self.removeSocket(placeholder);
  }
};

TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
  var pos = this.sockets.indexOf(socket)
  if (pos === -1) {
    return;
  }
  this.sockets.splice(pos, 1);

  var pending = this.requests.shift();
  if (pending) {
    // If we have pending requests and a socket gets closed a new one
    // needs to be created to take over in the pool for the one that closed.
    this.createSocket(pending, function(socket) {
      pending.request.onSocket(socket);
    });
  }
};

function createSecureSocket(options, cb) {
  var self = this;
  TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
    var hostHeader = options.request.getHeader('host');
    var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
    });

    // 0 is dummy port for v0.6
    var secureSocket = tls.connect(0, tlsOptions);
    self.sockets[self.sockets.indexOf(socket)] = secureSocket;
    cb(secureSocket);
  });
}


function toOptions(host, port, localAddress) {
  if (typeof host === 'string') { // since v0.10
    return {
      host: host,
      port: port,
      localAddress: localAddress
    };
  }
  return host; // for v0.11 or later
}

function mergeOptions(target) {
  for (var i = 1, len = arguments.length; i < len; ++i) {
    var overrides = arguments[i];
    if (typeof overrides === 'object') {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
        var k = keys[j];
        if (overrides[k] !== undefined) {
          target[k] = overrides[k];
        }
      }
    }
  }
  return target;
}


var debug;
if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
  debug = function() {
    var args = Array.prototype.slice.call(arguments);
    if (typeof args[0] === 'string') {
      args[0] = 'TUNNEL: ' + args[0];
    } else {
      args.unshift('TUNNEL:');
    }
    console.error.apply(console, args);
  }
} else {
  debug = function() {};
}
__webpack_unused_export__ = debug; // for test


/***/ }),

/***/ 613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 23:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
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
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
// EXTERNAL MODULE: external "http"
var external_http_ = __nccwpck_require__(611);
var external_http_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_http_, 2);
// EXTERNAL MODULE: external "https"
var external_https_ = __nccwpck_require__(692);
var external_https_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_https_, 2);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
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
//# sourceMappingURL=proxy.js.map
// EXTERNAL MODULE: ./node_modules/tunnel/index.js
var tunnel = __nccwpck_require__(770);
;// CONCATENATED MODULE: ./stubs/undici.js
// Stands in for undici in the bundle. @actions/http-client imports it for a `fetch` dispatcher that this action never
// asks for; the real package would be seven eighths of what a reviewer has to read.
class ProxyAgent {
  constructor() {
    throw new Error('undici is not part of this bundle')
  }
}

;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
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
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function lib_getProxyUrl(serverUrl) {
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = ['OPTIONS', 'GET', 'DELETE', 'HEAD'];
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
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
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
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    /**
     * Gets a typed object from an endpoint
     * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
     */
    getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    /**
     * Makes a raw http request.
     * All other methods such as get, post, patch, and request ultimately call this.
     * Prefer get, del, post and patch
     */
    request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    /**
     * Needs to be called if keepAlive is set to true in request options.
     */
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    /**
     * Raw request.
     * @param info
     * @param data
     */
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    /**
     * Gets an http agent. This function is useful when you need an http agent that handles
     * routing through a proxy server - depending upon the url and proxy environment variables.
     * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
     */
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
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
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    /**
     * Gets an existing header value or returns a default.
     * Handles converting number header values to strings since HTTP headers must be strings.
     * Note: This returns string | string[] since some headers can have multiple values.
     * For headers that must always be a single string (like Content-Type), use the
     * specialized _getExistingOrDefaultContentTypeHeader method instead.
     */
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    /**
     * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
     * Always returns a single string (not an array) since Content-Type should be a single value.
     * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
     * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
     * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
     */
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || external_http_.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new external_https_.Agent(options) : new external_http_.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/auth.js
var auth_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
class BasicCredentialHandler {
    constructor(username, password) {
        this.username = username;
        this.password = password;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class auth_BearerCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Bearer ${this.token}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class PersonalAccessTokenCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`PAT:${this.token}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
//# sourceMappingURL=auth.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/oidc-utils.js
var oidc_utils_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            try {
                // New ID Token is requested from action service
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
//# sourceMappingURL=oidc-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_namespaceObject.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_namespaceObject.constants.R_OK | external_fs_namespaceObject.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_namespaceObject.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/path-utils.js

/**
 * toPosixPath converts the given path to the posix form. On Windows, \\ will be
 * replaced with /.
 *
 * @param pth. Path to transform.
 * @return string Posix path.
 */
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
/**
 * toWin32Path converts the given path to the win32 form. On Linux, / will be
 * replaced with \\.
 *
 * @param pth. Path to transform.
 * @return string Win32 path.
 */
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
/**
 * toPlatformPath converts the given path to a platform-specific path. It does
 * this by replacing instances of / and \ with the platform-specific path
 * separator.
 *
 * @param pth The path to platformize.
 * @return string The platform-specific path.
 */
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
//# sourceMappingURL=path-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/platform.js
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_namespaceObject.platform();
const arch = external_os_namespaceObject.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
//# sourceMappingURL=platform.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function core_setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function core_debug(message) {
    issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return core_awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return core_awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
;// CONCATENATED MODULE: ./lib/clock.js
const systemClock = {
    now: () => performance.now(),
    epoch: () => Date.now(),
    after(ms, callback) {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
    },
};
/** Resolves after `ms` or as soon as the signal aborts, whichever is first. Never rejects. */
function sleep(clock, ms, signal) {
    return new Promise((resolve) => {
        if (signal.aborted)
            return resolve();
        const wake = () => {
            cancel();
            signal.removeEventListener('abort', wake);
            resolve();
        };
        const cancel = clock.after(ms, wake);
        signal.addEventListener('abort', wake);
    });
}

;// CONCATENATED MODULE: ./lib/errors.js
/** Inputs or surroundings that make a run impossible; found before any request was sent. */
class RefusedError extends Error {
    name = 'RefusedError';
    /** One sentence each: the input, what was wrong, what is allowed. Never empty, never a key's value. */
    problems;
    constructor(problems, options) {
        super(problems.join(' '), options);
        this.problems = problems;
    }
}
/**
 * Says in one line what was thrown, whatever it was: errors without a message (an `AggregateError` of refused addresses has
 * none) fall back to the errors inside, the code, the name. Never empty, never a stack.
 */
function describeError(thrown) {
    if (!(thrown instanceof Error))
        return `something that is no error was thrown: ${describeValue(thrown)}`;
    const message = thrown.message.replace(/\s+/g, ' ').trim();
    if (message !== '')
        return message;
    if (thrown instanceof AggregateError && thrown.errors.length > 0) {
        return [...new Set(thrown.errors.map(describeError))].join('; ');
    }
    return errorCode(thrown) ?? thrown.name;
}
/** The `code` that Node puts on system, TLS and parser errors, if there is one. */
function errorCode(thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
    return typeof code === 'string' && code !== '' ? code : null;
}
function describeValue(value) {
    try {
        return typeof value === 'string' ? JSON.stringify(value) : String(value);
    }
    catch {
        return typeof value;
    }
}

;// CONCATENATED MODULE: ./lib/http/retry.js
/** Backoff doubles up to here; every wait is drawn evenly between nothing and its bound. */
const LONGEST_BACKOFF_MS = 30_000;
/** The bound of the wait after the given attempt: 1, 2, 4 … 30 s. */
function backoffBoundMs(attempt) {
    return Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** (attempt - 1));
}
/**
 * The retry table. `null` means that the answer is final.
 *
 * @param isFinal says of an answer with a retryable status that it is final all the same.
 */
function setbackOf(exchange, isFinal, clock) {
    if (exchange.kind === 'unsent')
        return { why: exchange.why, lostAnswer: false, status: null, retryAfterMs: null };
    if (exchange.kind === 'lost') {
        const { status } = exchange;
        return { why: exchange.why, lostAnswer: true, status, retryAfterMs: asked(status, exchange.retryAfter, clock) };
    }
    const { answer } = exchange;
    const { status } = answer;
    if (status === 200 && 'problem' in answer.body) {
        return { why: describeAnswer(answer), lostAnswer: true, status, retryAfterMs: null };
    }
    if (!isRetryable(status) || isFinal(answer))
        return null;
    return {
        why: describeAnswer(answer),
        lostAnswer: mayHaveHadEffect(status),
        status,
        retryAfterMs: asked(status, answer.retryAfter, clock),
    };
}
/** Says an answer's status and, where it has one, its `message`: the field that the vendor's own clients read. */
function describeAnswer({ status, body }) {
    if ('problem' in body)
        return `HTTP ${status} with ${body.problem}`;
    const { message } = body.object;
    return typeof message === 'string' && message !== '' ? `HTTP ${status}, "${message}"` : `HTTP ${status}`;
}
/** The service was busy or broken, and nothing says that the same request cannot succeed. */
function isRetryable(status) {
    return status === 408 || status === 425 || status === 429 || status >= 500;
}
/** The server may have failed after the effect; 503 is said before any work is done. */
function mayHaveHadEffect(status) {
    return status >= 500 && status !== 503;
}
/** `Retry-After` is obeyed on 429 (RFC 6585, 4) and 503 (RFC 9110, 15.6.4). */
function asked(status, retryAfter, clock) {
    return status === 429 || status === 503 ? retryAfterMs(retryAfter, clock) : null;
}
/** IMF-fixdate and the two obsolete forms all begin with the day's name; `Date.parse` alone would also take `1.5` or `-5`. */
const HTTP_DATE = /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? .*\d/;
/**
 * Reads `Retry-After`: whole seconds or an HTTP date (RFC 9110, 10.2.3).
 *
 * @returns milliseconds from now, 0 for a date that has passed, or `null` when there is nothing readable.
 */
function retryAfterMs(text, clock) {
    const value = text?.trim() ?? '';
    if (/^\d+$/.test(value))
        return Number(value) * 1000;
    if (!HTTP_DATE.test(value))
        return null;
    // asctime names no zone; HTTP's dates are all GMT.
    const date = Date.parse(/GMT$/.test(value) ? value : `${value} GMT`);
    return Number.isNaN(date) ? null : Math.max(0, date - clock.epoch());
}

;// CONCATENATED MODULE: ./lib/client/record.js
const NOTHING_KNOWN = { cid: null, size: null, status: null, name: null };
/** Tells an object from everything else that JSON can hold. */
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/**
 * Reads from a record what the outputs name. A field that is missing or of another type is not known; none is guessed or
 * converted.
 */
function readFacts(record) {
    const { cid, size, status, metadata } = record;
    return {
        cid: record_text(cid),
        // Above 2^53 the number would not be the one that the service wrote.
        size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
        status: record_text(status),
        name: isObject(metadata) ? record_text(metadata['name']) : null,
    };
}
function record_text(value) {
    return typeof value === 'string' ? value : null;
}

;// CONCATENATED MODULE: ./lib/client/judge.js


/** The text of the Go database library behind the service; it may come with another status than 404 (API facts, "Errors"). */
const RECORD_NOT_FOUND = 'record not found';
/** Does this answer say that the service does not have the pin? A wrong `api-url` answers 404 too, but not with JSON. */
function saysMissing({ status, body }) {
    if ('problem' in body || status < 400 || status === 401 || status === 403)
        return false;
    return status === 404 || status === 410 || body.object['message'] === RECORD_NOT_FOUND;
}
/**
 * Decides what an unpin came to. Only one answer proves it: 200, a whole JSON object, the envelope's `success`, and the same
 * `id`. The record's `pinned` proves nothing: the documented answer to a successful unpin shows the record as it stood before.
 *
 * @param pinId lower case.
 */
function judgeUnpin(pinId, reply, timeoutSeconds) {
    const { record, ...judgement } = judge(pinId, reply, timeoutSeconds);
    return {
        ...NOTHING_KNOWN,
        ...(record && judgement.result === 'unpinned' ? readFacts(record) : {}),
        stop: null,
        timeUsedUp: false,
        ...judgement,
        pinId,
        attempts: reply.attempts,
        httpStatus: reply.status,
        durationMs: Math.round(reply.durationMs),
        afterLostAnswer: reply.lostAnswer,
        record: record ?? null,
    };
}
function judge(pinId, reply, timeoutSeconds) {
    const { answer, why } = reply;
    switch (reply.ending) {
        case 'answered':
            return answer === null ? neverSent('no answer was recorded') : judgeAnswer(pinId, answer, reply);
        case 'refused':
            return { result: 'failed', message: `Not unpinned: ${why}. ${afterAll(reply)}${remedy(reply)}` };
        case 'interrupted':
            if (reply.attempts === 0)
                return neverSent('the run was stopped first');
            return reply.lostAnswer
                ? { result: 'unconfirmed', message: `The run was stopped before the service had answered. ${UNKNOWN}` }
                : { result: 'failed', message: `The run was stopped while this pin was being tried. ${STILL_THERE}${last(why)}` };
        case 'told-to-wait':
            return {
                ...unproven(reply),
                message: `The service asked for a longer wait than the ${timeoutSeconds} s of \`timeout-seconds\` leave room for. ` +
                    `${stateAfter(reply)} Run the step again later, or raise \`timeout-seconds\`.${last(why)}`,
                stop: 'told-to-wait',
            };
        case 'time-used-up':
            return {
                ...unproven(reply),
                message: `No good answer within the ${timeoutSeconds} s of \`timeout-seconds\`, in ${attempts(reply.attempts)}. ` +
                    `${stateAfter(reply)} Run the step again: a pin that is gone already is reported as \`missing\`.${last(why)}`,
                timeUsedUp: true,
            };
    }
}
function judgeAnswer(pinId, answer, reply) {
    const { status, body } = answer;
    const said = describeAnswer(answer);
    if (saysMissing(answer)) {
        return {
            result: 'missing',
            message: reply.lostAnswer
                ? "The service does not have this pin any more: probably the work of an earlier attempt, whose answer was lost."
                : 'The service does not have this pin: it was removed before, or it belongs to another account.',
        };
    }
    if (status === 404 || status === 410) {
        return {
            result: 'failed',
            message: `Not unpinned: ${said}, which is not how the AIOZ Pin API says that a pin is missing. Check \`api-url\`. ` +
                afterAll(reply),
        };
    }
    if (status === 401) {
        return {
            result: 'failed',
            message: 'Not unpinned: the service refused the key pair (HTTP 401). Check `pinning-api-key` and `pinning-secret-key`: ' +
                `are both of the same pair, not revoked, and of the account that \`api-url\` serves? ${afterAll(reply)}` +
                saidBy(said),
            stop: 'unauthorized',
        };
    }
    if (status === 403) {
        return {
            result: 'failed',
            message: 'Not unpinned: the key pair may not do this (HTTP 403). Give the key the scope `pinning.unpin`. ' +
                afterAll(reply) +
                saidBy(said),
            stop: 'forbidden',
        };
    }
    if (status === 200 && 'object' in body)
        return judgeSuccess(pinId, body.object, reply);
    if (status >= 200 && status < 300) {
        return {
            result: 'unconfirmed',
            message: `The answer was ${said}, not the documented 200 with the pin's record. ${UNKNOWN}`,
        };
    }
    return { result: 'failed', message: `Not unpinned: the service refused it. ${afterAll(reply)}The answer was ${said}.` };
}
function judgeSuccess(pinId, envelope, reply) {
    const { status, data, message } = envelope;
    if (typeof status === 'string' && status !== 'success') {
        const text = typeof message === 'string' ? `: "${message}"` : '';
        return {
            result: 'failed',
            message: `Not unpinned: ${afterAll(reply)}the service answered HTTP 200 with the status "${status}"${text}.`,
        };
    }
    const id = isObject(data) ? data['id'] : undefined;
    if (status !== 'success' || !isObject(data) || typeof id !== 'string') {
        return {
            result: 'unconfirmed',
            message: `The answer was HTTP 200 with JSON that is not the documented envelope and record. ${UNKNOWN}`,
        };
    }
    if (id.toLowerCase() !== pinId) {
        return {
            result: 'failed',
            message: 'The service answered with the record of another pin, so nothing is proven for this one. Look up both in the ' +
                `AIOZ Pin dashboard. ${afterAll(reply)}The other pin is "${id}".`,
        };
    }
    return { result: 'unpinned', message: 'Unpinned: the service confirmed it.', record: data };
}
const UNKNOWN = 'Whether the pin is gone is not known. Run the step again: a pin that is gone is reported as `missing`.';
const STILL_THERE = 'Nothing says that the pin was removed.';
function neverSent(why) {
    return { result: 'not-attempted', message: `Not attempted: ${why}.` };
}
/** Without a lost answer nothing can have happened to the pin; with one, nobody knows. */
function unproven(reply) {
    return { result: reply.lostAnswer ? 'unconfirmed' : 'failed' };
}
function stateAfter(reply) {
    return reply.lostAnswer
        ? 'At least one request may have been received without an answer, so whether the pin is gone is not known.'
        : STILL_THERE;
}
/** A refusal speaks for its own attempt only. */
function afterAll(reply) {
    return reply.lostAnswer ? "An earlier attempt's answer was lost, so the pin may be gone all the same. " : '';
}
function remedy(reply) {
    return reply.status === null
        ? 'Check `api-url`; for a private certificate authority set NODE_EXTRA_CA_CERTS on the runner.'
        : 'Check `api-url`.';
}
function last(why) {
    return why === '' ? '' : ` Last: ${why}.`;
}
function saidBy(said) {
    return `The answer was ${said}.`;
}
function attempts(count) {
    return count === 1 ? '1 attempt' : `${count} attempts`;
}

;// CONCATENATED MODULE: ./lib/client/service.js

/** The verbs of the AIOZ Pin service. */
class PinService {
    #origin;
    constructor(origin) {
        this.#origin = origin;
    }
    /**
     * `DELETE /api/pinning/unpin/{pinId}`: the method of all of the service's client examples, whose page heads it `get`.
     *
     * @param pinId a UUID in lower case.
     */
    async unpin(pinId, options) {
        const { timeoutSeconds, signal, startSignal, onRetry } = options;
        const reply = await this.#origin.request({
            method: 'DELETE',
            path: `/api/pinning/unpin/${pinId}`,
            timeoutMs: timeoutSeconds * 1000,
            signal,
            startSignal,
            isFinal: saysMissing,
            onRetry,
        });
        return judgeUnpin(pinId, reply, timeoutSeconds);
    }
}
/** The header names are the service's own, underscores and all. */
function authentication(keys) {
    return { pinning_api_key: keys.api, pinning_secret_key: keys.secret };
}

;// CONCATENATED MODULE: ./lib/execution/outcomes.js

const NO_FACTS = { cid: null, size: null, status: null, name: null };
/** The outcome of a pin for which nothing was sent. */
function untouched(pinId, result, message) {
    return {
        ...NO_FACTS,
        pinId,
        result,
        attempts: 0,
        httpStatus: null,
        durationMs: 0,
        message,
        afterLostAnswer: false,
        timeUsedUp: false,
        stop: null,
        record: null,
    };
}
/** The outcome of a pin during which this program itself failed: what was sent by then is not known. */
function broken(pinId, error) {
    return {
        ...untouched(pinId, 'not-attempted', ''),
        result: 'unconfirmed',
        message: 'Whether the pin is gone is not known: this action failed in itself. Run the step again, and please report ' +
            `this: ${describeError(error)}.`,
    };
}
/** Does this outcome fail the step? Everything does that is not proven, or allowed by `on-missing`. */
function failsStep(outcome, onMissing) {
    switch (outcome.result) {
        case 'unpinned':
        case 'would-unpin':
            return false;
        case 'missing':
            // After a lost answer the pin is most likely gone by this very run's doing: that is no mistake of the workflow's.
            return onMissing === 'fail' && !outcome.afterLostAnswer;
        case 'unconfirmed':
        case 'failed':
        case 'not-attempted':
            return true;
    }
}

;// CONCATENATED MODULE: ./lib/execution/stopping.js
/** A service that is down is not tried a thousand times. */
const USED_UP_IN_A_ROW = 8;
/** Watches the outcomes in the order in which they end, and says when no further pin may be started, and why. */
class StopRule {
    #succeeded = false;
    #usedUpInARow = 0;
    #reason = null;
    /** A sentence part for the pins that are not attempted; `null` while going on is right. */
    get reason() {
        return this.#reason;
    }
    observe(outcome) {
        this.#succeeded ||= outcome.result === 'unpinned';
        this.#usedUpInARow = outcome.timeUsedUp ? this.#usedUpInARow + 1 : 0;
        this.#reason ??= this.#judge(outcome);
    }
    #judge(outcome) {
        if (outcome.stop === 'unauthorized')
            return 'the service refused the key pair (HTTP 401)';
        // After a success the same keys are good; then a 403 concerns the one pin.
        if (outcome.stop === 'forbidden' && !this.#succeeded)
            return 'the key pair may not unpin (HTTP 403)';
        if (outcome.stop === 'told-to-wait') {
            return 'the service asked for a longer wait than `timeout-seconds` leaves room for';
        }
        if (this.#usedUpInARow >= USED_UP_IN_A_ROW) {
            return `${USED_UP_IN_A_ROW} pins in a row ran out of time, so the service seems to be down`;
        }
        return null;
    }
}

;// CONCATENATED MODULE: ./lib/execution/unpin-all.js


/** Enough to hide the network's delay under the account's rate limit, few enough to be a polite client. */
const AT_ONCE = 8;
/**
 * Unpins every pin, up to eight at once, started in the order given. One failed pin does not stop the others, but what concerns
 * the whole run does: then nothing further is started, what was begun goes on to its end, and the rest is `not-attempted`.
 *
 * Resolves after everything in flight has ended and `onEnd` was called for every pin.
 */
async function unpinAll(pinIds, options) {
    const { signal, onEnd } = options;
    const rule = new StopRule();
    const noMoreStarts = new AbortController();
    const stopStarting = () => noMoreStarts.abort();
    if (signal.aborted)
        stopStarting();
    signal.addEventListener('abort', stopStarting);
    let next = 0;
    const work = async () => {
        while (next < pinIds.length && !noMoreStarts.signal.aborted) {
            const index = next++;
            const pinId = pinIds[index];
            let outcome = await options
                .unpin(pinId, { signal, startSignal: noMoreStarts.signal })
                .catch((error) => broken(pinId, error));
            // Begun, but it sent nothing before the stop: it is one of the rest.
            if (outcome.result === 'not-attempted')
                outcome = notAttempted(pinId);
            rule.observe(outcome);
            if (rule.reason !== null)
                stopStarting();
            onEnd(outcome, index);
        }
    };
    const notAttempted = (pinId) => untouched(pinId, 'not-attempted', `Not attempted: ${rule.reason ?? 'the run was stopped first'}. Run the step again for this pin.`);
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, pinIds.length) }, work));
    signal.removeEventListener('abort', stopStarting);
    for (; next < pinIds.length; next += 1)
        onEnd(notAttempted(pinIds[next]), next);
}

;// CONCATENATED MODULE: ./lib/http/body.js
/** The largest body read; the documented answers are below 1 KiB a record. */
const BODY_LIMIT = 1024 * 1024;
/**
 * Reads an answer's body.
 *
 * The toolkit's `readBody` is not used: it has no limit and never settles when the body is cut.
 *
 * @throws Error when the body ends before its declared end or the connection breaks.
 */
async function readBody(message) {
    const encoding = message.headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') {
        return discard(message, 'a body in a content encoding that was not asked for');
    }
    const chunks = [];
    let length = 0;
    for await (const chunk of message) {
        length += chunk.length;
        if (length > BODY_LIMIT)
            return discard(message, `a body of over ${BODY_LIMIT / 1024 / 1024} MiB`);
        chunks.push(chunk);
    }
    if (!message.complete)
        throw new Error('the body was cut short');
    return parseObject(Buffer.concat(chunks));
}
/** Reads bytes as a UTF-8 JSON object; bytes that are no UTF-8 are refused rather than replaced. */
function parseObject(bytes) {
    if (bytes.length === 0)
        return { problem: 'an empty body' };
    let text;
    try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch {
        return { problem: 'a body that is not UTF-8' };
    }
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return { problem: /^\s*</.test(text) ? 'HTML or XML in place of JSON' : 'a body that is not JSON' };
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return { problem: 'JSON that is not an object' };
    }
    return { object: value };
}
/** An unread body would keep its connection, and with it the process, alive. */
function discard(message, problem) {
    message.destroy();
    return { problem };
}

;// CONCATENATED MODULE: ./lib/http/exchange.js



const USER_AGENT = 'aioz-ipfs-unpin';
/**
 * Makes the function that sends one request and never follows, repeats or hangs.
 *
 * The toolkit's client sends it and chooses the agent (proxy variables, kept-alive connections). Its redirects would forward the
 * keys to any host, its retries know no limit and its body reader can hang, so all three are off.
 */
function createExchange(clock) {
    const connections = new lib_HttpClient(USER_AGENT, [], { keepAlive: true });
    return ({ method, url, headers, limitMs, signal }) => new Promise((resolve) => {
        if (signal.aborted)
            return resolve({ kind: 'interrupted', sent: false });
        const watch = new RequestWatch((why) => settle(broken(why)));
        let message = null;
        let settled = false;
        const stopTimer = clock.after(limitMs, () => {
            const seconds = Math.round(limitMs / 100) / 10;
            settle(broken(watch.stood ? `no complete answer within ${seconds} s` : `no connection within ${seconds} s`));
        });
        const interrupt = () => settle({ kind: 'interrupted', sent: watch.stood });
        signal.addEventListener('abort', interrupt);
        function settle(exchange) {
            if (settled)
                return;
            settled = true;
            stopTimer();
            signal.removeEventListener('abort', interrupt);
            if (exchange.kind !== 'answered')
                watch.destroy();
            resolve(exchange);
        }
        function broken(why) {
            if (watch.untrusted)
                return { kind: 'untrusted', why };
            if (!watch.stood)
                return { kind: 'unsent', why };
            return {
                kind: 'lost',
                why,
                status: message?.statusCode ?? null,
                retryAfter: message?.headers['retry-after'] ?? null,
            };
        }
        async function send() {
            const handler = {
                prepareRequest(options) {
                    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot say otherwise.
                    Object.assign(options, { rejectUnauthorized: true });
                    options.agent = watch.through(connections.getAgent(url));
                },
                canHandleAuthentication: () => false,
                handleAuthentication: () => Promise.reject(new Error('no handler answers a 401')),
            };
            const client = new lib_HttpClient(USER_AGENT, [handler], { allowRedirects: false, allowRetries: false });
            message = (await client.request(method, url, null, { ...headers })).message;
            // A body that breaks after this exchange has ended has no reader any more; without a listener it would end the process.
            message.on('error', () => { });
            const status = message.statusCode ?? 0;
            const { location = null, 'retry-after': retryAfter = null } = message.headers;
            if (status >= 300 && status < 400) {
                // Nothing in a redirect's body matters, and reading it would be one more way to wait.
                message.destroy();
                return { status, location, retryAfter, body: { problem: 'a redirect' } };
            }
            return { status, location, retryAfter, body: await readBody(message) };
        }
        send().then((answer) => settle({ kind: 'answered', answer }), (error) => settle(broken(explain(error))));
    });
}
/** Sees what the toolkit's client keeps to itself: the request, and whether its connection ever stood. */
class RequestWatch {
    #request = null;
    #socket = null;
    #onSilentEnd;
    /** A connection stood, TLS included: from here on the request may have been received. */
    stood = false;
    /** @param onSilentEnd called when the request ends in a way that the toolkit's client never reports. */
    constructor(onSilentEnd) {
        this.#onSilentEnd = onSilentEnd;
    }
    /** Node sets this when it refuses a certificate, before anything is sent. */
    get untrusted() {
        const socket = this.#socket;
        return !this.stood && socket !== null && 'authorizationError' in socket && Boolean(socket.authorizationError);
    }
    /** The same agent, but it tells of the request that it is given. */
    through(agent) {
        const addRequest = (request, ...rest) => {
            this.#observe(request);
            agent.addRequest(request, ...rest);
        };
        return Object.create(agent, { addRequest: { value: addRequest } });
    }
    /** Ends the request; a proxy tunnel still being connected is left to the end of the process. */
    destroy() {
        this.#request?.destroy();
    }
    #observe(request) {
        this.#request = request;
        // `close` follows in the same breath as these two, before anyone who awaits the client has heard of them.
        let reported = false;
        request.once('response', () => (reported = true));
        request.once('error', () => (reported = true));
        request.once('upgrade', (message, socket) => {
            socket.destroy();
            this.#onSilentEnd(`an answer ${message.statusCode ?? ''} that switches protocols`);
        });
        request.once('close', () => {
            if (!reported)
                this.#onSilentEnd('the connection was closed without an answer');
        });
        request.once('socket', (socket) => {
            this.#socket = socket;
            const secure = 'secureConnecting' in socket;
            if (secure ? socket.secureConnecting : socket.connecting) {
                socket.once(secure ? 'secureConnect' : 'connect', () => (this.stood = true));
            }
            else
                this.stood = true;
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
    EPROTO: 'the server did not speak TLS as expected',
};
function explain(error) {
    const code = errorCode(error);
    const words = code === null ? undefined : WORDS[code];
    return words === undefined ? describeError(error) : `${words} (${code})`;
}

;// CONCATENATED MODULE: ./lib/http/gate.js
/** The service counts requests a minute, for the whole account (180 by its documents). */
const WINDOW_MS = 60_000;
/**
 * The one gate that every request of a run passes: it keeps the rate limit and whatever the service asked for with `Retry-After`.
 *
 * A place is free again a minute after its request *ended*. Starts are then never closer than the limit allows, and neither are
 * arrivals at the service, however long the one took to get there and however short the other.
 */
class Gate {
    #clock;
    #places;
    #inFlight = 0;
    /** When the requests of the last minute ended, oldest first. */
    #ended = [];
    #closedUntil = -Infinity;
    #waiting = new Set();
    /** @param places how many requests may start within any 60 s. */
    constructor(clock, places) {
        this.#clock = clock;
        this.#places = places;
    }
    /** Holds every request of the run back for `ms`, from now. */
    close(ms) {
        this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + ms);
    }
    /**
     * Waits until a request may start, and takes its place. Each `entered` needs one `leave`.
     *
     * Waiting for a place is given back to the deadline; being held back is not, and ends as `too-late` as soon as it cannot fit.
     */
    async enter(deadline, signal) {
        for (;;) {
            if (signal.aborted)
                return 'interrupted';
            const now = this.#clock.now();
            const heldMs = this.#closedUntil - now;
            if (heldMs > 0) {
                if (deadline.running && heldMs >= deadline.left())
                    return 'too-late';
                await this.#pause(heldMs, signal);
                continue;
            }
            const waitMs = this.#untilPlace(now);
            if (waitMs <= 0) {
                this.#inFlight += 1;
                return 'entered';
            }
            await this.#pause(waitMs, signal);
            deadline.giveBack(this.#clock.now() - now);
        }
    }
    /** The request that entered has ended, however it did. */
    leave() {
        this.#inFlight -= 1;
        this.#ended.push(this.#clock.now());
        for (const wake of this.#waiting)
            wake();
    }
    /** Milliseconds until a place is free; `Infinity` when only the end of a request can free one. */
    #untilPlace(now) {
        while (this.#ended.length > 0 && now - this.#ended[0] > WINDOW_MS)
            this.#ended.shift();
        if (this.#inFlight + this.#ended.length < this.#places)
            return 0;
        const oldest = this.#ended[0];
        // One more millisecond: "within any 60 seconds" has both of its ends inside.
        return oldest === undefined ? Infinity : oldest + WINDOW_MS + 1 - now;
    }
    /** Sleeps until the time is over, the signal aborts, or a request has left. */
    #pause(ms, signal) {
        return new Promise((resolve) => {
            const wake = () => {
                cancel();
                signal.removeEventListener('abort', wake);
                this.#waiting.delete(wake);
                resolve();
            };
            const cancel = ms === Infinity ? () => { } : this.#clock.after(ms, wake);
            signal.addEventListener('abort', wake);
            this.#waiting.add(wake);
        });
    }
}

;// CONCATENATED MODULE: ./lib/http/deadline.js
/**
 * The time one pin may take. It runs from the pin's first request; time spent waiting for a place under the rate limit is given
 * back.
 */
class Deadline {
    #clock;
    #limitMs;
    #startedAt = null;
    #givenBackMs = 0;
    constructor(clock, limitMs) {
        this.#clock = clock;
        this.#limitMs = limitMs;
    }
    /** Starts the time; later calls change nothing. */
    start() {
        this.#startedAt ??= this.#clock.now();
    }
    /** Milliseconds left; all of them before the start. */
    left() {
        if (this.#startedAt === null)
            return this.#limitMs;
        return this.#limitMs + this.#givenBackMs - this.elapsed();
    }
    /** Milliseconds since the start, waits of every kind included. */
    elapsed() {
        return this.#startedAt === null ? 0 : this.#clock.now() - this.#startedAt;
    }
    giveBack(ms) {
        if (this.#startedAt !== null)
            this.#givenBackMs += ms;
    }
    /** True while the pin's time has begun to run. */
    get running() {
        return this.#startedAt !== null;
    }
}

;// CONCATENATED MODULE: ./lib/http/redirect.js
/** More hops than a slash or a moved path can need. */
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/**
 * Decides where a redirect may lead. Other answers are `null`.
 *
 * The keys go to one origin: scheme, host and port of the target must be those of the request, and the target must not carry
 * a key in its text.
 */
function followRedirect(answer, from, secrets) {
    if (!REDIRECTS.has(answer.status))
        return null;
    if (answer.location === null)
        return { problem: `a redirect (HTTP ${answer.status}) that names no target` };
    let target;
    try {
        target = new URL(answer.location, from);
    }
    catch {
        return { problem: `a redirect (HTTP ${answer.status}) to something that is no URL` };
    }
    const origin = new URL(from).origin;
    if (target.origin !== origin) {
        return {
            problem: `a redirect (HTTP ${answer.status}) to another origin, ${target.protocol}//${target.host}, which was not ` +
                'followed because the keys would go with it',
        };
    }
    const path = target.pathname + target.search;
    if (secrets.some((secret) => holds(path, secret))) {
        return { problem: `a redirect (HTTP ${answer.status}) to a URL that holds a key, which was not followed` };
    }
    return { url: origin + path };
}
/** Looks for the value as it stands and as a URL would spell it. */
function holds(path, secret) {
    const spelt = path.toLowerCase();
    const plain = percentDecoded(path).toLowerCase();
    return [spelt, plain].some((text) => text.includes(secret.toLowerCase()));
}
function percentDecoded(text) {
    return text.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

;// CONCATENATED MODULE: ./lib/http/origin.js




/** One attempt may take this long; `timeout-seconds` bounds all of them together. */
const LONGEST_ATTEMPT_MS = 30_000;
/** With less time left than this, another wait and another attempt are not worth beginning. */
const LEAST_TIME_MS = 250;
/** The one origin that the keys go to: sends requests there, again where that can help, and never longer than it may. */
class Origin {
    #base;
    #headers;
    #secrets;
    #exchange;
    #gate;
    #clock;
    #random;
    /**
     * @param options.base origin and path prefix, without a trailing slash.
     * @param options.secretHeaders sent with every request, and with nothing else; no URL may hold their values.
     * @param options.random evenly from [0, 1).
     */
    constructor(options) {
        this.#base = options.base;
        // Compressed answers are not asked for: what cannot be sent cannot be a decompression bomb.
        this.#headers = { accept: 'application/json', 'accept-encoding': 'identity', ...options.secretHeaders };
        this.#secrets = Object.values(options.secretHeaders);
        this.#exchange = options.exchange;
        this.#gate = options.gate;
        this.#clock = options.clock;
        this.#random = options.random;
    }
    /** Sends a request until it has a final answer or its time is over. Never rejects for anything the other side does. */
    async request(request) {
        const deadline = new Deadline(this.#clock, request.timeoutMs);
        const progress = { status: null, attempts: 0, lostAnswer: false, why: '' };
        const end = (ending, answer = null) => ({
            ...progress,
            ending,
            answer,
            durationMs: deadline.elapsed(),
        });
        for (;;) {
            const attempt = await this.#attempt(request, deadline, progress);
            if (attempt.kind === 'too-late') {
                progress.why += '; then every request of the run was held back for longer than the time left';
                return end('time-used-up');
            }
            if (attempt.kind === 'interrupted') {
                progress.lostAnswer ||= attempt.sent;
                return end('interrupted');
            }
            if (attempt.kind === 'refused') {
                Object.assign(progress, { why: attempt.why, status: attempt.status });
                return end('refused');
            }
            const setback = setbackOf(attempt, request.isFinal, this.#clock);
            if (setback === null && attempt.kind === 'answered') {
                Object.assign(progress, { why: '', status: attempt.answer.status });
                return end('answered', attempt.answer);
            }
            if (setback === null)
                throw new Error('only an answer can be final');
            progress.why = setback.why;
            progress.status = setback.status;
            progress.lostAnswer ||= setback.lostAnswer;
            const waiting = await this.#backOff(setback, request, deadline, progress.attempts);
            if (waiting !== 'try-again')
                return end(waiting);
        }
    }
    /** One attempt: the request, and up to three redirects within the origin, in 30 s together. */
    async #attempt(request, deadline, progress) {
        let url = this.#base + request.path;
        let attemptMs = LONGEST_ATTEMPT_MS;
        for (let redirects = 0;; redirects += 1) {
            const entry = await this.#gate.enter(deadline, deadline.running ? request.signal : request.startSignal);
            if (entry === 'too-late')
                return { kind: 'too-late' };
            if (entry === 'interrupted')
                return { kind: 'interrupted', sent: false };
            deadline.start();
            if (redirects === 0)
                progress.attempts += 1;
            const startedAt = this.#clock.now();
            let exchange;
            try {
                exchange = await this.#exchange({
                    method: request.method,
                    url,
                    headers: this.#headers,
                    limitMs: Math.max(0, Math.min(attemptMs, deadline.left())),
                    signal: request.signal,
                });
            }
            finally {
                this.#gate.leave();
            }
            attemptMs -= this.#clock.now() - startedAt;
            if (exchange.kind === 'untrusted') {
                return { kind: 'refused', why: `the server's certificate does not verify (${exchange.why})`, status: null };
            }
            if (exchange.kind !== 'answered')
                return exchange;
            const redirect = followRedirect(exchange.answer, url, this.#secrets);
            if (redirect === null)
                return exchange;
            const { status } = exchange.answer;
            if ('problem' in redirect)
                return { kind: 'refused', why: redirect.problem, status };
            if (redirects === MOST_REDIRECTS) {
                return { kind: 'refused', why: `more than ${MOST_REDIRECTS} redirects, one after the other`, status };
            }
            url = redirect.url;
        }
    }
    /** Waits before the next attempt, if the time allows one; where the service is asking for rest, every request waits. */
    async #backOff(setback, request, deadline, attempt) {
        const leftMs = deadline.left();
        const askedMs = setback.retryAfterMs;
        if (askedMs !== null && askedMs >= leftMs) {
            this.#gate.close(askedMs);
            return 'told-to-wait';
        }
        if (leftMs < LEAST_TIME_MS)
            return 'time-used-up';
        // A drawn wait as well, or a service that keeps saying `Retry-After: 0` would be asked again without a pause.
        const drawnMs = this.#random() * Math.min(backoffBoundMs(attempt), leftMs);
        const waitMs = Math.max(askedMs ?? 0, drawnMs);
        const holdsAll = askedMs !== null || setback.status === 429;
        if (holdsAll)
            this.#gate.close(waitMs);
        request.onRetry({ attempt, why: setback.why, waitMs, holdsAll });
        await sleep(this.#clock, waitMs, request.signal);
        return 'try-again';
    }
}

;// CONCATENATED MODULE: ./lib/http/loopback.js
/** The URL parser writes every IPv4 spelling (`127.1`, `0x7f.1`) as four decimal numbers; a longer name never looks so. */
const LOOPBACK_IPV4 = /^127(?:\.\d{1,3}){3}$/;
/** @param hostname as the URL parser gives it. */
function isLoopback(hostname) {
    return hostname === 'localhost' || LOOPBACK_IPV4.test(hostname);
}

;// CONCATENATED MODULE: ./lib/http/proxy.js


/**
 * Says what is wrong with the proxy variable that the toolkit would use for a URL, or `null`.
 *
 * The toolkit goes direct without a word when the variable cannot be read, has no host or names another protocol; and round the
 * proxy for every host name that begins with `127.`. Where a proxy is set, going direct is not what was asked for.
 *
 * @param base an accepted `api-url`.
 */
function proxyProblem(base, environment) {
    const url = new URL(base);
    const name = ['https_proxy', 'HTTPS_PROXY'].find((variable) => environment[variable]);
    if (url.protocol !== 'https:' || name === undefined || isLoopback(url.hostname))
        return null;
    if (checkBypass(url)) {
        return url.hostname.startsWith('127.')
            ? `\`api-url\` has a host that begins with 127., which the toolkit never reaches through the proxy in ${name}`
            : null;
    }
    let proxy;
    try {
        proxy = getProxyUrl(url);
    }
    catch {
        // The same finding as no URL at all.
    }
    if (proxy !== undefined && /^https?:$/.test(proxy.protocol) && proxy.hostname !== '')
        return null;
    return (`The environment variable ${name} names no proxy that can be used; it takes \`http://host:port\` or \`https://host:port\`, ` +
        'with special characters of a password percent-encoded. Requests will not go round it.');
}

;// CONCATENATED MODULE: ./lib/inputs/api-url.js

/**
 * Reads `api-url`.
 *
 * @returns the base to which `/api/pinning/…` is added (origin and path prefix, no trailing slash), or what is wrong with the text.
 */
function parseApiUrl(text) {
    if (/[\s\\]/.test(text))
        return { problem: 'holds white space or a backslash' };
    let url;
    try {
        url = new URL(text);
    }
    catch {
        return { problem: 'is not a URL (is `https://` missing?)' };
    }
    const problem = refusal(text, url);
    if (problem !== null)
        return { problem };
    const prefix = url.pathname.replace(/\/+$/, '').replace(/\/api$/, '').replace(/\/+$/, '');
    return { base: url.origin + prefix };
}
function refusal(text, url) {
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
        return `has the scheme \`${url.protocol}\``;
    if (url.username !== '' || url.password !== '')
        return 'holds user info';
    if (text.includes('?'))
        return 'holds a query';
    if (text.includes('#'))
        return 'holds a fragment';
    // Node's client, as the toolkit drives it, looks the bracketed form up as a name and never finds it.
    if (url.hostname.startsWith('['))
        return 'is an IPv6 literal';
    if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
        return 'is plain `http`, which would send the keys unencrypted';
    }
    return null;
}

;// CONCATENATED MODULE: ./lib/inputs/keys.js
/** Removing a shorter key from every text would destroy the texts. */
const SHORTEST_KEY = 8;
/** What is wrong with a trimmed key, without its value, or `null`. */
function keyProblem(key) {
    if (key === '') {
        return ('is empty. Is the secret set for this repository or environment, and its name spelt right? ' +
            'Runs for a fork or for Dependabot get no secrets.');
    }
    if (!/^[\x20-\x7e]+$/.test(key)) {
        return ('holds a character that is not printable ASCII, often a line end or an invisible space from copying. ' +
            'Store the secret again.');
    }
    if (key.length < SHORTEST_KEY) {
        return `is shorter than ${SHORTEST_KEY} characters, so it cannot be a whole key. Store the secret again.`;
    }
    return null;
}

;// CONCATENATED MODULE: ./lib/inputs/pin-ids.js
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** v0 is base58btc of a sha2-256 multihash: `Qm` and 44 more; v1 in base32, its usual spelling, starts with `baf`. */
const CID = /^(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[a-z2-7]{20,})$/;
function isPinId(text) {
    return UUID.test(text.toLowerCase());
}
function looksLikeCid(text) {
    return CID.test(text);
}
/**
 * Splits `pin-id` at white space, commas and line ends.
 *
 * @returns the IDs in lower case, each once, in the order of their first mention, and the words that are none, each once.
 */
function parsePinIds(text) {
    const words = new Set(text.split(/[\s,]+/).filter((word) => word !== ''));
    const pinIds = new Set();
    const rejected = [];
    for (const word of words) {
        if (isPinId(word))
            pinIds.add(word.toLowerCase());
        else
            rejected.push(word);
    }
    return { pinIds: [...pinIds], rejected };
}

;// CONCATENATED MODULE: ./lib/inputs/words.js
/** Reads a whole number written in digits only; anything else, or out of range, is `null`. */
function parseInteger(text, least, most) {
    if (!/^\d{1,9}$/.test(text))
        return null;
    const value = Number(text);
    return value >= least && value <= most ? value : null;
}
/** The toolkit's own spellings of a boolean (YAML 1.2 core schema); anything else is `null`. */
function parseBoolean(text) {
    if (/^(?:true|True|TRUE)$/.test(text))
        return true;
    if (/^(?:false|False|FALSE)$/.test(text))
        return false;
    return null;
}

;// CONCATENATED MODULE: ./lib/inputs/read.js






/** Bad words quoted in one problem; the rest are counted. */
const WORDS_QUOTED = 5;
/** A quoted value is cut here. */
const QUOTED_LENGTH = 60;
/** A word in `pin-id` that is no CID is cut here: enough to recognise it, too little to be a key pasted into the wrong input. */
const QUOTED_WORD_LENGTH = 24;
/** Reads the key pair and has the runner mask it. Comes before everything else, so that nothing can print a key. */
function readKeys() {
    const keys = { api: getInput('pinning-api-key'), secret: getInput('pinning-secret-key') };
    for (const key of [keys.api, keys.secret])
        if (key !== '')
            core_setSecret(key);
    return keys;
}
/**
 * Reads every other input.
 *
 * @throws RefusedError with all problems of all inputs at once.
 */
function readInputs(keys) {
    const problems = [];
    const quote = (text, length = QUOTED_LENGTH) => holdsKey(text, keys, 1)
        ? '(not shown: it holds the value of a key)'
        : `"${text.length > length ? `${text.slice(0, length)}…` : text}"`;
    const pinIds = readPinIds(problems, quote, keys);
    for (const [name, key] of [
        ['pinning-api-key', keys.api],
        ['pinning-secret-key', keys.secret],
    ]) {
        const problem = keyProblem(key);
        if (problem !== null)
            problems.push(`\`${name}\` ${problem}`);
    }
    const apiBase = readApiBase(problems, quote, keys);
    const onMissing = read('on-missing', (text) => (text === 'warn' || text === 'ignore' || text === 'fail' ? text : null), 'it takes `warn`, `ignore` or `fail`');
    const dryRun = read('dry-run', parseBoolean, 'it takes `true` or `false`');
    const requestsPerMinute = read('requests-per-minute', (text) => parseInteger(text, 1, 6000), 'it takes a whole number from 1 to 6000');
    const timeoutSeconds = read('timeout-seconds', (text) => parseInteger(text, 1, 3600), 'it takes a whole number from 1 to 3600');
    if (problems.length > 0 ||
        apiBase === null ||
        onMissing === null ||
        dryRun === null ||
        requestsPerMinute === null ||
        timeoutSeconds === null) {
        throw new RefusedError(problems);
    }
    return { pinIds, keys, apiBase, onMissing, dryRun, requestsPerMinute, timeoutSeconds };
    /** An empty text is never turned into the default: the default stands in action.yml, and an empty `dry-run` must not unpin. */
    function read(name, parse, allowed) {
        const text = getInput(name);
        const value = parse(text);
        if (value === null)
            problems.push(`\`${name}\` ${text === '' ? 'is empty' : `is ${quote(text)}`}; ${allowed}.`);
        return value;
    }
}
function readPinIds(problems, quote, keys) {
    const { pinIds, rejected } = parsePinIds(getInput('pin-id'));
    if (rejected.length > 0) {
        const shown = rejected
            .slice(0, WORDS_QUOTED)
            .map((word) => quote(word, looksLikeCid(word) ? undefined : QUOTED_WORD_LENGTH))
            .join(', ');
        const more = rejected.length > WORDS_QUOTED ? ` and ${rejected.length - WORDS_QUOTED} more` : '';
        const hint = rejected.some(looksLikeCid)
            ? " A CID names content, not a pin: what is wanted is the `id` of the pin's record."
            : '';
        problems.push(`\`pin-id\` holds ${shown}${more}; it takes pin IDs such as e5c4456d-5e5c-465d-a02a-3a536fc6e718, ` +
            `separated by white space, commas or line ends.${hint}`);
    }
    else if (pinIds.length === 0) {
        problems.push('`pin-id` is empty; it takes one or more pin IDs. Was the variable or output it comes from set?');
    }
    if (pinIds.some((pinId) => holdsKey(pinId, keys))) {
        problems.push('`pin-id` holds the value of a key; the ID is part of a URL, and keys never are. Were inputs mixed up?');
    }
    return pinIds;
}
function readApiBase(problems, quote, keys) {
    const text = getInput('api-url');
    const read = text === '' ? { problem: 'is empty' } : parseApiUrl(text);
    if ('problem' in read) {
        problems.push(`\`api-url\` ${text === '' ? '' : `is ${quote(text)}, which `}${read.problem}; it takes an \`https\` URL ` +
            '(`http` on loopback only) without user info, query or fragment.');
        return null;
    }
    if (holdsKey(read.base, keys)) {
        problems.push('`api-url` holds the value of a key; keys never go into a URL. Were inputs mixed up?');
    }
    return read.base;
}
/** A key that is too short is refused anyway; it would only make every other input look as if it held it. */
function holdsKey(text, keys, shortest = SHORTEST_KEY) {
    const lower = text.toLowerCase();
    return [keys.api, keys.secret].some((key) => key.length >= shortest && lower.includes(key.toLowerCase()));
}

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
;// CONCATENATED MODULE: ./lib/report/annotations.js
/** The runner shows this many of each kind for a step, and this much of each text. */
const SHOWN = 10;
const LONGEST_ANNOTATION = 4096;
/**
 * Fits messages into what the runner shows: at most ten, the last saying how many more there are.
 *
 * @param noun what is counted, e.g. `pins that fail the step`.
 */
function fitAnnotations(messages, noun) {
    if (messages.length <= SHOWN)
        return [...messages];
    const shown = messages.slice(0, SHOWN - 1);
    const more = messages.length - shown.length;
    return [...shown, `… and ${more} more ${noun}: all of them stand in the file that the output \`results-file\` names.`];
}

;// CONCATENATED MODULE: ./lib/report/clean.js
/** What stands where a key stood. */
const REMOVED = '***';
/** A record nested deeper is no record of the service's; the text is there to break the stack of whoever walks it. */
const DEEPEST = 64;
/** C0, DEL, C1 and the two Unicode line ends. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
/** Characters that take no room or turn the direction of a text: they could hide or reorder what a person reads. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
/** What may stand between two characters of a key without hiding it from a reader. Disjoint from printable ASCII: no backtracking. */
const GAP = '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff]*';
/** @param secrets texts to remove; shorter than 8 characters they would tear ordinary words apart, so those are ignored. */
function createCleaner(secrets) {
    const patterns = secrets.filter((secret) => secret.length >= 8).flatMap(spellings);
    const redact = (text) => removeAll(text, patterns);
    const fold = (text) => redact(text.toWellFormed()).replace(CONTROLS, ' ').replace(INVISIBLE, '').trim();
    return {
        redact,
        line: (text, longest) => cut(breakCommands(fold(text)), longest),
        output: (text) => redact(text.toWellFormed()).replace(CONTROLS, ''),
        cell: (text, longest) => escapeMarkup(cut(fold(text), longest)),
        json: (value) => cleanJson(value, redact, 0),
    };
}
/** The runner reads `::command::` at the start of a line and `##[command]` anywhere in one. */
function breakCommands(text) {
    return text.replace(/:(?=:)/g, ': ').replace(/#(?=#\[)/g, '# ');
}
/** As character references, punctuation has no meaning in HTML, and in Markdown no structure (CommonMark 0.31, 2.5). */
function escapeMarkup(text) {
    return text
        .replace(/[!-/:-@[-`{-~]/g, (mark) => mark === '.' || mark === ',' || mark === '-' ? mark : `&#${mark.charCodeAt(0)};`)
        .replace(/(?<=www)\./gi, '&#46;');
}
function cut(text, longest) {
    if (text.length <= longest)
        return text;
    return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
function cleanJson(value, redact, depth) {
    if (typeof value === 'string')
        return redact(value);
    if (typeof value !== 'object' || value === null)
        return value;
    if (depth >= DEEPEST)
        return '(nested too deeply to be shown)';
    if (Array.isArray(value))
        return value.map((element) => cleanJson(element, redact, depth + 1));
    // fromEntries defines fields rather than assigning them, so a field named __proto__ stays a field.
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [redact(name), cleanJson(field, redact, depth + 1)]));
}
/** Removes every match of every pattern, overlapping ones too: a part of a key is not left over beside another's removal. */
function removeAll(text, patterns) {
    const ranges = [];
    for (const pattern of patterns) {
        pattern.lastIndex = 0;
        for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
            ranges.push([match.index, match.index + match[0].length]);
            pattern.lastIndex = match.index + 1;
        }
    }
    if (ranges.length === 0)
        return text;
    ranges.sort(([a], [b]) => a - b);
    let cleaned = '';
    let end = 0;
    for (const [from, to] of ranges) {
        if (from >= end)
            cleaned += text.slice(end, from) + REMOVED;
        end = Math.max(end, to);
    }
    return cleaned + text.slice(end);
}
/** The patterns that find one key: each character in any common escape, in any case; and the whole in hex and base64. */
function spellings(secret) {
    const characters = [...secret].map((character) => {
        const code = character.charCodeAt(0);
        const hex = code.toString(16).padStart(2, '0');
        const named = NAMED_REFERENCES[character];
        return `(?:${[
            `\\\\?${literal(character)}`,
            `%(?:25)*${hex}`,
            `\\\\{1,2}(?:u00|x)${hex}`,
            `&(?:amp;)?#(?:x0*${hex}|0*${code});`,
            ...(named === undefined ? [] : [`&(?:amp;)?${named};`]),
        ].join('|')})`;
    });
    return [characters.join(GAP), [...Buffer.from(secret).toString('hex')].join(GAP), ...base64Cores(secret)].map((pattern) => new RegExp(pattern, 'gi'));
}
const NAMED_REFERENCES = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
/** Inside a longer base64 text the key begins at one of three alignments; its neighbours blur the characters at its edges. */
function base64Cores(secret) {
    return [0, 1, 2].map((offset) => {
        const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
        const encoded = bytes.toString('base64').replace(/=+$/, '');
        const core = encoded.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === 0 ? undefined : -1);
        return [...core].map((character) => BASE64_SPELLINGS[character] ?? literal(character)).join(GAP);
    });
}
const BASE64_SPELLINGS = { '+': '(?:[+-]|%2b)', '/': '(?:[/_]|%2f)' };
function literal(character) {
    return /[\w]/.test(character) ? character : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

;// CONCATENATED MODULE: ./lib/report/format.js
const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
/** Bytes for people: `512 bytes`, `2.75 MiB`. */
function formatSize(bytes) {
    let value = Number(bytes);
    let unit = 0;
    // 1023.995 would be shown as 1024.00.
    while (value >= 1023.995 && unit < UNITS.length - 1) {
        value /= 1024;
        unit += 1;
    }
    return unit === 0 ? (value === 1 ? '1 byte' : `${value} bytes`) : `${value.toFixed(2)} ${UNITS[unit]}`;
}
/** Milliseconds for people: `0.2 s`, `12.5 s`, `2 min 5 s`, `1 h 3 min`. */
function formatDuration(ms) {
    if (ms < 59_950)
        return `${(ms / 1000).toFixed(1)} s`;
    const seconds = Math.round(ms / 1000);
    const minutes = Math.floor(seconds / 60);
    return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
/** `1 pin`, `2 pins`. */
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

;// CONCATENATED MODULE: ./lib/report/lines.js

/** A pin's line in the log. Texts of the service in it are not yet cleaned. */
function pinLine(pin) {
    const facts = [pin.result, pin.cid, pin.size === null ? null : formatSize(pin.size), pin.name === null ? null : `"${pin.name}"`];
    if (pin.attempts > 0)
        facts.push(count(pin.attempts, 'attempt'), formatDuration(pin.durationMs));
    const told = facts.filter((fact) => fact !== null).join(', ');
    return pin.result === 'unpinned' || pin.result === 'would-unpin'
        ? `${pin.pinId}: ${told}`
        : `${pin.pinId}: ${told}. ${pin.message}`;
}
/** The closing line. */
function closingLine(tally, pins, durationMs, dryRun) {
    if (dryRun)
        return `Dry run: ${count(tally.wouldUnpin, 'pin')} of ${pins} would be unpinned; nothing was sent.`;
    const unknown = tally.unknownSizes > 0 ? `, ${tally.unknownSizes} of unknown size` : '';
    return (`${count(pins, 'pin')}: ${tally.unpinned} unpinned (${formatSize(tally.totalSize)}${unknown}), ` +
        `${tally.missing} missing, ${tally.failed} failing the step, in ${formatDuration(durationMs)}.`);
}
/** How far a long run has come. The time left is what the rate so far says. */
function progressLine(done, pins, elapsedMs) {
    const rate = done / (elapsedMs / 1000);
    const left = done === 0 ? '' : `, about ${formatDuration(((pins - done) / rate) * 1000)} left`;
    return `${done} of ${count(pins, 'pin')} done, ${rate.toFixed(1)} a second${left}`;
}
/** An attempt that failed, and what follows. */
function retryLine(pinId, { attempt, why, waitMs, holdsAll }) {
    const who = holdsAll ? 'every request waits' : 'trying again in';
    return `${pinId}: attempt ${attempt}: ${who} ${formatDuration(waitMs)}, because of ${why}`;
}

;// CONCATENATED MODULE: ./lib/report/outputs.js

/** Over this the `results` output leaves the records out; over it still, the array. Job outputs may be 1 MB together. */
const LARGEST_RESULTS = 256 * 1024;
/** What a run sets that failed before its first pin: nothing is known, and nothing was done. */
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
    results: '[]',
    'results-file': '',
};
/**
 * One line for each pin in the outputs that speak of single pins; for one pin that is simply its value.
 *
 * @param clean takes line ends and control characters out.
 */
function outputsOf(pins, tally, files, clean) {
    const lines = (value) => pins.map((pin) => clean(String(value(pin) ?? ''))).join('\n');
    return {
        cid: lines((pin) => pin.cid),
        size: lines((pin) => pin.size),
        status: lines((pin) => pin.status),
        name: lines((pin) => pin.name),
        result: lines((pin) => pin.result),
        'unpinned-count': String(tally.unpinned),
        'missing-count': String(tally.missing),
        'failed-count': String(tally.failed),
        'total-size': String(tally.totalSize),
        results: files.results,
        'results-file': files.resultsFile,
    };
}
/** @throws what the toolkit throws when the runner's file is gone. */
function setOutputs(outputs) {
    for (const [name, text] of Object.entries(outputs))
        setOutput(name, text);
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./lib/report/results-file.js



/**
 * The file that holds the whole `results` array. Records go to disk as they come, beside it, so that memory does not grow with
 * what the service sends; the array is put together in order at the end.
 */
class ResultsFile {
    path;
    #recordsPath;
    #records;
    #places = new Map();
    #recordsLength = 0;
    /**
     * Creates both files, so that a folder that cannot be written is found before anything is unpinned.
     *
     * @param folder `RUNNER_TEMP`: emptied by the runner at the end of the job.
     * @throws the file system's error.
     */
    constructor(folder) {
        const name = (0,external_node_path_namespaceObject.join)(folder, `aioz-unpin-results-${(0,external_node_crypto_namespaceObject.randomUUID)()}`);
        this.path = `${name}.json`;
        this.#recordsPath = `${name}.records`;
        (0,external_node_fs_namespaceObject.closeSync)((0,external_node_fs_namespaceObject.openSync)(this.path, 'wx', 0o600));
        this.#records = (0,external_node_fs_namespaceObject.openSync)(this.#recordsPath, 'wx+', 0o600);
    }
    /**
     * Keeps one pin's record.
     *
     * @param index the pin's place in the order given.
     * @param record JSON text.
     * @throws the file system's error.
     */
    keepRecord(index, record) {
        const bytes = Buffer.from(record);
        const offset = this.#recordsLength;
        this.#writeAll(this.#records, bytes);
        this.#recordsLength += bytes.length;
        this.#places.set(index, { offset, length: bytes.length });
    }
    /**
     * Writes the array and lets go of the kept records.
     *
     * @returns the length of the array's text in bytes.
     * @throws the file system's error.
     */
    write(entries) {
        const file = (0,external_node_fs_namespaceObject.openSync)(this.path, 'w', 0o600);
        let length = 0;
        const append = (bytes) => {
            this.#writeAll(file, bytes);
            length += bytes.length;
        };
        try {
            append(Buffer.from('['));
            entries.forEach((entry, index) => {
                const start = JSON.stringify(entry).slice(0, -1);
                append(Buffer.concat([Buffer.from(`${index === 0 ? '' : ','}${start},"record":`), this.#record(index), CLOSE]));
            });
            append(Buffer.from(']'));
        }
        finally {
            (0,external_node_fs_namespaceObject.closeSync)(file);
            (0,external_node_fs_namespaceObject.closeSync)(this.#records);
            (0,external_node_fs_namespaceObject.rmSync)(this.#recordsPath, { force: true });
        }
        return length;
    }
    #record(index) {
        const place = this.#places.get(index);
        if (place === undefined)
            return NO_RECORD;
        const bytes = Buffer.alloc(place.length);
        (0,external_node_fs_namespaceObject.readSync)(this.#records, bytes, 0, place.length, place.offset);
        return bytes;
    }
    #writeAll(file, bytes) {
        for (let written = 0; written < bytes.length;)
            written += (0,external_node_fs_namespaceObject.writeSync)(file, bytes, written);
    }
}
const CLOSE = Buffer.from('}');
const NO_RECORD = Buffer.from('null');

;// CONCATENATED MODULE: ./lib/report/summary.js

/** The runner drops a summary of over 1 MiB whole; this stays well below it. */
const LARGEST_SUMMARY = 256 * 1024;
/** Characters of the service's text in one cell. */
const LONGEST_CELL = 300;
/** Failures first, then what a person may want to look at, then the rest. */
const ORDER = ['failed', 'unconfirmed', 'not-attempted', 'missing', 'unpinned', 'would-unpin'];
/** The job summary of a run that reached its pins. */
function summaryOf(pins, options) {
    const { tally, dryRun, cell } = options;
    const parts = [
        `## AIOZ IPFS Unpin: ${title(tally, pins.length, dryRun)}`,
        '',
        totals(tally, pins.length, options),
        '',
        '| Pin | Result | CID | Name | Size | Attempts | Time | What happened |',
        '| --- | --- | --- | --- | ---: | ---: | ---: | --- |',
    ];
    const closing = again(pins, dryRun);
    let length = Buffer.byteLength(parts.join('\n') + closing);
    const sorted = [...pins].sort((a, b) => Number(b.fails) - Number(a.fails) || ORDER.indexOf(a.result) - ORDER.indexOf(b.result));
    let shown = 0;
    for (const pin of sorted) {
        const line = row(pin, cell);
        length += Buffer.byteLength(line) + 1;
        if (length > LARGEST_SUMMARY)
            break;
        parts.push(line);
        shown += 1;
    }
    if (shown < pins.length) {
        parts.push('', `${count(pins.length - shown, 'more pin')} did not fit here; the output \`results-file\` names a file with all.`);
    }
    return [...parts, '', closing, ''].join('\n');
}
/** The job summary of a run that was refused before its first request. */
function refusalSummary(problems, cell) {
    const lines = problems.map((problem) => `- ${cell(problem, 2000)}`);
    return ['## AIOZ IPFS Unpin: nothing was unpinned', '', 'No request was sent. To mend:', '', ...lines, ''].join('\n');
}
function title(tally, pins, dryRun) {
    if (dryRun)
        return `dry run, ${count(tally.wouldUnpin, 'pin')} would be unpinned`;
    if (tally.failed > 0)
        return `${tally.failed} of ${count(pins, 'pin')} failed`;
    return tally.missing > 0 ? `${tally.unpinned} unpinned, ${tally.missing} missing` : `${count(tally.unpinned, 'pin')} unpinned`;
}
function totals(tally, pins, { dryRun, apiBase, durationMs, cell }) {
    const where = `at <code>${cell(apiBase, LONGEST_CELL)}</code>`;
    if (dryRun)
        return `${count(pins, 'pin')} ${where}. Nothing was sent and nothing was removed.`;
    const unknown = tally.unknownSizes > 0 ? ` and ${tally.unknownSizes} of unknown size` : '';
    return (`${count(pins, 'pin')} ${where}: ${tally.unpinned} unpinned (${formatSize(tally.totalSize)}${unknown}), ` +
        `${tally.missing} missing, ${tally.failed} failing the step, in ${formatDuration(durationMs)}.`);
}
function row(pin, cell) {
    const cells = [
        `<code>${pin.pinId}</code>`,
        pin.fails ? `**${pin.result}**` : pin.result,
        pin.cid === null ? '' : `<code>${cell(pin.cid, 120)}</code>`,
        cell(pin.name ?? '', 120),
        pin.size === null ? '' : formatSize(pin.size),
        pin.attempts === 0 ? '' : String(pin.attempts),
        pin.attempts === 0 ? '' : formatDuration(pin.durationMs),
        cell(pin.message, LONGEST_CELL),
    ];
    return `| ${cells.join(' | ')} |`;
}
/** Pin IDs offered for the next run; a longer list is in the results file. */
const OFFERED = 200;
function again(pins, dryRun) {
    if (dryRun)
        return 'To unpin them, run the step again with `dry-run: false`.';
    const failing = pins.filter((pin) => pin.fails).map((pin) => pin.pinId);
    if (failing.length === 0)
        return 'Running the step again is safe: a pin that is gone is reported as `missing`.';
    if (failing.length > OFFERED) {
        return 'To try again, run the step again as it is: a pin that is gone by then is reported as `missing`.';
    }
    return ['To try the failed ones again:', '', '```yaml', 'pin-id: |', ...failing.map((pinId) => `  ${pinId}`), '```'].join('\n');
}

;// CONCATENATED MODULE: ./lib/report/tally.js

function tallyUp(pins) {
    const tally = { unpinned: 0, missing: 0, failed: 0, wouldUnpin: 0, totalSize: 0n, unknownSizes: 0 };
    for (const pin of pins) {
        if (pin.fails)
            tally.failed += 1;
        if (pin.result === 'missing')
            tally.missing += 1;
        if (pin.result === 'would-unpin')
            tally.wouldUnpin += 1;
        if (pin.result !== 'unpinned')
            continue;
        tally.unpinned += 1;
        if (pin.size === null)
            tally.unknownSizes += 1;
        else
            tally.totalSize += BigInt(pin.size);
    }
    return tally;
}
/** Texts keep their content here, but no keys and no unlimited length: memory must not grow with what a service sends. */
function toReportedPin(outcome, onMissing, shorten) {
    const { record: _, ...pin } = outcome;
    const text = (value) => (value === null ? null : shorten(value));
    return {
        ...pin,
        cid: text(pin.cid),
        status: text(pin.status),
        name: text(pin.name),
        message: shorten(pin.message),
        fails: failsStep(outcome, onMissing),
    };
}

;// CONCATENATED MODULE: ./lib/report/report.js












/** Characters of one line of the log. */
const LONGEST_LINE = 1000;
/** Characters kept of one text of the service: far more than any name or CID has, far less than a body may hold. */
const LONGEST_TEXT = 4096;
const PROGRESS_EVERY_MS = 5000;
/** The only way out for words: log, annotations, summary and outputs, everything cleaned on its way. */
class Report {
    #clock;
    #clean;
    /** @param secrets removed from everything that leaves. */
    constructor(clock, secrets) {
        this.#clock = clock;
        this.#clean = createCleaner(secrets);
    }
    /** Tells of a run that ends before its first request: outputs, one annotation with all problems, summary. */
    async refuse(problems) {
        this.#tryOutputs(NO_OUTPUTS);
        const list = problems.map((problem) => this.#clean.line(problem, LONGEST_ANNOTATION)).join('\n');
        error(list.slice(0, LONGEST_ANNOTATION));
        await this.#trySummary(refusalSummary(problems, this.#clean.cell));
    }
    /**
     * Opens what the results will be written to.
     *
     * @throws RefusedError when a result could not be handed on: then nothing may be unpinned.
     */
    begin(run) {
        const outputFile = process.env['GITHUB_OUTPUT'] ?? '';
        const folder = process.env['RUNNER_TEMP'] ?? '';
        let resultsFile;
        try {
            // Without the variable the toolkit prints outputs as commands, so only a file that is named and unusable is a problem.
            if (outputFile !== '')
                (0,external_node_fs_namespaceObject.accessSync)(outputFile, external_node_fs_namespaceObject.constants.W_OK);
            resultsFile = new ResultsFile(folder === '' ? (0,external_node_os_namespaceObject.tmpdir)() : folder);
        }
        catch (cause) {
            throw new RefusedError([
                `What becomes of the pins could not be written down: ${describeError(cause)}. ` +
                    'Are the files behind GITHUB_OUTPUT and RUNNER_TEMP there, and is the disk full?',
            ], { cause });
        }
        return new RunReport(run, resultsFile, this.#clock, this.#clean, {
            line: (text) => this.line(text),
            tryOutputs: (outputs) => this.#tryOutputs(outputs),
            trySummary: (text) => this.#trySummary(text),
        });
    }
    /** One line in the log. */
    line(text) {
        info(this.#clean.line(text, LONGEST_LINE));
    }
    /** @returns false when outputs are lost. */
    #tryOutputs(outputs) {
        try {
            setOutputs(outputs);
            return true;
        }
        catch (cause) {
            error(this.#clean.line(`The outputs could not be set, so later steps see none: ${describeError(cause)}.`, LONGEST_LINE));
            return false;
        }
    }
    /** A summary that cannot be written is said in the log and changes nothing. */
    async #trySummary(text) {
        try {
            await summary.addRaw(this.#clean.redact(text)).write();
        }
        catch (cause) {
            this.line(`No job summary: ${describeError(cause)}`);
        }
    }
}
/** Tells of one run from its first pin to its last: as it goes, and in every form at the end. */
class RunReport {
    #run;
    #file;
    #clock;
    #clean;
    #ways;
    #startedAt;
    #pins = [];
    #ended = 0;
    #fileError = null;
    #stopProgress = () => { };
    constructor(run, file, clock, clean, ways) {
        this.#run = run;
        this.#file = file;
        this.#clock = clock;
        this.#clean = clean;
        this.#ways = ways;
        this.#startedAt = clock.now();
        const { pinIds, apiBase, dryRun, requestsPerMinute } = run;
        ways.line(dryRun
            ? `Dry run: ${count(pinIds.length, 'pin')} at ${apiBase}`
            : `Unpinning ${count(pinIds.length, 'pin')} at ${apiBase}, at most ${count(requestsPerMinute, 'request')} a minute`);
        if (pinIds.length > 1)
            this.#showProgress();
    }
    /** A pin's attempt failed and will be repeated. */
    retrying(pinId, retry) {
        this.#ways.line(retryLine(pinId, retry));
    }
    /** A pin has ended. Never throws: a record that cannot be kept is told at the end. */
    ended(outcome, index) {
        const pin = toReportedPin(outcome, this.#run.onMissing, (text) => shorten(this.#clean.redact(text)));
        this.#pins[index] = pin;
        this.#ended += 1;
        if (outcome.record !== null) {
            try {
                this.#file.keepRecord(index, JSON.stringify(this.#clean.json(outcome.record)));
            }
            catch (cause) {
                this.#fileError ??= cause;
            }
        }
        this.#ways.line(pinLine(pin));
    }
    /**
     * Writes everything down: results file and outputs first, because later steps rely on them.
     *
     * @param stopped why the run was stopped from outside, in words, or `null`.
     * @returns true when no pin fails the step and nothing that was promised is lost.
     */
    async finish(stopped) {
        this.#stopProgress();
        const pins = this.#pins;
        const tally = tallyUp(pins);
        const durationMs = this.#clock.now() - this.#startedAt;
        const files = this.#writeResults();
        const outputsSet = this.#ways.tryOutputs(outputsOf(pins, tally, files, this.#clean.output));
        const failing = pins.filter((pin) => pin.fails);
        failing.sort((a, b) => Number(a.result === 'not-attempted') - Number(b.result === 'not-attempted'));
        const errors = failing.map((pin) => `Pin ${pin.pinId}: ${pin.message}`);
        if (stopped !== null && errors.length > 0)
            errors.unshift(stopped);
        if (this.#fileError !== null) {
            errors.unshift(`Not every record could be written to the results file: ${describeError(this.#fileError)}.`);
        }
        this.#annotate(error, errors, 'errors');
        const warned = this.#run.onMissing === 'ignore' ? [] : pins.filter((pin) => pin.result === 'missing' && !pin.fails);
        this.#annotate(warning, warned.map((pin) => `Pin ${pin.pinId}: ${pin.message}`), 'warnings');
        const { apiBase, dryRun } = this.#run;
        await this.#ways.trySummary(summaryOf(pins, { tally, dryRun, apiBase, durationMs, cell: this.#clean.cell }));
        this.#ways.line(closingLine(tally, pins.length, durationMs, dryRun));
        return failing.length === 0 && outputsSet && this.#fileError === null;
    }
    #writeResults() {
        const entries = this.#pins.map(toEntry);
        try {
            const length = this.#file.write(entries);
            if (length <= LARGEST_RESULTS) {
                return { results: (0,external_node_fs_namespaceObject.readFileSync)(this.#file.path, 'utf8'), resultsFile: this.#file.path };
            }
        }
        catch (cause) {
            this.#fileError ??= cause;
        }
        const resultsFile = this.#fileError === null ? this.#file.path : '';
        const withoutRecords = JSON.stringify(entries);
        if (Buffer.byteLength(withoutRecords) <= LARGEST_RESULTS)
            return { results: withoutRecords, resultsFile };
        notice('The output `results` would be larger than 256 KiB, so it is `[]`. The output `results-file` names a file with all.');
        return { results: '[]', resultsFile };
    }
    #annotate(annotate, messages, noun) {
        for (const message of fitAnnotations(messages, noun))
            annotate(this.#clean.line(message, LONGEST_ANNOTATION));
    }
    /** Every few seconds from now on, until the end. */
    #showProgress() {
        this.#stopProgress = this.#clock.after(PROGRESS_EVERY_MS, () => {
            this.#ways.line(progressLine(this.#ended, this.#run.pinIds.length, this.#clock.now() - this.#startedAt));
            this.#showProgress();
        });
    }
}
function shorten(text) {
    return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}
function toEntry(pin) {
    const { pinId, result, cid, size, status, name, attempts, httpStatus, durationMs, message } = pin;
    return { pinId, result, cid, size, status, name, attempts, httpStatus, durationMs, message };
}

;// CONCATENATED MODULE: ./lib/run.js










/**
 * The whole action: inputs, plan, execution, report. Reports in every case.
 *
 * @returns true only when every pin's end is proven and allowed.
 */
async function run(world) {
    const keys = readKeys();
    const report = new Report(world.clock, [keys.api, keys.secret]);
    let inputs;
    let runReport;
    try {
        inputs = readInputs(keys);
        const problem = proxyProblem(inputs.apiBase, process.env);
        if (problem !== null)
            throw new RefusedError([problem]);
        runReport = report.begin(inputs);
    }
    catch (error) {
        await report.refuse(error instanceof RefusedError ? error.problems : [`This action failed in itself: ${describeError(error)}.`]);
        return false;
    }
    if (inputs.dryRun) {
        inputs.pinIds.forEach((pinId, index) => {
            runReport.ended(untouched(pinId, 'would-unpin', 'Would be unpinned.'), index);
        });
    }
    else {
        const service = connect(inputs, world);
        await unpinAll(inputs.pinIds, {
            unpin: (pinId, signals) => service.unpin(pinId, {
                ...signals,
                timeoutSeconds: inputs.timeoutSeconds,
                onRetry: (retry) => runReport.retrying(pinId, retry),
            }),
            signal: world.signal,
            onEnd: (outcome, index) => runReport.ended(outcome, index),
        });
    }
    return runReport.finish(world.signal.aborted ? String(world.signal.reason) : null);
}
function connect(inputs, { clock, random }) {
    const origin = new Origin({
        base: inputs.apiBase,
        secretHeaders: authentication(inputs.keys),
        exchange: createExchange(clock),
        gate: new Gate(clock, inputs.requestsPerMinute),
        clock,
        random,
    });
    return new PinService(origin);
}

;// CONCATENATED MODULE: ./lib/index.js




/** A log that nobody takes any more must not keep the process. */
const LONGEST_FLUSH_MS = 3000;
// Failure until success is proven: whatever ends this process early ends it red.
process.exitCode = 1;
// The proxy tunnel calls `new Buffer`; that is for its developers to read, not for the readers of this log.
process.noDeprecation = true;
if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    // The toolkit's tunnel to a proxy takes its default from here.
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
}
const stop = new AbortController();
let drained = false;
let failed = false;
process.on('SIGINT', () => stop.abort('Cancelled (SIGINT). What is known so far stands in the outputs and the summary.'));
process.on('SIGTERM', () => stop.abort('Cancelled (SIGTERM). What is known so far stands in the outputs and the summary.'));
process.on('uncaughtException', (thrown) => defect(thrown));
process.on('unhandledRejection', (thrown) => defect(thrown));
process.stdout.on('error', () => {
    // A log that cannot be written changes nothing about the pins; outputs and summary are files.
});
process.on('beforeExit', () => {
    // Nothing is left that could ever settle the run. The first time it may still tell what it knows.
    if (drained)
        return finish(false);
    drained = true;
    error('This action had nothing left to wait for before it was done. Please report this.');
    stop.abort('Stopped: this action failed in itself.');
});
run({ clock: systemClock, random: Math.random, signal: stop.signal }).then(finish, (thrown) => {
    error(`This action failed in itself: ${describeError(thrown)}. Please report this.`);
    finish(false);
});
function defect(thrown) {
    error(`This action failed in itself: ${describeError(thrown)}. Please report this.`);
    failed = true;
    stop.abort('Stopped: this action failed in itself.');
}
function finish(succeeded) {
    const code = succeeded && !failed ? 0 : 1;
    process.exitCode = code;
    // A bare exit loses what a slow pipe has not taken yet; waiting for the loop to drain could wait for ever on a proxy.
    setTimeout(() => process.exit(code), LONGEST_FLUSH_MS);
    process.stdout.write('', () => process.exit(code));
}

