package sbom

import (
	"bufio"
	"fmt"
	"net/textproto"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// pythonPackages returns the packages whose metadata is there, see
// https://packaging.python.org/en/latest/specifications/core-metadata/.
func pythonPackages(pattern string) ([]cdx.Component, error) {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	var all []cdx.Component
	for _, file := range files {
		fields, err := header(file)
		if err != nil {
			return nil, err
		}
		name, version := fields.Get("Name"), fields.Get("Version")
		if name == "" || version == "" {
			return nil, fmt.Errorf("%s: no Name or no Version: want both", file)
		}
		c := component("pypi", normalized(name), version)
		c.Licenses = licences(fields)
		all = append(all, c)
	}
	return distinct(all), nil
}

// header reads the fields at the beginning of a file, up to the first empty line.
func header(file string) (textproto.MIMEHeader, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	fields, err := textproto.NewReader(bufio.NewReader(f)).ReadMIMEHeader()
	if len(fields) == 0 && err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return fields, nil // what follows is a description in words, or nothing
}

var separators = regexp.MustCompile(`[-_.]+`)

// normalized writes a name as the package index does.
func normalized(name string) string { return separators.ReplaceAllString(strings.ToLower(name), "-") }

// licences returns what a package says of its licence: an expression, else its
// classifiers, else a text, which some have whole; nil if it says nothing.
func licences(fields textproto.MIMEHeader) *cdx.Licenses {
	if expression := fields.Get("License-Expression"); expression != "" {
		return &cdx.Licenses{{Expression: expression}}
	}
	var all cdx.Licenses
	add := func(name string) { all = append(all, cdx.LicenseChoice{License: &cdx.License{Name: name}}) }
	for _, classifier := range fields["Classifier"] {
		if name, ok := strings.CutPrefix(classifier, "License :: "); ok {
			add(name)
		}
	}
	if text := fields.Get("License"); len(all) == 0 && text != "" && text != "UNKNOWN" {
		add(text)
	}
	if len(all) == 0 {
		return nil
	}
	return &all
}
