package setup

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"flowlab/labkit/internal/checkout"
)

// That the page looks so is seen by the browser test.
func TestDress(t *testing.T) {
	repo := checkout.Repo(t.TempDir())
	if err := dress(repo); err == nil {
		t.Error("without Jupyter there is nothing to dress: want an error")
	}
	static := repo.Venv("lib", "python3.11", "site-packages", "jupyter_server", "static")
	if err := os.MkdirAll(static, 0o755); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := dress(repo); err != nil {
			t.Fatal(err)
		}
	}
	if css, err := os.ReadFile(filepath.Join(static, "custom", "custom.css")); err != nil || string(css) != string(lookCSS) {
		t.Errorf("the style sheet is %q, error %v", css, err)
	}
	var config struct{ LabApp map[string]bool }
	data, err := os.ReadFile(repo.Venv("etc", "jupyter", "jupyter_server_config.json"))
	if err == nil {
		err = json.Unmarshal(data, &config)
	}
	if err != nil || !config.LabApp["custom_css"] {
		t.Errorf("the configuration is %s, error %v", data, err)
	}
}
