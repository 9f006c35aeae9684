package flowlog

import "strings"

// scanRow is parseRow in one pass, for rows as nearly all logs have them. It
// returns false, and has added no row, for one with a fault: parseRow tells
// which.
func (p *rowParser) scanRow(row string) bool {
	p.begin()
	separator, at := p.separator[0], 0
	for i, r := range p.readers {
		if i > 0 {
			if at == len(row) || row[at] != separator {
				return false
			}
			at++
		}
		length, ok := p.scanValue(r, row[at:], separator)
		if !ok {
			return false
		}
		at += length
	}
	if at < len(row) {
		return false
	}
	p.add(p.line)
	return true
}

// scanValue puts the value that text begins with into the row at hand, and
// returns its length. Short decimal numbers it parses itself.
func (p *rowParser) scanValue(r *valueReader, text string, separator byte) (length int, ok bool) {
	if r != nil && r.limit != nil {
		v, length := scanDecimal(text)
		if length > 0 && (length == len(text) || text[length] == separator) {
			p.row.number[r.field] = v
			return length, r.limit.Has(v)
		}
	}
	length = strings.IndexByte(text, separator)
	if length < 0 {
		length = len(text)
	}
	text = text[:length]
	if r == nil || p.isMissing(text) {
		return length, true
	}
	return length, r.set(p.builder, text) == nil
}

// isScannable tells whether scanRow understands the rows of a block: none is
// mended or quoted, and no separator and no missing value can be taken for a part
// of a number.
func (b block) isScannable() bool {
	l := b.layout
	if l.finish != nil || len(l.separator) != 1 || l.quoted && strings.IndexByte(b.text, '"') >= 0 {
		return false
	}
	return !strings.ContainsAny(l.separator+l.unset+l.empty, "0123456789.")
}

// scanDecimal parses the number that text begins with, digits with a point if
// there is one, and returns its length: 0 if there is no digit, or if there are
// more than 19, a single 0 before the point aside. The digits as a whole number
// and the power of ten are then exact, and their quotient is rounded once, as
// ParseFloat rounds. Text may go on behind the number.
//
// Source: W. Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990.
func scanDecimal(text string) (v float64, length int) {
	digits, point := appendDigits(0, text)
	if point > maxDigits {
		return 0, 0
	}
	if point == len(text) || text[point] != '.' {
		return float64(digits), point
	}
	end := point + 1
	for len(text)-end >= 8 && end <= maxDigits {
		eight := eightBytes(text[end:])
		if !areDigits(eight) {
			break
		}
		digits = digits*1e8 + eightDigits(eight)
		end += 8
	}
	digits, more := appendDigits(digits, text[end:])
	end += more
	decimals := end - point - 1
	if point+decimals == 0 || decimals > maxDigits || point+decimals > maxDigits && text[:point] != "0" {
		return 0, 0
	}
	return quotient(digits, powersOfTen[decimals]), end
}

const maxDigits = 19 // of a number that is sure to fit into 64 bits

// appendDigits appends the digits that text begins with to a number, and
// returns how many they are.
func appendDigits(number uint64, text string) (uint64, int) {
	for i := range len(text) {
		digit := text[i] - '0'
		if digit > 9 {
			return number, i
		}
		number = number*10 + uint64(digit)
	}
	return number, len(text)
}

// areDigits tells whether eight bytes are digits: whether each has 3 in its
// upper half, and still has it with 6 added.
func areDigits(eight uint64) bool {
	const upper, threes, sixes = 0xf0f0f0f0f0f0f0f0, 0x3030303030303030, 0x0606060606060606
	return eight&upper == threes && (eight+sixes)&upper == threes
}

// eightDigits returns the number that eight digits are, the first of them in
// the lowest byte: neighbours become numbers of two digits, then of four, of
// eight.
//
// Source: D. Lemire, Number Parsing at a Gigabyte per Second, 2021.
func eightDigits(eight uint64) uint64 {
	eight = (eight & 0x0f0f0f0f0f0f0f0f) * (10<<8 + 1) >> 8
	eight = (eight & 0x00ff00ff00ff00ff) * (100<<16 + 1) >> 16
	return (eight & 0x0000ffff0000ffff) * (10000<<32 + 1) >> 32
}
