// Package cluster starts real Kafka and Flink on this machine, from the packages
// in which they are published, for tests: no container tool is needed. Servers
// listen on 127.0.0.1, on ports that were free, and keep what they write in a
// folder of the test's. They end with the test, and with its process.
package cluster
