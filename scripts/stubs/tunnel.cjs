// Loads the real package when a proxy is used, not before: it brings `assert` and `util` along, which no other run needs.
for (const name of ['httpOverHttp', 'httpsOverHttp', 'httpOverHttps', 'httpsOverHttps']) {
  exports[name] = (options) => require('../../node_modules/tunnel/index.js')[name](options)
}
