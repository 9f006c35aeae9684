package bench

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-gota/gota/dataframe"
	"gonum.org/v1/gonum/mat"

	lab "flowlab/labkit"
	"flowlab/labkit/sample"
)

// perSeed is the number of flows that the lab's generator draws from a seed.
const perSeed = 1000

// The seeds of the flows that are learned from begin at one, those of new flows
// at another.
const (
	trainSeed = 42
	newSeed   = 1_000_042
)

// files are the data of a group.
type files struct {
	Train string `json:"train,omitempty"` // scaled features, see writeMatrix
	New   string `json:"new,omitempty"`   // further flows, scaled alike
	Path  string `json:"path,omitempty"`  // a CSV file, a Zeek log or a capture
}

// prepare writes the data of a task with so many rows into dir.
func prepare(dir string, task Task, rows int) (files, error) {
	switch task {
	case ReadCSV:
		path := filepath.Join(dir, fmt.Sprintf("flows-%d.csv", rows))
		return files{Path: path}, write(path, func(w *bufio.Writer) error { return writeCSV(w, rows) })
	case ReadZeek:
		path := filepath.Join(dir, fmt.Sprintf("conn-%d.log", rows))
		return files{Path: path}, write(path, func(w *bufio.Writer) error { return writeZeek(w, rows) })
	case ReadCapture:
		path := filepath.Join(dir, fmt.Sprintf("capture-%d.pcap", rows))
		return files{Path: path}, write(path, func(w *bufio.Writer) error { return writeCapture(w, rows) })
	case SlidingWindows:
		path := filepath.Join(dir, fmt.Sprintf("stream-%d.csv", rows))
		return files{Path: path}, write(path, func(w *bufio.Writer) error { return writeStream(w, rows, 3600) })
	case Triage:
		path := filepath.Join(dir, fmt.Sprintf("day-%d.csv", rows))
		return files{Path: path}, write(path, func(w *bufio.Writer) error { return writeStream(w, rows, 24*3600) })
	}
	path := filepath.Join(dir, fmt.Sprintf("online-%d.f64", rows))
	switch task {
	case HalfSpaceTrees:
		return files{Train: path}, write(path, func(w *bufio.Writer) error { return writeUnit(w, rows) })
	case DriftADWIN, DriftPageHinkley, DriftKSWIN:
		return files{Train: path}, write(path, func(w *bufio.Writer) error { return writeSeries(w, rows) })
	}
	train, err := features(trainSeed, rows)
	if err != nil {
		return files{}, err
	}
	fresh, err := features(newSeed, rows)
	if err != nil {
		return files{}, err
	}
	f := files{
		Train: filepath.Join(dir, fmt.Sprintf("train-%d.f64", rows)),
		New:   filepath.Join(dir, fmt.Sprintf("new-%d.f64", rows)),
	}
	scaler, err := lab.RobustScaler{}.Fit(train)
	if err != nil {
		return files{}, err
	}
	for path, x := range map[string]*mat.Dense{f.Train: train, f.New: fresh} {
		scaled, err := scaler.Transform(x)
		if err != nil {
			return files{}, err
		}
		if err := write(path, func(w *bufio.Writer) error { return writeMatrix(w, scaled) }); err != nil {
			return files{}, err
		}
	}
	return f, nil
}

func write(path string, content func(w *bufio.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	if err := content(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// generate calls f for the lab's flows from one seed after the other, a
// thousand at a time, until there are as many rows as asked for.
func generate(seed uint32, rows int, f func(flows dataframe.DataFrame) error) error {
	for done := 0; done < rows; done += perSeed {
		flows := lab.GenerateFlows(seed)
		if rest := rows - done; rest < perSeed {
			flows = flows.Subset(span(rest))
		}
		if err := f(flows); err != nil {
			return err
		}
		seed++
	}
	return nil
}

func span(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// features returns the lab's eight features of that many flows.
func features(seed uint32, rows int) (*mat.Dense, error) {
	var values []float64
	err := generate(seed, rows, func(flows dataframe.DataFrame) error {
		x, err := toFeatures(flows)
		if err == nil {
			values = append(values, x.RawMatrix().Data...)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return mat.NewDense(rows, len(lab.FeatureColumns), values), nil
}

func toFeatures(flows dataframe.DataFrame) (*mat.Dense, error) {
	flows, err := lab.AddFeatures(flows)
	if err != nil {
		return nil, err
	}
	return lab.Features(flows)
}

// writeMatrix writes the numbers of x row by row, as 64-bit little-endian
// floats. The number of columns is known: it is that of the lab's features.
func writeMatrix(w *bufio.Writer, x *mat.Dense) error {
	var b [8]byte
	for _, v := range x.RawMatrix().Data {
		binary.LittleEndian.PutUint64(b[:], math.Float64bits(v))
		if _, err := w.Write(b[:]); err != nil {
			return err
		}
	}
	return nil
}

func readMatrix(path string) (*mat.Dense, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	r := bufio.NewReaderSize(f, 1<<20)
	values := make([]float64, info.Size()/8)
	var b [8]byte
	for i := range values {
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return nil, err
		}
		values[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[:]))
	}
	cols := len(lab.FeatureColumns)
	return mat.NewDense(len(values)/cols, cols, values), nil
}

// writeCSV writes generated flows as pandas would.
func writeCSV(w *bufio.Writer, rows int) error {
	header := true
	return generate(trainSeed, rows, func(flows dataframe.DataFrame) error {
		if header {
			fmt.Fprintln(w, strings.Join(flows.Names(), ","))
			header = false
		}
		columns := make([][]string, flows.Ncol())
		for j, name := range flows.Names() {
			columns[j] = texts(flows, name)
		}
		for i := range flows.Nrow() {
			for j := range columns {
				if j > 0 {
					w.WriteByte(',')
				}
				w.WriteString(columns[j][i])
			}
			w.WriteByte('\n')
		}
		return nil
	})
}

// texts returns a column with all its digits: gota's own Records round to six.
func texts(flows dataframe.DataFrame, name string) []string {
	s := flows.Col(name)
	if s.Type() != "float" {
		return s.Records()
	}
	text := make([]string, s.Len())
	for i, v := range s.Float() {
		text[i] = strconv.FormatFloat(v, 'g', -1, 64)
	}
	return text
}

// writeZeek writes the connections of the sample log again and again, each time
// with other times, ports and amounts, of the same order as the real ones.
func writeZeek(w *bufio.Writer, rows int) error {
	header, connections, fields, err := sampleLog()
	if err != nil {
		return err
	}
	w.WriteString(header)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range rows {
		values := strings.Split(connections[i%len(connections)], "\t")
		round := i / len(connections)
		factor := math.Exp(r.NormFloat64() / 2)
		for j, value := range values {
			values[j] = vary(fields[j], value, round, factor)
		}
		w.WriteString(strings.Join(values, "\t"))
		w.WriteByte('\n')
	}
	return nil
}

// sampleLog returns the header of the sample log, its lines of connections and
// the names of their fields.
func sampleLog() (header string, connections, fields []string, err error) {
	log, err := os.ReadFile(sample.Path("conn.log"))
	if err != nil {
		return "", nil, nil, err
	}
	for line := range strings.Lines(string(log)) {
		text := strings.TrimRight(line, "\r\n")
		switch name, rest, _ := strings.Cut(text, "\t"); {
		case name == "#close":
		case strings.HasPrefix(name, "#"):
			header += line
			if name == "#fields" {
				fields = strings.Split(rest, "\t")
			}
		case text != "":
			connections = append(connections, text)
		}
	}
	return header, connections, fields, nil
}

// vary returns another value for a field of a connection.
func vary(field, value string, round int, factor float64) string {
	number, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value // a name, an address, or unset
	}
	switch field {
	case "ts":
		return strconv.FormatFloat(number+float64(round)*3600, 'f', 6, 64)
	case "duration":
		return strconv.FormatFloat(number*factor, 'f', 6, 64)
	case "id.orig_p":
		return strconv.Itoa(1024 + (int(number)+round*7)%64000)
	case "orig_bytes", "resp_bytes", "orig_pkts", "resp_pkts", "orig_ip_bytes", "resp_ip_bytes":
		return strconv.Itoa(int(number*factor + 0.5))
	}
	return value
}
