package labkit

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"gonum.org/v1/gonum/mat"

	"flowlab/labkit/internal/state"
)

// saved returns what Save writes.
func saved(t testing.TB, f Fitted) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := Save(&file, f); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// A loaded model gives the scores of the saved one, to the last bit, and is saved
// to the same file again. A [Learner] goes on learning as if nothing had been.
func savedModelScoresTheSame(t *testing.T, d Detector) {
	x, y := normalRows(1, 300, 3), normalRows(2, 77, 3)
	model := Must(d.Fit(x))
	f := Fitted{Columns: []string{"a", "b", "c"}, Model: model}
	file := saved(t, f)
	loaded := Must(Load(bytes.NewReader(file)))
	if !slices.Equal(loaded.Model.TrainScores(), model.TrainScores()) {
		t.Error("other training scores")
	}
	if !slices.Equal(Must(loaded.Model.Score(y)), Must(model.Score(y))) {
		t.Error("other scores of new rows")
	}
	if !bytes.Equal(saved(t, loaded), file) {
		t.Error("saved again it is another file")
	}
	for i := 0; i < len(file); i += 1 + len(file)/97 {
		damaged := slices.Clone(file)
		damaged[i] ^= 1 << (i % 8)
		if _, err := Load(bytes.NewReader(damaged)); err == nil {
			t.Errorf("byte %d of %d is another, and Load finds no fault", i, len(file))
		}
	}
	if learner, ok := model.(Learner); ok {
		if !slices.Equal(Must(loaded.Model.(Learner).Learn(y)), Must(learner.Learn(y))) {
			t.Error("learning goes on with other scores")
		}
	}
}

// small is a fitted detector whose file is short.
func small() Fitted {
	x := normalRows(1, 4, 2)
	scaler := Must(RobustScaler{}.Fit(x))
	model := Must(ZScore{}.Fit(Must(scaler.Transform(x))))
	return Fitted{
		About: "four rows", Settings: map[string]string{"seed": "1", "detector": "z-score"}, Columns: []string{"bytes", "duration"},
		Scaler: scaler, Model: model, Thresholds: map[string]float64{"alert": 1.5, "notice": 1},
		Calibration: Must(Calibrate([]float64{0.5, 2, 1})),
	}
}

func TestLoadReturnsWhatWasSaved(t *testing.T) {
	f := small()
	got := Must(Load(iotest.OneByteReader(bytes.NewReader(saved(t, f)))))
	if !reflect.DeepEqual(got, f) {
		t.Errorf("loaded %+v\nwant %+v", got, f)
	}
	x := normalRows(3, 5, 2)
	want := Must(f.Model.Score(Must(f.Scaler.Transform(x))))
	if !slices.Equal(Must(got.Score(x)), want) {
		t.Errorf("scores %v, want %v", Must(got.Score(x)), want)
	}
	unscaled := Must(Load(bytes.NewReader(saved(t, Fitted{Columns: f.Columns, Model: f.Model}))))
	if !slices.Equal(Must(unscaled.Score(x)), Must(f.Model.Score(x))) {
		t.Error("without a scaler, rows are not scored as they are")
	}
}

// Each bit that is another, each cut and each byte more is found.
func TestLoadFindsDamage(t *testing.T) {
	file := saved(t, small())
	for i := range file {
		for bit := range 8 {
			damaged := slices.Clone(file)
			damaged[i] ^= 1 << bit
			if f, err := Load(bytes.NewReader(damaged)); err == nil || f.Model != nil {
				t.Errorf("byte %d, bit %d: no error", i, bit)
			}
		}
		_, err := Load(bytes.NewReader(file[:i]))
		want := "the file is cut off"
		if i < len(savedName) {
			want = "not one that Save has written"
		}
		wantError(t, "cut", err, want)
	}
	_, err := Load(bytes.NewReader(append(slices.Clone(file), 0)))
	wantError(t, "a byte more", err, "Load: the file is longer than it says")
	_, err = Load(iotest.ErrReader(errors.New("the disk burns")))
	wantError(t, "a failing disk", err, "Load: the disk burns")
}

func TestLoadRefuses(t *testing.T) {
	file := saved(t, small())
	changed := func(at int, v uint64) []byte {
		c := slices.Clone(file)
		binary.LittleEndian.PutUint64(c[at:], v)
		return c
	}
	for want, file := range map[string][]byte{
		"version 1: this labkit reads version 2":               changed(8, 1),
		"version 3: this labkit reads version 2":               changed(8, 3),
		"says that it holds 10000000000 bytes: want at most":   changed(16, 10_000_000_000),
		"the file was changed or damaged: its digest does not": changed(40, 0),
		"not one that Save has written":                        []byte("ts,src_ip,dst_ip\n1,10.0.0.1,10.0.0.2\n"),
		"these are not the numbers of a model":                 sealed(nil),
	} {
		_, err := Load(bytes.NewReader(file))
		wantError(t, want, err, want)
	}
}

// A file that says it holds a gigabyte, and does not, takes no memory.
func TestLoadTakesNoMemoryForClaims(t *testing.T) {
	file := saved(t, small())
	binary.LittleEndian.PutUint64(file[16:], maxSaved)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Load(bytes.NewReader(file))
	runtime.ReadMemStats(&after)
	wantError(t, "claims", err, "the file is cut off")
	if taken := after.TotalAlloc - before.TotalAlloc; taken > 1<<20 {
		t.Errorf("%d bytes were taken for a file of %d", taken, len(file))
	}
}

// A tree of one leaf is ten bytes, and says that millions of rows came there: what
// is laid out for scoring them is asked for first.
func TestLoadBoundsTheMemoryOfForests(t *testing.T) {
	var w state.Writer
	w.Text("IsolationForest")
	w.Int(1 << 20) // rows in the sample
	w.Int(1)       // tree
	w.Int(1 << 20) // its leaf
	w.Float(20)
	w.Floats(nil) // training scores
	r := state.NewReader(w.Bytes)
	if readModel(r, 3, maxNested); r.End() != nil {
		t.Errorf("16 MB: %v", r.Err())
	}
	r = state.NewReader(w.Bytes)
	r.Spend(1<<30 - 1<<20)
	if readModel(r, 3, maxNested); r.End() == nil || !strings.Contains(r.Err().Error(), "more than 1 GB") {
		t.Errorf("16 MB when 1 MB is left: error %v", r.Err())
	}
}

// A file whose calibration is out of order would give wrong p-values.
func TestLoadRefusesACalibrationOutOfOrder(t *testing.T) {
	f := small()
	f.Calibration.sorted = []float64{1, 3, 2}
	_, err := Load(bytes.NewReader(saved(t, f)))
	wantError(t, "out of order", err, "the scores of the calibration do not ascend")
}

func TestSaveRefuses(t *testing.T) {
	f := small()
	nested := f.Model
	for range maxNested + 1 {
		nested = newCombination("RankAverage", 2, []Model{nested}, ranks([]Model{nested}))
	}
	for want, f := range map[string]Fitted{
		"there is no Model": {Columns: f.Columns},
		"the model is labkit.strangeModel: want what Fit": {Columns: f.Columns, Model: strangeModel{}},
		"1 names of columns for a model of 2":             {Columns: f.Columns[:1], Model: f.Model},
		"1 names of columns for a scaler of 2":            {Columns: f.Columns[:1], Model: f.Model, Scaler: f.Scaler},
		`the threshold "x" is NaN: want a finite number`:  {Columns: f.Columns, Model: f.Model, Thresholds: map[string]float64{"x": math.NaN()}},
		"more than 8 combinations lie in one another":     {Columns: f.Columns, Model: nested},
	} {
		var file bytes.Buffer
		err := Save(&file, f)
		wantError(t, want, err, want)
		if file.Len() > 0 {
			t.Errorf("%s: %d bytes were written", want, file.Len())
		}
	}
	if err := Save(failingWriter{}, f); !errors.Is(err, errDiskFull) {
		t.Errorf("a full disk: error %v", err)
	}
}

// A strangeModel is none of labkit's.
type strangeModel struct{ Model }

var errDiskFull = errors.New("the disk is full")

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errDiskFull }

// Whatever numbers a file holds, with a digest that fits: Load refuses them, or
// returns a model that scores rows and can be saved.
func FuzzLoad(f *testing.F) {
	x := normalRows(1, 12, 2)
	two := []Detector{IsolationForest{Trees: 2}, LocalOutlierFactor{Neighbors: 2}}
	for _, d := range append(two, OneClassSVM{}, ZScore{}, IQR{}, RankAverage{Detectors: two}, MajorityVote{Detectors: two},
		HalfSpaceTrees{Trees: 2, Height: 2, Window: 5}, RankAverage{Detectors: []Detector{MajorityVote{Detectors: two}}}) {
		file := saved(f, Fitted{Columns: []string{"a", "b"}, Model: Must(d.Fit(x))})
		f.Add(file[savedHeader : len(file)-sha256.Size])
	}
	file := saved(f, small())
	f.Add(file[savedHeader : len(file)-sha256.Size])
	f.Fuzz(func(t *testing.T, numbers []byte) {
		loaded, err := Load(bytes.NewReader(sealed(numbers)))
		if err != nil {
			return
		}
		rows := mat.NewDense(3, len(loaded.Columns), nil)
		for j := range loaded.Columns {
			rows.SetCol(j, []float64{0, 1, -1e9})
		}
		scores, err := loaded.Score(rows)
		if err == nil {
			wantFinite(t, scores, 3)
		}
		loaded.Model.TrainScores()
		saved(t, loaded)
	})
}
