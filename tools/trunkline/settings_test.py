"""Settings: flags before environment before what the last `up` used; what does not fit is refused by name."""
import argparse
import os
import pathlib
import tempfile
import unittest
from unittest import mock

from . import settings
from .output import Failure
from .services import BUS, GRPC, METRICS, SERVICES


def load(*words, **environment):
    parser = argparse.ArgumentParser()
    settings.add_flags(parser)
    with mock.patch.dict(os.environ, environment, clear=True):
        return settings.load(parser.parse_args(words))


class Load(unittest.TestCase):
    def test_a_flag_wins_over_the_environment(self):
        self.assertEqual(load("--port-base", "20000", TRUNKLINE_PORT_BASE="30000").port_base, 20000)
        self.assertEqual(load(TRUNKLINE_PORT_BASE="30000").port_base, 30000)

    def test_what_up_used_is_remembered_in_the_data_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            load("--data", folder, "--port-base", "21000", "--sip-port", "6060").save()
            again = load("--data", folder)
            self.assertEqual((again.port_base, again.sip_port), (21000, 6060))

    def test_a_choice_of_services_ends_with_the_run(self):
        with tempfile.TemporaryDirectory() as folder:
            load("--data", folder, "--services", "trunk").save()
            self.assertEqual(load("--data", folder).services, ("trunk",))
            load("--data", folder).forget_selection()
            self.assertEqual(load("--data", folder).services, SERVICES)

    def test_no_two_listeners_share_a_port(self):
        chosen = load()
        ports = [chosen.port(name, kind) for name in chosen.services for kind in (GRPC, METRICS, BUS)]
        ports += [chosen.postgres_port, chosen.prometheus_port]
        self.assertEqual(len(ports), len(set(ports)))

    def test_values_that_do_not_fit_are_refused_by_name(self):
        for words, text in ((["--port-base", "65000"], "port base 65000"), (["--sip-port", "0"], "SIP port 0"),
                            (["--port-base", "30000", "--sip-port", "30060"], "gives to others"),
                            (["--port-base", "30000", "--sip-port", "30999"], "gives to others"),
                            (["--services", "acd,nope"], "no service nope"), (["--data", "/" + "a" * 90], "too long")):
            with self.assertRaisesRegex(Failure, text):
                load(*words)
        with self.assertRaisesRegex(Failure, "TRUNKLINE_SIP_PORT is \"abc\""):
            load(TRUNKLINE_SIP_PORT="abc")

    def test_a_sip_port_may_lie_in_a_gap_of_the_port_base(self):
        self.assertEqual(load("--port-base", "30000", "--sip-port", "30100").sip_port, 30100)

    def test_a_relative_data_folder_is_made_absolute(self):
        self.assertEqual(load("--data", "x").data, pathlib.Path.cwd() / "x")


if __name__ == "__main__":
    unittest.main()
