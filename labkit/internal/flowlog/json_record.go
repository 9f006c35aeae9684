package flowlog

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// record takes an object and adds its flow.
func (j *jsonReader) record() error {
	j.space()
	start := j.pos
	j.members = j.members[:0]
	err := j.object(0, func(name string, at int, v jsonValue) error {
		j.members = append(j.members, member{name, at, v})
		return nil
	})
	if err != nil {
		return err
	}
	end := j.pos
	j.pos = start // of what is wrong with the object as a whole
	if j.dialect == nil {
		if j.dialect = j.recognise(); j.dialect == nil {
			return errors.New("neither a record of Zeek's conn.log nor one of nfdump: " + wanted)
		}
	}
	reason, err := j.readMembers()
	if err != nil {
		return err
	}
	if reason != "" {
		j.t.Report.Skip(reason, 1)
	} else {
		j.b.addTo(j.t, j.lineOf(start))
	}
	j.pos = end
	return nil
}

// recognise returns the dialect of the object at hand, or nil.
func (j *jsonReader) recognise() *dialect {
	for _, d := range dialects {
		if j.hasOne(d.marks) {
			return d
		}
	}
	return nil
}

func (j *jsonReader) hasOne(names []string) bool {
	for _, m := range j.members {
		if m.value.kind != 'n' && slices.Contains(names, m.name) {
			return true
		}
	}
	return false
}

// readMembers reads the object at hand into a row, or tells why it is no flow.
// With an error, the scanner stands where the fault is.
func (j *jsonReader) readMembers() (reason string, err error) {
	for _, m := range j.members {
		if reason := j.dialect.skip(m.name, m.value); reason != "" {
			return reason, nil
		}
	}
	for _, names := range j.dialect.needed {
		if !j.hasOne(names) {
			return "", fmt.Errorf("the object has no %s: want a record of %s", strings.Join(names, " or "), j.dialect.format)
		}
	}
	j.b.begin()
	for i, m := range j.members {
		r, ok := j.dialect.read[m.name]
		if !ok {
			continue
		}
		j.pos = m.at
		if slices.ContainsFunc(j.members[:i], func(b member) bool { return b.name == m.name }) {
			return "", fmt.Errorf("member %s is there twice", m.name)
		}
		if m.value.kind == 'n' {
			continue
		}
		j.pos = m.value.pos
		if strings.IndexByte(r.kinds, m.value.kind) < 0 {
			return "", fmt.Errorf("%s is %s: want %s", m.name, kindNames[m.value.kind], kindNames[r.kinds[0]])
		}
		if err := r.set(j.b, m.value.text); err != nil {
			return "", fmt.Errorf("%s is %s: want %w", m.name, quote(m.value.text), err)
		}
	}
	if j.dialect.finish != nil {
		j.pos = j.members[0].at
		return "", j.dialect.finish(j.b)
	}
	return "", nil
}

var kindNames = map[byte]string{
	'"': "text", '0': "a number", 't': "true", 'f': "false", '{': "an object", '[': "an array",
}
