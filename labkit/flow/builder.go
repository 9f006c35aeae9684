package flow

import "slices"

// partFlows is how many flows a Builder puts into a part.
const partFlows = 1 << 14

// A Builder makes a [Table] of flows that come one by one.
type Builder struct {
	table Table
	part  *Columns
	codes [NumFields]map[string]uint32 // of the words in the part
}

// NewBuilder returns a Builder of a table with these columns.
func NewBuilder(fields ...Field) *Builder {
	b := &Builder{table: Table{Fields: slices.Clone(fields)}}
	b.begin()
	return b
}

func (b *Builder) begin() {
	b.part = NewColumns(b.table.Fields, 0)
	for i := range b.codes {
		b.codes[i] = nil
	}
}

// Add appends a flow. Its words are kept as they are.
func (b *Builder) Add(f *Flow) {
	if b.part.Len > 0 && (b.part.Len == partFlows || b.part.File != f.Origin.File) {
		b.table.Add(b.part)
		b.begin()
	}
	c := b.part
	for _, field := range b.table.Fields {
		if field.IsWord() {
			c.Word[field].Codes = append(c.Word[field].Codes, b.code(field, f.Word(field)))
		} else {
			c.Number[field] = append(c.Number[field], f.Number(field))
		}
	}
	c.File = f.Origin.File
	c.Places = append(c.Places, f.Origin.Place)
	c.Len++
}

// code returns the index of a word in the part.
func (b *Builder) code(f Field, word string) uint32 {
	if word == "" {
		return 0
	}
	code, ok := b.codes[f][word]
	if !ok {
		texts := &b.part.Word[f].Texts
		code = uint32(len(*texts))
		*texts = append(*texts, word)
		if b.codes[f] == nil {
			b.codes[f] = map[string]uint32{}
		}
		b.codes[f][word] = code
	}
	return code
}

// Table returns the flows, and counts what is not known. The Builder is used up.
func (b *Builder) Table() *Table {
	b.table.Add(b.part)
	b.table.CountUnset()
	return &b.table
}
