// The least that a Node script can do: URL and number at once as arguments, pin IDs and keys in the environment.
import https from 'node:https'

const [base, atOnce = '1'] = process.argv.slice(2)
const { PIN_IDS = '', API_KEY = '', SECRET_KEY = '' } = process.env
const pinIds = PIN_IDS.split('\n')
const headers = { pinning_api_key: API_KEY, pinning_secret_key: SECRET_KEY }
const agent = new https.Agent({ keepAlive: pinIds.length > 1 })

function unpin(pinId) {
  return new Promise((resolve, reject) => {
    const request = https.request(`${base}/api/pinning/unpin/${pinId}`, { method: 'DELETE', headers, agent })
    request.on('error', reject)
    request.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => (text += chunk))
      response.on('error', reject)
      response.on('end', () => {
        if (JSON.parse(text).data.id === pinId) resolve()
        else reject(new Error(text))
      })
    })
    request.end()
  })
}

let next = 0
const work = async () => {
  while (next < pinIds.length) await unpin(pinIds[next++])
}
await Promise.all(Array.from({ length: Math.min(Number(atOnce), pinIds.length) }, work))
agent.destroy()
