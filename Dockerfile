# PostgreSQL with finsent, from Debian's packages alone.
#
#   docker build -t finsent .
#   docker run -d -e POSTGRES_PASSWORD=secret -p 5432:5432 -v news:/var/lib/postgresql finsent
FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
	make gcc libc6-dev libicu-dev pkg-config postgresql-15 postgresql-server-dev-15
COPY . /src
RUN cd /src && make deb

FROM debian:bookworm-slim
COPY --from=build /src/build/postgresql-15-finsent_*.deb /tmp/
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-15 postgresql-contrib /tmp/*.deb \
	&& rm -rf /tmp/*.deb /var/lib/apt/lists/* && pg_dropcluster 15 main
COPY src/tools/docker-entrypoint.sh /usr/local/bin/
VOLUME /var/lib/postgresql
EXPOSE 5432
STOPSIGNAL SIGINT
ENTRYPOINT ["docker-entrypoint.sh"]
