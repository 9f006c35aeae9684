package cluster

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A Kafka is one broker that is its own controller. At one address it takes
// everybody for its administrator; at the other it wants TLS, a name with a
// password, and rights.
type Kafka struct {
	Address string
	Secure  string
	CA      string // file with the certificate of the secure address

	jars    Jars
	dir     string
	process *Process
}

// Password is that of every user.
const Password = "correct-horse"

// StartKafka starts a broker that keeps its data in a folder, and knows users.
func StartKafka(j Jars, dir string, users ...string) (*Kafka, error) {
	ports, err := FreePorts(3)
	if err != nil {
		return nil, err
	}
	k := &Kafka{
		Address: fmt.Sprintf("127.0.0.1:%d", ports[0]), Secure: fmt.Sprintf("127.0.0.1:%d", ports[2]),
		CA: filepath.Join(dir, "ca.pem"), jars: j, dir: dir,
	}
	keys := filepath.Join(dir, "broker.pem")
	if err := selfSigned(k.CA, keys); err != nil {
		return nil, err
	}
	settings := fmt.Sprintf(`process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:%[2]d
listeners=CLIENTS://127.0.0.1:%[1]d,CONTROLLER://127.0.0.1:%[2]d,SECURE://127.0.0.1:%[4]d
advertised.listeners=CLIENTS://127.0.0.1:%[1]d,SECURE://127.0.0.1:%[4]d
listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL
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
sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.secure.ssl.keystore.type=PEM
listener.name.secure.ssl.keystore.location=%[5]s
listener.name.secure.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS
`, ports[0], ports[1], filepath.Join(dir, "data"), ports[2], keys)
	if err := os.WriteFile(k.file(), []byte(settings), 0o600); err != nil {
		return nil, err
	}
	id, err := run(dir, "java", "-cp", j.kafka(), "kafka.tools.StorageTool", "random-uuid")
	if err != nil {
		return nil, err
	}
	format := []string{"java", "-cp", j.kafka(), "kafka.tools.StorageTool", "format", "-t", strings.TrimSpace(id), "-c", k.file()}
	for _, u := range users {
		format = append(format, "--add-scram", fmt.Sprintf("SCRAM-SHA-512=[name=%s,password=%s]", u, Password))
	}
	if _, err := run(dir, format...); err != nil {
		return nil, err
	}
	return k, k.Start()
}

// Tool runs a tool of Kafka, known by its class.
func (k *Kafka) Tool(class string, args ...string) (string, error) {
	return run(k.dir, append([]string{"java", "-cp", k.jars.kafka(), class}, args...)...)
}

func (k *Kafka) file() string { return filepath.Join(k.dir, "server.properties") }

// Start starts a broker that was killed.
func (k *Kafka) Start() (err error) {
	option, err := logging(k.dir)
	if err != nil {
		return err
	}
	k.process, err = Start(k.dir, "kafka", nil, "java", option, "-Xmx512m", "-XX:+UseG1GC", "-cp", k.jars.kafka(), "kafka.Kafka", k.file())
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
