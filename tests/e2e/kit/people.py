"""The people of the demo, signed in through the gateway."""
import json
import pathlib
import tempfile
import unittest

from .gateway import Gateway
from .suite import ROOT, Suite

LIST = "trunkline.identity.v1.Users/ListUsers"
WHO = "trunkline.web.v1.Access/WhoAmI"


def password(name):
    return f"demo-desk-{name}"


class WebTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = Suite()
        cls.url = cls.suite.facts["web"]["http"]
        setup = json.loads((ROOT / "deploy/demo/setup.json").read_text())
        with tempfile.TemporaryDirectory() as folder:
            people = pathlib.Path(folder) / "people.json"
            people.write_text(json.dumps({"units": setup["units"], "users": setup["users"]}))
            cls.suite.text("apply", people)
        cls.admin = cls.signed_in("administrator")

    @classmethod
    def signed_in(cls, name, secret=None):
        gateway = Gateway(cls.url)
        answer = gateway.log_in(name, secret or password(name))
        assert answer.status == 200, answer.body
        return gateway

    def make_user(self, name, **more):
        """A user of the test's own, with no role unless asked; whoever was there before is replaced."""
        self.admin.call("trunkline.identity.v1.Users/DeleteUser", {"userId": name})
        answer = self.admin.call("trunkline.identity.v1.Users/PutUser",
                                 {"user": {"loginName": name, "name": name} | more, "password": password(name)})
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json["user"]
