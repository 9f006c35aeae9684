package cluster

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A Flink is a job manager, one task manager and an SQL gateway.
type Flink struct {
	URL     string // of the job manager's REST API
	Gateway string // URL of the gateway's

	jars                         Jars
	dir, logging                 string
	jobManager, gateway, workers *Process
}

// opened are the packages of Java that Flink reflects upon.
var opened = []string{
	"java.lang", "java.util", "java.net", "java.io", "java.nio", "java.time", "java.lang.reflect", "java.text",
	"java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks", "sun.nio.ch",
}

// StartFlink starts Flink with its checkpoints in a folder.
func StartFlink(j Jars, dir string, slots int) (*Flink, error) {
	ports, err := FreePorts(4)
	if err != nil {
		return nil, err
	}
	f := &Flink{
		URL: fmt.Sprintf("http://127.0.0.1:%d", ports[0]), Gateway: fmt.Sprintf("http://127.0.0.1:%d", ports[1]),
		jars: j, dir: dir,
	}
	config := fmt.Sprintf(`jobmanager:
  rpc: {address: 127.0.0.1, port: %d}
  bind-host: 127.0.0.1
  memory: {process: {size: 800m}}
  execution: {failover-strategy: region}
taskmanager:
  host: 127.0.0.1
  bind-host: 127.0.0.1
  numberOfTaskSlots: %d
  memory: {process: {size: 1200m}}
rest: {address: 127.0.0.1, bind-address: 127.0.0.1, port: %d}
sql-gateway: {endpoint: {rest: {address: 127.0.0.1, bind-address: 127.0.0.1, port: %d}}}
execution: {checkpointing: {interval: 2s, dir: "file://%s"}}
restart-strategy: {type: fixed-delay, fixed-delay: {attempts: 100, delay: 1s}}
heartbeat: {timeout: 8000, interval: 2000}
io: {tmp: {dirs: %q}}
`, ports[2], slots, ports[0], ports[1], filepath.Join(dir, "checkpoints"), dir)
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(config), 0o600); err != nil {
		return nil, err
	}
	if f.logging, err = logging(dir); err != nil {
		return nil, err
	}
	if f.jobManager, err = f.java("jobmanager", []string{"-Xmx400m"}, "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint", "--configDir", dir); err != nil {
		return nil, err
	}
	if err := f.StartTaskManager(); err != nil {
		return f, err
	}
	if f.gateway, err = f.java("gateway", []string{"-Xmx300m"}, "org.apache.flink.table.gateway.SqlGateway"); err != nil {
		return f, err
	}
	if err := await(f.jobManager, "Flink's job manager", answers(f.URL+"/overview")); err != nil {
		return f, err
	}
	return f, await(f.gateway, "Flink's SQL gateway", answers(f.Gateway+"/info"))
}

// StartTaskManager starts a task manager: the first, or one in the place of one
// that was killed.
func (f *Flink) StartTaskManager() error {
	out, err := run(f.dir, "java", "-cp", filepath.Join(f.jars.dir, "flink", "bin", "bash-java-utils.jar")+string(os.PathListSeparator)+f.jars.flink(),
		"org.apache.flink.runtime.util.bash.BashJavaUtils", "GET_TM_RESOURCE_PARAMS", "--configDir", f.dir)
	if err != nil {
		return err
	}
	// Two lines: options of Java, and settings of the task manager.
	var results []string
	for lines := bufio.NewScanner(strings.NewReader(out)); lines.Scan(); {
		if _, result, ok := strings.Cut(lines.Text(), "BASH_JAVA_UTILS_EXEC_RESULT:"); ok {
			results = append(results, result)
		}
	}
	if len(results) != 2 {
		return fmt.Errorf("Flink does not say how much memory its task manager is to have:\n%s", out)
	}
	args := append([]string{"org.apache.flink.runtime.taskexecutor.TaskManagerRunner", "--configDir", f.dir}, strings.Fields(results[1])...)
	f.workers, err = f.java("taskmanager", strings.Fields(results[0]), args...)
	return err
}

// TaskManager returns its process.
func (f *Flink) TaskManager() *Process { return f.workers }

// Processes returns all, by name.
func (f *Flink) Processes() map[string]*Process {
	return map[string]*Process{"job manager": f.jobManager, "task manager": f.workers, "SQL gateway": f.gateway}
}

func (f *Flink) java(name string, options []string, args ...string) (*Process, error) {
	all := append([]string{"java"}, options...)
	for _, p := range opened {
		all = append(all, "--add-opens=java.base/"+p+"=ALL-UNNAMED")
	}
	all = append(all, f.logging, "-cp", f.jars.flink())
	return Start(f.dir, name, []string{"FLINK_CONF_DIR=" + f.dir}, append(all, args...)...)
}

func answers(url string) func() error {
	return func() error {
		resp, err := http.Get(url)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			return fmt.Errorf("%s: %s", url, resp.Status)
		}
		return nil
	}
}

// Cancel ends a job.
func (f *Flink) Cancel(job string) error {
	req, err := http.NewRequest(http.MethodPatch, f.URL+"/jobs/"+job+"?mode=cancel", nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err == nil {
		resp.Body.Close()
	}
	return err
}

// Dropped returns how many late records the operators of a job have dropped, by
// its metrics.
func (f *Flink) Dropped(job string) (int, error) {
	var about struct{ Vertices []struct{ ID string } }
	if err := getJSON(f.URL+"/jobs/"+job, &about); err != nil {
		return 0, err
	}
	total := 0
	for _, v := range about.Vertices {
		at := f.URL + "/jobs/" + job + "/vertices/" + v.ID + "/subtasks/metrics"
		var all []struct{ ID string }
		if err := getJSON(at, &all); err != nil {
			return 0, err
		}
		for _, m := range all {
			if !strings.HasSuffix(m.ID, "numLateRecordsDropped") {
				continue
			}
			var one []struct{ Sum float64 }
			if err := getJSON(at+"?get="+url.QueryEscape(m.ID), &one); err != nil {
				return 0, err
			}
			for _, v := range one {
				total += int(v.Sum)
			}
		}
	}
	return total, nil
}

func getJSON(from string, answer any) error {
	resp, err := http.Get(from)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(answer)
}

// Stop stops a job, and returns where its state is.
func (f *Flink) Stop(job, dir string) (savepoint string, err error) {
	body, err := json.Marshal(map[string]any{"targetDirectory": "file://" + dir, "drain": false})
	if err != nil {
		return "", err
	}
	resp, err := http.Post(f.URL+"/jobs/"+job+"/stop", "application/json", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var request struct {
		ID string `json:"request-id"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&request); err != nil {
		return "", err
	}
	for range 600 {
		var status struct {
			Status    struct{ ID string }
			Operation struct {
				Location string
				Failure  any `json:"failure-cause"`
			}
		}
		if err := getJSON(f.URL+"/jobs/"+job+"/savepoints/"+request.ID, &status); err != nil {
			return "", err
		}
		if status.Status.ID == "COMPLETED" {
			if status.Operation.Location == "" {
				return "", fmt.Errorf("no savepoint: %v", status.Operation.Failure)
			}
			return status.Operation.Location, nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return "", errors.New("no savepoint within a minute")
}
