package wire

import (
	"encoding/json"
	"fmt"

	"flowlab/labkit/window"
)

// WindowStart is where a window starts, in seconds since 1970.
const WindowStart = "window_start"

// A row is a row of a window as SQL writes it, under the names of
// [window.Columns].
type row struct {
	Start           *int64  `json:"window_start"`
	Key             string  `json:"src_ip"`
	Flows           int     `json:"flows"`
	BytesSent       float64 `json:"bytes_sent"`
	BytesRecv       float64 `json:"bytes_recv"`
	PacketsSent     float64 `json:"packets_sent"`
	PacketsRecv     float64 `json:"packets_recv"`
	Ports           int     `json:"distinct_dst_ports"`
	Peers           int     `json:"distinct_dst_ips"`
	Failed          int     `json:"failed"`
	Broken          int     `json:"broken"`
	FailedPorts     int     `json:"failed_dst_ports"`
	FailedPeers     int     `json:"failed_dst_ips"`
	MostTries       int     `json:"most_tries"`
	MostFailedTries int     `json:"most_failed_tries"`
}

// ParseRow returns a row of a window, but for what SQL does not count: see
// flinksql.InGo.
func ParseRow(data []byte) (window.Row, error) {
	var r row
	if err := json.Unmarshal(data, &r); err != nil {
		return window.Row{}, fmt.Errorf("a row of a window: %w", err)
	}
	if r.Start == nil || r.Key == "" {
		return window.Row{}, fmt.Errorf("a row of a window has no %s or no %s", WindowStart, window.SrcIP)
	}
	return window.Row{
		Start: float64(*r.Start), Key: r.Key, Flows: r.Flows, Failed: r.Failed, Broken: r.Broken,
		BytesSent: r.BytesSent, BytesRecv: r.BytesRecv, PacketsSent: r.PacketsSent, PacketsRecv: r.PacketsRecv,
		Ports: r.Ports, Peers: r.Peers, FailedPorts: r.FailedPorts, FailedPeers: r.FailedPeers,
		MostTries: r.MostTries, MostFailedTries: r.MostFailedTries,
	}, nil
}
