package zeek

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

// write writes a log, packed if its name ends so.
func write(t *testing.T, path, text string) {
	t.Helper()
	data := []byte(text)
	if strings.HasSuffix(path, ".gz") {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		w.Write(data)
		w.Close()
		data = out.Bytes()
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

const conn = "#separator \\x09\n#set_separator\t,\n#unset_field\t-\n#path\tconn\n#fields\tts\tuid\tid.orig_h\n" +
	"1.0\tC1\t10.0.0.1\n2.0\tC2\t10.0.0.2\n3.0\t-\t10.0.0.3\n4.0\tC4\t10.0.0.4\n#close\n"

func TestUIDs(t *testing.T) {
	folder := t.TempDir()
	lines := map[int]bool{6: true, 8: true, 9: true, 2: true, 99: true} // 2 is a directive, 99 is not there
	want := map[int]string{6: "C1", 9: "C4"}
	for _, name := range []string{"conn.log", "conn.log.gz"} {
		path := filepath.Join(folder, name)
		write(t, path, conn)
		if got, err := UIDs(path, lines, flow.Limits{}); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, error %v: want %v", name, got, err, want)
		}
	}
	path := filepath.Join(folder, "conn.json.log")
	write(t, path, `{"ts":1,"uid":"C1"}`+"\n"+strings.Repeat("x", longest+1)+"\n"+`{"ts":3,"uid":"C3"}`)
	if got, err := UIDs(path, map[int]bool{1: true, 2: true, 3: true}, flow.Limits{}); err != nil || !reflect.DeepEqual(got, map[int]string{1: "C1", 3: "C3"}) {
		t.Errorf("of JSON: %v, error %v", got, err)
	}
}

func TestBeside(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"conn.log", "dns.log", "ssl.log", "conn.10:00:00-11:00:00.log.gz", "http.10:00:00-11:00:00.log.gz", "dns.11:00:00-12:00:00.log.gz", "connections.csv"} {
		write(t, filepath.Join(folder, name), "")
	}
	for name, want := range map[string][]string{
		"conn.log":                      {"dns.log", "ssl.log"},
		"conn.10:00:00-11:00:00.log.gz": {"http.10:00:00-11:00:00.log.gz"},
		"connections.csv":               nil,
		"conn":                          nil,
	} {
		var got []string
		for _, path := range Beside(filepath.Join(folder, name)) {
			got = append(got, filepath.Base(path))
		}
		if !slices.Equal(got, want) {
			t.Errorf("beside %s lie %v, want %v", name, got, want)
		}
	}
}

func TestFacts(t *testing.T) {
	folder := t.TempDir()
	dns, ssl := filepath.Join(folder, "dns.log"), filepath.Join(folder, "ssl_2026.log.gz")
	write(t, dns, "#fields\tts\tuid\tquery\n1\tC1\ta.example\n2\tC1\ta.example\n3\tC2\tb.example\n4\tC1\t\\x1b[31mc\n5\tC1\t-\n6\tC1\n")
	write(t, ssl, `{"uid":"C1","server_name":"s.example","ja3":"e7d7","ja4":"t13d"}`+"\n"+`{"uid":"C9","server_name":"other"}`+"\n"+`{"uid":`+"\n")
	got, err := Facts([]string{dns, ssl}, map[string]bool{"C1": true, "C3": true}, flow.Limits{})
	want := map[string][]Fact{"C1": {{"query", "a.example"}, {"query", "\x1b[31mc"}, {"server_name", "s.example"}, {"ja3", "e7d7"}, {"ja4", "t13d"}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, error %v: want %v", got, err, want)
	}
}

// Whatever a log holds, it is read to its end.
func FuzzFacts(f *testing.F) {
	f.Add(conn)
	f.Add("#separator \\x2c\n#fields,uid,query\nC1,\\x\n")
	f.Add(`{"uid":"C1","query":["a"]}`)
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "dns.log")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		facts, err := Facts([]string{path}, map[string]bool{"C1": true, "": true}, flow.Limits{})
		if err != nil && !strings.Contains(err.Error(), "dns.log") {
			t.Errorf("error does not name the file: %v", err)
		}
		for _, of := range facts {
			if len(of) > mostFacts {
				t.Errorf("%d facts of a connection", len(of))
			}
		}
	})
}
