package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
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

// askServer asks the API of each server that noted its address in a folder. The
// note has the port and the prefix that the server was told.
func askServer(runtime string) error {
	notes, err := filepath.Glob(filepath.Join(runtime, "jpserver-*.json"))
	if err != nil {
		return err
	}
	if len(notes) == 0 {
		return fmt.Errorf("no server has noted its address in %s", runtime)
	}
	for _, note := range notes {
		err = errors.Join(err, askNoted(note))
	}
	return err
}

// askNoted speaks HTTP by hand: net/http would make lab, which the image holds
// compiled, twice as large.
func askNoted(note string) error {
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
	conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", server.Port))
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(4 * time.Second)); err != nil {
		return err
	}
	fmt.Fprintf(conn, "GET %sapi HTTP/1.0\r\n\r\n", server.Base)
	status, err := bufio.NewReader(conn).ReadString('\n')
	if err == nil && !strings.Contains(status, " 200 ") {
		err = fmt.Errorf("the server answers %q", strings.TrimSpace(status))
	}
	return err
}
