package flowlog

import (
	"math"
	"strings"

	"flowlab/labkit/flow"
)

// unswNB15 is the data set UNSW-NB15, with the titles of its list of features
// (https://research.unsw.edu.au/projects/unsw-nb15-dataset): the four large files,
// which have no header, and the smaller ones for training and testing, which have
// neither addresses nor times. Argus counted the bytes, those of whole frames.
var unswNB15 = &csvDialect{
	format: "UNSW-NB15 CSV",
	marks:  [][]string{{"sbytes"}, {"dbytes"}, {"spkts"}, {"dpkts"}, {"dur"}, {"sload"}},
	columns: []alias{
		{titles: []string{"srcip"}, field: flow.SrcIP},
		{titles: []string{"sport"}, field: flow.SrcPort, set: setArgusPort(flow.SrcPort)},
		{titles: []string{"dstip"}, field: flow.DstIP},
		{titles: []string{"dsport"}, field: flow.DstPort, set: setArgusPort(flow.DstPort)},
		{titles: []string{"proto"}, field: flow.Protocol, set: setProtocol},
		{titles: []string{"stime"}, field: flow.TS, set: setNumber(flow.TS, parseEpoch)},
		{titles: []string{"dur"}, field: flow.Duration, needed: true},
		{titles: []string{"sbytes"}, field: flow.IPBytesSent, needed: true},
		{titles: []string{"dbytes"}, field: flow.IPBytesRecv, needed: true},
		{titles: []string{"spkts"}, field: flow.PacketsSent, needed: true},
		{titles: []string{"dpkts"}, field: flow.PacketsRecv, needed: true},
		{titles: []string{"service"}, field: flow.Service, set: setService},
		{titles: []string{"label"}, field: flow.Label, set: setLabel},
		{titles: []string{"attack_cat"}, field: flow.Label, set: setLabel, spare: true},
	},
	settle: func(l *ledger) { l.note("bytes with headers are those of whole frames") },
}

// unswTitles are the titles of the large files of UNSW-NB15.
var unswTitles = strings.Split("srcip,sport,dstip,dsport,proto,state,dur,sbytes,dbytes,sttl,dttl,sloss,dloss,service,Sload,Dload,Spkts,Dpkts,swin,dwin,stcpb,dtcpb,smeansz,dmeansz,trans_depth,res_bdy_len,Sjit,Djit,Stime,Ltime,Sintpkt,Dintpkt,tcprtt,synack,ackdat,is_sm_ips_ports,ct_state_ttl,ct_flw_http_mthd,is_ftp_login,ct_ftp_cmd,ct_srv_src,ct_srv_dst,ct_dst_ltm,ct_src_ltm,ct_src_dport_ltm,ct_dst_sport_ltm,ct_dst_src_ltm,attack_cat,Label", ",")

// tonIoT is the network part of the data set TON_IoT
// (https://research.unsw.edu.au/projects/toniot-datasets), whose columns are
// those of Zeek under other names.
var tonIoT = &csvDialect{
	format: "TON_IoT CSV",
	marks:  [][]string{{"src_bytes"}, {"dst_bytes"}, {"src_pkts"}, {"dst_pkts"}, {"conn_state"}},
	unset:  "-",
	columns: []alias{
		{titles: []string{"ts"}, field: flow.TS, set: setNumber(flow.TS, parseEpochOrTime)},
		{titles: []string{"src_ip"}, field: flow.SrcIP},
		{titles: []string{"src_port"}, field: flow.SrcPort},
		{titles: []string{"dst_ip"}, field: flow.DstIP},
		{titles: []string{"dst_port"}, field: flow.DstPort},
		{titles: []string{"proto"}, field: flow.Protocol, set: setProtocol},
		{titles: []string{"duration"}, field: flow.Duration, needed: true},
		{titles: []string{"src_bytes"}, field: flow.BytesSent, needed: true},
		{titles: []string{"dst_bytes"}, field: flow.BytesRecv, needed: true},
		{titles: []string{"conn_state"}, field: flow.State},
		{titles: []string{"src_pkts"}, field: flow.PacketsSent, needed: true},
		{titles: []string{"dst_pkts"}, field: flow.PacketsRecv, needed: true},
		{titles: []string{"src_ip_bytes"}, field: flow.IPBytesSent},
		{titles: []string{"dst_ip_bytes"}, field: flow.IPBytesRecv},
		{titles: []string{"service"}, field: flow.Service, set: setService},
		{titles: []string{"label"}, field: flow.Label, set: setLabel},
		{titles: []string{"type"}, field: flow.Label, set: setLabel, spare: true},
	},
}

// nProbeCSV has the columns of nProbe, as the data sets NF-UQ-NIDS
// (https://staff.itee.uq.edu.au/marius/NIDS_datasets/) in their versions.
var nProbeCSV = &csvDialect{
	format: "CSV of nProbe (NF-UQ-NIDS)",
	marks:  [][]string{{"in_bytes"}, {"in_pkts"}, {"l4_dst_port"}},
	columns: []alias{
		{titles: []string{"ipv4_src_addr"}, field: flow.SrcIP},
		{titles: []string{"l4_src_port"}, field: flow.SrcPort},
		{titles: []string{"ipv4_dst_addr"}, field: flow.DstIP},
		{titles: []string{"l4_dst_port"}, field: flow.DstPort},
		{titles: []string{"protocol"}, field: flow.Protocol, set: setProtocol},
		{titles: []string{"flow_start_milliseconds"}, field: flow.TS, set: setNumber(flow.TS, parseEpoch)},
		{titles: []string{"first_switched"}, field: flow.TS, set: setNumber(flow.TS, parseEpoch), spare: true},
		{titles: []string{"flow_duration_milliseconds"}, field: flow.Duration, set: setNumber(flow.Duration, scaled(flow.Duration, 1e-3))},
		{titles: []string{"in_bytes"}, field: flow.IPBytesSent},
		{titles: []string{"in_pkts"}, field: flow.PacketsSent},
		{titles: []string{"out_bytes"}, field: flow.IPBytesRecv},
		{titles: []string{"out_pkts"}, field: flow.PacketsRecv},
		{titles: []string{"label"}, field: flow.Label, set: setLabel},
		{titles: []string{"attack"}, field: flow.Label, set: setLabel, spare: true},
	},
	prepare: func(_ *rowSource, _ *header, l *layout) error {
		l.finish = func(p *rowParser) (string, int, error) {
			if d := p.row.number[flow.Duration]; d > 4290 && d < 1<<32/1e6 {
				p.remark("the duration is near 2^32 microseconds, as nProbe writes it where a clock ran over", "")
			}
			return "", 0, nil
		}
		return nil
	},
}

// nfstreamCSV is what NFStream's to_csv writes (https://www.nfstream.org). Its
// bytes are, unless it was told otherwise, those of whole frames.
var nfstreamCSV = &csvDialect{
	format: "nfstream CSV",
	marks:  [][]string{{"src2dst_bytes"}, {"dst2src_bytes"}},
	columns: []alias{
		{titles: []string{"bidirectional_first_seen_ms"}, field: flow.TS, set: setNumber(flow.TS, scaled(flow.TS, 1e-3))},
		{titles: []string{"src_ip"}, field: flow.SrcIP},
		{titles: []string{"src_port"}, field: flow.SrcPort},
		{titles: []string{"dst_ip"}, field: flow.DstIP},
		{titles: []string{"dst_port"}, field: flow.DstPort},
		{titles: []string{"protocol"}, field: flow.Protocol, set: setProtocol},
		{titles: []string{"bidirectional_duration_ms"}, field: flow.Duration, set: setNumber(flow.Duration, scaled(flow.Duration, 1e-3))},
		{titles: []string{"src2dst_packets"}, field: flow.PacketsSent, needed: true},
		{titles: []string{"dst2src_packets"}, field: flow.PacketsRecv, needed: true},
		{titles: []string{"src2dst_bytes"}, field: flow.IPBytesSent, needed: true},
		{titles: []string{"dst2src_bytes"}, field: flow.IPBytesRecv, needed: true},
		{titles: []string{"application_name"}, field: flow.Service, set: setService},
		{titles: []string{"label"}, field: flow.Label, set: setLabel},
	},
	settle: func(l *ledger) { l.note("bytes with headers are those of whole frames") },
}

// setService reads the name of an application; a dash is none.
func setService(b *builder, text string) error {
	if text == "-" {
		return nil
	}
	return schemaSetters[flow.Service](b, text)
}

// ugr16 is the data set UGR'16 (https://nesg.ugr.es/nesg-ugr16/): nfdump's
// columns without a header, and a label. Its time is that of a flow's end.
var ugr16 = &csvDialect{
	format: "UGR'16 CSV",
	columns: []alias{
		{titles: []string{"te"}, field: flow.TS, needed: true, set: setEnd},
		{titles: []string{"td"}, field: flow.Duration, needed: true},
		{titles: []string{"sa"}, field: flow.SrcIP},
		{titles: []string{"da"}, field: flow.DstIP},
		{titles: []string{"sp"}, field: flow.SrcPort},
		{titles: []string{"dp"}, field: flow.DstPort},
		{titles: []string{"pr"}, field: flow.Protocol, set: setProtocol},
		{titles: []string{"pkt"}, field: flow.PacketsSent, needed: true},
		{titles: []string{"byt"}, field: flow.IPBytesSent, needed: true},
		{titles: []string{"label"}, field: flow.Label, set: setLabel},
	},
	prepare: func(_ *rowSource, _ *header, l *layout) error {
		l.finish = func(p *rowParser) (string, int, error) {
			if d := p.row.number[flow.Duration]; !math.IsNaN(d) {
				p.row.number[flow.TS] = seconds(p.end - d)
			}
			p.icmpPorts()
			return "", 0, nil
		}
		return nil
	},
}

var ugrTitles = strings.Split("te,td,sa,da,sp,dp,pr,flg,fwd,stos,pkt,byt,label", ",")
