package sbom

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// image writes what an image has, this test program being its only Go program.
func image(t *testing.T) Place {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	write("bin/script", "#!/bin/sh\n")
	write("site/Jupyter_Server.dist-info/METADATA", "Metadata-Version: 2.4\nName: Jupyter_Server\nVersion: 2.17.0\nLicense-Expression: BSD-3-Clause\n\nWords: no field\n")
	write("site/old.dist-info/METADATA", "Name: old\nVersion: 1.0\nLicense: UNKNOWN\nClassifier: License :: OSI Approved :: MIT License\nClassifier: Programming Language :: Python")
	write("site/text.dist-info/METADATA", "Name: text\nVersion: 2\nLicense: Apache 2.0\n\n")
	write("status", `Package: libc6
Status: install ok installed
Architecture: amd64
Version: 2.36-9+deb12u10
Description: GNU C Library
 with a second line.

Package: gone
Status: deinstall ok config-files
Version: 1

Package: tini
Status: install ok installed
Architecture: amd64
Version: 0.19.0-1
`)
	if err := os.Symlink(program, filepath.Join(dir, "bin/program")); err != nil {
		t.Fatal(err)
	}
	return Place{filepath.Join(dir, "bin/*"), filepath.Join(dir, "site/*.dist-info/METADATA"), filepath.Join(dir, "status")}
}

func TestBillHasAllThreeKinds(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, image(t)); err != nil {
		t.Fatal(err)
	}
	var bill cdx.BOM
	if err := cdx.NewBOMDecoder(&out, cdx.BOMFileFormatJSON).Decode(&bill); err != nil {
		t.Fatal(err)
	}
	found := map[string]cdx.Component{}
	for _, c := range *bill.Components {
		address, _, _ := strings.Cut(c.PackageURL, "@")
		if _, twice := found[address]; twice {
			t.Errorf("%s is there twice", address)
		}
		found[address] = c
	}
	for address, want := range map[string]string{
		"pkg:pypi/jupyter-server": "2.17.0", "pkg:pypi/old": "1.0", "pkg:pypi/text": "2",
		"pkg:deb/debian/libc6": "2.36-9+deb12u10", "pkg:deb/debian/tini": "0.19.0-1",
	} {
		if got := found[address].Version; got != want {
			t.Errorf("%s has version %q: want %q", address, got, want)
		}
	}
	if _, ok := found["pkg:golang/std"]; !ok { // a test program has no modules
		t.Error("the program's standard library is missing")
	}
	if _, ok := found["pkg:deb/debian/gone"]; ok {
		t.Error("a package that is not installed is there")
	}
	licence := func(address string) string {
		l := *found[address].Licenses
		if l[0].License != nil {
			return l[0].License.Name
		}
		return l[0].Expression
	}
	for address, want := range map[string]string{"pkg:pypi/jupyter-server": "BSD-3-Clause", "pkg:pypi/old": "OSI Approved :: MIT License", "pkg:pypi/text": "Apache 2.0"} {
		if got := licence(address); got != want {
			t.Errorf("%s has the licence %q: want %q", address, got, want)
		}
	}
}

func TestBillWithoutAKindIsRefused(t *testing.T) {
	for what, spoil := range map[string]func(*Place){
		"Go module":      func(p *Place) { p.Programs += "none" },
		"Python package": func(p *Place) { p.Packages += "none" },
		"Debian package": func(p *Place) { p.Debian = os.DevNull },
	} {
		p := image(t)
		spoil(&p)
		if err := Write(new(bytes.Buffer), p); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("without a %s: error %v", what, err)
		}
	}
}

func TestSameImageSameBill(t *testing.T) {
	p := image(t)
	var a, b bytes.Buffer
	if err := Write(&a, p); err != nil {
		t.Fatal(err)
	}
	if err := Write(&b, p); err != nil {
		t.Fatal(err)
	}
	if a.String() != b.String() {
		t.Error("two bills of the same image differ")
	}
}
