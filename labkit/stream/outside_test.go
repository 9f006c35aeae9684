package stream

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"
)

// An authority vouches for certificates, which it writes into a folder with their
// keys.
type authority struct {
	dir  string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	a := &authority{dir: t.TempDir()}
	a.cert, a.key = a.issue(t, "authority")
	return a
}

// issue makes a certificate for 127.0.0.1, as of a server and of a client.
func (a *authority) issue(t *testing.T, name string) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	by, with := a.cert, a.key
	if by == nil { // the authority's own
		by, with = cert, key
		cert.IsCA, cert.BasicConstraintsValid, cert.KeyUsage = true, true, x509.KeyUsageCertSign
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, by, key.Public(), with)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for path, block := range map[string]*pem.Block{a.file(name + ".pem"): {Type: "CERTIFICATE", Bytes: der}, a.file(name + ".key"): {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

func (a *authority) file(name string) string { return filepath.Join(a.dir, name) }

// A guardedServer is a NATS server with TLS that asks for a certificate and a
// password.
type guardedServer struct {
	*authority
	*server.Server
	options server.Options
}

func startGuarded(t *testing.T) *guardedServer {
	t.Helper()
	g := &guardedServer{authority: newAuthority(t)}
	for _, name := range []string{"server", "client"} {
		g.issue(t, name)
	}
	tls, err := server.GenTLSConfig(&server.TLSConfigOpts{
		CaFile: g.file("authority.pem"), CertFile: g.file("server.pem"), KeyFile: g.file("server.key"), Verify: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	g.options = server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true,
		TLS: true, TLSVerify: true, TLSConfig: tls, TLSTimeout: 5, Username: "flow", Password: "right",
	}
	g.start(t)
	g.options.Port = g.Addr().(*net.TCPAddr).Port // the same when it comes back
	t.Cleanup(g.stop)
	return g
}

func (g *guardedServer) start(t *testing.T) {
	t.Helper()
	options := g.options
	s, err := server.NewServer(&options)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(startPatience) {
		t.Fatal("the server has not started")
	}
	g.Server = s
}

func (g *guardedServer) stop() {
	g.Shutdown()
	g.WaitForShutdown()
}

// store is how to get in with a password.
func (g *guardedServer) store(password string) Store {
	return Store{
		URL:         "tls://flow:" + password + "@" + g.Addr().String(),
		Authorities: g.file("authority.pem"), Certificate: g.file("client.pem"), Key: g.file("client.key"),
	}
}

// A server with TLS, certificates and a password that goes away under a pipeline
// at work, and comes back.
func TestGuardedServerLostAndRestored(t *testing.T) {
	g := startGuarded(t)
	defer func() { failpoint = func(string) {} }()
	left := 300
	failpoint = func(name string) { // only the worker comes to this place
		if name != "finding" {
			return
		}
		if left--; left == 0 {
			g.stop()
			g.start(t)
		}
	}
	var got collector
	err := Pipeline{Source: Table(killedFlows), Stage: newWindowStage, Store: g.store("right"), Checkpoint: -1, Sink: got.take}.Run(t.Context())
	if err != nil || left > 0 {
		t.Fatalf("%d findings before the server was to go: %v", left, err)
	}
	want := batch(t, newWindowStage, killedFlows)
	wantFindings(t, got, want)
	wantFindings(t, stored(t, g.store("right")), want)
}

// Who is not let in hears of it at once, in words, and his password stays out of
// them.
func TestGuardedServerRefuses(t *testing.T) {
	g := startGuarded(t)
	other := newAuthority(t)
	other.issue(t, "client")
	for want, change := range map[string]func(*Store){
		"Authorization Violation": func(s *Store) { *s = g.store("wrong") },
		"signed by unknown":       func(s *Store) { s.Authorities = other.file("authority.pem") },
		"want a certificate":      func(s *Store) { s.Certificate, s.Key = "", "" },
		"certificate, with":       func(s *Store) { s.Certificate, s.Key = other.file("client.pem"), other.file("client.key") },
		"no such file":            func(s *Store) { s.Credentials = other.file("none") },
		"no URL of a server":      func(s *Store) { s.URL = "tls://flow:right@127.0.0.1:x" },
	} {
		s := g.store("right")
		change(&s)
		err := Pipeline{Source: Table(killedFlows), Stage: newWindowStage, Store: s}.Run(t.Context())
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "right") || strings.Contains(err.Error(), "wrong") {
			t.Errorf("error %v: want %q, and no password", err, want)
		}
	}
}

// Whatever form of a URL the client takes, nothing secret of it is shown.
func TestShownURL(t *testing.T) {
	for url, want := range map[string]string{
		"nats://host:4222":                    "nats://host:4222",
		"tls://ada:secret@host:4222":          "tls://host:4222",
		"ada:secret@host:4222":                "nats://host:4222",
		"nats://secret@host":                  "nats://host",
		"secret@one:1, nats://ada:secret@two": "nats://one:1,nats://two",
		"nats://ada:secret@host:x":            "…",
	} {
		if got := (Store{URL: url}).shownURL(); got != want {
			t.Errorf("%s is shown as %s: want %s", url, got, want)
		}
	}
}

// A password that is changed while a pipeline works ends it, rather than that it
// tries for ever.
func TestPasswordChanged(t *testing.T) {
	g := startGuarded(t)
	defer func() { failpoint = func(string) {} }()
	changed := false
	failpoint = func(name string) {
		if name == "finding" && !changed {
			changed = true
			g.stop()
			g.options.Password = "another"
			g.start(t)
		}
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	err := Pipeline{Source: Table(killedFlows), Stage: newWindowStage, Store: g.store("right"), Log: log}.Run(ctx)
	if !errors.Is(err, errRefused) || ctx.Err() != nil {
		t.Errorf("error %v: want that it is refused", err)
	}
}

// Credentials are a user's token and the key that belongs to it, in one file.
func TestCredentials(t *testing.T) {
	operator, account, system := newKey(t, nkeys.CreateOperator), newKey(t, nkeys.CreateAccount), newKey(t, nkeys.CreateAccount)
	resolver := &server.MemAccResolver{}
	for _, a := range []nkeys.KeyPair{account, system} {
		claims := jwt.NewAccountClaims(publicKey(t, a))
		if a == account {
			claims.Limits.JetStreamLimits = jwt.JetStreamLimits{DiskStorage: -1, Streams: -1, Consumer: -1}
		}
		token, err := claims.Encode(operator)
		if err != nil {
			t.Fatal(err)
		}
		if err := resolver.Store(publicKey(t, a), token); err != nil {
			t.Fatal(err)
		}
	}
	s, err := server.NewServer(&server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true,
		TrustedKeys: []string{publicKey(t, operator)}, AccountResolver: resolver, SystemAccount: publicKey(t, system),
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	defer s.WaitForShutdown()
	defer s.Shutdown()
	if !s.ReadyForConnections(startPatience) {
		t.Fatal("the server has not started")
	}
	run := func(by nkeys.KeyPair) error {
		at := Store{URL: "nats://" + s.Addr().String(), Credentials: credentials(t, by)}
		return Pipeline{Source: Table(testFlows(600, 300)), Stage: newWindowStage, Store: at}.Run(t.Context())
	}
	if err := run(account); err != nil {
		t.Error(err)
	}
	if err := run(newKey(t, nkeys.CreateAccount)); !errors.Is(err, errRefused) {
		t.Errorf("credentials of another account: error %v", err)
	}
}

// credentials writes the file of a user for whom an account vouches.
func credentials(t *testing.T, account nkeys.KeyPair) string {
	user := newKey(t, nkeys.CreateUser)
	token, err := jwt.NewUserClaims(publicKey(t, user)).Encode(account)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := user.Seed()
	if err != nil {
		t.Fatal(err)
	}
	text, err := jwt.FormatUserConfig(token, seed)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "user.creds")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func newKey(t *testing.T, create func() (nkeys.KeyPair, error)) nkeys.KeyPair {
	t.Helper()
	key, err := create()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func publicKey(t *testing.T, key nkeys.KeyPair) string {
	t.Helper()
	name, err := key.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	return name
}
