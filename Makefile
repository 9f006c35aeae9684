# make lab    sets up what is missing and opens JupyterLab (options for it: ARGS="--no-browser")
# make test   sets up what is missing and runs every check
# make bench  measures labkit beside its Python peers (ARGS="--max-rows=10000" is quick)
#
# make image         builds the container image with Docker, Podman or Buildah
# make image-test    builds it and tests it as it is used
# make browser-test  works through the notebooks in a browser (those in the image: ARGS=--image)
#
# make scaleout-test  checks scaleout/, with real Kafka and Flink
#
# The work is done by the Go command in labkit/cmd/lab. Here it is only checked
# that Go is there to build it.

VENV := $(CURDIR)/.venv
LAB  := "$(VENV)/var/lab"

# Go counts its uses in a folder beside its settings: move the one into .venv
# and leave the other where it is. (On a Mac no variable moves it.)
ifneq ($(shell uname),Darwin)
GO_ENV := GOENV="$${GOENV:-$${XDG_CONFIG_HOME:-$$HOME/.config}/go/env}" XDG_CONFIG_HOME="$(VENV)/var/config"
endif

INSTALL_GO := install Go 1.26 or newer from https://go.dev/dl/

.PHONY: lab test bench image image-test browser-test scaleout-test command

lab: command
	@$(LAB) jupyter -- $(ARGS)

test: command
	@$(LAB) test

bench: command
	@$(LAB) bench $(ARGS)

image: command
	@$(LAB) image

image-test: command
	@$(LAB) image-test

browser-test: command
	@$(LAB) browser-test $(ARGS)

scaleout-test: command
	@$(LAB) scaleout-test

command:
	@command -v go >/dev/null || { echo 'Go is missing: $(INSTALL_GO)' >&2; exit 1; }
	@version=$$($(GO_ENV) GOTOOLCHAIN=local go version); \
	minor=$$(echo "$$version" | sed -n 's/.*go1\.\([0-9][0-9]*\).*/\1/p'); \
	[ "$${minor:-0}" -ge 26 ] || { echo "$$version ($$(command -v go)) is too old: $(INSTALL_GO)" >&2; exit 1; }
	@$(GO_ENV) go build -buildvcs=false -o $(LAB) ./labkit/cmd/lab
