# The suite with everything that it can use: `docker build -t dpc-conformance .`, then
#   docker run --rm -v "$PWD:/work" -v dpc-cache:/cache dpc-conformance run --target target.toml
# /cache keeps the report generator, which the first run fetches, and the keys that runs share.
# Tunnels take root and the network: --user 0 --cap-add NET_ADMIN --cap-add SYS_ADMIN --device /dev/net/tun.
FROM debian:12.12-slim
WORKDIR /opt/dpc-conformance
COPY . .
RUN tools/prepare
RUN install -d -m 1777 /work /cache

ENV PATH=/opt/dpc-conformance/.venv/bin:$PATH LANG=C.UTF-8 HOME=/cache XDG_CACHE_HOME=/cache
VOLUME ["/work", "/cache"]
WORKDIR /work
USER 1000:1000
ENTRYPOINT ["dpc"]
