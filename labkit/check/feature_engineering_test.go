package check

var featureEngineeringTests = []exerciseTest{
	{
		exercise: bytesRatio,
		check:    BytesRatio,
		byHand:   []example{{input{400.0, 1600.0}, 400.0 / 2001}, {input{0.0, 0.0}, 0.0}},
		right: []any{func(sent, received float64) float64 {
			total := sent + received
			return 1 / (total + 1) * sent
		}},
		wrong: []wrongAnswer{
			{func(sent, received float64) float64 { return received / (sent + received + 1) }, "sent and received were swapped"},
			{func(sent, received float64) float64 { return sent / (sent + received) }, "plus one is missing"},
			{func(sent, received float64) float64 { return float64(int(sent) / (int(sent+received) + 1)) }, "Dividing two ints"},
			{func(sent, received float64) float64 { return -sent / (sent + received + 1) }, "sign is wrong"},
			{func(sent, received float64) float64 { return sent / received }, "An infinity comes from"},
		},
	},
}
