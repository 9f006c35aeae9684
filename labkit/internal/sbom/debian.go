package sbom

import (
	"bufio"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// debianPackages returns the packages that are installed, as dpkg lists them: see
// its status file in dpkg-query(1). Their licences are in /usr/share/doc.
func debianPackages(file string) ([]cdx.Component, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	in := textproto.NewReader(bufio.NewReader(f))
	var all []cdx.Component
	for {
		fields, err := in.ReadMIMEHeader() // a stanza, up to an empty line
		if name := fields.Get("Package"); name != "" && strings.HasSuffix(fields.Get("Status"), " installed") {
			c := component("deb/debian", name, fields.Get("Version"))
			c.PackageURL += "?arch=" + fields.Get("Architecture")
			c.BOMRef = c.PackageURL
			all = append(all, c)
		}
		if err == io.EOF {
			return distinct(all), nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
}
