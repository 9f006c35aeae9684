package live

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"flowlab/labkit/flow"
	"flowlab/labkit/internal/durable"
	"flowlab/labkit/stream"
)

// A folder is a source of the files in it, in the order of their names, as Zeek's
// archive has them. A part of it is a file. A file that comes later is read if its
// name is behind those that were read.
type folder struct {
	name    string
	options Options
}

var _ stream.Source = (*folder)(nil)

func (d *folder) Again() bool { return true }

func (d *folder) Flows(ctx context.Context, behind stream.Position, emit func(string, []flow.Flow) error) error {
	last, skip := behind.Part, behind.Flows
	again := last != "" // the file of the position has more, perhaps
	for {
		names, err := d.files()
		if err != nil {
			return err
		}
		for _, name := range names {
			if name < last || name == last && !again {
				continue
			}
			if name != last {
				skip = 0
			}
			last, again = name, false
			if err := d.readFile(ctx, name, skip, emit); err != nil {
				return err
			}
		}
		if !d.options.Follow {
			return nil
		}
		if err := pause(ctx); err != nil {
			return err
		}
	}
}

// files returns the names of the files, in order.
func (d *folder) files() ([]string, error) {
	entries, err := os.ReadDir(d.name) // sorted
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	if len(names) == 0 && !d.options.Follow {
		return nil, fmt.Errorf("%s: no files: want logs or captures", flow.Printable(d.name))
	}
	return names, nil
}

// readFile reads a file; one that cannot be read is said and left out.
func (d *folder) readFile(ctx context.Context, name string, skip int64, emit func(string, []flow.Flow) error) error {
	path := filepath.Join(d.name, name)
	f, err := durable.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	failed := false
	err = read(ctx, f, path, name, skip, d.options, func(part string, flows []flow.Flow) error {
		err := emit(part, flows)
		failed = err != nil
		return err
	})
	if err != nil && ctx.Err() == nil && !failed {
		d.options.Log.Error("a file is left out", "error", err)
		return nil
	}
	return err
}
