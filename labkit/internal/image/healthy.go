package image

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// A Server is what a JupyterLab notes of itself in its runtime folder: the
// address and the prefix that it was told.
type Server struct {
	URL  string
	Port int
	Base string `json:"base_url"`
}

// Servers returns the servers that have noted their address in a runtime folder.
// None is an error.
func Servers(runtime string) ([]Server, error) {
	notes, err := filepath.Glob(filepath.Join(runtime, "jpserver-*.json"))
	if err != nil {
		return nil, err
	}
	if len(notes) == 0 {
		return nil, fmt.Errorf("no server has noted its address in %s", runtime)
	}
	servers := make([]Server, len(notes))
	for i, note := range notes {
		data, err := os.ReadFile(note)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(data, &servers[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", note, err)
		}
	}
	return servers, nil
}

// healthTime is how long a server may take to answer.
const healthTime = 4 * time.Second

// Healthy asks the API of each server that has noted its address in a runtime
// folder, and returns an error if one does not answer with status 200.
func Healthy(ctx context.Context, runtime string) error {
	servers, err := Servers(runtime)
	for _, s := range servers {
		err = errors.Join(err, s.ask(ctx))
	}
	return err
}

// ask does not go by the URL: the server may listen at 0.0.0.0.
func (s Server) ask(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://127.0.0.1:%d%sapi", s.Port, s.Base), nil)
	if err != nil {
		return err
	}
	// A proxy of the environment is not for this machine itself.
	response, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answers %q", response.Status)
	}
	return nil
}
