package labkit

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/state"
)

// A Fitted is a fitted detector with what else is needed to judge new flows as
// the old ones were judged. Its Score judges rows of the Columns, in their
// order: [Features] with these columns gives them.
type Fitted struct {
	About    string            // what it was fitted on, in words
	Settings map[string]string // of whoever fitted it, by name
	Columns  []string          // the features, in the order of the matrix

	Scaler Scaler // of the features; the zero value leaves them as they are
	Model  Model

	Thresholds  map[string]float64 // scores above which a row is flagged, by name
	Calibration Calibration        // by rows that the model was not fitted to; the zero value holds none
}

// Score scales rows and returns the model's scores for them. Errors are those of
// [Scaler.Transform] and Model.Score.
func (f Fitted) Score(x *mat.Dense) ([]float64, error) {
	if len(f.Scaler.Centre) > 0 {
		var err error
		if x, err = f.Scaler.Transform(x); err != nil {
			return nil, err
		}
	}
	return f.Model.Score(x)
}

// A saved file is
//
//	savedName, version, length of the rest but the digest (8 bytes each), numbers, SHA-256
//
// where the digest is that of all before it. What the numbers mean is said by
// writeFitted. They are data and nothing else: no part of the file is run, nor
// does it choose types.
const (
	savedName    = "labkit m"
	savedVersion = 2 // 1 had no calibration
	savedHeader  = 24
	maxSaved     = 1 << 30
)

// Save writes a fitted detector, so that [Load] returns one with the same scores
// to the last bit, and TrainScores too. The file has a version and a digest; it
// takes 8 bytes a number: a forest of 100 trees some 100 kB and 8 bytes for each
// row it was fitted on or calibrated with, a local outlier factor all rows.
//
// It returns an error if the model is not one that a [Detector] of labkit
// returns, if there is not a name in Columns for each of its columns, if scaler
// or thresholds do not fit, or if the file would be larger than 1 GB. A
// [OneClassSVM] that was fitted without a context scores its training rows first.
func Save(w io.Writer, f Fitted) (err error) {
	defer prefix(&err, "Save")
	var s state.Writer
	if err := writeFitted(&s, f); err != nil {
		return err
	}
	if len(s.Bytes) > maxSaved {
		return fmt.Errorf("the model takes %d bytes: want at most %d", len(s.Bytes), maxSaved)
	}
	_, err = w.Write(sealed(s.Bytes))
	return err
}

// sealed returns the file that holds numbers.
func sealed(numbers []byte) []byte {
	file := make([]byte, 0, savedHeader+len(numbers)+sha256.Size)
	file = append(file, savedName...)
	file = binary.LittleEndian.AppendUint64(file, savedVersion)
	file = binary.LittleEndian.AppendUint64(file, uint64(len(numbers)))
	file = append(file, numbers...)
	digest := sha256.Sum256(file)
	return append(file, digest[:]...)
}

// Load reads what [Save] has written. It returns an error, and nothing else, for
// a file that is not labkit's, of another version, cut off, longer than it says,
// or changed in a single bit, and for numbers that are no model's. The digest
// finds damage; it proves nobody's honesty. But a file made to deceive can do no
// more than give wrong scores: it takes no memory that its length does not
// explain, beyond 1 GB, and is never more than data.
func Load(r io.Reader) (_ Fitted, err error) {
	defer prefix(&err, "Load")
	numbers, err := readSaved(r)
	if err != nil {
		return Fitted{}, err
	}
	s := state.NewReader(numbers)
	f := readFitted(s)
	if err := s.End(); err != nil {
		return Fitted{}, fmt.Errorf("these are not the numbers of a model: %w", err)
	}
	return f, nil
}

// readSaved returns the numbers in a file.
func readSaved(r io.Reader) ([]byte, error) {
	header := make([]byte, savedHeader)
	if n, err := io.ReadFull(r, header); err == io.EOF || err == io.ErrUnexpectedEOF {
		if n < len(savedName) || !bytes.HasPrefix(header, []byte(savedName)) {
			return nil, errors.New("the file is not one that Save has written")
		}
		return nil, errCutOff
	} else if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(header, []byte(savedName)) {
		return nil, errors.New("the file is not one that Save has written")
	}
	if version := binary.LittleEndian.Uint64(header[8:]); version != savedVersion {
		return nil, fmt.Errorf("the file has version %d: this labkit reads version %d; fit the model again", version, savedVersion)
	}
	length := binary.LittleEndian.Uint64(header[16:])
	if length > maxSaved {
		return nil, fmt.Errorf("the file says that it holds %d bytes: want at most %d", length, maxSaved)
	}
	// The buffer grows with what is really there.
	var rest bytes.Buffer
	want := int64(length) + sha256.Size
	n, err := io.Copy(&rest, io.LimitReader(r, want+1))
	switch {
	case err != nil:
		return nil, err
	case n < want:
		return nil, errCutOff
	case n > want:
		return nil, errors.New("the file is longer than it says")
	}
	numbers := rest.Bytes()[:length]
	digest := sha256.New()
	digest.Write(header)
	digest.Write(numbers)
	if !bytes.Equal(digest.Sum(nil), rest.Bytes()[length:]) {
		return nil, errors.New("the file was changed or damaged: its digest does not fit")
	}
	return numbers, nil
}

var errCutOff = errors.New("the file is cut off")

func writeFitted(w *state.Writer, f Fitted) error {
	if f.Model == nil {
		return errors.New("there is no Model: want what Fit returned")
	}
	if c := len(f.Scaler.Centre); c != len(f.Scaler.Scale) || c > 0 && c != len(f.Columns) {
		return fmt.Errorf("%d names of columns for a scaler of %d: want one for each", len(f.Columns), c)
	}
	w.Text(f.About)
	writeMap(w, f.Settings, w.Text)
	w.Int(len(f.Columns))
	for _, name := range f.Columns {
		w.Text(name)
	}
	w.Text(f.Scaler.method)
	w.Floats(f.Scaler.Centre)
	w.Floats(f.Scaler.Scale)
	if m, ok := f.Model.(savedModel); ok && m.columns() != len(f.Columns) {
		return fmt.Errorf("%d names of columns for a model of %d: want one for each", len(f.Columns), m.columns())
	}
	if err := writeModel(w, f.Model, maxNested); err != nil {
		return err
	}
	for name, v := range f.Thresholds {
		if isNotFinite(v) {
			return fmt.Errorf("the threshold %q is %v: want a finite number", name, v)
		}
	}
	writeMap(w, f.Thresholds, w.Float)
	w.Floats(f.Calibration.sorted)
	return nil
}

func readFitted(r *state.Reader) Fitted {
	f := Fitted{About: r.Text(), Settings: readMap(r, r.Text), Columns: make([]string, r.Count(1))}
	for j := range f.Columns {
		f.Columns[j] = r.Text()
	}
	f.Scaler = Scaler{method: r.Text(), Centre: r.Floats(), Scale: r.Floats()}
	if len(f.Columns) == 0 {
		r.Fail(errors.New("it has no columns"))
	}
	if n := len(f.Scaler.Centre); n != len(f.Scaler.Scale) || n > 0 && n != len(f.Columns) || slices.Contains(f.Scaler.Scale, 0) {
		r.Fail(errors.New("the scaler does not fit the columns"))
	}
	f.Model = readModel(r, len(f.Columns), maxNested)
	f.Thresholds = readMap(r, r.Float)
	if sorted := r.Floats(); len(sorted) > 0 {
		f.Calibration.sorted = sorted
	}
	if !slices.IsSorted(f.Calibration.sorted) {
		r.Fail(errors.New("the scores of the calibration do not ascend"))
	}
	return f
}

// writeMap writes a map in the order of its keys, so that equal models give
// equal files.
func writeMap[V any](w *state.Writer, m map[string]V, write func(V)) {
	w.Int(len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		w.Text(key)
		write(m[key])
	}
}

func readMap[V any](r *state.Reader, read func() V) map[string]V {
	n := r.Count(2)
	if n == 0 {
		return nil
	}
	m := map[string]V{}
	for range n {
		key := r.Text()
		m[key] = read()
	}
	return m
}
