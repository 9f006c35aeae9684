package flowlog

import "strings"

// The readers of values. Each returns what puts a value into a field.

func amountInto(f Field) func(*rowParser, string) error { return numberInto(f, parseAmount) }
func wholeInto(f Field) func(*rowParser, string) error  { return numberInto(f, parseWhole) }
func portInto(f Field) func(*rowParser, string) error   { return numberInto(f, parsePort) }
func flagInto(f Field) func(*rowParser, string) error   { return numberInto(f, parseFlag) }

func numberInto(f Field, parse func(string) (float64, error)) func(*rowParser, string) error {
	return func(p *rowParser, text string) (err error) {
		p.row.number[f], err = parse(text)
		return err
	}
}

func addressInto(f Field) func(*rowParser, string) error {
	return wordInto(f, func(text string) (string, error) { return text, checkAddress(text) })
}

func plainInto(f Field) func(*rowParser, string) error {
	return wordInto(f, func(text string) (string, error) { return text, checkWord(text) })
}

func wordInto(f Field, check func(string) (string, error)) func(*rowParser, string) error {
	return func(p *rowParser, text string) error { return p.setWord(f, text, check) }
}

// schemaReaders read the values of the schema as flow CSV files and Zeek write
// them.
var schemaReaders = [NumFields]func(*rowParser, string) error{
	TS:          amountInto(TS),
	SrcIP:       addressInto(SrcIP),
	SrcPort:     portInto(SrcPort),
	DstIP:       addressInto(DstIP),
	DstPort:     portInto(DstPort),
	Protocol:    wordInto(Protocol, func(text string) (string, error) { return strings.ToUpper(text), checkProtocol(text) }),
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
