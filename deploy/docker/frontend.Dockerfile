# The page: nginx and the published files, compressed beforehand. deploy/docker/build publishes them, completes nginx's settings and writes
# the SBOM first. A base needs nginx 1.18 or newer at /usr/sbin/nginx; its own settings are not read.
ARG BASE=docker.io/nginxinc/nginx-unprivileged:1.29-alpine@sha256:0c79d56aee561a1d81c63f00eee5fb5fe29279560cdc55e91425133104c7fbe6
FROM ${BASE}
ARG VERSION
ARG COMMIT
ARG CREATED
LABEL org.opencontainers.image.title="PcBench frontend" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${COMMIT}" \
      org.opencontainers.image.created="${CREATED}"
COPY sbom.cdx.json /usr/share/sbom/pcbench-frontend.cdx.json
COPY nginx/ /etc/pcbench/
COPY app/ /app/
USER 1654:1654
EXPOSE 8080
STOPSIGNAL SIGQUIT
ENTRYPOINT ["/usr/sbin/nginx", "-c", "/etc/pcbench/nginx.conf", "-g", "daemon off;"]
