# JupyterLab, the Go kernel and the course, ready to run without a network:
#
#   docker build -t flowlab .
#   docker run -p 127.0.0.1:8888:8888 flowlab
#
# The bases are named by their tags, which move. For a build that can be repeated
# give their digests: --build-arg GO_IMAGE=docker.io/library/golang@sha256:…
#
# The course is in /opt/flowlab and Go's caches are in /go, so that a volume over
# the home folder hides neither. The learner's notebooks are in the home folder;
# /opt/flowlab/notebooks leads there.

ARG GO_IMAGE=docker.io/library/golang:1.26-bookworm
ARG RUN_IMAGE=docker.io/library/debian:bookworm-slim

FROM ${GO_IMAGE} AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/flowlab
# CGO_ENABLED and GOFLAGS are here what they are later: the kernel's set-up and
# what is cached depend on them. What only the tools need goes to other caches.
ENV HOME=/home/jovyan GOTOOLCHAIN=local CGO_ENABLED=0 GOFLAGS=-ldflags=-s \
    GOMODCACHE=/build/mod GOCACHE=/build/cache

# The slow part of lab setup beforehand, in layers that an edit of labkit leaves alone.
COPY requirements.txt ./
COPY labkit/internal/image/requirements.txt binder.txt
RUN python3 -m venv /build/venv \
 && /build/venv/bin/pip download -q --no-cache-dir -d .venv/var/wheels --only-binary :all: --require-hashes -r requirements.txt -r binder.txt
COPY go.mod go.sum ./
RUN go build -o /build/tools/ github.com/janpfeifer/gonb golang.org/x/tools/cmd/goimports \
      golang.org/x/tools/gopls honnef.co/go/tools/cmd/staticcheck

# JupyterLab asks for a Python kernel, which nobody needs here, and speaks English.
COPY labkit labkit
RUN go run -buildvcs=false ./labkit/cmd/lab setup \
 && .venv/bin/python -m pip install -q --no-index --find-links .venv/var/wheels --require-hashes -r requirements.txt -r binder.txt \
 && .venv/bin/python -m pip uninstall -q -y ipykernel ipython debugpy jedi parso prompt_toolkit wcwidth setuptools pip \
 && rm -r .venv/var/wheels .venv/var/gopls .venv/bin/staticcheck .venv/share/jupyterhub/static \
 && find .venv/lib/python3*/site-packages/babel/locale-data -name '*.dat' ! -name 'en*' ! -name root.dat -delete \
 && find .venv \( -name tests -o -name '*.map' \) -prune -exec rm -r {} +

# The licences of all that is linked into the image's programs.
RUN go list -deps -f '{{with .Module}}{{if .Dir}}{{.Path}} {{.Dir}}{{end}}{{end}}' tool ./labkit/... | sort -u | while read -r path dir; do \
      mkdir -p ".venv/share/licences/$path" \
      && find "$dir" -maxdepth 2 -type f \( -iname 'licen[cs]e*' -o -iname 'copying*' -o -iname 'notice*' -o -iname patents -o -name ftl.txt \) \
           -exec cp {} ".venv/share/licences/$path" \; ; done

# Fill the caches that the image keeps with what cells and lab need, from what was
# downloaded above; leave out tests, examples, archives, what older versions of Go
# or a C compiler would need, and the source of Go's own tools (go doc wants its
# folder). Go and gopls throw away what they have not used for five days: the dates
# keep them from doing so in an older image.
RUN export GOMODCACHE=/go/pkg/mod GOCACHE=/go/cache GOPROXY=file:///build/mod/cache/download \
 && .venv/bin/lab setup && ln -sf ../share/jupyter/kernels/gonb/gonb .venv/bin/gonb \
 && (cd /usr/local/go && rm -rf api doc misc test src/cmd/* && rm pkg/tool/*/cgo pkg/tool/*/fix) \
 && find /usr/local/go/src /go/pkg/mod -type d \( -name testdata -o -path '*/gonb@*/docs' \) -prune -exec rm -r {} + \
 && find /usr/local/go/src /go/pkg/mod -type f \( -name '*_test.go' -o -name '*.syso' -o -name 'tables9.*.go' -o -name 'tables1[0-3].*.go' -o -path '*/cache/download/*.zip' \) -delete \
 && mkdir notebooks && go tool lab doctor && go doc labkit.Must > /dev/null \
 && find /go/cache .venv/var/gopls \( -type f -o -name '*-d' \) -exec touch -d 2037-01-01 {} + \
 && chmod -R a+rwX /go/cache /go/pkg/mod/cache .venv/var

FROM ${RUN_IMAGE}
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates python3 python3-venv tini \
 && rm -rf /var/lib/apt/lists/*

# Binder sets these two.
ARG NB_USER=jovyan
ARG NB_UID=1000
ENV NB_USER=${NB_USER} NB_UID=${NB_UID} HOME=/home/${NB_USER} \
    LANG=C.UTF-8 SHELL=/bin/bash \
    GOPATH=/go GOCACHE=/go/cache GOTOOLCHAIN=local CGO_ENABLED=0 GOFLAGS=-ldflags=-s \
    PATH=/opt/flowlab/.venv/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    JUPYTER_RUNTIME_DIR=/tmp/jupyter JUPYTER_PREFER_ENV_PATH=1

COPY --from=build /usr/local/go /usr/local/go
# What the learner need not write is root's. No program gives rights that its user
# has not.
COPY --from=build /go /go
COPY --from=build /opt/flowlab/.venv /opt/flowlab/.venv
RUN useradd --no-log-init --uid ${NB_UID} --gid 100 --shell /bin/bash --home-dir ${HOME} ${NB_USER} \
 && install -d -m 777 -o ${NB_UID} -g 100 ${HOME} ${HOME}/notebooks \
 && ln -s ${HOME}/notebooks /opt/flowlab/notebooks \
 && find / -xdev -type f -perm /6000 -exec chmod a-s {} +
WORKDIR /opt/flowlab
COPY LICENSE NOTICE README.md go.mod go.sum requirements.txt ./
COPY labkit/internal/image/jupyter_server_config.json .venv/etc/jupyter/
COPY labkit labkit
COPY solutions solutions
RUN lab sbom > sbom.cdx.json

USER ${NB_UID}:100
RUN lab enter true
EXPOSE 8888
ENTRYPOINT ["tini", "-g", "--", "lab", "enter"]
CMD ["jupyter", "lab", "--ServerApp.allow_remote_access=False"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["lab", "healthy"]
