package scaleout_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"flowlab/scaleout/internal/cluster"
)

// linesOfREADME returns the lines of README.md's code that begin with a word.
func linesOfREADME(t *testing.T, begin string) (lines []string) {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	whole := strings.ReplaceAll(string(text), "\\\n", " ")
	for line := range strings.Lines(whole) {
		if strings.HasPrefix(line, begin) {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	if len(lines) == 0 {
		t.Fatalf("README.md has no line that begins with %q", begin)
	}
	return lines
}

// as returns the arguments by which our program reaches the secure address.
func (n *network) as(user, password string, args ...string) []string {
	file := filepath.Join(n.t.TempDir(), "password")
	if err := os.WriteFile(file, []byte(password+"\n"), 0o600); err != nil {
		n.t.Fatal(err)
	}
	return append([]string{"--brokers", n.kafka.Secure, "--tls-ca", n.kafka.CA, "--user", user, "--password-file", file}, args...)
}

// With TLS, passwords, and the rights that README.md gives to each part, all of it
// works, and nobody may do what is another's.
func TestSecurity(t *testing.T) {
	s := theCluster(t)
	n := s.networkOf(t, "flowlab", 2)
	for _, line := range linesOfREADME(t, "kafka-acls.sh ") {
		_, args, _ := strings.Cut(line, "admin.properties ")
		if _, err := s.kafka.Tool("org.apache.kafka.tools.AclCommand", append([]string{"--bootstrap-server", s.kafka.Address}, strings.Fields(args)...)...); err != nil {
			t.Fatal(err)
		}
	}
	properties := filepath.Join(t.TempDir(), "flink.properties")
	var lines []string
	for _, pattern := range []string{"security.protocol=", "sasl.", "ssl."} {
		lines = append(lines, linesOfREADME(t, pattern)...)
	}
	text := strings.Join(lines, "\n")
	text = regexp.MustCompile(`location=\S+`).ReplaceAllLiteralString(text, "location="+s.kafka.CA)
	text = regexp.MustCompile(`password="[^"]*"`).ReplaceAllLiteralString(text, fmt.Sprintf("password=%q", cluster.Password))
	if err := os.WriteFile(properties, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	flows := traffic(3_000, 1)
	want, model := n.onOneMachine(t, flows), n.model()
	n.run("windows", "--brokers", s.kafka.Secure, "--gateway", s.flink.Gateway, "--properties", properties)
	n.start("worker", n.as("scorer", cluster.Password, "score", "--model", model, "--checkpoint", "1s")...)
	n.run(n.as("feeder", cluster.Password, "flows-to-kafka", "--close", writeFlows(t, flows))...)
	n.awaitRows(len(want))
	sameRows(t, n.rows(), want)
	n.await("judgement of all", n.scored)
	if got := n.run(n.as("reader", cluster.Password, "findings")...); got == "" || got != n.run("findings") {
		t.Errorf("the reader reads %q", got)
	}
	for what, args := range map[string][]string{
		"AUTHORIZATION_FAILED":          n.as("feeder", cluster.Password, "findings"),
		"SASL_AUTHENTICATION_FAILED":    n.as("reader", "wrong", "findings"),
		"certificate signed by unknown": {"--brokers", s.kafka.Secure, "--tls", "findings"},
	} {
		cmd := exec.Command(n.program, n.args(args...)[1:]...)
		if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(out), what) {
			t.Errorf("%v: %v, %s: want %s", args, err, out, what)
		}
	}
}
