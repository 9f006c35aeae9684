package triage

import (
	"fmt"
	"slices"
	"strings"

	"flowlab/labkit"
)

// A DetectorChoice is a detector of flows that a user can name.
type DetectorChoice struct {
	Name string
	// MostRows is how many rows it is fitted to, as it takes long with more; 0 if
	// that is not limited.
	MostRows int
	// MostEqual is how many equal rows it bears; 0 if that does not matter.
	MostEqual int
	New       func(Options) labkit.Detector
}

// leastNu is the Python lab's. With a smaller Nu the few rows outside weigh so
// much that each pulls the boundary to itself.
const leastNu = 0.1

// neighbors is the default of the local outlier factor. A row that occurs more
// often has no distance to its neighbours, and those beside it get factors of a
// billion.
const neighbors = 20

// Detectors are those that can be chosen, the default first.
var Detectors = []DetectorChoice{
	{"isolation-forest", 0, 0, func(o Options) labkit.Detector { return labkit.IsolationForest{Seed: o.Seed} }},
	{"local-outlier-factor", 50_000, neighbors, func(Options) labkit.Detector { return labkit.LocalOutlierFactor{Neighbors: neighbors} }},
	{"one-class-svm", 10_000, 0, func(o Options) labkit.Detector { return labkit.OneClassSVM{Nu: max(leastNu, o.Contamination)} }},
}

// DetectorNames lists the names of Detectors: "a, b or c".
func DetectorNames() string {
	names := make([]string, len(Detectors))
	for i, d := range Detectors {
		names[i] = d.Name
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

func detectorNamed(name string) (DetectorChoice, error) {
	i := slices.IndexFunc(Detectors, func(d DetectorChoice) bool { return d.Name == name })
	if i < 0 {
		return DetectorChoice{}, fmt.Errorf("detector %q: want %s", name, DetectorNames())
	}
	return Detectors[i], nil
}
