// The least that a Node script can do: it sends METHOD to each URL in turn, and parses the answers. Each request has a connection of its
// own, as in the action, unless KEEP_ALIVE is set.
import https from 'node:https'
import { text } from 'node:stream/consumers'

const [method, ...urls] = process.argv.slice(2)
const { API_KEY: pinning_api_key, SECRET_KEY: pinning_secret_key } = process.env
const agent = new https.Agent({ keepAlive: process.env.KEEP_ALIVE !== undefined })
const options = { method, agent, headers: { pinning_api_key, pinning_secret_key } }

for (const url of urls) {
  const response = await new Promise((resolve, reject) =>
    https.request(url, options).on('response', resolve).on('error', reject).end(),
  )
  if (JSON.parse(await text(response)).status !== 'success') throw new Error(`HTTP ${response.statusCode}`)
}
