// Package kafka is how programs of ours reach Kafka: connections, topics, and the
// way of flows in and of findings out.
package kafka

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"strings"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/scram"
)

// A Connection says how Kafka is reached, and as whom.
type Connection struct {
	Brokers []string

	CA        string // file of certificates of whom to trust; with one, or with TLS, TLS is used
	TLS       bool   // with the certificates that the system trusts
	Cert, Key string // files to show, if Kafka asks for a certificate

	User         string // of SCRAM-SHA-512, "" for none
	PasswordFile string
}

// Options returns the options of a client.
func (c Connection) Options() ([]kgo.Opt, error) {
	opts := []kgo.Opt{kgo.SeedBrokers(c.Brokers...)}
	if c.CA != "" || c.TLS || c.Cert != "" {
		config, err := c.tls()
		if err != nil {
			return nil, err
		}
		opts = append(opts, kgo.DialTLSConfig(config))
	}
	if c.User != "" {
		password, err := os.ReadFile(c.PasswordFile)
		if err != nil {
			return nil, fmt.Errorf("the password of %s: %w", c.User, err)
		}
		auth := scram.Auth{User: c.User, Pass: strings.TrimRight(string(password), "\r\n")}
		opts = append(opts, kgo.SASL(auth.AsSha512Mechanism()))
	}
	return opts, nil
}

func (c Connection) tls() (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if c.CA != "" {
		pem, err := os.ReadFile(c.CA)
		if err != nil {
			return nil, err
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("%s has no certificate in PEM", c.CA)
		}
	}
	if c.Cert != "" || c.Key != "" {
		pair, err := tls.LoadX509KeyPair(c.Cert, c.Key)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

// NewClient returns a client with more options.
func (c Connection) NewClient(more ...kgo.Opt) (*kgo.Client, error) {
	opts, err := c.Options()
	if err != nil {
		return nil, err
	}
	return kgo.NewClient(append(opts, more...)...)
}
