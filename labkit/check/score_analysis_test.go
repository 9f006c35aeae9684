package check

var scoreAnalysisTests = []exerciseTest{}
