// Package sbom writes the bill of materials of the container image: which Go
// modules, Python packages and Debian packages it carries, in which versions and
// under which licences, in the format of CycloneDX
// (https://cyclonedx.org/docs/1.6/json/).
package sbom

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"slices"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// A Place says where what the image carries is found in it.
type Place struct {
	Programs string // a pattern of Go programs
	Packages string // a pattern of the metadata of Python packages
	Debian   string // the list of Debian packages
}

// InImage is where the image has them, from the course's folder.
func InImage(course string) Place {
	return Place{
		Programs: course + "/.venv/bin/*",
		Packages: course + "/.venv/lib/python3*/site-packages/*.dist-info/METADATA",
		Debian:   "/var/lib/dpkg/status",
	}
}

// Write writes the bill of what is there, sorted, without times: that of the same
// image is the same to the byte. It returns an error if one of the three kinds is
// missing altogether.
func Write(w io.Writer, p Place) error {
	modules, err := goModules(p.Programs)
	if err != nil {
		return err
	}
	packages, err := pythonPackages(p.Packages)
	if err != nil {
		return err
	}
	debian, err := debianPackages(p.Debian)
	if err != nil {
		return err
	}
	for _, kind := range []struct {
		name string
		of   []cdx.Component
	}{{"Go module", modules}, {"Python package", packages}, {"Debian package", debian}} {
		if len(kind.of) == 0 {
			return fmt.Errorf("no %s found: want at least one", kind.name)
		}
	}
	all := slices.Concat(modules, packages, debian)
	slices.SortFunc(all, func(a, b cdx.Component) int { return cmp.Compare(a.PackageURL, b.PackageURL) })
	bill := cdx.NewBOM()
	bill.Metadata = &cdx.Metadata{Component: &cdx.Component{Type: cdx.ComponentTypeContainer, Name: "flowlab", BOMRef: "flowlab"}}
	bill.Components = &all
	return cdx.NewBOMEncoder(w, cdx.BOMFileFormatJSON).SetPretty(true).Encode(bill)
}

// component returns a library with its package URL
// (https://github.com/package-url/purl-spec). name is as the URL has it.
func component(kind, name, version string) cdx.Component {
	address := "pkg:" + kind + "/" + name + "@" + url.PathEscape(version)
	return cdx.Component{Type: cdx.ComponentTypeLibrary, BOMRef: address, Name: name, Version: version, PackageURL: address}
}

// distinct leaves out what occurs again.
func distinct(all []cdx.Component) []cdx.Component {
	slices.SortFunc(all, func(a, b cdx.Component) int { return cmp.Compare(a.BOMRef, b.BOMRef) })
	return slices.CompactFunc(all, func(a, b cdx.Component) bool { return a.BOMRef == b.BOMRef })
}
