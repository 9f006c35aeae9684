package bench

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"runtime"
	"time"

	"github.com/go-gota/gota/dataframe"
	"github.com/go-gota/gota/series"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"

	lab "flowlab/labkit"
	"flowlab/labkit/capture"
	"flowlab/labkit/flow"
)

// The parameters of the Python lab.
const (
	contamination = 0.1
	neighbors     = 20
	nu            = 0.1
	seed          = 42
)

// Work is the Go side: it does the tasks that it reads from in, a request a
// line, until in ends.
func Work(in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	answers := json.NewEncoder(out)
	var g goSide
	for lines.Scan() {
		var r request
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return err
		}
		answer, err := g.do(r)
		if err != nil {
			answer = reply{Error: err.Error()}
		}
		if err := answers.Encode(answer); err != nil {
			return err
		}
	}
	return lines.Err()
}

// goSide keeps what tasks need from one run to the next.
type goSide struct {
	train, fresh *mat.Dense
	model        lab.Model   // to score with
	flows        []flow.Flow // to put into windows
}

func (g *goSide) do(r request) (reply, error) {
	switch r.Task {
	case ForestFitPredict:
		return g.fitPredict(r, lab.IsolationForest{Seed: seed}, cutAtContamination)
	case LOFFitPredict:
		return g.fitPredict(r, lab.LocalOutlierFactor{Neighbors: neighbors}, cutAtContamination)
	case SVMFitPredict:
		return g.fitPredict(r, lab.OneClassSVM{Nu: nu}, cutAtZero)
	case ForestScore:
		return g.score(r, lab.IsolationForest{Seed: seed})
	case SVMScore:
		return g.score(r, lab.OneClassSVM{Nu: nu})
	case ReadCSV, ReadZeek:
		return read(r)
	case ReadCapture:
		return readCapture(r)
	case SlidingWindows:
		return g.windows(r)
	case Triage:
		return findings(r)
	case Stream:
		run, err := runStream(r.Rate, streamSpeed, streamFor)
		return reply{Stream: &run}, err
	case HalfSpaceTrees:
		return g.trees(r)
	case DriftADWIN, DriftPageHinkley, DriftKSWIN:
		return g.drift(r)
	}
	return reply{}, fmt.Errorf("no task %q", r.Task)
}

func cutAtContamination(scores []float64) ([]bool, error) {
	threshold, err := lab.Threshold(scores, contamination)
	return lab.Predict(scores, threshold), err
}

func cutAtZero(scores []float64) ([]bool, error) { return lab.Predict(scores, 0), nil }

// fitPredict times what fit_predict of scikit-learn does: learn from the rows,
// score them, decide.
func (g *goSide) fitPredict(r request, d lab.Detector, cut func([]float64) ([]bool, error)) (reply, error) {
	if err := load(&g.train, r.Train); err != nil {
		return reply{}, err
	}
	runtime.GC()

	begin := time.Now()
	model, err := d.Fit(g.train)
	if err != nil {
		return reply{}, err
	}
	scores := model.TrainScores()
	labels, err := cut(scores)
	took := time.Since(begin)

	return reply{Seconds: took.Seconds(), Labels: asBytes(labels), Digest: digest(scores)}, err
}

// score times the scoring of new rows by a model that was fitted before.
func (g *goSide) score(r request, d lab.Detector) (reply, error) {
	if g.model == nil {
		if err := load(&g.train, r.Train); err != nil {
			return reply{}, err
		}
		var err error
		if g.model, err = d.Fit(g.train); err != nil {
			return reply{}, err
		}
	}
	if err := load(&g.fresh, r.New); err != nil {
		return reply{}, err
	}
	runtime.GC()

	begin := time.Now()
	scores, err := g.model.Score(g.fresh)
	took := time.Since(begin)
	if err != nil {
		return reply{}, err
	}

	threshold := 0.0 // the SVM's own
	if r.Task == ForestScore {
		if threshold, err = lab.Threshold(g.model.TrainScores(), contamination); err != nil {
			return reply{}, err
		}
	}
	return reply{Seconds: took.Seconds(), Labels: asBytes(lab.Predict(scores, threshold)), Digest: digest(scores)}, nil
}

// read times the way from a file to a matrix of features.
func read(r request) (reply, error) {
	way := readFeatures
	if r.Setting == byFrame {
		way = readByFrame
	}
	runtime.GC()

	begin := time.Now()
	x, err := way(r.Path)
	took := time.Since(begin)
	if err != nil {
		return reply{}, err
	}

	rows, cols := x.Dims()
	sums := make([]float64, cols)
	for j := range cols {
		sums[j] = floats.Sum(mat.Col(nil, j, x))
	}
	return reply{Seconds: took.Seconds(), Rows: rows, Sums: sums, Digest: digest(x.RawMatrix().Data)}, nil
}

func readFeatures(path string) (*mat.Dense, error) {
	x, _, err := lab.ReadFeatures(path)
	return x, err
}

func readByFrame(path string) (*mat.Dense, error) {
	flows, err := lab.ReadFlows(path)
	if err != nil {
		return nil, err
	}
	if flows, err = lab.AddFeatures(flows); err != nil {
		return nil, err
	}
	usable, _, err := lab.Complete(flows)
	if err != nil {
		return nil, err
	}
	return lab.Features(usable)
}

// readCapture times the way from a capture to a frame of flows. The sums are
// those that peers have too: the packets of TCP and UDP, all packets and their IP
// bytes.
func readCapture(r request) (reply, error) {
	runtime.GC()

	begin := time.Now()
	flows, err := capture.Read(r.Path)
	took := time.Since(begin)
	if err != nil {
		return reply{}, err
	}

	protocols := flows.Col("protocol").Records()
	sums := make([]float64, 3)
	for way := range 2 {
		packets := flows.Col([]string{"packets_sent", "packets_recv"}[way]).Float()
		for i, n := range packets {
			if protocols[i] != "ICMP" {
				sums[0] += n
			}
		}
		sums[1] += floats.Sum(packets)
		sums[2] += floats.Sum(flows.Col([]string{"ip_bytes_sent", "ip_bytes_recv"}[way]).Float())
	}
	return reply{Seconds: took.Seconds(), Rows: flows.Nrow(), Sums: sums, Digest: digestOf(flows)}, nil
}

// digestOf tells apart frames that differ in any value.
func digestOf(flows dataframe.DataFrame) string {
	h := sha256.New()
	for _, name := range flows.Names() {
		column := flows.Col(name)
		if column.Type() == series.String {
			for _, word := range column.Records() {
				fmt.Fprintln(h, word)
			}
		} else {
			fmt.Fprintln(h, digest(column.Float()))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func load(x **mat.Dense, path string) error {
	if *x != nil {
		return nil
	}
	var err error
	*x, err = readMatrix(path)
	return err
}

func asBytes(labels []bool) []byte {
	b := make([]byte, len(labels))
	for i, anomaly := range labels {
		if anomaly {
			b[i] = 1
		}
	}
	return b
}

// digest tells apart scores that differ in any bit.
func digest(scores []float64) string {
	h := sha256.New()
	b := make([]byte, 0, 1<<13)
	for i, s := range scores {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(s))
		if len(b) == cap(b) || i == len(scores)-1 {
			h.Write(b)
			b = b[:0]
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
