package stream

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// connect connects to the server. A connection that breaks is not mended: what
// was on its way would wait in vain. A new session makes another.
func (o *openStore) connect(s Store) (err error) {
	options := []nats.Option{
		nats.Name("flowlab"), nats.NoReconnect(),
		nats.ClosedHandler(func(*nats.Conn) { close(o.lost) }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { o.refused.Store(&err) }),
	}
	if s.Credentials != "" {
		options = append(options, nats.UserCredentials(s.Credentials))
	}
	if s.Authorities != "" {
		options = append(options, nats.RootCAs(s.Authorities))
	}
	if s.Certificate != "" {
		options = append(options, nats.ClientCert(s.Certificate, s.Key))
	}
	if o.server != nil {
		options = append(options, nats.InProcessServer(o.server))
	}
	for one := range strings.SplitSeq(s.URL, ",") {
		if _, err := url.Parse(strings.TrimSpace(one)); err != nil {
			return errors.New("no URL of a server: want one as nats://HOST:4222") // the error has the password
		}
	}
	if o.conn, err = nats.Connect(s.URL, options...); err != nil {
		return refusal(err)
	}
	o.js, err = jetstream.New(o.conn, jetstream.WithPublishAsyncTimeout(ackPatience))
	return err
}

// shownURL returns the URL without user and password: a user alone is a token.
func (s Store) shownURL() string {
	urls := strings.Split(s.URL, ",")
	for i, one := range urls {
		one = strings.TrimSpace(one)
		if !strings.Contains(one, "://") {
			one = "nats://" + one // as the client takes it
		}
		if u, err := url.Parse(one); err == nil {
			u.User = nil
			urls[i] = u.String()
		} else {
			urls[i] = "…"
		}
	}
	return strings.Join(urls, ",")
}

// errRefused says that a server does not let this program in, or this program
// does not trust it: that does not pass by trying again.
var errRefused = errors.New("no way in")

// refusal tells what is wrong with credentials and certificates. Other errors
// are returned as they are.
func refusal(err error) error {
	var unverified *tls.CertificateVerificationError
	var remote *net.OpError
	want := ""
	switch {
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired), errors.Is(err, nats.ErrAuthRevoked),
		errors.Is(err, nats.ErrAccountAuthExpired):
		want = "want the credentials, or user and password, of one whom it knows"
	case errors.Is(err, nats.ErrPermissionViolation):
		want = "want a user who may use JetStream and the streams' subjects"
	case errors.As(err, &unverified):
		want = "want the authorities that vouch for it, and the name that its certificate has"
	case errors.As(err, &remote) && remote.Op == "remote error": // an alert of TLS
		want = wantCertificate
	case errors.Is(err, nats.ErrTLS): // perhaps: or the server is going down
		return fmt.Errorf("%w: %s", err, wantCertificate)
	default:
		return err
	}
	return fmt.Errorf("%w: %w: %s", errRefused, err, want)
}

const wantCertificate = "want a certificate, with its key, of whom it trusts"
