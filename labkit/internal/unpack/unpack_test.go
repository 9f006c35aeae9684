package unpack

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"

	"flowlab/labkit/flow"
)

func packed(data []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(data)
	w.Close()
	return out.Bytes()
}

func read(data []byte, limits flow.Limits) ([]byte, bool, error) {
	r, wasPacked, err := Reader(bufio.NewReader(bytes.NewReader(data)), limits)
	if err != nil {
		return nil, wasPacked, err
	}
	all, err := io.ReadAll(r)
	return all, wasPacked, err
}

func TestReader(t *testing.T) {
	text := []byte(strings.Repeat("ts,src_ip\n", 1000))
	for name, data := range map[string][]byte{"plain": text, "packed": packed(text), "in two parts": append(packed(text[:7]), packed(text[7:])...)} {
		got, wasPacked, err := read(data, flow.Limits{})
		if err != nil || !bytes.Equal(got, text) || wasPacked != (name != "plain") {
			t.Errorf("%s: %d bytes, packed %v, error %v", name, len(got), wasPacked, err)
		}
	}
}

// What is unpacked stays near the limit, whatever the file would become: 64 MiB of
// zeros are packed to a thousandth.
func TestLimits(t *testing.T) {
	bomb := packed(make([]byte, 64<<20))
	for name, c := range map[string]struct {
		limits flow.Limits
		most   int
	}{
		"ratio":      {flow.Limits{}, ratioFrom + 1<<16},
		"size":       {flow.Limits{Unpacked: 1 << 20, Ratio: -1}, 1<<20 + 1<<16},
		"no limit":   {flow.Limits{Unpacked: -1, Ratio: -1}, 64 << 20},
		"high ratio": {flow.Limits{Ratio: 2000}, 64 << 20},
	} {
		got, _, err := read(bomb, c.limits)
		if len(got) > c.most || errors.Is(err, ErrLimit) != (c.most < 64<<20) {
			t.Errorf("%s: %d bytes, error %v", name, len(got), err)
		}
	}
}

func TestExplain(t *testing.T) {
	sound := packed([]byte("ts,src_ip\n"))
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"cut":      {sound[:len(sound)-9], "the compressed file ends in the middle: it is cut off"},
		"header":   {sound[:5], "the compressed file ends in the middle: it is cut off"},
		"checksum": {append(bytes.Clone(sound[:len(sound)-8]), make([]byte, 8)...), "gzip: invalid checksum: the compressed file is damaged"},
	} {
		if _, _, err := read(c.data, flow.Limits{}); err == nil || Explain(err, "").Error() != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}
