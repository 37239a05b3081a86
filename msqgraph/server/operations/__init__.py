"""What keeps the server in order: limits, hosts, headers, health, metrics, logs, reload and shutdown."""
