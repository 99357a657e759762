"""The services of the suite and where each listens. A service's place in the list fixes its ports, so append only."""

SERVICES = ("trunk", "acd", "ivr", "recording", "workorder", "reporting", "customer", "identity", "web", "knowledge")

# Ports above the port base.
GRPC = 0
METRICS = 20
BUS = 40
POSTGRES = 60
PROMETHEUS = 61
HTTP = 62
HTTPS = 63
TRAINING = 64
RTP_LOW = 1000
RTP_HIGH = 2999


def port(name, kind, base):
    return base + kind + 1 + SERVICES.index(name)
