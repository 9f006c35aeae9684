package flowlog

import "strings"

// The readers of values. Each returns what puts a value into a field.

func amountInto(f Field) func(*rowParser, string) error { return numberInto(f, parseAmount) }
func wholeInto(f Field) func(*rowParser, string) error  { return numberInto(f, parseWhole) }
func portInto(f Field) func(*rowParser, string) error   { return numberInto(f, parsePort) }
func flagInto(f Field) func(*rowParser, string) error   { return numberInto(f, parseFlag) }

func numberInto(f Field, parse func(string) (float64, error)) func(*rowParser, string) error {
	return func(p *rowParser, text string) (err error) {
		p.row.Number[f], err = parse(text)
		return err
	}
}

func addressInto(f Field) func(*rowParser, string) error {
	return wordInto(f, func(text string) (string, error) { return text, checkAddress(text) })
}

func plainInto(f Field) func(*rowParser, string) error {
	return wordInto(f, func(text string) (string, error) { return text, checkWord(text) })
}

func upperInto(f Field) func(*rowParser, string) error {
	return wordInto(f, func(text string) (string, error) { return strings.ToUpper(text), checkWord(text) })
}

// wordInto checks a word the first time that it occurs in a block, and keeps
// one copy of it, which does not hold the block in memory.
func wordInto(f Field, check func(string) (string, error)) func(*rowParser, string) error {
	return func(p *rowParser, text string) error {
		word, ok := p.words[f][text]
		if !ok {
			var err error
			if word, err = check(text); err != nil {
				return err
			}
			word = strings.Clone(word)
			p.words[f][strings.Clone(text)] = word
		}
		p.row.Word[f] = word
		return nil
	}
}

// schemaReaders read the values of the schema as flow CSV files and Zeek write
// them.
var schemaReaders = [NumFields]func(*rowParser, string) error{
	TS:          amountInto(TS),
	SrcIP:       addressInto(SrcIP),
	SrcPort:     portInto(SrcPort),
	DstIP:       addressInto(DstIP),
	DstPort:     portInto(DstPort),
	Protocol:    upperInto(Protocol),
	Duration:    amountInto(Duration),
	BytesSent:   amountInto(BytesSent),
	BytesRecv:   amountInto(BytesRecv),
	PacketsSent: wholeInto(PacketsSent),
	PacketsRecv: wholeInto(PacketsRecv),
	IPBytesSent: amountInto(IPBytesSent),
	IPBytesRecv: amountInto(IPBytesRecv),
	State:       plainInto(State),
	Label:       flagInto(Label),
}
