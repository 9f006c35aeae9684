package flinksql

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// A Gateway is Flink's SQL gateway, known by the URL of its REST API.
type Gateway struct {
	URL string
}

// Submit runs statements in a session of their own, one after the other, and
// returns the number of the job that the last of them is.
func (g Gateway) Submit(ctx context.Context, statements []string) (job string, err error) {
	var session struct {
		Handle string `json:"sessionHandle"`
	}
	if err := g.ask(ctx, http.MethodPost, "/v1/sessions", map[string]any{}, &session); err != nil {
		return "", err
	}
	at := "/v1/sessions/" + session.Handle
	defer func() {
		err = errors.Join(err, g.ask(context.WithoutCancel(ctx), http.MethodDelete, at, nil, nil))
	}()
	for _, s := range statements {
		if job, err = g.run(ctx, at, s); err != nil {
			first, _, _ := strings.Cut(s, "\n")
			return "", fmt.Errorf("%s: %w", first, err)
		}
	}
	if job == "" {
		return "", errors.New("the SQL gateway does not say which job it is")
	}
	return job, nil
}

// Runs tells whether a job of a name is at work, or about to be, by the REST API of
// Flink's job manager.
func Runs(ctx context.Context, jobManager, name string) (bool, error) {
	var all struct {
		Jobs []struct{ Name, State string }
	}
	if err := askJSON(ctx, http.MethodGet, strings.TrimSuffix(jobManager, "/")+"/jobs/overview", nil, &all); err != nil {
		return false, err
	}
	ended := []string{"FINISHED", "CANCELED", "FAILED", "SUSPENDED"}
	return slices.ContainsFunc(all.Jobs, func(j struct{ Name, State string }) bool {
		return j.Name == name && !slices.Contains(ended, j.State)
	}), nil
}

// run runs a statement, and returns the number of its job if it is one.
func (g Gateway) run(ctx context.Context, session, statement string) (job string, err error) {
	var operation struct {
		Handle string `json:"operationHandle"`
	}
	if err := g.ask(ctx, http.MethodPost, session+"/statements", map[string]any{"statement": statement}, &operation); err != nil {
		return "", err
	}
	for {
		var result struct {
			Type  string `json:"resultType"`
			JobID string `json:"jobID"`
		}
		if err := g.ask(ctx, http.MethodGet, session+"/operations/"+operation.Handle+"/result/0", nil, &result); err != nil {
			return "", err
		}
		if result.Type != "NOT_READY" {
			return result.JobID, nil
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// ask sends a request to the gateway and reads the answer.
func (g Gateway) ask(ctx context.Context, method, path string, body, answer any) error {
	return askJSON(ctx, method, strings.TrimSuffix(g.URL, "/")+path, body, answer)
}

func askJSON(ctx context.Context, method, url string, body, answer any) error {
	var sent io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return err
		}
		sent = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, method, url, sent)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	const most = 16 << 20
	data, err := io.ReadAll(io.LimitReader(resp.Body, most))
	if err != nil {
		return err
	}
	if resp.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s: %s", method, url, resp.Status, reason(data))
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(data, answer)
}

// reason returns what an answer with errors says: of a chain of Java's exceptions
// the last cause.
func reason(data []byte) string {
	var failed struct{ Errors []string }
	if json.Unmarshal(data, &failed) != nil || len(failed.Errors) == 0 {
		return string(data[:min(len(data), 1000)])
	}
	all := strings.Join(failed.Errors, "\n")
	cause := all[strings.LastIndex(all, "Caused by: ")+1:]
	cause, _, _ = strings.Cut(strings.TrimPrefix(cause, "aused by: "), "\n")
	return cause
}
