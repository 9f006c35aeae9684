package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
)

func newHealthy() *cobra.Command {
	return &cobra.Command{
		Use:    "healthy",
		Short:  "The image's health check: does its JupyterLab answer?",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(*cobra.Command, []string) error { return askServer(os.Getenv("JUPYTER_RUNTIME_DIR")) },
	}
}

// askServer asks the API of the server that noted its address in a folder. The
// address has the port and the prefix that the server was told.
func askServer(runtime string) error {
	notes, err := filepath.Glob(filepath.Join(runtime, "jpserver-*.json"))
	if err != nil {
		return err
	}
	if len(notes) == 0 {
		return fmt.Errorf("no server has noted its address in %s", runtime)
	}
	client := http.Client{Timeout: 4 * time.Second}
	for _, note := range notes {
		err = errors.Join(err, askNoted(client, note))
	}
	return err
}

func askNoted(client http.Client, note string) error {
	data, err := os.ReadFile(note)
	if err != nil {
		return err
	}
	var server struct {
		Port int
		Base string `json:"base_url"`
	}
	if err := json.Unmarshal(data, &server); err != nil {
		return fmt.Errorf("%s: %w", note, err)
	}
	answer, err := client.Get(fmt.Sprintf("http://127.0.0.1:%d%sapi", server.Port, server.Base))
	if err != nil {
		return err
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answers %s", answer.Status)
	}
	return nil
}
