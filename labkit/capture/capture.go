// Package capture turns captured packets into flows: pcap and pcapng files
// into the columns of labkit.ReadFlows, with the packets, bytes, times and
// states that Zeek's conn.log gives.
package capture

import (
	"fmt"
	"io"
	"os"

	"github.com/go-gota/gota/dataframe"
)

// Read reads the flows of a capture file, a row a flow.
func Read(path string) (dataframe.DataFrame, Report, error) {
	f, err := os.Open(path)
	if err != nil {
		return dataframe.DataFrame{}, Report{}, fmt.Errorf("capture: Read: %w", err)
	}
	defer f.Close()
	return ReadFrom(f, path)
}

// ReadFrom is [Read] of what r holds; name stands for the file in errors.
func ReadFrom(r io.Reader, name string) (dataframe.DataFrame, Report, error) {
	d := newDecoder()
	if err := d.read(r, name); err != nil {
		return dataframe.DataFrame{}, d.report, fmt.Errorf("capture: Read: %w", err)
	}
	return d.rows.frame(), d.report, nil
}

func (d *decoder) read(r io.Reader, name string) error {
	source, err := openSource(r, name)
	if err != nil {
		return err
	}
	for {
		packet, err := source.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		d.packet(packet)
	}
	d.finish()
	if d.report.Flows = len(d.rows); d.report.Flows == 0 {
		return &faultAt{name, d.report.Packets, 0, d.report.noFlows()}
	}
	return nil
}
