package flowlog

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"flowlab/labkit/flow"
)

// record takes an object and adds its flow. It returns where the object ends, 0
// if that is not known; with an error, the scanner stands where the fault is.
func (j *jsonReader) record() (end int, err error) {
	j.space()
	start := j.pos
	j.members = j.members[:0]
	err = j.object(0, "", func(name string, at int, v jsonValue) {
		j.members = append(j.members, member{name, at, v})
	})
	if err != nil {
		return 0, err
	}
	end = j.pos
	if err := j.checkText(start, end); err != nil {
		return end, err
	}
	j.pos = start // of what is wrong with the object as a whole
	j.unwrap()
	if j.dialect == nil {
		if j.dialect = j.recognise(); j.dialect == nil {
			return end, notLost{j.fault(notFlows{errors.New("a record of no log that is known here: " + wanted() + ". go tool lab flows --columns takes members of other names")})}
		}
		j.l.t.Report.Format = j.dialect.format
	}
	reason, err := j.readMembers()
	switch {
	case err != nil:
		return end, err
	case reason != "":
		j.l.skip(reason, 1)
	default:
		if err := j.b.addTo(j.l, j.lineOf(start)); err != nil {
			return end, notLost{err}
		}
	}
	j.pos = end
	return end, nil
}

// unwrap takes the members of an object that stands as text in the message of
// the one at hand, as Filebeat ships logs.
func (j *jsonReader) unwrap() {
	at := slices.IndexFunc(j.members, func(m member) bool {
		return (m.name == "message" || m.name == "event.original") && m.value.kind == '"' && strings.HasPrefix(m.value.text, "{")
	})
	if at < 0 || j.dialect != nil && j.dialect != zeekJSON || j.dialect == nil && j.recognise() == zeekJSON {
		return
	}
	outer := j.members[at]
	inner := jsonScanner{text: outer.value.text}
	var members []member
	err := inner.object(0, "", func(name string, _ int, v jsonValue) {
		v.pos = outer.value.pos
		members = append(members, member{name, outer.at, v})
	})
	if err == nil {
		j.members = members
		j.wrapped++
	}
}

// recognise returns the dialect of the object at hand, or nil.
func (j *jsonReader) recognise() *dialect {
	if d := mappedDialect(j.l.options.Columns); d != nil && j.hasOne(d.marks) {
		return d
	}
	for _, f := range formats {
		if f.object != nil && j.hasOne(f.object.marks) {
			return f.object
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
	if j.dialect.skip != nil {
		for _, m := range j.members {
			if reason := j.dialect.skip(m.name, m.value); reason != "" {
				return reason, nil
			}
		}
	}
	for _, names := range j.dialect.needed {
		if !j.hasOne(names) {
			if j.dialect.others != "" {
				return j.dialect.others, nil
			}
			err := fmt.Errorf("the object has no %s: want a record of %s", strings.Join(names, " or "), j.dialect.format)
			return "", err
		}
	}
	j.b.begin()
	for i, m := range j.members {
		if err := j.readMember(i, m); err != nil {
			return "", err
		}
	}
	if j.dialect.finish != nil {
		j.pos = j.members[0].at
		return "", j.dialect.finish(j.b)
	}
	return "", nil
}

// readMember reads member i of the object at hand, if the dialect reads it.
func (j *jsonReader) readMember(i int, m member) error {
	r, ok := j.dialect.read[m.name]
	if !ok || r.field.IsDetail() && !j.l.options.Details {
		return nil
	}
	j.pos = m.at
	if slices.ContainsFunc(j.members[:i], func(b member) bool { return b.name == m.name }) {
		return kindError{fmt.Errorf("member %s is there twice", m.name), "a member is there twice"}
	}
	if m.value.kind == 'n' {
		return nil
	}
	j.pos = m.value.pos
	if strings.IndexByte(r.kinds, m.value.kind) < 0 {
		return valueError(m.name, kindNames[m.value.kind], errors.New(kindNames[r.kinds[0]]))
	}
	if err := r.set(j.b, m.value.text); err != nil && !j.b.mend(err) {
		return valueError(m.name, quote(m.value.text), err)
	}
	return nil
}

var kindNames = map[byte]string{
	'"': "text", '0': "a number", 't': "true", 'f': "false", '{': "an object", '[': "an array",
}

const (
	textOnly     = `"`
	numberOnly   = "0"
	numberOrText = `0"`
)

// textMember reads text as the schema has it, numberMember a number.
func textMember(f flow.Field) jsonMember   { return jsonMember{textOnly, f, schemaSetters[f]} }
func numberMember(f flow.Field) jsonMember { return jsonMember{numberOnly, f, schemaSetters[f]} }

// timeMember reads a time as a number or in words.
func timeMember(f flow.Field, parse func(string) (float64, error)) jsonMember {
	return jsonMember{numberOrText, f, setNumber(f, parse)}
}
