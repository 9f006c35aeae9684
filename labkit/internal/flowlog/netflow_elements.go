package flowlog

// Information elements that are read, by IANA's numbers.
const (
	octetDelta           = 1
	packetDelta          = 2
	protocolNumber       = 4
	sourcePort           = 7
	sourceIPv4           = 8
	destinationPort      = 11
	destinationIPv4      = 12
	endUptime            = 21
	startUptime          = 22
	postOctetDelta       = 23
	postPacketDelta      = 24
	sourceIPv6           = 27
	destinationIPv6      = 28
	icmpTypeCodeIPv4     = 32
	samplingInterval     = 34
	samplerInterval      = 50
	octetTotal           = 85
	packetTotal          = 86
	icmpTypeCodeIPv6     = 139
	startSeconds         = 150
	endSeconds           = 151
	startMilliseconds    = 152
	endMilliseconds      = 153
	startMicroseconds    = 154 // as NTP has them
	endMicroseconds      = 155
	startNanoseconds     = 156
	endNanoseconds       = 157
	startDelta           = 158 // microseconds before the export
	endDelta             = 159
	systemInit           = 160
	durationMilliseconds = 161
	durationMicroseconds = 162
	initiatorOctets      = 231 // payload
	responderOctets      = 232
	initiatorPackets     = 298
	responderPackets     = 299
	packetInterval       = 305
	eventMilliseconds    = 323 // when the record was made
	icmpTypeIPv4         = 176
	icmpCodeIPv4         = 177
	icmpTypeIPv6         = 178
	icmpCodeIPv6         = 179
)

// elementSize tells of an element that is read how many bytes it may have.
func elementSize(id uint16) (least, most int, ok bool) {
	switch id {
	case sourceIPv4, destinationIPv4:
		return 4, 4, true
	case sourceIPv6, destinationIPv6:
		return 16, 16, true
	case startMicroseconds, endMicroseconds, startNanoseconds, endNanoseconds:
		return 8, 8, true
	case octetDelta, packetDelta, protocolNumber, sourcePort, destinationPort,
		endUptime, startUptime, postOctetDelta, postPacketDelta,
		icmpTypeCodeIPv4, icmpTypeCodeIPv6, samplingInterval, samplerInterval, packetInterval,
		octetTotal, packetTotal, startSeconds, endSeconds, startMilliseconds, endMilliseconds,
		startDelta, endDelta, systemInit, durationMilliseconds, durationMicroseconds,
		initiatorOctets, responderOctets, initiatorPackets, responderPackets,
		eventMilliseconds, icmpTypeIPv4, icmpCodeIPv4, icmpTypeIPv6, icmpCodeIPv6:
		return 1, 8, true
	}
	return 0, 0, false
}

// reversible tells whether RFC 5103 has an element count the other direction.
func reversible(id uint16) bool {
	return id == octetDelta || id == packetDelta || id == octetTotal || id == packetTotal
}
