// An AIOZ Pin service on Go's net/http, which the real one is written in: unpin, read and list, from the API's documents alone.
//
// It reads one JSON document from stdin and writes JSON lines to stdout: first its port, then each request. It ends when stdin ends.
package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

type record map[string]any

type settings struct {
	APIKey    string   `json:"apiKey"`
	SecretKey string   `json:"secretKey"`
	Pins      []record `json:"pins"`
	// IDs of pins whose first DELETE takes effect, and then the connection is cut without an answer.
	CutAfterEffect []string `json:"cutAfterEffect"`
	// Milliseconds after which an idle connection is closed; 0 for never.
	IdleMs float64 `json:"idleMs"`
	// "1.1"; "1.0 keep-alive"; or "1.0 close", with bodies that end with the connection.
	Speaks string `json:"speaks"`
	// PEM, both empty for http.
	Key  string `json:"key"`
	Cert string `json:"cert"`
}

// One request, as written to stdout before it is answered.
type seen struct {
	// Numbered from 1 in the order of their opening.
	Connection int64  `json:"connection"`
	Method     string `json:"method"`
	// "HTTP/1.0" or "HTTP/1.1", of the request and of its answer.
	Version string `json:"version"`
	Path    string `json:"path"`
	ID      string `json:"id"`
	// 0 where the connection is cut instead.
	Status int `json:"status"`
	// This request changed the pin.
	Effect bool `json:"effect"`
}

type service struct {
	settings
	lock   sync.Mutex
	lines  *json.Encoder
	pins   map[string]record
	sorted []record
}

type connectionNumber struct{}

var notFound = record{"status": "error", "message": "record not found"}

func main() {
	in := json.NewDecoder(os.Stdin)
	s := &service{lines: json.NewEncoder(os.Stdout), pins: map[string]record{}}
	must(in.Decode(&s.settings))
	for _, pin := range s.Pins {
		s.pins[pin["id"].(string)] = pin
	}
	s.sorted = slices.SortedFunc(slices.Values(s.Pins), func(a, b record) int {
		return cmp.Compare(a["date_pinned"].(string), b["date_pinned"].(string))
	})

	mux := http.NewServeMux()
	mux.HandleFunc("DELETE /api/pinning/unpin/{id}", s.unpin)
	mux.HandleFunc("GET /api/pinning/{id}", s.read)
	mux.HandleFunc("GET /api/pinning/pins/{$}", s.list)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.lock.Lock()
		defer s.lock.Unlock()
		s.answer(w, r, http.StatusNotFound, false, record{"message": "no such endpoint"})
	})

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	must(s.lines.Encode(record{"port": listener.Addr().(*net.TCPAddr).Port}))
	if s.Cert != "" {
		pair, err := tls.X509KeyPair([]byte(s.Cert), []byte(s.Key))
		must(err)
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{pair}})
	}
	if s.Speaks != "1.1" {
		listener = oldListener{listener}
	}
	var connections atomic.Int64
	server := &http.Server{
		Handler:     s.guard(mux),
		IdleTimeout: time.Duration(s.IdleMs * float64(time.Millisecond)),
		ConnContext: func(ctx context.Context, _ net.Conn) context.Context {
			return context.WithValue(ctx, connectionNumber{}, connections.Add(1))
		},
	}
	server.SetKeepAlivesEnabled(s.Speaks != "1.0 close")
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	must(server.Serve(listener))
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// A listener whose clients all seem to speak HTTP/1.0, so that net/http answers in HTTP/1.0.
type oldListener struct{ net.Listener }

type oldConnection struct{ net.Conn }

func (l oldListener) Accept() (net.Conn, error) {
	connection, err := l.Listener.Accept()
	return oldConnection{connection}, err
}

func (c oldConnection) Read(into []byte) (int, error) {
	n, err := c.Conn.Read(into)
	copy(into, bytes.Replace(into[:n], []byte(" HTTP/1.1\r\n"), []byte(" HTTP/1.0\r\n"), 1))
	return n, err
}

func (s *service) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("pinning_api_key") == s.APIKey && r.Header.Get("pinning_secret_key") == s.SecretKey {
			next.ServeHTTP(w, r)
			return
		}
		s.lock.Lock()
		defer s.lock.Unlock()
		s.answer(w, r, http.StatusUnauthorized, false, record{"message": "You are not logged in"})
	})
}

func (s *service) unpin(w http.ResponseWriter, r *http.Request) {
	s.lock.Lock()
	defer s.lock.Unlock()
	id := r.PathValue("id")
	pin, found := s.pins[id]
	if !found || pin["pinned"] != true {
		s.answer(w, r, http.StatusNotFound, false, notFound)
		return
	}
	// The documented answer is the record as it stood before.
	before := record{}
	for name, value := range pin {
		before[name] = value
	}
	pin["pinned"] = false
	pin["status"] = "unpinNormally"
	pin["date_unpinned"] = time.Now().UTC().Format("2006-01-02T15:04:05.000000Z")
	if slices.Contains(s.CutAfterEffect, id) {
		s.log(r, 0, true)
		panic(http.ErrAbortHandler)
	}
	s.answer(w, r, http.StatusOK, true, record{"data": before, "status": "success"})
}

func (s *service) read(w http.ResponseWriter, r *http.Request) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if pin, found := s.pins[r.PathValue("id")]; found {
		s.answer(w, r, http.StatusOK, false, record{"data": pin, "status": "success"})
	} else {
		s.answer(w, r, http.StatusNotFound, false, notFound)
	}
}

func (s *service) list(w http.ResponseWriter, r *http.Request) {
	s.lock.Lock()
	defer s.lock.Unlock()
	query := r.URL.Query()
	wanted := []record{}
	size := 0.0
	for _, pin := range s.sorted {
		if pinned := query.Get("pinned"); pinned == "all" || pinned == "" || pinned == fmt.Sprint(pin["pinned"]) {
			wanted = append(wanted, pin)
			size += pin["size"].(float64)
		}
	}
	if query.Get("sortOrder") != "ASC" {
		slices.Reverse(wanted)
	}
	// The service may give fewer rows than asked for.
	offset, limit := number(query.Get("offset"), 0), min(number(query.Get("limit"), 10), 100)
	page := wanted[min(offset, len(wanted)):min(offset+limit, len(wanted))]
	totals := record{"files": len(wanted), "size": size}
	s.answer(w, r, http.StatusOK, false, record{"data": record{"totals": totals, "pins": page}, "status": "success"})
}

func number(text string, unset int) int {
	if value, err := strconv.Atoi(text); err == nil && value >= 0 {
		return value
	}
	return unset
}

func (s *service) answer(w http.ResponseWriter, r *http.Request, status int, effect bool, body record) {
	s.log(r, status, effect)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if s.Speaks == "1.0 close" {
		// Before the length is known, so that only the end of the connection ends the body.
		_ = http.NewResponseController(w).Flush()
	}
	_ = json.NewEncoder(w).Encode(body)
}

func (s *service) log(r *http.Request, status int, effect bool) {
	connection, _ := r.Context().Value(connectionNumber{}).(int64)
	must(s.lines.Encode(seen{connection, r.Method, r.Proto, r.URL.Path, r.PathValue("id"), status, effect}))
}
