import os
import sys

import requests

pin_id = os.environ["PIN_IDS"]
headers = {
    "pinning_api_key": os.environ["API_KEY"],
    "pinning_secret_key": os.environ["SECRET_KEY"],
}
response = requests.delete(sys.argv[1] + "/api/pinning/unpin/" + pin_id, headers=headers)
if response.json()["data"]["id"] != pin_id:
    sys.exit(response.text)
