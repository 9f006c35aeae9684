// Package sample holds real network traffic for the notebooks, so that they
// find it wherever they are opened. NOTICE, in the root of the repository,
// says where each file is from and under which licence.
//
//   - conn.log: 360 connections seen by the network monitor Zeek in 2013, its
//     tab-separated connection log (SuperCowPowers/zat, data/conn.log, MIT).
//   - nmap-vsn.pcap, dhcp-flood.pcap, smtp.pcap, vnc.pcap, tls.pcap, sip.pcap,
//     irc.pcap: captures with which Zeek is tested (zeek/zeek, BSD). What people
//     had written in smtp, sip and irc was replaced by words of the same length.
package sample

import (
	"embed"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"syscall"
)

//go:embed conn.log *.pcap
var files embed.FS

// Path returns the path of a sample file, which it puts into the folder for
// temporary files. It panics if there is no sample of that name, or that folder
// cannot be written to.
func Path(name string) string {
	data, err := files.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("sample: no sample %q", name))
	}
	path, err := extract(name, data)
	if err != nil {
		panic(fmt.Sprintf("sample: %v", err))
	}
	return path
}

// extract writes data to a folder named after its content, so that two
// versions of the course never read each other's file. It writes beside and
// renames: a cell that reads at the same time sees all of it or none.
func extract(name string, data []byte) (string, error) {
	dir, err := folder(data)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, name)
	if there, err := os.ReadFile(path); err == nil && string(there) == string(data) {
		return path, nil
	}
	draft, err := os.CreateTemp(dir, name+".*")
	if err != nil {
		return "", err
	}
	defer os.Remove(draft.Name())
	if _, err := draft.Write(data); err != nil {
		draft.Close()
		return "", err
	}
	if err := draft.Close(); err != nil {
		return "", err
	}
	return path, os.Rename(draft.Name(), path)
}

// folder returns a folder for data that is ours alone. All users of a machine
// know its name beforehand: if another has made it first, it is not used but one
// of a name that nobody can know.
func folder(data []byte) (string, error) {
	sum := fnv.New64a()
	sum.Write(data)
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("flowlab-%d-%x", os.Getuid(), sum.Sum64()))
	err := os.Mkdir(dir, 0o700)
	if err == nil || os.IsExist(err) && ours(dir) {
		return dir, nil
	}
	if os.IsExist(err) {
		return os.MkdirTemp("", "flowlab-")
	}
	return "", err
}

// ours tells whether a path is a folder, not a link to one, that belongs to this
// user and that nobody else may write to.
func ours(path string) bool {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() || info.Mode().Perm()&0o022 != 0 {
		return false
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(owner.Uid) == os.Getuid()
}
