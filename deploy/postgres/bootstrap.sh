#!/bin/sh
# Gives each service one role and one schema in the database "trunkline", and nothing else. Safe to run again.
# Standard input: one "service password" a line. Environment: PGHOST PGPORT PGUSER PGPASSWORD of a superuser.
set -eu
database=${TRUNKLINE_DATABASE:-trunkline}

query() { psql -X -q -v ON_ERROR_STOP=1 "$@"; }

if [ -z "$(query -d postgres -At -v database="$database" <<'SQL'
SELECT 1 FROM pg_database WHERE datname = :'database';
SQL
)" ]; then
    query -d postgres -v database="$database" <<'SQL'
CREATE DATABASE :"database" ENCODING 'UTF8' TEMPLATE template0;
SQL
fi

query -d "$database" -v database="$database" <<'SQL'
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
REVOKE ALL ON DATABASE template1 FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
SQL

while read -r service password; do
    # By the environment, because arguments can be read by every user of the machine.
    SERVICE_PASSWORD=$password query -d "$database" -v database="$database" -v service="$service" <<'SQL'
\getenv password SERVICE_PASSWORD
SELECT format('CREATE ROLE %I', :'service')
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'service') \gexec
ALTER ROLE :"service" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'password';
ALTER ROLE :"service" IN DATABASE :"database" SET search_path = :"service";
GRANT CONNECT ON DATABASE :"database" TO :"service";
CREATE SCHEMA IF NOT EXISTS :"service" AUTHORIZATION :"service";
REVOKE ALL ON SCHEMA :"service" FROM PUBLIC;
SQL
done
