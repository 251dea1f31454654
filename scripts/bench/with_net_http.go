package main

import (
	"encoding/json"
	"net/http"
	"os"
)

func main() {
	request, _ := http.NewRequest("DELETE", os.Args[1], nil)
	request.Header.Set("pinning_api_key", os.Getenv("API_KEY"))
	request.Header.Set("pinning_secret_key", os.Getenv("SECRET_KEY"))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	var answer struct{ Status string }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || answer.Status != "success" {
		panic(response.Status)
	}
}
