package sbom

import (
	"debug/buildinfo"
	"path/filepath"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// goModules returns the modules that Go programs were built from, and Go itself.
// Files that are no Go programs are passed over.
func goModules(pattern string) ([]cdx.Component, error) {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	var all []cdx.Component
	for _, file := range files {
		info, err := buildinfo.ReadFile(file)
		if err != nil {
			continue
		}
		all = append(all, component("golang", "std", strings.TrimPrefix(info.GoVersion, "go")))
		for _, module := range info.Deps {
			if module.Replace != nil {
				module = module.Replace
			}
			all = append(all, component("golang", module.Path, module.Version))
		}
	}
	return distinct(all), nil
}
