package flowlog

import (
	"strings"
	"sync"
)

// knownWords has the codes of words, by how the file has them.
type knownWords [NumFields]map[string]uint32

// spareWords keeps maps that have grown.
var spareWords = sync.Pool{New: func() any { return new(knownWords) }}

func (k *knownWords) recycle() {
	for _, m := range k {
		clear(m)
	}
	spareWords.Put(k)
}

// setWord checks a word the first time that it occurs in a block, and keeps one
// copy of it, which does not hold the block in memory.
func (p *rowParser) setWord(f Field, text string, check func(string) (string, error)) error {
	code, ok := p.known[f][text]
	if !ok {
		word, err := check(text)
		if err != nil {
			return err
		}
		key := strings.Clone(text)
		if word == key {
			word = key
		} else {
			word = strings.Clone(word)
		}
		code = uint32(len(p.out.Word[f].Texts))
		if word == "" {
			code = 0
		} else {
			p.out.Word[f].Texts = append(p.out.Word[f].Texts, word)
		}
		if p.known[f] == nil {
			p.known[f] = map[string]uint32{}
		}
		p.known[f][key] = code
	}
	p.row.code[f] = code
	return nil
}

// word returns a word of the row.
func (p *rowParser) word(f Field) string { return p.out.Word[f].Texts[p.row.code[f]] }
