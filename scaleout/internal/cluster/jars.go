package cluster

import (
	"archive/zip"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

//go:embed pom.xml
var pom []byte

//go:embed requirements.txt
var requirements []byte

// Jars is a folder with what Kafka and Flink are made of:
//
//	maven/*.jar    Kafka with its dependencies, Flink's Kafka connector and SQL gateway
//	flink/lib, opt, bin    the distribution of Flink
type Jars struct{ dir string }

// ErrMissing says that a program is missing without which there is no cluster.
var ErrMissing = errors.New("missing")

// Get returns the jars. They are downloaded once, with Maven and pip, into the
// user's cache.
func Get() (Jars, error) {
	for _, name := range []string{"java", "mvn", python()} {
		if _, err := exec.LookPath(name); err != nil {
			return Jars{}, fmt.Errorf("%s: %w", name, ErrMissing)
		}
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return Jars{}, err
	}
	digest := sha256.Sum256(append(pom, requirements...))
	cache = filepath.Join(cache, "flowlab", "scaleout")
	dir := filepath.Join(cache, hex.EncodeToString(digest[:8]))
	if _, err := os.Stat(dir); err == nil {
		return Jars{dir}, nil
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return Jars{}, err
	}
	draft, err := os.MkdirTemp(cache, "draft")
	if err != nil {
		return Jars{}, err
	}
	defer os.RemoveAll(draft)
	if err := download(draft); err != nil {
		return Jars{}, err
	}
	if err := os.Rename(draft, dir); err != nil {
		if _, there := os.Stat(dir); there != nil { // another test was first
			return Jars{}, err
		}
	}
	return Jars{dir}, nil
}

// python returns the Python that has pip: $FLOWLAB_PYTHON, or that in the path.
func python() string { return cmp.Or(os.Getenv("FLOWLAB_PYTHON"), "python3") }

func download(dir string) error {
	for name, data := range map[string][]byte{"pom.xml": pom, "requirements.txt": requirements} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	for _, args := range [][]string{
		{"mvn", "-q", "-B", "org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies", "-DoutputDirectory=maven", "-DincludeScope=runtime"},
		{python(), "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "--require-hashes", "-r", "requirements.txt", "-d", "wheel"},
	} {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, out)
		}
	}
	wheels, err := filepath.Glob(filepath.Join(dir, "wheel", "*.whl"))
	if err != nil || len(wheels) != 1 {
		return fmt.Errorf("pip has downloaded %d wheels: want 1", len(wheels))
	}
	if err := unpack(wheels[0], filepath.Join(dir, "flink")); err != nil {
		return err
	}
	return os.RemoveAll(filepath.Join(dir, "wheel"))
}

// unpack takes Flink's jars out of the wheel.
func unpack(wheel, into string) error {
	archive, err := zip.OpenReader(wheel)
	if err != nil {
		return err
	}
	defer archive.Close()
	for _, folder := range []string{"lib", "opt", "bin"} {
		if err := os.MkdirAll(filepath.Join(into, folder), 0o755); err != nil {
			return err
		}
		for _, f := range archive.File {
			if ok, _ := path.Match("pyflink/"+folder+"/*.jar", f.Name); !ok {
				continue
			}
			if err := extract(f, filepath.Join(into, folder, filepath.Base(f.Name))); err != nil {
				return err
			}
		}
	}
	return nil
}

func extract(f *zip.File, to string) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// kafka returns the class path of the broker and its tools. What they log is
// written by the library that Flink has for it.
func (j Jars) kafka() string {
	loggers, _ := filepath.Glob(filepath.Join(j.dir, "flink", "lib", "log4j-*.jar"))
	return strings.Join(append(loggers, filepath.Join(j.dir, "maven", "*")), string(os.PathListSeparator))
}

// flink returns the class path of Flink's programs.
func (j Jars) flink() string {
	paths := []string{filepath.Join(j.dir, "flink", "lib", "*"), filepath.Join(j.dir, "flink", "opt", "*")}
	added, _ := filepath.Glob(filepath.Join(j.dir, "maven", "flink-sql-*.jar"))
	return strings.Join(append(paths, added...), string(os.PathListSeparator))
}
