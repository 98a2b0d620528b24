# The ml-service. deploy/docker/build publishes the program and the SBOM first.
# A base needs what a self-contained .NET program does (libc, libgcc, libstdc++, OpenSSL, certificates), and no shell.
ARG BASE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled@sha256:18d4848091a40d13dbfdd6a8340c1657dc3e2f2d7fa2f042e9d162e68669dbc9
FROM ${BASE}
ARG VERSION
ARG COMMIT
ARG CREATED
LABEL org.opencontainers.image.title="PcBench ml-service" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${COMMIT}" \
      org.opencontainers.image.created="${CREATED}"
COPY sbom.cdx.json /usr/share/sbom/pcbench-ml.cdx.json
COPY app/ /app/
ENV ASPNETCORE_HTTP_PORTS=8080 DOTNET_EnableDiagnostics=0
WORKDIR /app
USER 1654:1654
EXPOSE 8080 9090
ENTRYPOINT ["/app/PcBench.Ml"]
