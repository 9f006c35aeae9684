package progress

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"

	"flowlab/labkit/internal/durable"
)

// version is that of the file's format.
const version = 1

// maxSize is how many bytes the file may have: an exercise takes about 100.
const maxSize = 1 << 20

type file struct {
	Version   int              `json:"version"`
	Exercises map[string]Entry `json:"exercises"`
}

// Load returns the entries of the file at path by the ids of their exercises;
// a missing file has none. A file that is damaged, or of another version, is
// kept aside under another name, and what can be understood of it goes into a
// new file; the notes say so, a sentence each.
func Load(path string) (entries map[string]Entry, notes []string, err error) {
	return update(path, func(map[string]Entry) {})
}

// Record keeps that an answer to the exercise reached a state, and returns the
// exercise's entry. The notes are those of [Load].
func Record(path, id string, state State) (entry Entry, notes []string, err error) {
	entries, notes, err := update(path, func(entries map[string]Entry) {
		e := entries[id]
		e.Last, e.Best = state, better(e.Best, state)
		if state != NotAttempted && e.Attempts < math.MaxInt {
			e.Attempts++
		}
		entries[id] = e
	})
	return entries[id], notes, err
}

// Reset forgets the exercises with these ids. Without ids it forgets all, and
// keeps the file aside. The notes are those of [Load].
func Reset(path string, ids ...string) (notes []string, err error) {
	if len(ids) == 0 {
		return resetAll(path)
	}
	_, notes, err = update(path, func(entries map[string]Entry) {
		for _, id := range ids {
			delete(entries, id)
		}
	})
	return notes, err
}

func resetAll(path string) (notes []string, err error) {
	unlock, err := lock(path)
	if err != nil {
		return nil, err
	}
	defer unlock()
	data, err := durable.Read(path, maxSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("progress: %w", err)
	}
	aside, err := keepAside(path, data)
	if err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil {
		return nil, fmt.Errorf("progress: %w", err)
	}
	return []string{"The progress so far is kept in " + filepath.Base(aside) + "."}, nil
}

// update reads the file, changes its entries and writes them if they changed,
// while it keeps other kernels from doing the same.
func update(path string, change func(map[string]Entry)) (map[string]Entry, []string, error) {
	unlock, err := lock(path)
	if err != nil {
		return nil, nil, err
	}
	defer unlock()
	data, err := durable.Read(path, maxSize)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("progress: %w", err)
	}
	entries, fault := map[string]Entry{}, ""
	if err == nil {
		entries, fault = decode(data)
	}
	var notes []string
	if fault != "" {
		aside, err := keepAside(path, data)
		if err != nil {
			return nil, nil, err
		}
		notes = []string{fmt.Sprintf("%s %s. It is kept as %s; %d of its exercises were taken over.",
			filepath.Base(path), fault, filepath.Base(aside), len(entries))}
	}
	before := maps.Clone(entries)
	change(entries)
	if fault == "" && maps.Equal(before, entries) {
		return entries, nil, nil
	}
	return entries, notes, write(path, entries)
}

// Fault says what is wrong with the content of a progress file, "" if nothing.
func Fault(data []byte) string {
	_, fault := decode(data)
	return fault
}

// decode returns what it understands of a file, and what is wrong with it.
func decode(data []byte) (entries map[string]Entry, fault string) {
	var f struct {
		Version   int                        `json:"version"`
		Exercises map[string]json.RawMessage `json:"exercises"`
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return salvage(data), fmt.Sprintf("is damaged (%v)", err)
	}
	if f.Exercises == nil {
		fault = "is damaged (it has no list of exercises)"
	}
	entries = map[string]Entry{}
	for id, raw := range f.Exercises {
		var e Entry
		if err := json.Unmarshal(raw, &e); err != nil || !e.valid() {
			fault = fmt.Sprintf("is damaged (the entry of %q is %s)", id, raw)
			continue
		}
		entries[id] = e
	}
	if f.Version != version {
		fault = fmt.Sprintf("has the format of another edition (version %d, and this one writes %d)", f.Version, version)
	}
	return entries, fault
}

// salvage returns the whole entries of a file that is cut off or damaged further
// on.
func salvage(data []byte) map[string]Entry {
	entries := map[string]Entry{}
	d := json.NewDecoder(bytes.NewReader(data))
	for token := json.Token(nil); token != "exercises"; {
		var err error
		if token, err = d.Token(); err != nil {
			return entries
		}
	}
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return entries
	}
	for d.More() {
		id, err := d.Token()
		if err != nil {
			break
		}
		var e Entry
		if err := d.Decode(&e); err != nil {
			break
		}
		if name, ok := id.(string); ok && e.valid() {
			entries[name] = e
		}
	}
	return entries
}

// valid tells whether an entry can have been written by [Record].
func (e Entry) valid() bool {
	return e.Attempts >= 0 && slices.Contains(States, e.Best) && slices.Contains(States, e.Last)
}

// keepAside writes data to a new file beside path, and returns its name.
func keepAside(path string, data []byte) (string, error) {
	for n := 1; ; n++ {
		aside := fmt.Sprintf("%s.kept-%d", path, n)
		err := durable.Create(aside, data)
		if err == nil {
			return aside, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return "", fmt.Errorf("progress: keeping %s aside: %w", path, err)
		}
	}
}

// write puts a new file in the place of the old one.
func write(path string, entries map[string]Entry) error {
	data, err := json.MarshalIndent(file{version, entries}, "", "  ")
	if err == nil {
		err = durable.Write(path, append(data, '\n'))
	}
	if err != nil {
		return fmt.Errorf("progress: %w", err)
	}
	return nil
}
