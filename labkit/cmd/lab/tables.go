package main

import (
	"flowlab/labkit/flow"
	"flowlab/labkit/internal/texttable"
	"fmt"
	"io"
	"math"
	"net"
	"strconv"
	"strings"
	"time"
)

// A tableColumn is a column of a table for people.
type tableColumn[T any] struct {
	title string
	cell  func(T) string
}

// writeTable writes the columns of which a cell is not empty.
func writeTable[T any](w io.Writer, rows []T, columns ...tableColumn[T]) error {
	var table []texttable.Column
	for _, c := range columns {
		column := texttable.Column{Header: c.title, Left: true}
		empty := true
		for _, r := range rows {
			text := flow.Printable(c.cell(r))
			empty = empty && text == ""
			column.Cells = append(column.Cells, text)
		}
		if !empty {
			table = append(table, column)
		}
	}
	for line := range strings.Lines(texttable.Render(table...) + "\n") {
		if _, err := fmt.Fprintln(w, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	return nil
}

// clock writes a time in UTC.
func clock(seconds float64, layout string) string {
	if math.IsNaN(seconds) {
		return ""
	}
	return time.UnixMicro(int64(math.Round(seconds * 1e6))).UTC().Format(layout)
}

// endpoint writes an address and a port, as far as they are known.
func endpoint(address string, port int) string {
	switch {
	case port < 0:
		return address
	case address == "":
		return "port " + strconv.Itoa(port)
	}
	return net.JoinHostPort(address, strconv.Itoa(port))
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

const tableTime = "2006-01-02 15:04:05"
