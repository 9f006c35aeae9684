package image

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"flowlab/labkit/internal/coursetest"
)

// note writes what a server notes of itself, and returns the folder.
func note(t *testing.T, address net.Addr) string {
	t.Helper()
	dir := t.TempDir()
	coursetest.Write(t, filepath.Join(dir, "jpserver-1.json"), fmt.Sprintf(`{"port": %d, "base_url": "/user/ada/"}`, address.(*net.TCPAddr).Port))
	return dir
}

func TestHealthy(t *testing.T) {
	for status, message := range map[int]string{http.StatusOK: "", http.StatusServiceUnavailable: "503", http.StatusFound: "302"} {
		var asked string
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked = r.URL.Path
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(status)
		}))
		err := Healthy(t.Context(), note(t, server.Listener.Addr()))
		server.Close()
		if asked != "/user/ada/api" {
			t.Errorf("the server was asked %q: want its API", asked)
		}
		if message == "" && err != nil || message != "" && (err == nil || !strings.Contains(err.Error(), message)) {
			t.Errorf("with status %d the error is %v: want %q", status, err, message)
		}
	}
}

// A server that closes the connection without a word is not healthy.
func TestSilentServerIsNotHealthy(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			conn.Close()
		}
	}()
	if err := Healthy(t.Context(), note(t, listener.Addr())); err == nil {
		t.Error("a server that says nothing is healthy")
	}
	if err := Healthy(t.Context(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "no server has noted") {
		t.Errorf("without a server the error is %v", err)
	}
}
