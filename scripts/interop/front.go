// A reverse proxy on Go's net/http, which the real service is written in: the action talks to Go's own server.
//
// Arguments: its address, the service's URL, PEM files of the certificate and the key, and the file to log each request to.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"sync/atomic"
)

type connection struct{}

func main() {
	service, err := url.Parse(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	file, err := os.Create(os.Args[5])
	if err != nil {
		log.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(service)
	// Where the service gives no answer, the client gets none either.
	proxy.ErrorHandler = func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }
	handler := func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(file, "request", r.Context().Value(connection{}))
		proxy.ServeHTTP(w, r)
	}
	var connections atomic.Int64
	server := &http.Server{
		Addr:    os.Args[1],
		Handler: http.HandlerFunc(handler),
		// Loopback gives the same port out again after a second, so an address is no name for a connection.
		ConnContext: func(ctx context.Context, _ net.Conn) context.Context {
			return context.WithValue(ctx, connection{}, connections.Add(1))
		},
	}
	log.Fatal(server.ListenAndServeTLS(os.Args[3], os.Args[4]))
}
