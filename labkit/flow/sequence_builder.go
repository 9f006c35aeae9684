package flow

import "slices"

// sequencePart is how many flows a SequenceBuilder puts into a part.
const sequencePart = 1 << 10

// A SequenceBuilder makes a [Table] of flows that are numbered and come in any
// order: as a capture numbers them when they begin, and knows them when they are
// over.
type SequenceBuilder struct {
	table Table
	texts [NumFields][]string // the words of all parts
	codes [NumFields][]wordCode
}

// A wordCode is the place of a word in the texts. There is room for some of the
// words, by their last bytes: a map of all would take more time and memory than
// the few words do that are kept twice.
type wordCode struct {
	word string
	code uint32
}

const wordCodes = 1 << 10

// NewSequenceBuilder returns a SequenceBuilder of a table with these columns.
func NewSequenceBuilder(fields ...Field) *SequenceBuilder {
	b := &SequenceBuilder{table: Table{Fields: slices.Clone(fields)}}
	for _, f := range fields {
		if f.IsWord() {
			b.texts[f], b.codes[f] = []string{""}, make([]wordCode, wordCodes)
		}
	}
	return b
}

// Put adds flow number n, from 0. All flows must have the same file as origin.
func (b *SequenceBuilder) Put(n int, f *Flow) {
	for n >= len(b.table.Parts)*sequencePart {
		b.table.Parts = append(b.table.Parts, b.newPart())
	}
	c, i := b.table.Parts[n/sequencePart], n%sequencePart
	for _, field := range b.table.Fields {
		if field.IsWord() {
			c.Word[field].Codes[i] = b.code(field, f.Word(field))
		} else {
			c.Number[field][i] = f.Number(field)
		}
	}
	c.File, c.Places[i] = f.Origin.File, f.Origin.Place
	c.Len = max(c.Len, i+1)
	b.table.Report.Flows++
}

func (b *SequenceBuilder) newPart() *Columns {
	c := &Columns{Places: make([]int, sequencePart)}
	for _, f := range b.table.Fields {
		if f.IsWord() {
			c.Word[f].Codes = make([]uint32, sequencePart)
		} else {
			c.Number[f] = make([]float64, sequencePart)
		}
	}
	return c
}

func (b *SequenceBuilder) code(f Field, word string) uint32 {
	if word == "" {
		return 0
	}
	known := &b.codes[f][slot(word)]
	if known.word != word {
		*known = wordCode{word, uint32(len(b.texts[f]))}
		b.texts[f] = append(b.texts[f], word)
	}
	return known.code
}

// slot returns where among the codes a word belongs.
func slot(word string) uint32 {
	h := uint32(len(word))
	for i := max(0, len(word)-8); i < len(word); i++ {
		h = h*31 + uint32(word[i])
	}
	return h % wordCodes
}

// Table returns the flows in the order of their numbers, of which none may be
// left out. The SequenceBuilder is used up.
func (b *SequenceBuilder) Table() *Table {
	for _, c := range b.table.Parts {
		for _, f := range b.table.Fields {
			if f.IsWord() {
				c.Word[f].Codes, c.Word[f].Texts = c.Word[f].Codes[:c.Len], b.texts[f]
			} else {
				c.Number[f] = c.Number[f][:c.Len]
			}
		}
		c.Places = c.Places[:c.Len]
	}
	b.table.CountUnset()
	return &b.table
}
