package progress

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"flowlab/labkit/internal/durable"
)

// Results are what an answer returned, for somebody who judges it outside of its
// process: nobody but the answer itself can say what it returns, and all else
// that its process says may be made up.
type Results struct {
	ID    string              `json:"id"`             // of the exercise
	Seed  uint32              `json:"seed,omitempty"` // of one that is another for each learner
	Cases [][]json.RawMessage `json:"cases"`          // results of the call for each case, null if it did not return
}

// ResultsVariable is the environment variable that names the file to which
// results are written. Without it they are not.
const ResultsVariable = "FLOWLAB_RESULTS"

// ResultsName is the name of that file in the folder of an execution.
const ResultsName = "results.json"

// MaxResults is how many bytes of results are read.
const MaxResults = 16 << 20

// HandOver writes results behind those that a file has.
func HandOver(path string, r Results) error {
	data, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("progress: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("progress: %w", err)
	}
	_, err = f.Write(append(data, '\n'))
	return errors.Join(err, f.Close())
}

// LoadResults returns the last results for each exercise that are in a file, by
// its id. What cannot be read ends them.
func LoadResults(path string) (map[string]Results, error) {
	all := map[string]Results{}
	f, err := durable.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return nil, fmt.Errorf("progress: %w", err)
	}
	defer f.Close()
	for d := json.NewDecoder(io.LimitReader(f, MaxResults)); ; {
		var r Results
		if err := d.Decode(&r); err != nil {
			return all, nil
		}
		all[r.ID] = r
	}
}
