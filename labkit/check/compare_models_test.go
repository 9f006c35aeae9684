package check

var compareModelsTests = []exerciseTest{}
