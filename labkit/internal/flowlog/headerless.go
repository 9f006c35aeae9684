package flowlog

import (
	"bytes"
	"errors"
	"fmt"
	"net/netip"
	"strings"
)

// headerless are files that have rows and no header: their titles are those of
// the format's description.
var headerless = []struct {
	dialect   *csvDialect
	titles    []string
	separator string
	isRow     func(values []string) bool
}{
	{unswNB15, unswTitles, ",", func(v []string) bool { return isAddress(v[0]) && isAddress(v[2]) }},
	{ugr16, ugrTitles, ",", func(v []string) bool { return isTime(v[0]) && isAddress(v[2]) && isAddress(v[3]) }},
	{vpcFlowLog, vpcTitles, " ", func(v []string) bool {
		return v[0] == "2" && (isAddress(v[3]) || v[13] == "NODATA" || v[13] == "SKIPDATA")
	}},
}

func isAddress(text string) bool {
	_, err := netip.ParseAddr(strings.TrimSpace(text))
	return err == nil
}

func isTime(text string) bool { _, err := parseNfdumpTime(text); return err == nil }

// impliedHeader returns the titles of a file whose first line is a row already,
// and its dialect, or nil.
func impliedHeader(s *rowSource, text string, line int) (*header, *csvDialect) {
	for _, f := range headerless {
		values := strings.Split(text, f.separator)
		if len(values) != len(f.titles) || !f.isRow(values) {
			continue
		}
		h := &header{line: line, separator: f.separator, titles: f.titles, starts: make([]int, len(f.titles)), source: s}
		s.unread(text, line)
		return h, f.dialect
	}
	return nil, nil
}

// strayText tells of a first line that is no header what it is instead, and
// what to do; at is a column. It returns nil if it is nothing that is known.
func strayText(text string) (at int, err error) {
	tabs := strings.Split(text, "\t")
	commas := strings.Split(text, ",")
	switch at := jsonPrefix([]byte(text)); {
	case at > 0:
		return at, errors.New("JSON begins here behind other text, as syslog puts it before a record: take it away with sed 's/^[^{]*//' FILE | lab flows -")
	case len(tabs) >= 15 && isZeekRow(tabs):
		return 0, errors.New("rows of a Zeek log without its header: keep it with zeek-cut -C, or with LogAscii::include_meta=T in Zeek")
	case strings.HasPrefix(text, "Date first seen") && strings.Contains(text, "IP Addr:Port"):
		return 0, errors.New("these are nfdump's lines for people: write them with nfdump -r FILE -o csv")
	case len(commas) >= 10 && (isTime(commas[0]) || isTime(commas[len(commas)-1])):
		return 0, errors.New("rows without a header, as nfdump -q leaves it out: write them without -q")
	case strings.HasPrefix(strings.TrimSpace(text), "StartTime ") && strings.Contains(text, "SrcAddr"):
		return 0, errors.New("these are Argus's lines for people: write them with ra -c , -n -r FILE")
	}
	return 0, nil
}

func isZeekRow(values []string) bool {
	_, err := parseEpochOrTime(values[0])
	return err == nil && isAddress(values[2]) && isAddress(values[4])
}

// unknown is the error of a first line that is no header of a known kind.
func (h *header) unknown() error {
	return h.fault(0, notFlows{fmt.Errorf("unknown column %s: want flow columns, %s; or the header of %s. go tool lab flows --columns takes other names", quote(h.titles[0]), schemaNames(), strings.Join(titledFormats(), ", "))})
}

// jsonPrefix returns where in the first line a JSON object begins behind other
// text, as a syslog daemon writes it, or -1.
func jsonPrefix(line []byte) int {
	i := bytes.Index(line, []byte(`{"`))
	if i <= 0 || !bytes.HasSuffix(bytes.TrimSpace(line), []byte("}")) {
		return -1
	}
	return i
}
