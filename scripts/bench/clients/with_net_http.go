package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
)

func main() {
	pinID := os.Getenv("PIN_IDS")
	request, err := http.NewRequest("DELETE", os.Args[1]+"/api/pinning/unpin/"+pinID, nil)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("pinning_api_key", os.Getenv("API_KEY"))
	request.Header.Set("pinning_secret_key", os.Getenv("SECRET_KEY"))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct{ Data struct{ ID string } }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || answer.Data.ID != pinID {
		log.Fatal(response.Status, err)
	}
}
