package setup

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"flowlab/labkit/internal/checkout"
)

//go:embed look.css
var lookCSS []byte

// dress gives JupyterLab the course's look: solved notebooks are told from the
// learner's own by their tabs, and the file list has room for long names. A
// custom.css of the learner's own, in the configuration folder, comes first.
func dress(repo checkout.Repo) error {
	static, err := filepath.Glob(repo.Venv("lib", "python3*", "site-packages", "jupyter_server", "static"))
	if err != nil || len(static) != 1 {
		return fmt.Errorf("%d folders of Jupyter's own pages in %s: want 1", len(static), repo.Venv("lib"))
	}
	files := map[string][]byte{filepath.Join(static[0], "custom", "custom.css"): lookCSS}
	for path, settings := range map[string]map[string]any{
		repo.Venv("etc", "jupyter", "jupyter_server_config.json"): {
			"LabApp": map[string]any{"custom_css": true},
		},
		repo.Venv("share", "jupyter", "lab", "settings", "overrides.json"): {
			"@jupyterlab/filebrowser-extension:browser": map[string]any{"showLastModifiedColumn": false},
		},
	} {
		if files[path], err = json.Marshal(settings); err != nil {
			return err
		}
	}
	for path, content := range files {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
