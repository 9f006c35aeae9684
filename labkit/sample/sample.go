// Package sample holds real network traffic for the notebooks, so that they
// find it wherever they are opened. NOTICE, in the root of the repository,
// says where each file is from and under which licence.
//
//   - conn.log: 360 connections seen by the network monitor Zeek in 2013, its
//     tab-separated connection log (SuperCowPowers/zat, data/conn.log, MIT).
//   - nmap-vsn.pcap, dhcp-flood.pcap, smtp.pcap, vnc.pcap, tls.pcap, sip.pcap,
//     irc.pcap: captures with which Zeek is tested (zeek/zeek, BSD).
package sample

import (
	"embed"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
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
	sum := fnv.New64a()
	sum.Write(data)
	path := filepath.Join(os.TempDir(), fmt.Sprintf("flowlab-%d-%x", os.Getuid(), sum.Sum64()), name)
	if there, err := os.ReadFile(path); err == nil && string(there) == string(data) {
		return path, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	draft, err := os.CreateTemp(filepath.Dir(path), name+".*")
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
