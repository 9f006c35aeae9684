package cluster

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A Kafka is one broker that is its own controller.
type Kafka struct {
	Address string

	jars    Jars
	dir     string
	process *Process
}

// StartKafka starts a broker that keeps its data in a folder. More are lines of
// its settings; of a setting that is there twice the later counts.
func StartKafka(j Jars, dir string, more ...string) (*Kafka, error) {
	ports, err := FreePorts(2)
	if err != nil {
		return nil, err
	}
	k := &Kafka{Address: fmt.Sprintf("127.0.0.1:%d", ports[0]), jars: j, dir: dir}
	settings := fmt.Sprintf(`process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:%[2]d
listeners=CLIENTS://127.0.0.1:%[1]d,CONTROLLER://127.0.0.1:%[2]d
advertised.listeners=CLIENTS://127.0.0.1:%[1]d
listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT
inter.broker.listener.name=CLIENTS
controller.listener.names=CONTROLLER
log.dirs=%[3]s
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
`, ports[0], ports[1], filepath.Join(dir, "data"))
	if err := os.WriteFile(k.file(), []byte(settings+strings.Join(more, "\n")+"\n"), 0o600); err != nil {
		return nil, err
	}
	id, err := run(dir, "java", "-cp", j.kafka(), "kafka.tools.StorageTool", "random-uuid")
	if err != nil {
		return nil, err
	}
	if _, err := run(dir, "java", "-cp", j.kafka(), "kafka.tools.StorageTool", "format", "-t", strings.TrimSpace(id), "-c", k.file()); err != nil {
		return nil, err
	}
	return k, k.Start()
}

func (k *Kafka) file() string { return filepath.Join(k.dir, "server.properties") }

// Start starts a broker that was killed.
func (k *Kafka) Start() (err error) {
	k.process, err = Start(k.dir, "kafka", nil, "java", "-Xmx512m", "-Xms256m", "-XX:+UseG1GC", "-cp", k.jars.kafka(), "kafka.Kafka", k.file())
	if err != nil {
		return err
	}
	return await(k.process, "Kafka", func() error {
		c, err := net.DialTimeout("tcp", k.Address, time.Second)
		if err == nil {
			c.Close()
		}
		return err
	})
}

// Process returns the broker's.
func (k *Kafka) Process() *Process { return k.process }
