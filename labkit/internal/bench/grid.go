package bench

import (
	"slices"
	"strings"
)

// A Task is what is timed.
type Task string

const (
	ForestFitPredict Task = "forest fit_predict"
	ForestScore      Task = "forest score"
	LOFFitPredict    Task = "LOF fit_predict"
	SVMFitPredict    Task = "SVM fit_predict"
	SVMScore         Task = "SVM score"
	ReadCSV          Task = "read flow CSV"
	ReadZeek         Task = "read Zeek log"
	ReadCapture      Task = "capture to flows" // its rows are packets
	SlidingWindows   Task = "sliding windows"  // its rows are flows
	Triage           Task = "log to findings"
	Stream           Task = "stream" // not in the grid: it is measured at rates
	HalfSpaceTrees   Task = "half-space trees"
	DriftADWIN       Task = "drift ADWIN" // its rows are numbers, as those of the next two
	DriftPageHinkley Task = "drift Page-Hinkley"
	DriftKSWIN       Task = "drift KSWIN"
)

// A System is a library with a setting of it.
type System struct {
	Name, Setting string
}

func (s System) String() string {
	if s.Setting == "" {
		return s.Name
	}
	return s.Name + ", " + s.Setting
}

// The settings. Those of the peers are the names by which peers.py knows them.
const (
	allCores  = "all cores" // n_jobs=-1, nthreads=-1
	byDefault = "default"
	oneCore   = "one core"     // GOMAXPROCS=1
	bigCache  = "cache 1 GB"   // of the SVM's kernel rows; it has no other setting that matters
	byFrame   = "by a frame"   // ReadFlows, AddFeatures, Complete, Features; not ReadFeatures
	distinct  = "by distinct"  // pandas drops repeated ports and peers before it counts them
	columns   = "usecols"      // pandas is told which columns it needs, and their types
	arrow     = "pyarrow"      // pandas with the parser of Arrow
	headers   = "headers only" // what applications say is not looked at
	flowsOnly = "flows only"   // pandas, and the forest of scikit-learn with all cores: no hosts, no reasons
	labkit    = "labkit"       // the Go side
	sklearn   = "scikit-learn" // the peers
	pyod      = "PyOD"
	isotree   = "isotree"
	pandas    = "pandas"
	bytewax   = "bytewax"
	tshark    = "tshark"
	nfstream  = "nfstream"
	river     = "River"
)

// A group is a set of tasks on the same data, measured with the same systems.
type group struct {
	tasks   []Task
	rows    []int
	systems []System
}

// grid is everything that is measured. In each group labkit with all cores
// comes first, and the peer's default, whose labels are the ones to agree with,
// directly after labkit.
var grid = []group{
	{
		tasks: []Task{ForestFitPredict, ForestScore},
		rows:  []int{1_000, 10_000, 100_000, 1_000_000},
		systems: []System{
			{labkit, ""}, {labkit, oneCore},
			{sklearn, byDefault}, {sklearn, allCores}, {pyod, byDefault}, {pyod, allCores}, {isotree, allCores},
		},
	},
	{
		tasks: []Task{LOFFitPredict},
		rows:  []int{1_000, 10_000, 50_000},
		systems: []System{
			{labkit, ""}, {labkit, oneCore},
			{sklearn, byDefault}, {sklearn, allCores}, {pyod, byDefault}, {pyod, allCores},
		},
	},
	{
		tasks:   []Task{SVMFitPredict, SVMScore},
		rows:    []int{1_000, 5_000, 20_000},
		systems: []System{{labkit, ""}, {labkit, oneCore}, {sklearn, byDefault}, {sklearn, bigCache}, {pyod, byDefault}},
	},
	{
		tasks:   []Task{ReadCSV},
		rows:    []int{1_000_000},
		systems: []System{{labkit, ""}, {labkit, oneCore}, {labkit, byFrame}, {pandas, byDefault}, {pandas, columns}, {pandas, arrow}},
	},
	{
		tasks:   []Task{ReadZeek},
		rows:    []int{1_000_000},
		systems: []System{{labkit, ""}, {labkit, oneCore}, {labkit, byFrame}, {pandas, byDefault}, {pandas, columns}, {pandas, arrow}},
	},
	{
		tasks: []Task{ReadCapture},
		rows:  []int{100_000, 1_000_000},
		systems: []System{
			{labkit, ""}, {labkit, oneCore},
			{nfstream, byDefault}, {nfstream, headers}, {tshark, byDefault}, {tshark, headers},
		},
	},
	{
		tasks:   []Task{SlidingWindows},
		rows:    []int{300_000},
		systems: []System{{labkit, ""}, {labkit, oneCore}, {pandas, byDefault}, {pandas, distinct}, {bytewax, byDefault}},
	},
	{
		tasks:   []Task{Triage},
		rows:    []int{1_000_000, 5_000_000},
		systems: []System{{labkit, ""}, {labkit, oneCore}, {pandas, flowsOnly}},
	},
	{
		tasks:   []Task{HalfSpaceTrees},
		rows:    []int{10_000, 100_000},
		systems: []System{{labkit, ""}, {labkit, oneCore}, {river, byDefault}},
	},
	{
		tasks:   []Task{DriftADWIN, DriftPageHinkley},
		rows:    []int{1_000_000},
		systems: []System{{labkit, ""}, {labkit, oneCore}, {river, byDefault}},
	},
	{
		tasks:   []Task{DriftKSWIN},
		rows:    []int{10_000},
		systems: []System{{labkit, ""}, {labkit, oneCore}, {river, byDefault}},
	},
}

// within returns the grid without sizes above most. A group that loses all its
// sizes is measured at most rows: reading has but one size.
func within(grid []group, most int) []group {
	var small []group
	for _, g := range grid {
		g.rows = slices.DeleteFunc(slices.Clone(g.rows), func(n int) bool { return n > most })
		if len(g.rows) == 0 {
			g.rows = []int{most}
		}
		small = append(small, g)
	}
	return small
}

// only returns the grid without the tasks that begin with none of the words.
func only(grid []group, words []string) []group {
	if words == nil {
		return grid
	}
	var some []group
	for _, g := range grid {
		g.tasks = slices.DeleteFunc(slices.Clone(g.tasks), func(t Task) bool {
			return !slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(string(t), word) })
		})
		if len(g.tasks) > 0 {
			some = append(some, g)
		}
	}
	return some
}

// byName returns the systems of the grid with one of the given names.
func byName(grid []group, names ...string) []group {
	var some []group
	for _, g := range grid {
		g.systems = slices.DeleteFunc(slices.Clone(g.systems), func(s System) bool { return !slices.Contains(names, s.Name) })
		some = append(some, g)
	}
	return some
}
