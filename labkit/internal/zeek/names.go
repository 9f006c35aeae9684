package zeek

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"flowlab/labkit/flow"
)

const uidField = "uid"

// UIDs returns the uids of those lines of a conn.log that are asked for, by their
// numbers from 1. Lines without one are left out.
func UIDs(conn string, lines map[int]bool, limits flow.Limits) (map[int]string, error) {
	l, f, err := open(conn, limits)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	uids := map[int]string{}
	for left := len(lines); left > 0; {
		if err := l.next(); err == io.EOF {
			break
		} else if err != nil {
			return uids, fmt.Errorf("%s: %w", flow.Printable(conn), err)
		}
		if !lines[l.line] {
			continue
		}
		left--
		if uid := l.value(uidField); uid != "" {
			uids[l.line] = uid
		}
	}
	return uids, nil
}

// telling are the fields of other logs that say with whom a connection is, or by
// which program (https://docs.zeek.org/en/master/logs/). ja3 and ja4 are there if
// Zeek has the packages of these names.
var telling = map[string][]string{
	"dns":  {"query"},
	"http": {"host"},
	"ssl":  {"server_name", "ja3", "ja4"},
}

// Beside returns the dns.log, http.log and ssl.log that lie beside a conn.log and
// belong to the same time: of conn.10:00:00-11:00:00.log.gz
// dns.10:00:00-11:00:00.log.gz.
func Beside(conn string) []string {
	dir, base := filepath.Split(conn)
	rest, ok := strings.CutPrefix(base, "conn")
	if !ok || rest == "" || !strings.ContainsRune("._-", rune(rest[0])) {
		return nil
	}
	var logs []string
	for _, kind := range []string{"dns", "http", "ssl"} {
		path := filepath.Join(dir, kind+rest)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			logs = append(logs, path)
		}
	}
	return logs
}

// A Fact is what a log says of a connection.
type Fact struct {
	Field string // query, host, server_name, ja3 or ja4
	Value string
}

// mostFacts bounds what is kept of a connection, and longestFact a value.
const (
	mostFacts   = 20
	longestFact = 255 // as a name of DNS
)

// Facts returns what logs as of [Beside] say of connections, by their uids, each
// once.
func Facts(logs []string, uids map[string]bool, limits flow.Limits) (map[string][]Fact, error) {
	facts := map[string][]Fact{}
	for _, name := range logs {
		if err := addFacts(facts, name, uids, limits); err != nil {
			return facts, err
		}
	}
	return facts, nil
}

func addFacts(facts map[string][]Fact, name string, uids map[string]bool, limits flow.Limits) error {
	var fields []string
	for kind, of := range telling {
		if strings.HasPrefix(filepath.Base(name), kind) {
			fields = of
		}
	}
	l, f, err := open(name, limits)
	if err != nil {
		return err
	}
	defer f.Close()
	for {
		if err := l.next(); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", flow.Printable(name), err)
		}
		if !uids[l.uid()] {
			continue
		}
		values := l.values(append([]string{uidField}, fields...)...)
		uid := values[0]
		for i, value := range values[1:] {
			if len(value) > longestFact {
				value = strings.ToValidUTF8(value[:longestFact], "")
			}
			fact := Fact{fields[i], value}
			if value != "" && len(facts[uid]) < mostFacts && !slices.Contains(facts[uid], fact) {
				facts[uid] = append(facts[uid], fact)
			}
		}
	}
}

// uid returns the uid of the present line, without taking all of it apart.
func (l *log) uid() string {
	if !l.isJSON() {
		return l.value(uidField)
	}
	_, behind, ok := bytes.Cut(l.text, []byte(`"uid"`))
	if !ok {
		return ""
	}
	behind = bytes.TrimLeft(behind, ": ")
	if len(behind) == 0 || behind[0] != '"' {
		return ""
	}
	uid, _, _ := bytes.Cut(behind[1:], []byte{'"'})
	return string(uid)
}
