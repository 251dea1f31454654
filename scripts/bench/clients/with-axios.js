import axios from 'axios'

const { PIN_IDS = '', API_KEY = '', SECRET_KEY = '' } = process.env
const headers = { pinning_api_key: API_KEY, pinning_secret_key: SECRET_KEY }
const { data } = await axios.delete(`${process.argv[2]}/api/pinning/unpin/${PIN_IDS}`, { headers })
if (data.data.id !== PIN_IDS) throw new Error(JSON.stringify(data))
