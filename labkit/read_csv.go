package labkit

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/go-gota/gota/dataframe"
)

// readCSV reads a CSV file (RFC 4180) with a header of flow columns.
func readCSV(r io.Reader, name string) (dataframe.DataFrame, error) {
	records := csv.NewReader(r)
	records.ReuseRecord = true
	records.FieldsPerRecord = -1 // counted here, for a better message
	columns, err := readCSVHeader(records, name)
	if err != nil {
		return dataframe.DataFrame{}, err
	}
	for {
		record, err := records.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return dataframe.DataFrame{}, csvFault(name, err)
		}
		if len(record) != len(columns) {
			line, column := records.FieldPos(len(record) - 1)
			return dataframe.DataFrame{}, &faultAt{name, line, column, fmt.Errorf("the row has %d fields: want %d, as the header has", len(record), len(columns))}
		}
		for i, text := range record {
			if text == "" {
				columns[i].addUnset()
			} else if err := columns[i].add(text); err != nil {
				line, column := records.FieldPos(i)
				return dataframe.DataFrame{}, &faultAt{name, line, column, err}
			}
		}
	}
	frame, err := flowFrame(columns)
	if err != nil {
		return dataframe.DataFrame{}, &faultAt{name, 1, 1, err}
	}
	return frame, nil
}

// readCSVHeader returns an empty column for each name in the header.
func readCSVHeader(records *csv.Reader, name string) ([]*flowColumn, error) {
	header, err := records.Read()
	if err == io.EOF {
		return nil, &faultAt{name, 1, 1, errors.New("no header: want the names of flow columns")}
	}
	if err != nil {
		return nil, csvFault(name, err)
	}
	var columns []*flowColumn
	for i, title := range header {
		fault := func(err error) error {
			line, column := records.FieldPos(i)
			return &faultAt{name, line, column, err}
		}
		field, ok := schemaField(title)
		if !ok {
			return nil, fault(fmt.Errorf("unknown column %s: want flow columns, %s", quote(title), schemaNames()))
		}
		if slices.Contains(header[:i], title) {
			return nil, fault(fmt.Errorf("column %s is there twice", title))
		}
		columns = append(columns, &flowColumn{flowField: field})
	}
	for _, required := range requiredColumns {
		if !slices.Contains(header, required) {
			return nil, &faultAt{name, 1, 1, fmt.Errorf("no column %s in the header", required)}
		}
	}
	return columns, nil
}

func schemaNames() string {
	names := make([]string, len(flowSchema))
	for i, f := range flowSchema {
		names[i] = f.name
	}
	return strings.Join(names, ", ")
}

// csvFault gives a syntax error of encoding/csv the form of the others.
func csvFault(name string, err error) error {
	if syntax, ok := errors.AsType[*csv.ParseError](err); ok {
		return &faultAt{name, syntax.Line, syntax.Column, syntax.Err}
	}
	return fmt.Errorf("%s: %w", name, err)
}
