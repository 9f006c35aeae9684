package check

import "flowlab/labkit/internal/exam"

// catalogue holds all exercises in the order of the course. Each stands in the
// file of its id.
var catalogue = []*exam.Exercise{
	// 00 quickstart
	alertCount,
	// 01 generate flows
	thirdRun, anomalyShare, countFlows,
	// 02 feature engineering
	bytesPerSecond, bytesRatio, wellKnownPort, typicalFlow,
	// 03 prepare features
	robustScale, logColumns, scalerRows,
	// 04 isolation forest
	isolationSplit, averagePath, precisionRecall, scoreDirection,
	// 05 one-class SVM
	rbfKernel, worseThanCoin, svmNormal, svmLogs,
	// 06 local outlier factor
	reachDistance, lofNeighbors, lofLogs, lofNovelty,
	// 07 compare models
	fOne, accuracyTrap, majorityVote,
	// 08 score analysis
	quantileThreshold, precisionAtK, alertBudget, contaminationOrThreshold, falseDiscoveries,
	// 09 time features
	hourCircle, gapRegularity, theTrojan,
	// 10 sliding windows
	windowStarts, lateFlows, countIncidents, splitByTime,
	// 11 realtime detection
	unwritten, learnedTotal, firstChange,
	// 12 real traffic
	failedShare, distinctPeers, floodTechnique, highestShare,
	// 13 operations
	pValue, stabilityIndex, thursday,
	// 14 capstone
	defaultCapstone,
}
