package check

import (
	"math"

	"flowlab/labkit/internal/exam"
)

var hourCircle = &exam.Exercise{
	ID:       "hour-circle",
	Notebook: "09_time_features",
	Section:  "Midnight is no cliff",
	Title:    "Time of day on a circle",
	Hints: []string{
		"A day has 86,400 seconds. Which share of the day is over at a given time, and which share of a full turn is that?",
		"A full turn is 2π. The angle is 2 * math.Pi * seconds / 86400; a sine does not mind whole turns, so seconds since 1970 will do as they are.",
		"angle := 2 * math.Pi * seconds / 86400, and then return math.Sin(angle), math.Cos(angle)",
	},
	Answer: func(seconds float64) (sin, cos float64) { return onCircle(ofDay(seconds)) },
	Params: []string{"seconds"},
	Cases: func() []exam.Input {
		return []exam.Input{{0.0}, {21600.0}, {43200.0}, {10800.0}, {86399.0}, {1772409600.0 + 64800}, {1772409600.0 + 1234.5}, {36000.0}}
	},
	Mistakes: []exam.Mistake{
		{Answer: func(s float64) (float64, float64) { sin, cos := onCircle(s / 86400); return cos, sin },
			Says: "Sine and cosine are swapped. The sine comes first: 0 at midnight, 1 at six o'clock."},
		{Answer: func(s float64) (float64, float64) { return math.Sin(s / 86400), math.Cos(s / 86400) },
			Says: shareAsAngle},
		{Answer: func(s float64) (float64, float64) { return math.Sincos(ofDay(s)) },
			Says: shareAsAngle},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 86400 / 2) },
			Says: halfATurn},
		{Answer: func(s float64) (float64, float64) { return onCircle(ofDay(s) / 2) },
			Says: halfATurn},
		{Answer: func(s float64) (float64, float64) {
			return math.Sin(360 * s / 86400), math.Cos(360 * s / 86400)
		},
			Says: inDegrees},
		{Answer: func(s float64) (float64, float64) { return math.Sincos(360 * ofDay(s)) },
			Says: inDegrees},
		{Answer: func(s float64) (float64, float64) { return onCircle(math.Floor(24*ofDay(s)) / 24) },
			Says: "The hour is cut to a whole number, so that 10:01 and 10:59 are the same. Divide seconds by 86400 without cutting."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 24) },
			Says: "This divides by 24, as if the time were in hours. It is in seconds, of which a day has 86,400."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 3600) },
			Says: "This goes round once an hour. A day has 86,400 seconds."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 86400 / 7) },
			Says: "This is a turn of a week. Here a turn is a day."},
		{Answer: func(s float64) (float64, float64) { return math.Sincos(s) },
			Says: "The seconds are taken for the angle. A day of 86,400 of them is a turn, and that is 2π."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s) },
			Says: turnASecond},
		{Answer: func(s float64) (float64, float64) { return onCircle(math.Mod(s, 86400)) },
			Says: turnASecond},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 1440) },
			Says: "This divides by 1440, as if the time were in minutes. It is in seconds, of which a day has 86,400."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 60) },
			Says: "This goes round once a minute. A day has 86,400 seconds."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 43200) },
			Says: "This goes round twice a day, as the hands of a clock do, so that noon is where midnight is. A turn is 86,400 seconds."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 864000) },
			Says: "A turn has ten days here: there is a zero too many. A day has 86,400 seconds."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 8640) },
			Says: "This goes round ten times a day: a zero is missing. A day has 86,400 seconds."},
		{Answer: func(s float64) (float64, float64) {
			sin, cos := onCircle(s / 86400)
			return math.Abs(sin), math.Abs(cos)
		}, Says: "The signs are lost, so that a quarter of the circle stands for all four. Return sine and cosine as they are."},
		{Answer: func(s float64) (float64, float64) {
			share := ofDay(s)
			return share, 1 - share
		}, Says: "This is the share of the day that is over, and the rest. Make an angle of the share, and take its sine and cosine."},
		{Answer: func(s float64) (float64, float64) { return math.Sincos(2 * 3.14 * ofDay(s)) },
			Says: "3.14 is too coarse for π: take math.Pi."},
		{Answer: func(s float64) (float64, float64) { return math.Sincos(24 * ofDay(s)) },
			Says: "The hour is taken for the angle. A day of 24 hours is a turn, and that is 2π."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 86400 / 365) },
			Says: "This is a turn of a year. Here a turn is a day."},
		{Answer: func(s float64) (float64, float64) { return onCircle((s + 3600) / 86400) },
			Says: hourAhead},
		{Answer: func(s float64) (float64, float64) { return onCircle((math.Floor(s) + 3600) / 86400) },
			Says: hourAhead},
		{Answer: func(s float64) (float64, float64) { return onCircle((s - 3600) / 86400) },
			Says: "This is an hour behind. The time is in UTC already: subtract nothing for a zone."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s / 86400 / 1000) },
			Says: milliseconds},
		{Answer: func(s float64) (float64, float64) { return onCircle(math.Floor(s/1000) / 86400) },
			Says: milliseconds},
		{Answer: func(s float64) (float64, float64) {
			sin, cos := onCircle(s / 86400)
			return (sin + 1) / 2, (cos + 1) / 2
		},
			Says: "Sine and cosine are moved to lie between 0 and 1. Return them as they are, from -1 to 1."},
		{Answer: func(s float64) (float64, float64) { return math.Sincos(2 * 3 * ofDay(s)) },
			Says: "3 is too coarse for π: take math.Pi."},
		{Answer: func(s float64) (float64, float64) { return onCircle(24 * ofDay(s) / 23) },
			Says: "The hours are divided by 23. The last hour is the 23rd, and a day has 24 of them."},
		{Answer: func(s float64) (float64, float64) { return onCircle(math.Round(24*ofDay(s)) / 24) },
			Says: "The time is rounded to the hour. Divide seconds by 86400, and leave the quotient as it is."},
		{Answer: func(s float64) (float64, float64) { return onCircle(math.Floor(s/60) * 60 / 86400) },
			Says: "The seconds within the minute are left out. Divide seconds by 86400, and leave the quotient as it is."},
		{Answer: func(s float64) (float64, float64) { return onCircle(math.Floor(s) / 86400) },
			Says: "The seconds are cut to whole ones, as by a conversion to an int. They are a float64, and have digits after the point."},
		{Answer: func(s float64) (float64, float64) {
			minutes := math.Floor(1440 * ofDay(s))
			return onCircle((math.Floor(minutes/60) + math.Mod(minutes, 60)/100) / 24)
		}, Says: "The minutes are divided by 100. An hour has 60 of them; or divide seconds by 86400."},
		{Answer: func(s float64) (float64, float64) { sin, _ := onCircle(s / 86400); return sin, sin },
			Says: "Both results are the sine. The second is the cosine: math.Cos."},
		{Answer: func(s float64) (float64, float64) { sin, cos := onCircle(s / 86400); return sin, math.Abs(cos) },
			Says: "The sign of the cosine is lost, as by a root, so that noon is where midnight is. Take math.Cos of the angle."},
		{Answer: func(s float64) (float64, float64) { sin, cos := onCircle(s / 86400); return sin, math.Acos(cos) },
			Says: "The second result is an angle: math.Acos leads back from the cosine. Return math.Cos of the angle."},
		{Answer: func(s float64) (float64, float64) { return onCircle(s/86400 - 0.5) },
			Says: "The angle is off by half a turn, so that midnight is where noon belongs. At midnight it is 0."},
		{Answer: func(s float64) (float64, float64) { return onCircle(-s / 86400) },
			Says: "The clock runs backwards: the angle has the wrong sign. It grows with the time."},
	},
}

const (
	shareAsAngle = "The share of the day is taken for the angle. A whole day is a whole turn, and that is 2π."
	halfATurn    = "A day is half a turn here: 2π is a whole one. So midnight and noon lie on top of the next day's."
	turnASecond  = "This is a turn for each second. A turn is a day: divide by 86400."
	inDegrees    = "The angle is in degrees. Go's sine takes it in radians, of which a turn has 2π."
	hourAhead    = "This is an hour ahead. The time is in UTC already: add nothing for a zone."
	milliseconds = "This divides by 1000, as if the time were in milliseconds. It is in seconds."
)

// ofDay returns which share of its day is over at a time.
func ofDay(seconds float64) float64 { return math.Mod(seconds, 86400) / 86400 }

// onCircle returns the point at a share of a turn.
func onCircle(turn float64) (sin, cos float64) { return math.Sincos(2 * math.Pi * turn) }

// HourCircle checks a function that returns the time of day in UTC as a point on
// a circle, from seconds since 1970: midnight is (0, 1), six o'clock (1, 0):
//
//	func(seconds float64) (sin, cos float64)
func HourCircle(function any) { exam.Mark(hourCircle, function) }
