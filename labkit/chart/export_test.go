package chart

// SmallDPI is the resolution at which tests draw that look for faults and not
// at details: it takes a fifteenth of the time.
const SmallDPI = 48

// SmallPNG is [Figure.PNG] at SmallDPI.
func (f Figure) SmallPNG() ([]byte, error) { return f.png(SmallDPI) }
